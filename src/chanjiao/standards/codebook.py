"""Code lists as the running system knows them: the database's, else the packaged ones.

Everything here is cached in the process and notices changes made by other processes, so asking
for a name costs one small query, whatever the number of codes.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Max

from chanjiao.core import clock
from chanjiao.engines.tabular import Problem
from chanjiao.engines.taxonomy import CodeItem, CodeList
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.standards.packaged import packaged

OPEN_START = date(1900, 1, 1)
SUGGESTED = 3
_held: dict[str, tuple[Any, CodeList]] = {}


def code_list(system: str) -> CodeList:
    """The list in the database; the packaged one where there is no database or no row yet.

    A code with several versions appears once, as its latest version.
    """
    stamp = _stamp(system)
    if not stamp:
        return packaged(system)
    held = _held.get(system)
    if held is None or held[0] != stamp:
        held = _held[system] = (stamp, CodeList(system, _items(system)))
    return held[1]


def name_of(system: str, code: str) -> str:
    """The name of a code; a code nobody knows is its own name."""
    item = code_list(system).get(code)
    return item.name if item else code


def names_of(system: str, codes: Iterable[str]) -> dict[str, str]:
    found = code_list(system)
    return {code: item.name for code in codes if (item := found.get(code))}


def parents_of(system: str, codes: Iterable[str]) -> dict[str, list[CodeItem]]:
    """For each known code its ancestors, from the parent up to the root."""
    found = code_list(system)
    return {code: found.ancestors(code) for code in codes if code in found}


def ids_of(system: str, codes: Collection[str]) -> dict[str, int]:
    """Primary keys of the latest versions, for storing many codes at once."""
    rows = Code.objects.filter(system=system).order_by("valid_from")
    if len(codes) < 500:  # SQLite's limit on variables is far, but a whole list is cheap to read
        rows = rows.filter(code__in=codes)
    wanted = set(codes)
    return {code: pk for code, pk in rows.values_list("code", "pk") if code in wanted}


def code_checker(
    system: str, *, levels: Collection[int] | None = None, on: date | None = None
) -> Callable[[str], str | Problem]:
    """A checker for a sheet's column: text in, the code to store or a `Problem` out.

    Reads codes as people write them and names or aliases that mean one code only; an ended code
    is taken with a warning. Works without a database.
    """
    found = code_list(system)
    day = on or clock.today()
    answers: dict[str, str | Problem] = {}

    def check(text: str) -> str | Problem:
        if text not in answers:
            answers[text] = _checked(found, text, levels, day)
        return answers[text]

    return check


def _checked(
    found: CodeList, text: str, levels: Collection[int] | None, day: date
) -> str | Problem:
    item = found.resolve(text)
    if item is None:
        named = [one for one in found.named(text) if not levels or one.level in levels]
        current = [one for one in named if one.is_valid_on(day)] or named
        if len(current) > 1:
            return _ambiguous(text, current)
        item = current[0] if current else None
    if item is None:
        return _unknown(found, text, day)
    if levels and item.level not in levels:
        return _wrong_level(text, item, levels)
    if not item.is_valid_on(day):
        return _ended(item)
    return item.code


def _unknown(found: CodeList, text: str, day: date) -> Problem:
    label = System(found.name).label if found.name in System.values else found.name
    near = found.search(text, SUGGESTED, on=day)
    words = "、".join(f"{hit.item.code} {hit.item.name}" for hit in near)
    return Problem(
        "", "unknown_code", f"{label}中没有“{text}”。", f"“{text}” is not in {found.name}.",
        f"是否为 {words}？" if words else "请填写代码，或目录中的名称。",
        f"Did you mean {words}?" if words else "Give the code, or the name the list has.",
    )  # fmt: skip


def _ambiguous(text: str, items: list[CodeItem]) -> Problem:
    words = "、".join(f"{item.code} {item.name}" for item in items[:6])
    return Problem(
        "", "ambiguous_code", f"“{text}”对应 {len(items)} 个代码。",
        f"“{text}” stands for {len(items)} codes.", f"请填写代码：{words}", f"Give a code: {words}",
    )  # fmt: skip


def _wrong_level(text: str, item: CodeItem, levels: Collection[int]) -> Problem:
    wanted = "、".join(map(str, sorted(levels)))
    return Problem(
        "", "wrong_level", f"“{text}”是第 {item.level} 层代码，应为第 {wanted} 层。",
        f"“{text}” is a code of level {item.level}; level {wanted} is wanted.",
        "请填写更具体的代码。" if item.level < min(levels) else "请填写上级代码。",
        "Give a more specific code." if item.level < min(levels) else "Give the group above.",
    )  # fmt: skip


def _ended(item: CodeItem) -> Problem:
    return Problem(
        "", "ended_code", f"{item.code} {item.name} 已于 {item.valid_to} 失效或尚未生效。",
        f"{item.code} {item.name} ended on {item.valid_to} or has not begun.",
        "请改用现行代码。", "Use the code now in force.", warning=True, value=item.code,
    )  # fmt: skip


def _stamp(system: str) -> tuple[int, Any] | None:
    """What changes when the list in the database changes; None where there is none."""
    if not is_database_there():
        return None
    try:
        row = Code.objects.filter(system=system).aggregate(n=Count("pk"), at=Max("changed_at"))
    except DatabaseError:
        return None
    return (row["n"], row["at"]) if row["n"] else None


def is_database_there() -> bool:
    """Whether asking the database can be tried without leaving an empty file behind."""
    name = str(connection.settings_dict["NAME"])
    return (
        connection.vendor != "sqlite" or connection.connection is not None or not _is_missing(name)
    )


def _is_missing(name: str) -> bool:
    """Connecting would leave an empty file behind, which a mere check should not."""
    return not name.startswith("file:") and ":memory:" not in name and not Path(name).exists()


def _items(system: str) -> list[CodeItem]:
    rows = Code.objects.filter(system=system).order_by("code", "valid_from").values_list(
        "code", "name", "parent__code", "level", "aliases", "flags", "valid_from", "valid_to",
        "name_en",
    )  # fmt: skip
    latest = {}
    for code, name, parent, level, aliases, flags, starts, ends, english in rows:
        latest[code] = CodeItem(
            code, name, parent or "", level, tuple(aliases),
            frozenset(part for part in flags.split("|") if part),
            None if starts == OPEN_START else starts, ends, english,
        )  # fmt: skip
    return list(latest.values())
