"""Packs, overlays and conditions: what is taken, what is refused, and how it is said."""

import contextlib
import copy
from datetime import date
from functools import cache

import pytest
import yaml
from hypothesis import given, strategies as st

from chanjiao.core.rulepacks import SHIPPED, load_pack, shipped_packs
from chanjiao.engines.rules import (
    Judge,
    PackError,
    apply_overlay,
    combine,
    plain_subject,
    read_overlay,
    read_pack,
)
from chanjiao.engines.rules.expressions import ExpressionError, parse
from chanjiao.engines.rules.internship import INTERNSHIP, judge_register, read_register
from tests.engines.rules.cases import ON, spoilt

WORDS = {"zh": "一", "en": "one"}
SOURCE = {"source": "s", "confidence": "default"}


def small_pack(**rule):
    one = {
        "id": "A",
        "title": WORDS,
        "article": "第一条",
        **SOURCE,
        "severity": "justify",
        "valid_from": "2020-01-01",
        "holds": "n <= most",
        "message": {"zh": "{n}", "en": "{n}"},
        "remedy": WORDS,
    }
    return {
        "pack": "p",
        "title": WORDS,
        "subject": "s",
        "facts": [{"name": "n", "kind": "number", "label": WORDS}],
        "parameters": {
            "most": {
                "title": WORDS,
                "kind": "number",
                "tightens": "lower",
                "values": [
                    {"value": 10, "valid_from": "2020-01-01", "valid_to": "2024-12-31", **SOURCE},
                    {"value": 8, "valid_from": "2025-01-01", **SOURCE},
                ],
            }
        },
        "rules": [{**one, **rule}],
    }


def answer(pack, n, day):
    return Judge(pack, plain_subject(pack)).judge_facts({"n": n}, day).outcome("A").answer.value


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_is_sound_and_every_threshold_has_its_source(name):
    data = yaml.safe_load((SHIPPED / f"{name}.yaml").read_text("utf-8"))
    pack = read_pack(data)
    Judge(pack, INTERNSHIP if pack.subject == "internship" else plain_subject(pack))
    assert all(one.source.text for p in pack.parameters.values() for one in p.values)


def test_every_code_a_parameter_holds_is_in_a_vocabulary():
    pack = load_pack(["internship-cn"])
    known = {code for words in pack.vocabularies.values() for code in words}
    held = {
        code
        for parameter in pack.parameters.values()
        if parameter.kind == "codes" and parameter.name not in ("weekly_rest", "agreement_models")
        for one in parameter.values
        for code in one.value
    }
    assert held <= known


def test_conditions_hold_no_threshold_of_their_own():
    pack = load_pack(["internship-cn", "internship-js"])
    texts = [
        text for rule in pack.rules for text in (rule.holds, rule.applies, *rule.lets.values())
    ]
    numbers = {word for text in texts for word in text.replace("(", " ").replace(")", " ").split()}
    assert {word for word in numbers if word.isdecimal()} <= {"0", "1", "100"}


def test_a_parameter_is_that_of_the_day():
    pack = read_pack(small_pack())
    assert answer(pack, 9, date(2024, 12, 31)) == "pass"
    assert answer(pack, 9, date(2025, 1, 1)) == "fail"


def test_a_rule_not_yet_in_force_says_nothing():
    pack = read_pack(small_pack())
    assert Judge(pack, plain_subject(pack)).judge_facts({"n": 9}, date(2019, 1, 1)).outcomes == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"holds": "n <= moat"}, "called moat.*most"),
        ({"holds": "n <= 'ten'"}, "can't be put on number, text"),
        ({"holds": "n + 1"}, "should give flag"),
        ({"holds": "n <="}, "at its end"),
        ({"holds": "__import__('os')"}, "no fact, parameter or function"),
        ({"holds": "n.real"}, "from character 2"),
        ({"message": {"zh": "{x}", "en": "x"}}, "nothing fills {x}"),
        ({"severity": "fatal"}, "block or justify"),
        ({"hold": "true"}, "did you mean holds"),
        ({"valid_from": "2020-02-30"}, "a date that exists"),
        ({"holds": None}, "either holds or clauses"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_place(change, told):
    data = small_pack(**change)
    with pytest.raises(PackError, match=told) as caught:
        Judge(read_pack(data), plain_subject(read_pack(data)))
    assert "rules" in caught.value.faults[0].place


def test_two_values_for_one_day_are_refused():
    data = small_pack()
    data["parameters"]["most"]["values"][0]["valid_to"] = "2025-01-01"
    with pytest.raises(PackError, match="two versions are in force on 2025-01-01"):
        read_pack(data)


def test_packs_that_define_the_same_rule_can_not_be_combined():
    with pytest.raises(PackError, match="p has it too"):
        combine([read_pack(small_pack()), read_pack(small_pack())])


def overlay(*changes, **more):
    return {
        "overlay": "office-2026",
        "title": WORDS,
        "of": "internship-cn",
        "proposed_by": "zhang",
        "approved_by": "li",
        "approved_on": "2026-01-15",
        "changes": list(changes),
        **more,
    }


def value(number, **more):
    return {"value": number, "valid_from": "2026-02-01", **SOURCE, **more}


@cache
def nation():
    return load_pack(["internship-cn"])


def laid(*changes, **more):
    pack = nation()
    return apply_overlay(pack, read_overlay(overlay(*changes, **more), pack))


def outcome(pack, rule, changes, on=ON):
    register, _ = read_register(spoilt(changes), pack)
    return judge_register(register, Judge(pack, INTERNSHIP), on)[0].outcome(rule)


PAY = {"placement.pay_yuan": 4000, "post.lowest_grade_yuan": 4500}


def test_an_overlay_may_tighten_and_is_named_in_the_outcome():
    pack = laid({"parameter": "pay_share_percent", "value": value(90)})
    assert outcome(nation(), "R-13", PAY).answer == "pass"
    told = outcome(pack, "R-13", PAY)
    assert (told.answer, told.rule.overlay, told.rule.is_relaxed) == ("fail", "office-2026", False)


def test_an_overlay_works_from_its_day_on():
    pack = laid({"parameter": "pay_share_percent", "value": value(90, valid_from="2026-03-03")})
    assert outcome(pack, "R-13", PAY).answer == "pass"
    assert outcome(pack, "R-13", PAY, date(2026, 3, 3)).answer == "fail"


MILDER = [
    {"parameter": "unit_share_percent", "value": value(11)},
    {"parameter": "pay_share_percent", "value": value(79)},
    {"parameter": "forbidden_venues", "value": value(["ktv"])},
    {"parameter": "pay_cycles", "value": value(["day", "week", "half_month", "month", "quarter"])},
    {"parameter": "leap_birthday", "value": value("02-28")},
    {"rule": "R-03", "severity": "justify"},
    {"rule": "R-24", "retire": True},
]


@pytest.mark.parametrize("change", MILDER)
def test_what_is_milder_or_may_be_must_be_marked_with_a_reason(change):
    for lacking in ({}, {"relaxes": True}, {"reason": "试点"}):
        with pytest.raises(PackError, match="mark it relaxes: true"):
            laid({**change, **lacking})
    marked = laid({**change, "relaxes": True, "reason": "试点"})
    assert any(rule.is_relaxed for rule in marked.rules) or "retire" in change


@pytest.mark.parametrize(
    "change",
    [
        {"parameter": "unit_share_percent", "value": value(8)},
        {"parameter": "pay_cycles", "value": value(["month"])},
        {"rule": "R-19", "severity": "block"},
    ],
)
def test_what_is_stricter_needs_no_mark(change):
    assert not any(rule.is_relaxed for rule in laid(change).rules)


def test_a_rule_may_be_added_and_one_retired():
    added = copy.deepcopy(small_pack()["rules"][0]) | {"id": "W-1", "holds": "grade > 1"}
    added["message"] = WORDS
    pack = laid({"add": added}, {"rule": "R-24", "retire": True, "relaxes": True, "reason": "合并"})
    assert outcome(pack, "W-1", {"placement.grade": 2}).rule.overlay == "office-2026"
    with pytest.raises(KeyError):
        outcome(pack, "R-24", {})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"approved_by": "zhang"}, "a second person must approve"),
        ({"approved_by": None}, "approved_by: .*required"),
        ({"approved_on": None}, "approved_on: .*required"),
        ({"approved_on": "2026-02-02"}, "before the day of approval"),
        ({"of": "internship-js"}, "not for internship-cn"),
    ],
)
def test_an_overlay_without_a_second_person_or_a_day_is_refused(more, told):
    with pytest.raises(PackError, match=told):
        laid({"parameter": "unit_share_percent", "value": value(8)}, **more)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"parameter": "share", "value": value(8)}, "no parameter share"),
        ({"rule": "R-99", "retire": True}, "no rule R-99"),
        ({"rule": "R-24"}, "change one thing"),
        ({"parameter": "unit_share_percent", "value": value("8 %")}, "give a number"),
    ],
)
def test_a_change_that_changes_nothing_or_two_things_is_refused(change, told):
    with pytest.raises(PackError, match=told):
        laid(change)


@given(st.text("abcn <>=()'1+-*/,.andort ", max_size=40))
def test_any_text_is_either_a_condition_or_refused(text):
    with contextlib.suppress(ExpressionError):
        assert parse(text)


def test_a_condition_too_deep_is_refused():
    with pytest.raises(ExpressionError):
        parse("(" * 5000 + "n" + ")" * 5000)
