"""The sheet of yearly figures, one row for an offering and a school year."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import Change, Key, Progress, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.supply.models import MajorYear
from chanjiao.supply.queries import years_visible_to
from chanjiao.supply.sheets.beneath import (
    BeneathOfferingSheet,
    offering_key,
    offering_named,
    offering_values,
)
from chanjiao.supply.sheets.majors import CODE, DIRECTION, LEVEL, OfferingIndex
from chanjiao.supply.sheets.schools import BATCH, SCHOOL

COUNTS = (
    "plan", "applied", "admitted", "registered", "enrolled", "graduates", "further_study",
)  # fmt: skip
MONEY = ("donated_yuan", "quasi_donated_yuan")


def _count(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Column:
    return Column(
        name, zh, en, "integer", required=required, minimum=0, maximum=100_000, unit="人",
        aliases=aliases,
    )  # fmt: skip


def no_more_than_there_are(row: Mapping[str, Any]) -> Iterable[Problem]:
    pairs = (
        ("registered", "admitted", "报到数", "录取数", "registered", "admitted"),
        ("further_study", "graduates", "升学人数", "毕业生数", "studying on", "graduates"),
    )
    for small, large, small_zh, large_zh, small_en, large_en in pairs:
        one, other = row.get(small), row.get(large)
        if one is not None and other is not None and one > other:
            yield Problem(
                small, "more_than_there_are",
                f"{small_zh} {one} 超过{large_zh} {other}。",
                f"{one} {small_en} is more than {other} {large_en}.",
                "请核对这两个数。", "Check the two numbers.",
            )  # fmt: skip


class YearSheet(BeneathOfferingSheet):
    thing = "supply_figures"
    sheet = Sheet(
        "major_years", "专业年度数据", "Yearly figures of majors",
        (
            SCHOOL, CODE, DIRECTION, LEVEL,
            Column("year", "学年", "School year", "year", required=True,
                   aliases=("年度", "统计学年"), example="2026",
                   note_zh="秋季学期所在年份。", note_en="The year of its autumn term."),
            _count("plan", "招生计划", "Enrolment plan", "计划数", "计划招生数"),
            _count("applied", "报名数", "Applied"),
            _count("admitted", "录取数", "Admitted", "录取人数"),
            _count("registered", "报到数", "Registered", "实际报到", "招生数", "新生数"),
            _count("enrolled", "在校生", "Enrolled", "在校生数", "在校人数", required=True),
            _count("graduates", "毕业生", "Graduates", "毕业生数", "毕业人数"),
            _count("further_study", "其中升学", "Of these studying on", "升学人数"),
            Column("donated_yuan", "捐赠设备", "Donated equipment", "yuan", minimum=0),
            Column("quasi_donated_yuan", "准捐赠设备", "Equipment lent", "yuan", minimum=0),
        ),
        key=("school", "code", "direction", "level", "year"),
        checks=(no_more_than_there_are,),
    )  # fmt: skip

    def stored(self, actor: Actor) -> Any:
        return years_visible_to(actor).exclude(offering__state="revoked")

    def key_of(self, row: MajorYear) -> Key:
        return (*offering_key(row), str(row.year))

    def values_of(self, row: MajorYear) -> Values:
        return {
            **offering_values(row), "year": row.year,
            **{name: getattr(row, name) for name in COUNTS},
            **{name: None if (v := getattr(row, name)) is None else int(v) for name in MONEY},
        }  # fmt: skip

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = self.stored(actor)
        for name, field in (("year", "year"), ("offering", "offering_id")):
            if filters.get(name, "").isdecimal():
                rows = rows.filter(**{field: int(filters[name])})
        for row in rows.order_by("offering__school__name", "offering__code", "year", "pk"):
            yield self.values_of(row)

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        schools = self.ids_for(actor, changes)
        index = OfferingIndex(schools.values())
        present = self.present(actor, schools)
        fresh, stale, gone = [], [], []
        for change in changes:
            row = present.get(change.key)
            if change.after is None:
                gone += [row.pk] if row else []
                continue
            if row is None:
                row = MajorYear(
                    offering=offering_named(index, change.key), year=int(change.key[4]),
                    created_by_id=actor.user_id,
                )  # fmt: skip
                fresh.append(row)
            else:
                stale.append(row)
            for name in (*COUNTS, *MONEY):
                if name in change.after:
                    setattr(row, name, change.after[name])
        MajorYear.objects.bulk_create(fresh, batch_size=BATCH)
        MajorYear.objects.bulk_update(stale, [*COUNTS, *MONEY], batch_size=BATCH)
        MajorYear.objects.filter(pk__in=gone).delete()
        progress(len(changes), len(changes), "")
