"""Every field against the strings that were labelled for it, at least as good as was promised."""

import json

import pytest

from chanjiao.engines.taxonomy.postings.education import read_education
from chanjiao.engines.taxonomy.postings.experience import read_experience
from chanjiao.engines.taxonomy.postings.folding import fold
from chanjiao.engines.taxonomy.postings.headcount import read_headcount
from chanjiao.engines.taxonomy.postings.hours import read_hours
from chanjiao.engines.taxonomy.postings.titles import read_title
from chanjiao.engines.taxonomy.postings.wage import read_wage
from tests.engines.taxonomy.postings.cases import HERE, f1, numbers, rows
from tests.engines.taxonomy.postings.tools import PAY, parser, tools

SURE = 0.5


def first(told):
    return next((one for one in told if one.confidence >= SURE), None)


def signed(value, word):
    return word if value.is_required else f"!{word}"


def split(cell):
    return {part.replace("~", "") for part in cell.split("|") if part}


def test_every_usual_form_of_pay_is_read():
    wrong = []
    for where, text, low, high, basis, months, negotiable in rows("wage", 7):
        told = first(read_wage(fold(text), PAY, is_column=where == "column"))
        wage = told.value if told else None
        got = (
            (wage.stated_low, wage.stated_high, wage.basis, wage.months, wage.is_negotiable)
            if wage else (None, None, "", None, False)
        )  # fmt: skip
        if got != (*numbers(low, high), basis, *numbers(months), negotiable == "1"):
            wrong.append((text, got))
    assert wrong == []


def test_schooling_is_read_in_98_of_100():
    cases = rows("education", 4)
    right = 0
    for where, text, code, need, *_rest in cases:
        told = first(read_education(fold(text), is_column=where == "column"))
        wants = "required" if told and told.value.is_required else "wish"
        got = (told.code, "" if told.code == "-" else wants) if told else ("", "")
        right += got == (code, need)
    assert right >= 0.98 * len(cases)


def test_years_of_experience_are_read():
    cases = rows("experience", 5)
    right = 0
    for where, text, low, high, kind in cases:
        told = first(read_experience(fold(text), is_column=where == "column"))
        value = told.value if told else None
        if value is None:
            right += (low, high, kind) == ("", "", "")
        elif kind == "any":
            right += value.is_any
        else:
            is_right = (value.low, value.high) == numbers(low, high)
            right += (
                is_right
                and value.fresh == (kind == "fresh")
                and (value.is_required != (kind in ("wish", "fresh")) or value.low is not None)
            )
    assert right >= 0.97 * len(cases)


def test_numbers_of_people_are_read():
    cases = rows("headcount", 5)
    right = 0
    for where, text, low, high, some in cases:
        told = first(read_headcount(fold(text), is_column=where == "column"))
        got = (*told.value, told.value.low is None) if told else (None, None, False)
        right += got == (*numbers(low, high), bool(some))
    assert right >= 0.97 * len(cases)


def test_working_hours_are_read():
    cases = rows("hours", 5)
    right = 0
    for text, shift, hours, days, rest in cases:
        told = read_hours(fold(text))
        got = tuple(told.value) if told else ("", None, None, "")
        right += got == (shift, *numbers(hours, days), rest)
    assert right >= 0.97 * len(cases)


def test_places_are_coded_in_95_of_100():
    cases = rows("places", 3)
    reader = tools().places
    right = 0
    for where, text, codes in cases:
        folded = fold(text)
        told = reader.column(folded) if where == "column" else reader.text(folded)
        right += "|".join(one.code or "?" for one in told) == codes.strip("|")
    assert right >= 0.95 * len(cases)


def test_majors_reach_their_share():
    pairs = []
    for text, labels in rows("majors", 2):
        told, is_any = tools().majors.text(fold(text))
        got = {signed(one.value, one.value.words) for one in told} or ({"any"} if is_any else set())
        pairs.append((got, split(labels)))
    assert f1(pairs) >= 0.95


@pytest.mark.parametrize("name", ["certificates", "hazards", "skills"])
def test_lists_of_words_reach_their_share(name):
    def found(folded):
        if name == "certificates":
            return [signed(one.value, one.code) for one in tools().certificates.read(folded)]
        if name == "skills":
            told = tools().skills.read(folded)
            return [f"{one.value.name}:{one.value.level}" for one in told]
        told = read_hours(folded)
        turn = (told.value.shift, (told.start, told.end)) if told else ("", None)
        return [one.code for one in tools().hazards.read(folded, *turn) if one.confidence >= SURE]

    pairs = [(set(found(fold(text))), split(labels)) for text, labels in rows(name, 2)]
    assert f1(pairs) >= 0.95


def test_posts_are_named_as_the_text_names_them():
    cases = rows("titles", 2)
    right = 0
    for text, title in cases:
        told = read_title(fold(text))
        right += (text[told.start : told.end] if told else "") == title
    assert right >= 0.95 * len(cases)


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
    wrong, fields = [], 0
    for line in (HERE / "postings.jsonl").read_text("utf-8").splitlines():
        given = json.loads(line)
        wanted = given.pop("expect", None) or {k: v for k, v in given.items() if k != "text"}
        got = shown(parser().parse(given if "expect" in line else given["text"]))
        for name, value in wanted.items():
            fields += 1
            if name in ("majors", "certificates", "hazards"):
                value = sorted(one.replace("~", "") for one in value)
            if got[name] != value:
                wrong.append((name, got[name], value))
    assert len(wrong) <= 0.02 * fields, wrong
