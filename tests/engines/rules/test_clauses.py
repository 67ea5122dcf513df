"""k of n clauses, subsidies: the same engine on other subjects."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from chanjiao.core.rulepacks import load_pack
from chanjiao.engines.rules import CaseError, Judge, plain_subject
from chanjiao.engines.rules.answers import at_least

ON = date(2026, 6, 1)
TEACHER = {
    "is_vocational_teacher": True,
    "ethics_passed": True,
    "practice_days": 180,
    "skill_level": 2,
    "company_years": 0,
    "service_income_yuan": 0,
}
CLAIM = {
    "level": "3",
    "certificate_on": "2025-08-31",
    "applied_on": "2026-08-31",
    "claims_this_year": 2,
    "same_claimed": False,
    "higher_held": False,
    "certificate_verified": True,
}


@pytest.fixture(scope="module")
def judges():
    packs = [load_pack([name]) for name in ("dual-qualified", "subsidy-certificate")]
    return {pack.id: Judge(pack, plain_subject(pack)) for pack in packs}


@pytest.fixture(scope="module")
def teacher(judges):
    def answer(**changes):
        facts = {**TEACHER, **changes}
        return judges["dual-qualified"].judge_facts(facts, ON).outcome("DQ-1")

    return answer


def test_two_mandatory_and_two_more_clauses_are_enough_and_each_is_explained(teacher):
    outcome = teacher()
    assert outcome.answer == "pass"
    assert {key: one.value for key, one in outcome.clauses} == {
        "a": "pass", "b": "pass", "c": "pass", "d": "pass", "e": "fail", "f": "fail",
    }  # fmt: skip


def test_a_mandatory_clause_can_not_be_made_up_for(teacher):
    assert teacher(ethics_passed=False, company_years=9, service_income_yuan=99999).answer == "fail"


def test_one_clause_too_few(teacher):
    assert teacher(practice_days=179).answer == "fail"


def test_an_open_clause_that_would_decide_leaves_it_open_and_is_named(teacher):
    outcome = teacher(practice_days=None)
    assert (outcome.answer, outcome.missing) == ("cannot_judge", {"practice_days"})
    assert teacher(practice_days=None, company_years=2).answer == "pass"


@given(st.lists(st.sampled_from([True, False, None]), max_size=6), st.integers(0, 6))
def test_k_of_n_is_what_every_way_of_filling_in_the_unknown_agrees_on(values, wanted):
    outcomes = {sum(world) >= wanted for world in _worlds(values)}
    assert at_least(wanted, values) is (outcomes.pop() if len(outcomes) == 1 else None)


def _worlds(values):
    if not values:
        return [[]]
    heads = [True, False] if values[0] is None else [values[0]]
    return [[head, *rest] for head in heads for rest in _worlds(values[1:])]


def claim(judges, **changes):
    return judges["subsidy-certificate"].judge_facts({**CLAIM, **changes}, ON)


def test_a_claim_within_twelve_months_is_paid_by_the_table(judges):
    judgement = claim(judges)
    assert not judgement.open
    assert judgement.figure("amount_yuan") == 2000


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        ({"applied_on": "2026-09-01"}, "SC-1", "fail"),
        ({"applied_on": "2025-08-30"}, "SC-1", "fail"),
        ({"applied_on": None}, "SC-1", "cannot_judge"),
        ({"claims_this_year": 3}, "SC-2", "fail"),
        ({"claims_this_year": None}, "SC-2", "cannot_judge"),
        ({"same_claimed": True}, "SC-3", "fail"),
        ({"higher_held": True, "same_claimed": None}, "SC-3", "fail"),
        ({"higher_held": None}, "SC-3", "cannot_judge"),
        ({"certificate_verified": False}, "SC-4", "fail"),
        ({"level": "9"}, "SC-4", "cannot_judge"),
    ],
)
def test_a_claim_is_refused_or_left_open(judges, changes, rule, expected):
    assert claim(judges, **changes).outcome(rule).answer == expected


def test_facts_of_another_name_or_kind_are_refused(judges):
    with pytest.raises(CaseError, match="there is no such fact"):
        claim(judges, levle="3")
    with pytest.raises(CaseError, match="is no date"):
        claim(judges, applied_on="soon")
    with pytest.raises(CaseError, match="is no flag"):
        claim(judges, same_claimed="no")
