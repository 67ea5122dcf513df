"""How much of what a school offers can be counted: four shares, each of which opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.queries import live, offerings_with_figures_for, with_coverage

# What a part asks of an offering, what it is called, and what to do where it is missing.
PARTS: dict[str, tuple[Any, Any]] = {
    "has_year": (_("有本学年数据"), _("填报本学年的招生、在校和毕业人数")),
    "has_cohort": (_("有在读班级"), _("登记在读班级和预计毕业时间")),
    "is_coded": (_("已对上目录代码"), _("核对专业代码；目录未载入的请办公室导入")),
    "is_confirmed": (_("一年内确认过"), _("确认专业仍按现状开设")),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One share of the score: ``have`` of ``of`` offerings fulfil it."""

    key: str
    label: Any
    to_do: Any
    have: int
    of: int

    @property
    def share(self) -> float | None:
        return self.have / self.of if self.of else None

    @property
    def missing(self) -> int:
        return self.of - self.have


@dataclass(frozen=True, slots=True)
class Coverage:
    """A school's parts; without any live offering there is no score, rather than a nought."""

    school_id: int
    school: str
    year: int
    parts: Sequence[Part]

    @property
    def offerings(self) -> int:
        return self.parts[0].of

    @property
    def score(self) -> float | None:
        """The mean of the shares, 0–1."""
        shares = [part.share for part in self.parts if part.share is not None]
        return sum(shares) / len(shares) if shares else None

    @property
    def next_steps(self) -> list[Part]:
        """What is missing, the most first."""
        return sorted((p for p in self.parts if p.missing), key=lambda p: -p.missing)


def coverage_by_school(actor: Actor, year: int, day: date) -> list[Coverage]:
    """Every school that the actor may see figures of, in one query whatever their number."""
    rows = live(with_coverage(offerings_with_figures_for(actor), year, day))
    counts = {key: Count("pk", filter=Q(**{key: True})) for key in PARTS}
    groups = rows.order_by("school__name").values("school_id", "school__name")
    return [
        _coverage(row["school_id"], row["school__name"], year, row)
        for row in groups.annotate(of=Count("pk"), **{f"n_{k}": c for k, c in counts.items()})
    ]


def coverage_of(actor: Actor, school_id: int, school: str, year: int, day: date) -> Coverage:
    rows = live(with_coverage(offerings_with_figures_for(actor), year, day))
    counts = {f"n_{key}": Count("pk", filter=Q(**{key: True})) for key in PARTS}
    found = rows.filter(school_id=school_id).order_by().aggregate(of=Count("pk"), **counts)
    return _coverage(school_id, school, year, found)


def _coverage(school_id: int, school: str, year: int, row: dict[str, Any]) -> Coverage:
    parts = [
        Part(key, label, to_do, row[f"n_{key}"], row["of"]) for key, (label, to_do) in PARTS.items()
    ]
    return Coverage(school_id, school, year, parts)


def lacking(rows: QuerySet[MajorOffering], part: str) -> QuerySet[MajorOffering]:
    """The live offerings that lack ``part``: what a share of the score opens."""
    if part not in PARTS:
        raise LookupError(f"no part of coverage is called {part!r}")
    return live(rows).filter(Q(**{part: False}))
