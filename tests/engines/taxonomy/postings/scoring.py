"""How many of the labelled strings of a field are read right; used by tests and benchmark."""

from collections.abc import Callable

from chanjiao.engines.taxonomy.postings.education import read_education
from chanjiao.engines.taxonomy.postings.experience import read_experience
from chanjiao.engines.taxonomy.postings.folding import fold
from chanjiao.engines.taxonomy.postings.headcount import read_headcount
from chanjiao.engines.taxonomy.postings.hours import read_hours
from chanjiao.engines.taxonomy.postings.titles import read_title
from chanjiao.engines.taxonomy.postings.wage import read_wage
from tests.engines.taxonomy.postings.cases import f1, numbers, rows
from tests.engines.taxonomy.postings.tools import PAY, tools

SURE = 0.5


def first(told):
    return next((one for one in told if one.confidence >= SURE), None)


def signed(value, word):
    return word if value.is_required else f"!{word}"


def wage(row):
    where, text, low, high, basis, months, negotiable = row
    told = first(read_wage(fold(text), PAY, is_column=where == "column"))
    value = told.value if told else None
    got = (
        (value.stated_low, value.stated_high, value.basis, value.months, value.is_negotiable)
        if value else (None, None, "", None, False)
    )  # fmt: skip
    return got, (*numbers(low, high), basis, *numbers(months), negotiable == "1")


def education(row):
    where, text, code, need, *_rest = row
    told = first(read_education(fold(text), is_column=where == "column"))
    if told is None:
        return ("", ""), (code, need)
    wants = "required" if told.value.is_required else "wish"
    return (told.code, "" if told.code == "-" else wants), (code, need)


def experience(row):
    where, text, low, high, kind = row
    told = first(read_experience(fold(text), is_column=where == "column"))
    if told is None:
        return (None, None, ""), (*numbers(low, high), kind)
    value = told.value
    if value.is_any and kind == "any":
        return "any", "any"
    said = "fresh" if value.fresh else "any" if value.is_any else told.method
    said = {"wish": "wish", "plain": "required"}.get(said, said if said in ("fresh", "any") else "")
    return (value.low, value.high, said), (*numbers(low, high), kind)


def headcount(row):
    where, text, low, high, some = row
    told = first(read_headcount(fold(text), is_column=where == "column"))
    got = (*told.value, told.value.low is None) if told else (None, None, False)
    return got, (*numbers(low, high), bool(some))


def hours(row):
    text, shift, length, days, rest = row
    told = read_hours(fold(text))
    return tuple(told.value) if told else ("", None, None, ""), (
        shift,
        *numbers(length, days),
        rest,
    )


def places(row):
    where, text, codes = row
    folded, reader = fold(text), tools().places
    told = reader.column(folded) if where == "column" else reader.text(folded)
    return "|".join(one.code or "?" for one in told), codes.strip("|")


def titles(row):
    text, title = row
    told = read_title(fold(text))
    return text[told.start : told.end] if told else "", title


def majors(row):
    told, is_any = tools().majors.text(fold(row[0]))
    return {signed(one.value, one.value.words) for one in told} or ({"any"} if is_any else set())


def certificates(row):
    return {signed(one.value, one.code) for one in tools().certificates.read(fold(row[0]))}


def skills(row):
    return {f"{one.value.name}:{one.value.level}" for one in tools().skills.read(fold(row[0]))}


def hazards(row):
    folded = fold(row[0])
    told = read_hours(folded)
    turn = (told.value.shift, (told.start, told.end)) if told else ("", None)
    return {one.code for one in tools().hazards.read(folded, *turn) if one.confidence >= SURE}


#: Fields with one answer by their columns, and those with a set of answers.
SINGLE: dict[str, tuple[Callable, int]] = {
    "wage": (wage, 7), "education": (education, 4), "experience": (experience, 5),
    "headcount": (headcount, 5), "hours": (hours, 5), "places": (places, 3), "titles": (titles, 2),
}  # fmt: skip
SETS = {"majors": majors, "certificates": certificates, "skills": skills, "hazards": hazards}
FIELDS = (*SINGLE, *SETS)


def wrong(field, folder=None):
    """Of a field with one answer: the text, what was got and what was wanted; and how many rows."""
    score, columns = SINGLE[field]
    cases = rows(field, columns, folder)
    faults = []
    for row in cases:
        got, want = score(row)
        if got != want:
            faults.append((row[1] if columns > 2 else row[0], got, want))
    return faults, len(cases)


def pairs(field, folder=None):
    """Of a field with sets of answers: what was got and what was wanted."""
    return [
        (SETS[field](row), {part.replace("~", "") for part in row[1].split("|") if part})
        for row in rows(field, 2, folder)
    ]


def shares(field, folder):
    """A line for people: how many of a set's strings are right, or the F1 of its answers."""
    if field in SINGLE:
        faults, count = wrong(field, folder)
        return f"{count - len(faults)} of {count} ({1 - len(faults) / count:.3f})" if count else ""
    found = pairs(field, folder)
    return f"F1 {f1(found):.3f} of {len(found)}" if found else ""
