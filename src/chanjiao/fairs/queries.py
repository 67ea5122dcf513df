"""Reads of fairs, their companies and their stands; the first argument is who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.calendar import months_after
from chanjiao.core.parameters import parameter
from chanjiao.core.roles import Action, Reach
from chanjiao.demand.choices import COUNTED
from chanjiao.demand.models import JobDemand
from chanjiao.demand.queries import demands_visible_to
from chanjiao.fairs.choices import (
    COMING,
    STANDING,
    BoothState,
    FairState,
    Purpose,
)
from chanjiao.fairs.models import Booth, Fair, FairPost, Hall, NoShowPardon, Stand
from chanjiao.industry.models import Chain

# What a visitor of the portal learns of: from the invitation on, also when it was called off.
ANNOUNCED = [state for state in FairState.values if state != FairState.PREPARING]


def fairs_visible_to(actor: Actor) -> QuerySet[Fair]:
    """All for whoever holds them; others from the day companies are invited."""
    rows = Fair.objects.select_related("host").annotate(
        companies=Count("booths", filter=Q(booths__state__in=COMING), distinct=True)
    )
    if actor.may_all("fair", Action.UPDATE):
        return rows
    return rows.filter(state__in=ANNOUNCED) if actor.may("fair") else rows.none()


def booths_visible_to(actor: Actor) -> QuerySet[Booth]:
    """The office sees all, a company its own, everybody else those who are coming."""
    rows = Booth.objects.select_related("fair", "company", "company__area", "stand", "stand__hall")
    if actor.may_all("booth", Action.UPDATE):
        return rows
    reaches, seen = actor.reaches("booth"), Q(pk__in=())
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        seen |= Q(company_id=actor.organisation_id)
    if Reach.ALL in reaches:
        seen |= Q(state__in=[*COMING, BoothState.ABSENT], fair__state__in=ANNOUNCED)
    return rows.filter(seen)


def booths_kept_by(actor: Actor) -> QuerySet[Booth]:
    """Those the actor may act on: all for the office, its own for a company."""
    rows = booths_visible_to(actor)
    if actor.may_all("booth", Action.UPDATE):
        return rows
    is_keeper = actor.may("booth", Action.UPDATE) and actor.organisation_id is not None
    return rows.filter(company_id=actor.organisation_id) if is_keeper else rows.none()


def booths_of(actor: Actor, fair: Fair) -> QuerySet[Booth]:
    """The companies of one fair with how many positions and people each brings."""
    return (
        booths_visible_to(actor)
        .filter(fair=fair)
        .annotate(post_count=Count("posts"), people=Sum("posts__people"))
    )


def posts_of(booth: Booth) -> QuerySet[FairPost]:
    return booth.posts.select_related("demand", "demand__occupation", "demand__area")


def readable_of(actor: Actor, posts: Sequence[FairPost]) -> set[int]:
    """Those lines of the ledger behind the positions whose own page the actor may open."""
    asked = [post.demand_id for post in posts]
    return set(demands_visible_to(actor).filter(pk__in=asked).values_list("pk", flat=True))


def posts_to_bring(company_id: int, booth: Booth | None = None) -> QuerySet[JobDemand]:
    """What stands in a company's ledger and can be brought without typing it again.

    What a booth brings already stays on the list, also when it has lapsed since.
    """
    fits = Q(state__in=COUNTED)
    if booth is not None:
        fits |= Q(pk__in=booth.posts.values("demand"))
    rows = JobDemand.objects.filter(fits, company_id=company_id)
    return rows.select_related("occupation", "area").order_by("title", "pk")


@dataclass(frozen=True, slots=True)
class Totals:
    """Companies and positions of a fair; people wanted are told apart by purpose."""

    companies: int
    waiting: int
    posts: int
    people: Mapping[str, int]

    @property
    def jobs(self) -> int:
        return self.people.get(Purpose.JOB, 0)

    @property
    def internships(self) -> int:
        return self.people.get(Purpose.INTERNSHIP, 0)


def totals_of(fair: Fair) -> Totals:
    """Sums of the lines a visitor sees: companies let in, their positions and people."""
    states = dict(fair.booths.order_by().values_list("state").annotate(n=Count("pk")))
    lines = FairPost.objects.filter(booth__fair=fair, booth__state__in=COMING).order_by()
    people = dict(lines.values_list("purpose").annotate(n=Sum("people")))
    return Totals(
        companies=sum(states.get(state, 0) for state in COMING),
        waiting=states.get(BoothState.APPLIED, 0),
        posts=lines.values("demand").distinct().count(),
        people=people,
    )


def stands_of(fair: Fair) -> QuerySet[Stand]:
    """Every place of the plan with who stands there, hall by hall, row by row."""
    return (
        Stand.objects.filter(hall__fair=fair)
        .select_related("hall", "booth", "booth__company")
        .order_by("hall_id", "row", "column")
    )


def free_stands(fair: Fair) -> QuerySet[Stand]:
    return stands_of(fair).filter(is_closed=False, booth__isnull=True)


def own_booth(actor: Actor, fair: Fair) -> Booth | None:
    """The booth of the organisation one acts for, where it has one that stands."""
    rows = booths_visible_to(actor).filter(company_id=actor.organisation_id, state__in=STANDING)
    return rows.filter(fair=fair).first()


@dataclass(frozen=True, slots=True)
class Absences:
    """How often a company stayed away unexcused, and until when it is barred for that."""

    count: int
    limit: int
    barred_until: date | None
    source: str


def absences_of(company_id: int, on: date | None = None) -> Absences:
    """Unexcused absences of the last months, since the last pardon; thresholds are dated data."""
    day = on or clock.today()
    limit, window, barred = (
        parameter(name, on=day)
        for name in ("fair_absence_limit", "fair_absence_months", "fair_barred_months")
    )
    rows = Booth.objects.filter(company_id=company_id, state=BoothState.ABSENT)
    pardon = NoShowPardon.objects.filter(company_id=company_id).first()
    if pardon:
        rows = rows.filter(fair__held_on__gt=pardon.granted_on)
    days = sorted(rows.values_list("fair__held_on", flat=True))
    recent = [held for held in days if held > months_after(day, -window.whole - barred.whole)]
    until = _barred_until(recent, limit.whole, window.whole, barred.whole)
    counted = [held for held in recent if held > months_after(day, -window.whole)]
    return Absences(
        len(counted), limit.whole, until if until and until > day else None, limit.source
    )


def _barred_until(days: list[date], limit: int, window: int, barred: int) -> date | None:
    """The end of the latest bar: ``limit`` absences within ``window`` months bring one."""
    until = None
    for n in range(limit - 1, len(days)):
        first, last = days[n - limit + 1], days[n]
        if first > months_after(last, -window):
            until = months_after(last, barred)
    return until


def chains_to_choose() -> list[tuple[int, str]]:
    return [(chain.pk, str(chain)) for chain in Chain.objects.order_by("name", "pk")]


def hall_of(actor: Actor) -> QuerySet[Hall]:
    """Halls that the actor may change."""
    rows = Hall.objects.select_related("fair")
    return rows if actor.may_all("fair", Action.UPDATE) else rows.none()


def stand_of(actor: Actor) -> QuerySet[Stand]:
    """Stands that the actor may change."""
    rows = Stand.objects.select_related("hall")
    return rows if actor.may_all("fair", Action.UPDATE) else rows.none()


def unplaced(fair: Fair) -> QuerySet[Booth]:
    """Companies that were let in and have no stand yet."""
    rows = fair.booths.filter(state=BoothState.APPROVED, stand=None)
    return rows.select_related("company").order_by("company__name", "pk")
