"""Every field against the strings that were labelled for it, at least as good as was promised."""

import json

import pytest

from tests.engines.taxonomy.postings.cases import HERE, f1
from tests.engines.taxonomy.postings.scoring import SETS, pairs, signed, wrong
from tests.engines.taxonomy.postings.tools import parser


def test_every_usual_form_of_pay_is_read():
    assert wrong("wage")[0] == []


@pytest.mark.parametrize(
    ("field", "share"),
    [("education", 0.98), ("places", 0.95), ("experience", 0.97), ("headcount", 0.97),
     ("hours", 0.97), ("titles", 0.95)],
)  # fmt: skip
def test_fields_with_one_answer_reach_their_share(field, share):
    faults, count = wrong(field)
    assert len(faults) <= (1 - share) * count, faults


@pytest.mark.parametrize("field", SETS)
def test_fields_with_several_answers_reach_their_share(field):
    assert f1(pairs(field)) >= 0.95


def shown(reading):
    wage = reading.wage.value if reading.wage else None
    return {
        "title": reading.title.quote if reading.title else None,
        "wage": [wage.stated_low, wage.stated_high, wage.basis] if wage else None,
        "months": wage.months if wage else None,
        "education": reading.education.code if reading.education else None,
        "experience": list(reading.experience.value[:2]) if reading.experience else None,
        "headcount": list(reading.headcount.value) if reading.headcount else None,
        "places": [one.code for one in reading.places],
        "majors": sorted(signed(one.value, one.value.words) for one in reading.majors),
        "certificates": sorted(signed(one.value, one.code) for one in reading.certificates),
        "hazards": sorted(one.code for one in reading.hazards),
        "shift": reading.hours.value.shift if reading.hours else None,
    }


def test_whole_postings_are_read_field_by_field():
    faults, fields = [], 0
    for line in (HERE / "postings.jsonl").read_text("utf-8").splitlines():
        given = json.loads(line)
        wanted = given.pop("expect", None) or {k: v for k, v in given.items() if k != "text"}
        got = shown(parser().parse(given if "expect" in line else given["text"]))
        for name, value in wanted.items():
            fields += 1
            if name in ("majors", "certificates", "hazards"):
                value = sorted(one.replace("~", "") for one in value)
            if got[name] != value:
                faults.append((name, got[name], value))
    assert len(faults) <= 0.02 * fields, faults
