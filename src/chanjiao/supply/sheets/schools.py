"""What all sheets of supply share: whose row it is, and rows that say the same thing twice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.core.roles import Action
from chanjiao.core.sheets import Change, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.organisations.choices import SCHOOL_KINDS, Status
from chanjiao.organisations.models import Organisation

SCHOOL = Column(
    "school", "学校", "School", "text", aliases=("学校名称", "院校", "统一社会信用代码"),
    max_length=120, note_zh="可不填：默认为本校。", note_en="May be left blank: your own school.",
)  # fmt: skip
BATCH = 1000


class SchoolSheet(SheetHandler):
    """A sheet whose rows belong to a school: the actor's own, unless the system itself loads."""

    thing = "supply"

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        names = _names_of(rows)
        return [{**row, "school": _school(actor, row, names)} for row in rows]

    def schools(self, actor: Actor, rows: Iterable[Values]) -> dict[str, int]:
        """Ids of the schools named in completed rows that the actor may write for."""
        wanted = {str(row["school"]) for row in rows if row.get("school")}
        found = Organisation.objects.filter(kind__in=SCHOOL_KINDS, name__in=wanted)
        return {
            name: pk
            for name, pk in found.exclude(status=Status.MERGED).values_list("name", "pk")
            if actor.may_here(self.thing, Action.UPDATE, pk)
        }

    def school_problems(
        self, rows: Sequence[Values], schools: Mapping[str, int]
    ) -> list[tuple[int, Problem]]:
        return [
            (number, _strange_school(row.get("school")))
            for number, row in enumerate(rows)
            if row.get("school") not in schools
        ]

    def repeated(self, rows: Sequence[Values]) -> list[tuple[int, Problem]]:
        """Rows with the key of an earlier one; the reader only sees this where no part is blank."""
        first: dict[tuple[str, ...], int] = {}
        found = []
        for number, row in enumerate(rows):
            key = key_of(self.sheet, row)
            if first.setdefault(key, number) != number:
                found.append((number, _twice(self.sheet, key)))
        return found

    def ids_for(self, actor: Actor, changes: Sequence[Change]) -> dict[str, int]:
        """School ids by name for an apply; a school that isn't the actor's stops everything."""
        names = {change.key[0] for change in changes}
        schools = self.schools(actor, [{"school": name} for name in names])
        require(set(schools) == names)
        return schools


def key_of(sheet: Sheet, row: Values) -> tuple[str, ...]:
    return tuple("" if (v := row.get(name)) is None else str(v) for name in sheet.key)


def _names_of(rows: Sequence[Values]) -> dict[str, str]:
    """Official names of the schools that rows name by name or by credit code."""
    given = {str(row["school"]) for row in rows if row.get("school")}
    if not given:
        return {}
    found = Organisation.objects.filter(
        Q(name__in=given) | Q(credit_code__in=given), kind__in=SCHOOL_KINDS
    ).exclude(status=Status.MERGED)
    pairs = found.values_list("name", "credit_code")
    return {key: name for name, code in pairs for key in (name, code) if key}


def _school(actor: Actor, row: Values, names: Mapping[str, str]) -> Any:
    given = row.get("school")
    if given:
        return names.get(str(given), given)
    return actor.organisation_name or None


def _strange_school(given: Any) -> Problem:
    if not given:
        return Problem(
            "school", "school_missing", "没有写明学校。", "The school is missing.",
            "请填写学校名称或统一社会信用代码。", "Give the school's name or its credit code.",
        )  # fmt: skip
    return Problem(
        "school", "school_not_yours", f"“{given}”不是您可以填报的学校。",
        f"“{given}” is no school you may report for.",
        "请填写本校登记的全称，或留空。", "Give your school's registered name, or leave it blank.",
    )  # fmt: skip


def _twice(sheet: Sheet, key: tuple[str, ...]) -> Problem:
    words = " ".join(part for part in key[1:] if part)
    return Problem(
        sheet.key[1], "row_twice", f"“{words}”在本表中出现不止一次。",
        f"“{words}” stands in this file more than once.",
        "请只保留一行。", "Keep one row.",
    )  # fmt: skip
