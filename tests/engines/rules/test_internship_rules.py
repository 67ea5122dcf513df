"""Every rule: kept, broken, and not to be judged for want of each thing it rests on."""

import pytest

from chanjiao.engines.rules import Severity
from tests.engines.rules.cases import ABSENT, answer, finding, judge, judged

NIGHT = {"weekdays": [1], "start": "14:00", "end": "22:01", "break_minutes": 60}
P, U, S = "placement.", "unit.", "student."

# rule → changes that break it; each is one way, on an otherwise good case
BROKEN = {
    "R-01": [{"unit.staff": [{"people": 9, "on": "2026-01-10"}]}],
    "R-02": [{"post.workers": [{"people": 4, "on": "2026-01-10"}]}],
    "R-03": [{S + "entered_on": "2025-09-01"}, {P + "grade": 1}, {P + "grade": 1, S + "entered_on": ABSENT}],
    "R-04": [{S + "birth_on": "2010-03-03"}],
    "R-05": [{"post.hazards": ["noise", "boiler"], S + "birth_on": "2009-01-01"}],
    "R-06": [{"post.hazards": ["mine"]}],
    "R-07": [{U + "venue": "ktv"}, {P + "site_venue": "bar"}, {U + "venue": ABSENT, "post.venue": "网吧"}],
    "R-08": [{P + "organiser": "agency"}, {P + "parties": ["school", "dispatch", "student"]}],
    "R-09": [{"post.intensity": 3}, {"post.intensity": 4}],
    "R-10": [
        {"post.risks": ["height"]},
        {"post.risks": ["height"], S + "is_special_major": True},
        {"post.risks": ["height"], P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-02-01"}]},
        {"post.risks": ["height"], S + "is_special_major": True,
         P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-03-03"}]},
        {"post.risks": ["height"], S + "is_special_major": True,
         P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-02-01"}]},
    ],
    "R-11": [
        {P + "roster.shifts.0.weekdays": [6]},
        {P + "roster.holidays": "worked"},
        {P + "roster.shifts.0.weekdays": [7], P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-03-03"}]},
    ],
    "R-12": [
        {P + "roster.shifts": [NIGHT]},
        {P + "roster.shifts.0.break_minutes": 59},
        {P + "roster.shifts.0.weekdays": [1, 2, 3, 4, 5, 6]},
        {P + "roster.shifts.0.start": "05:59", P + "roster.shifts.0.end": "14:00"},
        {P + "roster.shifts.0.break_minutes": 59, P + "filings": [{"rule": "R-12", "no": "1", "on": "2026-02-01"}]},
    ],
    "R-13": [{P + "pay_yuan": 3999.99}, {P + "pay_yuan": 3999, "post.lowest_grade_yuan": 4000}],
    "R-14": [{P + "pay_cycle": "quarter"}, {P + "pay_cycle": "at_end"}],
    "R-15": [{P + "pay_form": "voucher"}, {P + "paid_to": "school"}, {P + "pay_form": ABSENT, P + "paid_to": "agency"}],
    "R-16": [
        {P + "agreement": "none"},
        {P + "agreement.signed_by": ["school", "student"]},
        {P + "agreement.signed_on": "2026-03-03"},
        {P + "agreement.model": "own"},
    ],
    "R-17": [{P + "student_consent": "none"}, {P + "guardian_consent": "none"}, {P + "guardian_consent.on": "2026-03-03"}],
    "R-18": [{P + "fees_yuan": 0.01}, {P + "keeps_papers": True}, {P + "asks_guarantee": True, P + "fees_yuan": ABSENT}],
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
    "R-26": [{P + "is_voluntary": False}, {P + "has_complaint_channel": False}, {P + "force_complaints": 1}],
    "R-27": [{P + "safety_test": "none"}, {P + "safety_test.passed": False}, {P + "safety_test.on": "2026-03-03"}],
    "R-28": [
        {P + "data_consent": "none"},
        {P + "data_consent.withdrawn": True},
        {P + "data_consent.on": "2026-03-03"},
        {S + "birth_on": "2012-03-03", P + "data_consent.guardian_on": "2026-03-03"},
    ],
    "R-29": [{P + "hourly_pay_yuan": 23.99}],
}  # fmt: skip

# rule → things whose absence leaves it open
UNKNOWN = {
    "R-01": [{U + "staff": ABSENT}, {P + "kind": ABSENT, U + "staff": [{"people": 9, "on": "2026-01-10"}]},
             {P + "start_on": ABSENT}, {U + "staff.0.on": "2026-02-26"}],
    "R-02": [{"post.workers": ABSENT}, {P + "post": ABSENT}, {P + "end_on": ABSENT}],
    "R-03": [{S + "entered_on": ABSENT}],
    "R-04": [{S + "birth_on": ABSENT}, {P + "start_on": ABSENT}],
    "R-05": [{"post.hazards": ABSENT, S + "birth_on": "2009-01-01"}, {"post.hazards": ["boiler"], S + "birth_on": ABSENT}],
    "R-06": [{"post.hazards": ABSENT}, {"post.hazards": ["mine"], S + "sex": ABSENT}],
    "R-07": [{U + "venue": ABSENT}, {"post.venue": ABSENT}],
    "R-08": [{P + "organiser": ABSENT}, {P + "parties": ABSENT}],
    "R-09": [{"post.intensity": ABSENT}],
    "R-10": [{"post.risks": ABSENT}, {"post.risks": ["height"], P + "filings": ABSENT, S + "is_special_major": True},
             {"post.risks": ["height"], P + "filings": [{"rule": "R-10", "on": "2026-02-01"}], S + "is_special_major": True}],
    "R-11": [{P + "roster": ABSENT}, {P + "roster.holidays": ABSENT},
             {P + "roster.shifts.0.weekdays": [6], "file.calendar": ABSENT},
             {P + "roster.from": "2026-03-02", P + "roster.to": "2026-08-27"}],
    "R-12": [{P + "roster": ABSENT}, {P + "roster.shifts.0.break_minutes": ABSENT},
             {P + "roster.from": "2026-03-03", P + "roster.to": "2026-08-28"},
             {P + "roster.shifts": [NIGHT], P + "filings": ABSENT}],
    "R-13": [{P + "pay_yuan": ABSENT}, {P + "pay_yuan": 3999, "post.lowest_grade_yuan": ABSENT},
             {P + "pay_yuan": 3999, "post.wage_standard_yuan": ABSENT}, {P + "works_independently": ABSENT, P + "pay_yuan": 1}],
    "R-14": [{P + "pay_cycle": ABSENT}],
    "R-15": [{P + "pay_form": ABSENT}, {P + "paid_to": ABSENT}],
    "R-16": [{P + "agreement": ABSENT}, {P + "agreement.sha256": ABSENT}, {P + "agreement.signed_by": ABSENT},
             {P + "agreement.signed_on": ABSENT}, {P + "agreement.model": ABSENT}],
    "R-17": [{P + "student_consent": ABSENT}, {P + "guardian_consent": ABSENT}, {P + "guardian_consent.on": None}],
    "R-18": [{P + "fees_yuan": ABSENT}, {P + "asks_guarantee": ABSENT}, {P + "keeps_papers": ABSENT}],
    "R-19": [{S + "major_class": ABSENT}, {"post.major_classes": ABSENT}],
    "R-20": [{P + "insurance": ABSENT}, {P + "insurance.0.no": ABSENT}, {P + "insurance.0.payer": ABSENT},
             {P + "insurance.0.to": ABSENT}, {P + "insurance.0.kind": ABSENT}],
    "R-21": [{P + "end_on": ABSENT}],
    "R-22": [{P + "mentor": ABSENT}, {P + "school_tutor": ABSENT}],
    "R-23": [{U + "inspected_on": ABSENT}, {U + "safety_offences": ABSENT}, {U + "credit_checked_on": ABSENT},
             {U + "is_listed": ABSENT}, {U + "credit_checked_on": "2025-02-24"}],
    "R-24": [{P + "plan_filing": ABSENT}, {P + "plan_filing.no": ABSENT}, {P + "plan_filing.on": ABSENT}],
    "R-25": [{P + "self_found": ABSENT}, {P + "self_found.guardian_on": ABSENT}, {P + "mode": ABSENT, P + "self_found": ABSENT}],
    "R-26": [{P + "is_voluntary": ABSENT}, {P + "has_complaint_channel": ABSENT}, {P + "force_complaints": ABSENT}],
    "R-27": [{P + "safety_test": ABSENT}, {P + "safety_test.passed": ABSENT}, {P + "safety_test.on": ABSENT}],
    "R-28": [{P + "data_consent": ABSENT}, {P + "data_consent.withdrawn": ABSENT}, {S + "birth_on": "2012-03-03"}],
    "R-29": [{P + "hourly_pay_yuan": ABSENT}, {U + "area": "321300"}],
}  # fmt: skip

# rule → other ways of keeping it: exceptions the law knows, and cases it does not touch
KEPT = {
    "R-01": [{U + "staff": [{"people": 10, "on": "2025-02-25"}]}, {P + "kind": "introductory_visit", U + "staff": ABSENT}],
    "R-02": [{"post.workers": [{"people": 5, "on": "2026-01-10"}]}, {P + "kind": "认识实习", "post.workers": ABSENT}],
    "R-03": [{P + "kind": "introductory_visit", P + "grade": 1}, {P + "grade": 2, S + "entered_on": "2025-09-01"}],
    "R-04": [{S + "birth_on": "2010-03-02"}, {P + "kind": "introductory_visit", S + "birth_on": "2012-01-01"}],
    "R-05": [{"post.hazards": ["boiler"], S + "birth_on": "2008-03-02"}, {"post.hazards": ["noise"], S + "birth_on": ABSENT}],
    "R-06": [{"post.hazards": ["mine"], S + "sex": "male"}, {S + "sex": ABSENT}],
    "R-10": [{"post.risks": ["height"], S + "is_special_major": True, P + "filings": [{"rule": "R-10", "no": "1", "on": "2026-03-02"}]}],
    "R-11": [{P + "roster.shifts.0.weekdays": [6], P + "filings": [{"rule": "R-11", "no": "1", "on": "2026-03-02"}]},
             {"file.calendar": ABSENT}],
    "R-12": [{P + "roster.shifts": [{"weekdays": [1, 2, 3, 4, 5], "start": "14:00", "end": "22:00"}]},
             {P + "roster.shifts": [{"weekdays": [1], "start": "22:00", "end": "06:00"}], P + "filings": [{"rule": "R-12", "no": "1", "on": "2026-02-01"}]}],
    "R-13": [{P + "pay_yuan": 3500, "post.lowest_grade_yuan": 3500}, {P + "pay_yuan": 4000, "post.lowest_grade_yuan": ABSENT},
             {P + "pay_yuan": 3999, "post.wage_standard_yuan": ABSENT, "post.lowest_grade_yuan": 3999},
             {P + "works_independently": False, P + "pay_yuan": 1}],
    "R-14": [{P + "pay_cycle": "按周"}, {P + "kind": "introductory_visit", P + "pay_cycle": ABSENT}],
    "R-15": [{P + "kind": "introductory_visit", P + "pay_form": ABSENT}],
    "R-16": [{P + "agreement.signed_on": "2026-03-02"}, {P + "agreement.signed_by": ["school", "unit", "student", "guardian"]}],
    "R-20": [{P + "insurance": [
        {"no": "1", "kind": "实习责任保险", "from": "2026-02-01", "to": "2026-05-31", "payer": "unit"},
        {"no": "2", "kind": "internship_liability", "from": "2026-06-01", "to": "2026-08-28", "payer": "school"}]}],
    "R-21": [{P + "end_on": "2026-09-07"}, {P + "kind": "introductory_visit", P + "end_on": "2027-03-01"}],
    "R-23": [{U + "safety_offences": ["2023-03-02", "2019-01-01"]}, {U + "inspected_on": "2026-03-02"}, {U + "credit_checked_on": "2025-02-25"}],
    "R-25": [{P + "mode": "allocated", P + "self_found": ABSENT}],
    "R-27": [{P + "safety_test.on": "2026-03-02"}],
    "R-28": [{S + "birth_on": "2012-03-02"}, {S + "birth_on": "2012-03-03", P + "data_consent.guardian_on": "2026-03-02"}],
    "R-29": [{U + "area": "330100", P + "hourly_pay_yuan": ABSENT}, {P + "kind": "introductory_visit", P + "hourly_pay_yuan": ABSENT}],
}  # fmt: skip

ASK_A_REASON = {"R-01", "R-02", "R-13", "R-14", "R-17", "R-19", "R-21", "R-24", "R-26"}


def listed(table):
    return [pytest.param(rule, one, id=f"{rule}-{n}") for rule in table for n, one in enumerate(table[rule])]  # fmt: skip


def test_a_good_placement_keeps_every_rule():
    outcomes = judged().outcomes
    assert [one.rule.id for one in outcomes] == [f"R-{n:02d}" for n in range(1, 30)]
    assert {one.answer for one in outcomes} == {"pass"}


@pytest.mark.parametrize(("rule", "changes"), listed(BROKEN))
def test_a_rule_is_broken(rule, changes):
    assert answer(rule, changes) == "fail"


@pytest.mark.parametrize(("rule", "changes"), listed(UNKNOWN))
def test_what_is_missing_is_never_a_pass(rule, changes):
    assert answer(rule, changes) == "cannot_judge"


@pytest.mark.parametrize(("rule", "changes"), listed(KEPT))
def test_a_rule_is_kept_in_another_way(rule, changes):
    assert answer(rule, changes) == "pass"


def test_each_rule_has_a_case_of_each_answer():
    rules = {rule.id for rule in judge().pack.rules}
    assert rules == BROKEN.keys() == UNKNOWN.keys()


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_broken_rule_names_article_sentence_and_change_in_both_languages(rule):
    for told in (finding(rule, changes) for changes in BROKEN[rule]):
        words = (told.article, told.message.zh, told.message.en, told.change.zh, told.change.en)
        assert all(words)
        assert not any("{" in word for word in words)


@pytest.mark.parametrize("rule", sorted(UNKNOWN))
def test_what_can_not_be_judged_names_what_to_add(rule):
    for told in (finding(rule, changes) for changes in UNKNOWN[rule]):
        assert told.missing
        assert told.change.zh.startswith("请补充或更新：")


def test_rules_of_principle_ask_a_reason_and_the_others_block():
    adult = judged()
    justify = {one.rule.id for one in adult.outcomes if one.severity is Severity.JUSTIFY}
    assert justify == ASK_A_REASON


@pytest.mark.parametrize("birth", ["2008-03-03", ABSENT])
def test_a_missing_consent_blocks_for_a_minor_and_for_one_whose_age_nobody_knows(birth):
    outcome = judged({S + "birth_on": birth, P + "guardian_consent": "none"}).outcome("R-17")
    assert (outcome.answer, outcome.severity) == ("fail", Severity.BLOCK)


def test_of_an_adult_the_same_asks_a_reason():
    outcome = judged({S + "birth_on": "2008-03-02", P + "guardian_consent": "none"}).outcome("R-17")
    assert outcome.severity is Severity.JUSTIFY
