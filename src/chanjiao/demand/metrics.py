"""Demand as figures see it: which lines count on a day, which do not, and why not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.urls import reverse

from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.demand.choices import COUNTED, DemandState, Source
from chanjiao.demand.models import JobDemand
from chanjiao.demand.queries import demands_visible_to
from chanjiao.industry.models import Placement

DECLARED, PROJECTED = "declared", "projected"


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One counted position: ``headcount`` is who is still looked for, ``basis`` who says so.

    ``chain_ids`` are the chain of the node it names, else those its company is placed on.
    """

    demand_id: int
    company_id: int
    occupation_id: int
    occupation: str
    major_codes: tuple[str, ...]
    area_id: int | None
    chain_ids: tuple[int, ...]
    headcount: int
    education: str
    basis: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Positions of a year that are in no figure, with the people they ask for, by reason."""

    reason: str
    lines: int
    headcount: int


def standing(year: int, as_of: date) -> QuerySet[JobDemand]:
    """Verified lines of the year that are valid on the day, coded or not."""
    return JobDemand.objects.filter(
        year=year, state__in=COUNTED, valid_until__gte=as_of, confirmed_on__lte=as_of
    )


def counted(year: int, as_of: date) -> QuerySet[JobDemand]:
    """The numerator of every figure of demand: standing, coded and not yet filled."""
    return standing(year, as_of).filter(occupation__isnull=False, headcount__gt=F("filled"))


def uncoded(year: int, as_of: date) -> QuerySet[JobDemand]:
    """Lines that would count but stand in the alignment queue: the unmapped share."""
    return standing(year, as_of).filter(occupation__isnull=True, headcount__gt=F("filled"))


def lines_for_gap(year: int, as_of: date) -> Iterator[DemandLine]:
    """Every counted line with its codes, in three queries whatever their number."""
    majors, placed = _major_codes(year, as_of), _chains_of_companies(year)
    rows = counted(year, as_of).order_by("pk").values_list(
        "pk", "company_id", "occupation_id", "occupation__code", "area_id",
        "node__chain_id", "headcount", "filled", "education", "source",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        pk, company, occupation_id, code, area, chain, headcount, filled, education, source = row
        yield DemandLine(
            demand_id=pk,
            company_id=company,
            occupation_id=occupation_id,
            occupation=code,
            major_codes=majors.get(pk, ()),
            area_id=area,
            chain_ids=(chain,) if chain else placed.get(company, ()),
            headcount=headcount - filled,
            education=education,
            basis=PROJECTED if source == Source.PROJECT else DECLARED,
        )


def left_out(year: int, as_of: date) -> list[LeftOut]:
    """How many lines of the year are not counted, for each reason a reader may ask about."""
    of_year = JobDemand.objects.filter(year=year)
    stale = Q(state=DemandState.EXPIRED) | Q(state__in=COUNTED, valid_until__lt=as_of)
    groups = {
        "uncoded": uncoded(year, as_of),
        "expired": of_year.filter(stale),
        "unverified": of_year.filter(state__in=[DemandState.SUBMITTED, DemandState.RETURNED]),
        "filled": of_year.filter(state=DemandState.FILLED),
        "withdrawn": of_year.filter(state=DemandState.WITHDRAWN),
    }
    return [
        LeftOut(reason, rows.count(), rows.aggregate(n=Sum(F("headcount") - F("filled")))["n"] or 0)
        for reason, rows in groups.items()
    ]


def _major_codes(year: int, as_of: date) -> Mapping[int, tuple[str, ...]]:
    through = JobDemand.majors.through.objects.filter(jobdemand__in=counted(year, as_of))
    found: dict[int, list[str]] = defaultdict(list)
    pairs = through.order_by("jobdemand_id", "code__code")
    for pk, code in pairs.values_list("jobdemand_id", "code__code"):
        found[pk].append(code)
    return {pk: tuple(codes) for pk, codes in found.items()}


def _chains_of_companies(year: int) -> Mapping[int, tuple[int, ...]]:
    """Chains by company as placed in the latest year up to the one asked for."""
    rows = Placement.objects.filter(year__lte=year).order_by("organisation_id", "node__chain_id")
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for body, placed_in, chain in rows.values_list("organisation_id", "year", "node__chain_id"):
        found[body][placed_in].add(chain)
    return {body: tuple(sorted(years[max(years)])) for body, years in found.items()}


# ------------------------------------------------------------------- what stands in the registry


def _of_year(moment: Moment) -> QuerySet[JobDemand]:
    return JobDemand.objects.filter(year=moment.year)


def _is_standing(moment: Moment) -> Q:
    day = moment.as_of
    return Q(
        state__in=COUNTED, valid_until__gte=day, confirmed_on__lte=day, headcount__gt=F("filled")
    )


def _is_coded(moment: Moment) -> Q:
    return Q(occupation__isnull=False)


def _url(row: JobDemand) -> str:
    return reverse("demand:detail", args=[row.pk])


SHARED: dict[str, Any] = {
    "owner": Role.OFFICE, "rows": _of_year, "body": "company", "base": "demand of the year",
    "thing": "demand", "visible_to": demands_visible_to, "row_url": _url,
    "caveat": Words(
        "岗位状态以现状为准；过期、未核验、撤回的不计",
        "States are those of today; lapsed, unverified and withdrawn positions don't count",
    ),
}  # fmt: skip

METRICS = (
    Metric(
        "demand_people_wanted",
        Words("尚需人数", "People still wanted"),
        Words(
            "统计日有效、已编码岗位的人数减去已到岗人数之和",
            "Headcount less people already found, over coded positions standing on the day",
        ),
        "人",
        numerator=lambda moment: _is_standing(moment) & _is_coded(moment),
        amount=F("headcount") - F("filled"), **SHARED,
    ),
    Metric(
        "demand_coded",
        Words("岗位对齐率", "Demand with an occupation code"),
        Words(
            "有效岗位的尚需人数中，已对齐职业代码的占比",
            "Of people still wanted, the share in positions with an occupation code",
        ),
        "%",
        numerator=_is_coded, denominator=_is_standing,
        amount=F("headcount") - F("filled"), **SHARED,
    ),
    Metric(
        "demand_filled",
        Words("岗位到岗率", "Demand that was filled"),
        Words(
            "已核验岗位的需求人数中已到岗的占比",
            "Of the headcount of verified positions, the share that has arrived",
        ),
        "%",
        numerator=lambda moment: Q(),
        denominator=lambda moment: Q(state__in=[*COUNTED, DemandState.FILLED]),
        amount="filled", amount_below="headcount", **SHARED,
    ),
)  # fmt: skip
