"""Ways to break each rule, each alone, on an otherwise good case."""

from tests.engines.rules.cases import ABSENT, NIGHT

P, U, S = "placement.", "unit.", "student."

# rule → changes that break it; each is one way, on an otherwise good case
BROKEN = {
    "R-01": [{"unit.staff": [{"people": 9, "on": "2026-01-10"}]}],
    "R-02": [{"post.workers": [{"people": 4, "on": "2026-01-10"}]}],
    "R-03": [
        {S + "entered_on": "2025-09-01"},
        {P + "grade": 1},
        {P + "grade": 1, S + "entered_on": ABSENT},
    ],
    "R-04": [{S + "birth_on": "2010-03-03"}],
    "R-05": [{"post.hazards": ["noise", "boiler"], S + "birth_on": "2009-01-01"}],
    "R-06": [{"post.hazards": ["mine"]}],
    "R-07": [
        {U + "venue": "ktv"},
        {P + "site_venue": "bar"},
        {U + "venue": ABSENT, "post.venue": "网吧"},
    ],
    "R-08": [{P + "organiser": "agency"}, {P + "parties": ["school", "dispatch", "student"]}],
    "R-09": [{"post.intensity": 3}, {"post.intensity": 4}],
    "R-10": [
        {"post.risks": ["height"]},
        {"post.risks": ["height"], S + "is_special_major": True},
        {
            "post.risks": ["height"],
            P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-02-01"}],
        },
        {
            "post.risks": ["height"],
            S + "is_special_major": True,
            P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-03-03"}],
        },
        {
            "post.risks": ["height"],
            S + "is_special_major": True,
            P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-02-01"}],
        },
    ],
    "R-11": [
        {P + "roster.shifts.0.weekdays": [6]},
        {P + "roster.holidays": "worked"},
        {
            P + "roster.shifts.0.weekdays": [7],
            P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-03-03"}],
        },
    ],
    "R-12": [
        {P + "roster.shifts": [NIGHT]},
        {P + "roster.shifts.0.break_minutes": 59},
        {P + "roster.shifts.0.weekdays": [1, 2, 3, 4, 5, 6]},
        {P + "roster.shifts.0.start": "05:59", P + "roster.shifts.0.end": "14:00"},
        {
            P + "roster.shifts.0.break_minutes": 59,
            P + "filings": [{"rule": "R-12", "no": "1", "on": "2026-02-01"}],
        },
    ],
    "R-13": [{P + "pay_yuan": 3999.99}, {P + "pay_yuan": 3999, "post.lowest_grade_yuan": 4000}],
    "R-14": [{P + "pay_cycle": "quarter"}, {P + "pay_cycle": "at_end"}],
    "R-15": [
        {P + "pay_form": "voucher"},
        {P + "paid_to": "school"},
        {P + "pay_form": ABSENT, P + "paid_to": "agency"},
    ],
    "R-16": [
        {P + "agreement": "none"},
        {P + "agreement.signed_by": ["school", "student"]},
        {P + "agreement.signed_on": "2026-03-03"},
        {P + "agreement.model": "own"},
    ],
    "R-17": [
        {P + "student_consent": "none"},
        {P + "guardian_consent": "none"},
        {P + "guardian_consent.on": "2026-03-03"},
    ],
    "R-18": [
        {P + "fees_yuan": 0.01},
        {P + "keeps_papers": True},
        {P + "asks_guarantee": True, P + "fees_yuan": ABSENT},
    ],
    "R-19": [{S + "major_class": "63"}, {"post.major_classes": []}],
    "R-20": [
        {P + "insurance": "none"},
        {P + "insurance.0.to": "2026-08-27"},
        {P + "insurance.0.from": "2026-03-03"},
        {P + "insurance.0.payer": "student"},
        {P + "insurance.0.kind": "accident"},
    ],
    "R-21": [{P + "end_on": "2026-09-08"}],
    "R-22": [{P + "mentor": "none"}, {P + "school_tutor": "none"}],
    "R-23": [
        {U + "inspected_on": "2026-03-03"},
        {U + "is_lawful": False},
        {U + "is_listed": False},
        {U + "safety_offences": ["2023-03-03"]},
    ],
    "R-24": [{P + "plan_filing": "none"}, {P + "plan_filing.on": "2026-03-03"}],
    "R-25": [{P + "self_found": "none"}, {P + "self_found.approved_on": "2026-03-03"}],
    "R-26": [
        {P + "is_voluntary": False},
        {P + "has_complaint_channel": False},
        {P + "force_complaints": 1},
    ],
    "R-27": [
        {P + "safety_test": "none"},
        {P + "safety_test.passed": False},
        {P + "safety_test.on": "2026-03-03"},
    ],
    "R-28": [
        {P + "data_consent": "none"},
        {P + "data_consent.withdrawn": True},
        {P + "data_consent.on": "2026-03-03"},
        {S + "birth_on": "2012-03-03", P + "data_consent.guardian_on": "2026-03-03"},
    ],
    "R-29": [{P + "hourly_pay_yuan": 23.99}],
}
