"""An invented placement that keeps every rule, and ways to spoil it."""

import copy
from datetime import date
from functools import cache

from chanjiao.core.rulepacks import load_pack
from chanjiao.engines.rules import Judge, findings
from chanjiao.engines.rules.internship import INTERNSHIP, judge_register, read_register

ON = date(2026, 2, 25)
ABSENT = object()
NIGHT = {"weekdays": [1], "start": "14:00", "end": "22:01", "break_minutes": 60}

UNIT = {
    "id": "U1",
    "name": "云帆精密",
    "area": "320508",
    "venue": "factory",
    "staff": [{"people": 100, "on": "2026-01-10", "source": "社保"}],
    "inspected_on": "2025-12-01",
    "is_lawful": True,
    "is_listed": True,
    "credit_checked_on": "2025-12-01",
    "safety_offences": [],
    "posts": [
        {
            "id": "P1",
            "name": "数控操作",
            "workers": [{"people": 20, "on": "2026-01-10"}],
            "hazards": [],
            "risks": [],
            "intensity": 2,
            "venue": "factory",
            "major_classes": ["46"],
            "wage_standard_yuan": 5000,
            "lowest_grade_yuan": 4200,
        }
    ],
}
STUDENT = {
    "id": "S1",
    "birth_on": "2008-02-29",
    "sex": "female",
    "entered_on": "2024-09-01",
    "major_class": "46",
    "is_special_major": False,
}
PLACEMENT = {
    "id": "I1",
    "student": "S1",
    "unit": "U1",
    "post": "P1",
    "school": "甲校",
    "kind": "work_placement",
    "mode": "self_found",
    "status": "planned",
    "start_on": "2026-03-02",
    "end_on": "2026-08-28",
    "organiser": "school",
    "parties": ["school", "unit", "student"],
    "roster": {
        "shifts": [
            {"weekdays": [1, 2, 3, 4, 5], "start": "08:00", "end": "17:00", "break_minutes": 60}
        ],
        "holidays": "free",
    },
    "works_independently": True,
    "pay_yuan": 4000,
    "hourly_pay_yuan": 24,
    "pay_cycle": "month",
    "pay_form": "money",
    "paid_to": "student",
    "agreement": {
        "model": "2021",
        "signed_by": ["school", "unit", "student"],
        "signed_on": "2026-02-20",
        "sha256": "a1",
    },
    "student_consent": {"on": "2026-02-10"},
    "guardian_consent": {"on": "2026-02-10"},
    "fees_yuan": 0,
    "asks_guarantee": False,
    "keeps_papers": False,
    "insurance": [
        {
            "no": "B1",
            "kind": "internship_liability",
            "from": "2026-03-01",
            "to": "2026-08-31",
            "payer": "school",
        }
    ],
    "school_tutor": "T1",
    "mentor": "M1",
    "plan_filing": {"no": "F1", "on": "2026-02-01"},
    "self_found": {
        "applied_on": "2026-01-05",
        "guardian_on": "2026-01-05",
        "approved_on": "2026-01-15",
    },
    "is_voluntary": True,
    "has_complaint_channel": True,
    "force_complaints": 0,
    "safety_test": {"passed": True, "on": "2026-02-28"},
    "data_consent": {"on": "2026-02-10", "withdrawn": False},
    "filings": "none",
}
CALENDAR = {
    "from": "2026-01-01",
    "to": "2026-12-31",
    "days_off": ["2026-05-01", "2026-05-04"],
    "workdays": ["2026-05-09"],
}


def register_data():
    return copy.deepcopy(
        {
            "units": [UNIT],
            "students": [STUDENT],
            "placements": [PLACEMENT],
            "calendar": CALENDAR,
        }
    )


@cache
def judge():
    return Judge(load_pack(["internship-cn", "internship-js"]), INTERNSHIP)


def spoilt(changes):
    """The good case with ``{"placement.pay_yuan": 1, "unit.area": ABSENT}`` put into it."""
    data = register_data()
    roots = {
        "unit": data["units"][0],
        "post": data["units"][0]["posts"][0],
        "student": data["students"][0],
        "placement": data["placements"][0],
        "file": data,
    }
    for path, value in changes.items():
        root, *names = path.split(".")
        place = roots[root]
        for name in names[:-1]:
            place = place[int(name) if name.isdecimal() else name]
        if value is ABSENT:
            del place[names[-1]]
        else:
            place[names[-1]] = value
    return data


def judged(changes=None, on=ON):
    """The judgement of the first placement."""
    return all_judged(spoilt(changes or {}), on)[0]


def all_judged(data, on=ON):
    register, _ = read_register(data, judge().pack)
    return judge_register(register, judge(), on)


def answer(rule, changes=None, on=ON):
    return judged(changes, on).outcome(rule).answer.value


def finding(rule, changes, on=ON):
    return next(one for one in findings(judged(changes, on)) if one.rule == rule)


def interns(count, **more):
    """Further placements at the unit, one student each."""
    students = [{"id": f"X{n}"} for n in range(count)]
    placements = [
        {
            "id": f"XI{n}",
            "student": f"X{n}",
            "unit": "U1",
            "post": "P1",
            "school": ("甲校", "乙校", "丙校")[n % 3],
            "kind": "work_placement",
            "start_on": "2026-03-02",
            "end_on": "2026-08-28",
            **more,
        }
        for n in range(count)
    ]
    return students, placements


def crowd(count, changes=None, **more):
    data = spoilt(changes or {})
    students, placements = interns(count, **more)
    data["students"] += students
    data["placements"] += placements
    return data
