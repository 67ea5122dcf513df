"""The command: what it prints, how it ends, and what it says of a bad file."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.engines.rules.cases import ABSENT, spoilt


@pytest.fixture
def comply(tmp_path, capsys):
    def run(data, *words):
        file = tmp_path / "placements.json"
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        file.write_text(text, "utf-8")
        packs = ["--pack", "internship-cn", "--pack", "internship-js"]
        code = 0
        try:
            call_command("comply", str(file), *packs, "--on", "2026-02-25", *words)
        except SystemExit as end:
            code = end.code
        return code, capsys.readouterr().out

    return run


def test_a_good_file_ends_with_nought(comply):
    code, told = comply(spoilt({}))
    assert code == 0
    assert "clear 1" in told


def test_a_finding_is_printed_with_rule_article_and_change_and_ends_with_one(comply):
    code, told = comply(spoilt({"placement.agreement": "none", "placement.pay_yuan": ABSENT}))
    assert code == 1
    assert "✗ I1 R-16 fail block" in told
    assert "? I1 R-13 cannot_judge justify" in told
    assert "职业教育法第五十条" in told


def test_json_tells_the_state_of_each_placement(comply):
    code, told = comply(spoilt({"placement.pay_cycle": "quarter"}), "--json")
    answer = json.loads(told)
    assert (code, answer["states"]["needs_reason"]) == (1, 1)
    (one,) = answer["judgements"][0]["findings"]
    assert (one["rule"], one["severity"], one["answer"]) == ("R-14", "justify", "fail")
    code, told = comply(spoilt({}), "--json", "--all")
    assert len(json.loads(told)["judgements"][0]["findings"]) == 29


def test_a_written_reason_settles_a_rule_of_principle_and_no_other(comply):
    reason = {"placement.reasons": [{"rule": "R-14", "reason": "企业按季结算，已报备"}]}
    assert comply(spoilt({"placement.pay_cycle": "quarter", **reason}))[0] == 0
    reason["placement.reasons"][0]["rule"] = "R-03"
    assert comply(spoilt({"placement.grade": 1, **reason}))[0] == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"placement.end_on": "2026-02-30"}, r"placements\[0\].end_on: “2026-02-30”不行"),
        ({"placement.end_on": "2026-03-01"}, r"placements\[0\].end_on: 2026-03-01 早于"),
        ({"placement.strat_on": "2026-03-01"}, "did you mean start_on"),
        ({"placement.student": "S9"}, r"placements\[0\].student: 没有 S9"),
        ({"placement.post": "P9"}, "there is no P9"),
        ({"placement.follows": "I1"}, "the chain runs in a circle"),
        ({"placement.pay_yuan": "很多"}, "give a number"),
        ({"placement.pay_yuan": -1}, "can't be negative"),
        ({"placement.start_on": "2026-W10-1"}, "a date that exists"),
        ({"placement.is_voluntary": "yes"}, "give true or false"),
        ({"post.hazards": ["dust"]}, r"posts\[0\].hazards\[0\].*none of the codes"),
        ({"post.intensity": 5}, "classes 1 to 4 only"),
        ({"unit.staff": [{"people": -1, "on": "2026-01-01"}]}, "a whole number from 0 up"),
        ({"placement.roster.shifts.0.end": "25:00"}, "no time of 00:00 to 24:00"),
        ({"placement.roster.shifts": []}, "needs from and to"),
        ({"placement.roster.shifts.0.break_minutes": 540}, "as long as the shift"),
        ({"student.birth_on": "0000-01-01"}, "a date that exists"),
        ({"file.students": ABSENT}, "students: 必须填写"),
        ({"file.placements": {}}, "give a list"),
    ],
)
def test_a_bad_field_is_named_with_its_value_and_what_to_give(comply, changes, told):
    with pytest.raises(CommandError, match=told) as caught:
        comply(spoilt(changes))
    assert caught.value.returncode == 2


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "NaN", "[]", '{"units": []}'])
def test_what_is_no_register_is_refused_and_never_a_traceback(comply, text):
    with pytest.raises(CommandError):
        comply(text)


def test_a_number_too_large_to_write_out_is_refused_at_once(comply):
    text = json.dumps(spoilt({"placement.pay_yuan": "HUGE"})).replace('"HUGE"', "1e999999999")
    with pytest.raises(CommandError, match=r"pay_yuan: .*give a number"):
        comply(text)


def test_a_pack_that_is_not_there_is_refused(comply):
    with pytest.raises(CommandError, match="there are: dual-qualified, internship-cn"):
        comply(spoilt({}), "--pack", "internship-mars")
