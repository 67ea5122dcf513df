"""Things whose absence leaves each rule open."""

from tests.engines.rules.cases import ABSENT, NIGHT

P, U, S = "placement.", "unit.", "student."

# rule → things whose absence leaves it open
UNKNOWN = {
    "R-01": [
        {U + "staff": ABSENT},
        {P + "kind": ABSENT, U + "staff": [{"people": 9, "on": "2026-01-10"}]},
        {P + "start_on": ABSENT},
        {U + "staff.0.on": "2026-02-26"},
    ],
    "R-02": [{"post.workers": ABSENT}, {P + "post": ABSENT}, {P + "end_on": ABSENT}],
    "R-03": [{S + "entered_on": ABSENT}],
    "R-04": [{S + "birth_on": ABSENT}, {P + "start_on": ABSENT}],
    "R-05": [
        {"post.hazards": ABSENT, S + "birth_on": "2009-01-01"},
        {"post.hazards": ["boiler"], S + "birth_on": ABSENT},
    ],
    "R-06": [{"post.hazards": ABSENT}, {"post.hazards": ["mine"], S + "sex": ABSENT}],
    "R-07": [{U + "venue": ABSENT}, {"post.venue": ABSENT}],
    "R-08": [{P + "organiser": ABSENT}, {P + "parties": ABSENT}],
    "R-09": [{"post.intensity": ABSENT}],
    "R-10": [
        {"post.risks": ABSENT},
        {"post.risks": ["height"], P + "filings": ABSENT, S + "is_special_major": True},
        {
            "post.risks": ["height"],
            P + "filings": [{"rule": "R-10", "on": "2026-02-01"}],
            S + "is_special_major": True,
        },
    ],
    "R-11": [
        {P + "roster": ABSENT},
        {P + "roster.holidays": ABSENT},
        {P + "roster.shifts.0.weekdays": [6], "file.calendar": ABSENT},
        {P + "roster.from": "2026-03-02", P + "roster.to": "2026-08-27"},
    ],
    "R-12": [
        {P + "roster": ABSENT},
        {P + "roster.shifts.0.break_minutes": ABSENT},
        {P + "roster.from": "2026-03-03", P + "roster.to": "2026-08-28"},
        {P + "roster.shifts": [NIGHT], P + "filings": ABSENT},
    ],
    "R-13": [
        {P + "pay_yuan": ABSENT},
        {P + "pay_yuan": 3999, "post.lowest_grade_yuan": ABSENT},
        {P + "pay_yuan": 3999, "post.wage_standard_yuan": ABSENT},
        {P + "works_independently": ABSENT, P + "pay_yuan": 1},
    ],
    "R-14": [{P + "pay_cycle": ABSENT}],
    "R-15": [{P + "pay_form": ABSENT}, {P + "paid_to": ABSENT}],
    "R-16": [
        {P + "agreement": ABSENT},
        {P + "agreement.sha256": ABSENT},
        {P + "agreement.signed_by": ABSENT},
        {P + "agreement.signed_on": ABSENT},
        {P + "agreement.model": ABSENT},
    ],
    "R-17": [
        {P + "student_consent": ABSENT},
        {P + "guardian_consent": ABSENT},
        {P + "guardian_consent.on": None},
    ],
    "R-18": [
        {P + "fees_yuan": ABSENT},
        {P + "asks_guarantee": ABSENT},
        {P + "keeps_papers": ABSENT},
    ],
    "R-19": [{S + "major_class": ABSENT}, {"post.major_classes": ABSENT}],
    "R-20": [
        {P + "insurance": ABSENT},
        {P + "insurance.0.no": ABSENT},
        {P + "insurance.0.payer": ABSENT},
        {P + "insurance.0.to": ABSENT},
        {P + "insurance.0.kind": ABSENT},
    ],
    "R-21": [{P + "end_on": ABSENT}],
    "R-22": [{P + "mentor": ABSENT}, {P + "school_tutor": ABSENT}],
    "R-23": [
        {U + "inspected_on": ABSENT},
        {U + "safety_offences": ABSENT},
        {U + "credit_checked_on": ABSENT},
        {U + "is_listed": ABSENT},
        {U + "credit_checked_on": "2025-02-24"},
    ],
    "R-24": [
        {P + "plan_filing": ABSENT},
        {P + "plan_filing.no": ABSENT},
        {P + "plan_filing.on": ABSENT},
    ],
    "R-25": [
        {P + "self_found": ABSENT},
        {P + "self_found.guardian_on": ABSENT},
        {P + "mode": ABSENT, P + "self_found": ABSENT},
    ],
    "R-26": [
        {P + "is_voluntary": ABSENT},
        {P + "has_complaint_channel": ABSENT},
        {P + "force_complaints": ABSENT},
    ],
    "R-27": [
        {P + "safety_test": ABSENT},
        {P + "safety_test.passed": ABSENT},
        {P + "safety_test.on": ABSENT},
    ],
    "R-28": [
        {P + "data_consent": ABSENT},
        {P + "data_consent.withdrawn": ABSENT},
        {S + "birth_on": "2012-03-03"},
    ],
    "R-29": [{P + "hourly_pay_yuan": ABSENT}, {U + "area": "321300"}],
}
