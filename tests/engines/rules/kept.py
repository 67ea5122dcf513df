"""Other ways of keeping a rule: exceptions the law knows, cases it does not touch."""

from tests.engines.rules.cases import ABSENT

P, U, S = "placement.", "unit.", "student."

# rule → other ways of keeping it: exceptions the law knows, and cases it does not touch
KEPT = {
    "R-01": [
        {U + "staff": [{"people": 10, "on": "2025-02-25"}]},
        {P + "kind": "introductory_visit", U + "staff": ABSENT},
    ],
    "R-02": [
        {"post.workers": [{"people": 5, "on": "2026-01-10"}]},
        {P + "kind": "认识实习", "post.workers": ABSENT},
    ],
    "R-03": [
        {P + "kind": "introductory_visit", P + "grade": 1},
        {P + "grade": 2, S + "entered_on": "2025-09-01"},
    ],
    "R-04": [
        {S + "birth_on": "2010-03-02"},
        {P + "kind": "introductory_visit", S + "birth_on": "2012-01-01"},
    ],
    "R-05": [
        {"post.hazards": ["boiler"], S + "birth_on": "2008-03-02"},
        {"post.hazards": ["noise"], S + "birth_on": ABSENT},
    ],
    "R-06": [{"post.hazards": ["mine"], S + "sex": "male"}, {S + "sex": ABSENT}],
    "R-10": [
        {
            "post.risks": ["height"],
            S + "is_special_major": True,
            P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-03-02"}],
        }
    ],
    "R-11": [
        {
            P + "roster.shifts.0.weekdays": [6],
            P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-03-02"}],
        },
        {"file.calendar": ABSENT},
    ],
    "R-12": [
        {P + "roster.shifts": [{"weekdays": [1, 2, 3, 4, 5], "start": "14:00", "end": "22:00"}]},
        {
            P + "roster.shifts": [{"weekdays": [1], "start": "22:00", "end": "06:00"}],
            P + "filings": [{"rule": "R-12", "no": "1", "on": "2026-02-01"}],
        },
    ],
    "R-13": [
        {P + "pay_yuan": 3500, "post.lowest_grade_yuan": 3500},
        {P + "pay_yuan": 4000, "post.lowest_grade_yuan": ABSENT},
        {P + "pay_yuan": 3999, "post.wage_standard_yuan": ABSENT, "post.lowest_grade_yuan": 3999},
        {P + "works_independently": False, P + "pay_yuan": 1},
    ],
    "R-14": [
        {P + "pay_cycle": "按周"},
        {P + "kind": "introductory_visit", P + "pay_cycle": ABSENT},
    ],
    "R-15": [{P + "kind": "introductory_visit", P + "pay_form": ABSENT}],
    "R-16": [
        {P + "agreement.signed_on": "2026-03-02"},
        {P + "agreement.signed_by": ["school", "unit", "student", "guardian"]},
    ],
    "R-20": [
        {
            P + "insurance": [
                {
                    "no": "1",
                    "kind": "实习责任保险",
                    "from": "2026-02-01",
                    "to": "2026-05-31",
                    "payer": "unit",
                },
                {
                    "no": "2",
                    "kind": "internship_liability",
                    "from": "2026-06-01",
                    "to": "2026-08-28",
                    "payer": "school",
                },
            ]
        }
    ],
    "R-21": [
        {P + "end_on": "2026-09-07"},
        {P + "kind": "introductory_visit", P + "end_on": "2027-03-01"},
    ],
    "R-23": [
        {U + "safety_offences": ["2023-03-02", "2019-01-01"]},
        {U + "inspected_on": "2026-03-02"},
        {U + "credit_checked_on": "2025-02-25"},
    ],
    "R-25": [{P + "mode": "allocated", P + "self_found": ABSENT}],
    "R-27": [{P + "safety_test.on": "2026-03-02"}],
    "R-28": [
        {S + "birth_on": "2012-03-02"},
        {S + "birth_on": "2012-03-03", P + "data_consent.guardian_on": "2026-03-02"},
    ],
    "R-29": [
        {U + "area": "330100", P + "hourly_pay_yuan": ABSENT},
        {P + "kind": "introductory_visit", P + "hourly_pay_yuan": ABSENT},
    ],
}
