"""From JSON to a register: every field by name, every fault by place, nothing changed in silence.

Where a paper or a person may be lacking, ``"none"`` says that there is none; an absent field says
that nobody knows.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chanjiao.engines.rules.faults import CaseError, Fault
from chanjiao.engines.rules.fields import Fields
from chanjiao.engines.rules.internship.placements import PlacementReader
from chanjiao.engines.rules.internship.records import (
    Headcount,
    Placement,
    Post,
    Register,
    Student,
    Unit,
)
from chanjiao.engines.rules.internship.rosters import EMPTY_CALENDAR, Calendar
from chanjiao.engines.rules.internship.words import Words
from chanjiao.engines.rules.packs import Pack


def read_register(data: Any, pack: Pack) -> tuple[Register, date | None]:
    """The register, and the day of judging where the file names one (``on``).

    Codes may be given as codes or by their Chinese words, as the pack's vocabularies have them.
    Raises CaseError with all faults.
    """
    faults: list[Fault] = []
    fields = Fields(data, "", faults)
    words = Words(pack)
    units = _by_id(fields, "units", lambda one: _unit(one, words))
    students = _by_id(fields, "students", lambda one: _student(one, words))
    reader = PlacementReader(words)
    placements = _by_id(fields, "placements", reader.read)
    register = Register(units, students, tuple(placements.values()), _calendar(fields))
    on = fields.day("on")
    fields.raw("note")
    fields.done()
    faults += _loose_ends(register)
    if faults:
        raise CaseError(faults)
    return register, on


def _by_id[T: (Unit, Student, Placement, Post)](
    fields: Fields, name: str, read: Callable[[Fields], T]
) -> dict[str, T]:
    found: dict[str, T] = {}
    for one in fields.needed(name, fields.each) or ():
        record = read(one)
        if record.id in found:
            one.blame("id", f"{record.id} 出现了两次。", f"{record.id} occurs twice.")
        found[record.id] = record
        one.done()
    return found


def _unit(fields: Fields, words: Words) -> Unit:
    posts = _by_id(fields, "posts", lambda one: _post(one, words)) if fields.has("posts") else {}
    return Unit(
        id=fields.needed("id", fields.text) or "",
        name=fields.text("name"),
        area=fields.text("area"),
        venue=words.one(fields, "venue", "venue"),
        headcounts=_headcounts(fields, "staff"),
        inspected_on=fields.day("inspected_on"),
        is_lawful=fields.flag("is_lawful"),
        is_listed=fields.flag("is_listed"),
        credit_checked_on=fields.day("credit_checked_on"),
        safety_offences=_days(fields, "safety_offences"),
        posts=posts,
    )


def _post(fields: Fields, words: Words) -> Post:
    intensity = fields.count("intensity", 1)
    if intensity is not None and intensity > 4:  # four classes, by the standard's own numbering
        fields.blame("intensity", "分级只有 1 到 4。", "there are classes 1 to 4 only.")
    return Post(
        id=fields.needed("id", fields.text) or "",
        name=fields.text("name"),
        headcounts=_headcounts(fields, "workers"),
        hazards=words.many(fields, "hazards", "hazard"),
        risks=words.many(fields, "risks", "risk"),
        intensity=intensity,
        venue=words.one(fields, "venue", "venue"),
        major_classes=words.many(fields, "major_classes", ""),
        wage_standard_yuan=fields.number("wage_standard_yuan"),
        lowest_grade_yuan=fields.number("lowest_grade_yuan"),
    )


def _student(fields: Fields, words: Words) -> Student:
    return Student(
        id=fields.needed("id", fields.text) or "",
        name=fields.text("name"),
        birth_on=fields.day("birth_on"),
        sex=words.one(fields, "sex", "sex"),
        entered_on=fields.day("entered_on"),
        major_class=fields.text("major_class"),
        is_special_major=fields.flag("is_special_major"),
    )


def _headcounts(fields: Fields, name: str) -> tuple[Headcount, ...]:
    """``[{"people": 100, "on": "2026-01-10"}, …]``: one for each day it was counted."""
    found = []
    for one in fields.each(name) or ():
        people = one.needed("people", one.count)
        on = one.needed("on", one.day)
        one.text("source")
        one.done()
        if people is not None and on is not None:
            found.append(Headcount(on, people))
    if len({one.on for one in found}) < len(found):
        fields.blame(name, "同一天有两个人数。", "there are two counts for one day.")
    return tuple(found)


def _days(fields: Fields, name: str) -> tuple[date, ...] | None:
    values = fields.items(name)
    if values is None:
        return None
    days = [one for n in range(len(values)) if (one := fields.day_in(name, n)) is not None]
    return tuple(days)


def _calendar(fields: Fields) -> Calendar:
    group = fields.group("calendar")
    if group is None:
        return EMPTY_CALENDAR
    calendar = Calendar(
        starts_on=group.needed("from", group.day) or date.max,
        ends_on=group.needed("to", group.day) or date.min,
        days_off=frozenset(group.needed("days_off", lambda name: _days(group, name)) or ()),
        workdays=frozenset(group.needed("workdays", lambda name: _days(group, name)) or ()),
    )
    for day in sorted(calendar.days_off & calendar.workdays):
        group.blame("workdays", f"{day} 也在 days_off 中。", f"{day} is in days_off too.")
    group.done()
    return calendar


def _loose_ends(register: Register) -> list[Fault]:
    """References that lead nowhere, chains that bite their tail."""
    ids = {one.id: one for one in register.placements}
    faults = []
    for n, one in enumerate(register.placements):
        place = f"placements[{n}]"
        unit = register.units.get(one.unit)
        checks = (
            ("student", one.student, one.student in register.students),
            ("unit", one.unit, unit is not None),
            ("post", one.post, one.post is None or unit is None or one.post in unit.posts),
            ("follows", one.follows, one.follows is None or one.follows in ids),
        )
        faults += [
            Fault(f"{place}.{name}", f"没有 {value}。", f"there is no {value}.")
            for name, value, is_there in checks
            if value and not is_there
        ]
        if _bites(one, ids):
            faults.append(
                Fault(f"{place}.follows", "前后相接成环。", "the chain runs in a circle.")
            )
    return faults


def _bites(placement: Placement, ids: Mapping[str, Placement]) -> bool:
    seen, one = {placement.id}, placement
    while one.follows and one.follows in ids:
        one = ids[one.follows]
        if one.id in seen:
            return True
        seen.add(one.id)
    return False
