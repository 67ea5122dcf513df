"""Every rule: kept, broken, and not to be judged for want of each thing it rests on."""

import pytest

from chanjiao.engines.rules import Severity
from tests.engines.rules.broken import BROKEN
from tests.engines.rules.cases import ABSENT, answer, finding, judge, judged
from tests.engines.rules.kept import KEPT
from tests.engines.rules.unknown import UNKNOWN

P, S = "placement.", "student."

ASK_A_REASON = {"R-01", "R-02", "R-13", "R-14", "R-17", "R-19", "R-21", "R-24", "R-26"}


def listed(table):
    return [
        pytest.param(rule, one, id=f"{rule}-{n}")
        for rule, ways in table.items()
        for n, one in enumerate(ways)
    ]


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
