"""Reads of demand, rounds and asks; the first argument is who asks."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.roles import Action, Reach
from chanjiao.demand.choices import (
    COUNTED,
    LIVE,
    AskState,
    Coding,
    DemandState,
    TargetState,
    Visibility,
)
from chanjiao.demand.models import (
    Ask,
    DemandLook,
    IntakeLink,
    JobDemand,
    NothingNeeded,
    RoundTarget,
    SurveyRound,
)
from chanjiao.industry.queries import node_labels
from chanjiao.organisations.choices import Kind, Status
from chanjiao.organisations.models import Area, Organisation

# What other organisations see of a company's demand: neither drafts nor what was withdrawn.
SHOWN = (*COUNTED, DemandState.FILLED, DemandState.EXPIRED)


def demands_visible_to(actor: Actor) -> QuerySet[JobDemand]:
    """The office sees all, a company its own, an area's officer the area, members what stands."""
    rows = JobDemand.objects.select_related("company", "occupation", "area")
    reaches = actor.reaches("demand")
    if actor.may_all("demand", Action.UPDATE):
        return rows
    seen = Q(pk__in=())
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        seen |= Q(company_id=actor.organisation_id)
    if Reach.ALL in reaches:
        seen |= Q(state__in=SHOWN)
    if Reach.AREA in reaches:
        seen |= Q(area_id__in=actor.area_ids) & ~Q(state=DemandState.DRAFT)
    if Reach.PUBLISHED in reaches:
        seen |= Q(visibility=Visibility.PUBLIC, state__in=COUNTED)
    return rows.filter(seen)


def demands_to_verify(actor: Actor) -> QuerySet[JobDemand]:
    """Submitted lines that this actor may verify, oldest first."""
    if not actor.may_all("demand", Action.APPROVE):
        return JobDemand.objects.none()
    return demands_visible_to(actor).filter(state=DemandState.SUBMITTED).order_by("pk")


def last_of_company(company_id: int) -> QuerySet[JobDemand]:
    """What a company said last, to be said again or changed: open lines and recent lapsed ones."""
    return (
        JobDemand.objects.select_related("occupation", "area")
        .filter(company_id=company_id, merged_into=None)
        .exclude(state__in=[DemandState.WITHDRAWN, DemandState.DRAFT])
        .order_by("-confirmed_on", "-pk")
    )


def rounds_visible_to(actor: Actor) -> QuerySet[SurveyRound]:
    """Rounds with how many were asked and how many have answered."""
    rows = SurveyRound.objects.annotate(
        asked_total=Count("targets"),
        answered_total=Count(
            "targets",
            filter=Q(targets__state__in=[TargetState.ANSWERED, TargetState.NOTHING]),
        ),
    )
    return rows if actor.may("survey_round") else rows.none()


def targets_of(actor: Actor, survey_round: SurveyRound) -> QuerySet[RoundTarget]:
    """Companies asked, with when they were first asked and why they need nobody.

    The office sees all, an area's officer the area's; a company sees itself; others see nobody's
    silence.
    """
    asks = Ask.objects.filter(round=survey_round, company=OuterRef("company"))
    said = NothingNeeded.objects.filter(
        company=OuterRef("company"), year=survey_round.year, withdrawn_on=None
    )
    rows = (
        RoundTarget.objects.filter(round=survey_round)
        .select_related("company", "company__area")
        .annotate(
            asked_on=Subquery(asks.order_by("asked_on").values("asked_on")[:1]),
            why=Subquery(said.values("reason")[:1]),
            why_note=Subquery(said.values("note")[:1]),
        )
    )
    if actor.may_all("survey_round", Action.UPDATE):
        return rows
    seen = Q(company_id=actor.organisation_id)
    if Reach.AREA in actor.reaches("ask"):
        seen |= Q(company__area_id__in=actor.area_ids)
    return rows.filter(seen)


def demands_of_round(actor: Actor, survey_round: SurveyRound) -> QuerySet[JobDemand]:
    return demands_visible_to(actor).filter(round=survey_round)


def round_totals(survey_round: SurveyRound) -> dict[str, int]:
    """Companies by state of their answer, and what they asked for."""
    found = dict(survey_round.targets.order_by().values_list("state").annotate(n=Count("pk")))
    sums = survey_round.demands.filter(state__in=SHOWN).aggregate(
        lines=Count("pk"), people=Sum("headcount")
    )
    return {
        **{state: found.get(state, 0) for state in TargetState.values},
        "lines": sums["lines"] or 0,
        "people": sums["people"] or 0,
    }


def asks_visible_to(actor: Actor) -> QuerySet[Ask]:
    """A company sees what it was asked, an asker what it asked, the office the whole ledger."""
    rows = Ask.objects.select_related("company", "asker", "round")
    reaches = actor.reaches("ask")
    if Reach.ALL in reaches:
        return rows
    seen = Q(pk__in=())
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        seen |= Q(company_id=actor.organisation_id) | Q(asker_id=actor.organisation_id)
    if Reach.AREA in reaches:
        seen |= Q(company__area_id__in=actor.area_ids)
    return rows.filter(seen)


def open_asks(actor: Actor) -> QuerySet[Ask]:
    """What the actor's own organisation has been asked and not answered yet."""
    return asks_visible_to(actor).filter(company_id=actor.organisation_id, state=AskState.ASKED)


def links_visible_to(actor: Actor) -> QuerySet[IntakeLink]:
    rows = IntakeLink.objects.select_related("company", "round", "demand")
    return rows if actor.may_all("survey_round", Action.UPDATE) else rows.none()


def looks_at(demand: JobDemand) -> QuerySet[DemandLook]:
    return demand.looks.select_related("organisation")


def companies_to_ask(actor: Actor, frame: dict[str, Any]) -> QuerySet[Organisation]:
    """Companies inside a sample frame: by area, size, members only, above designated size."""
    rows = Organisation.objects.filter(kind=Kind.COMPANY, status=Status.ACTIVE)
    if frame.get("areas"):
        inside = Q()
        for path in frame["areas"]:
            inside |= Q(area__path=path) | Q(area__path__startswith=f"{path}/")
        rows = rows.filter(inside)
    if frame.get("scales"):
        rows = rows.filter(scale__in=frame["scales"])
    if frame.get("industries"):
        inside = Q()
        for code in frame["industries"]:
            inside |= Q(industry__code__startswith=code)
        rows = rows.filter(inside)
    if frame.get("members_only"):
        rows = rows.filter(memberships__state="active").distinct()
    if frame.get("above_size_only"):
        rows = rows.filter(is_above_designated_size=True)
    return rows


def asked_this_month(company_id: int) -> QuerySet[Ask]:
    """Asks that count against a company's load of the current month."""
    first = clock.today().replace(day=1)
    return Ask.objects.filter(company_id=company_id, asked_on__gte=first).exclude(
        state=AskState.WITHDRAWN
    )


def duplicates_of(demand: JobDemand) -> QuerySet[JobDemand]:
    """Open lines of the same company, occupation and place under another title."""
    if demand.occupation_id is None or not demand.is_open:
        return JobDemand.objects.none()
    return JobDemand.objects.filter(
        company_id=demand.company_id, occupation_id=demand.occupation_id,
        place=demand.place, state__in=COUNTED,
    ).exclude(pk=demand.pk)  # fmt: skip


def recent_rounds() -> list[tuple[int, str]]:
    """The latest rounds as choices of a filter."""
    return list(SurveyRound.objects.order_by("-opens_on", "-pk").values_list("pk", "title")[:12])


def company_named(text: str) -> Organisation | None:
    """A living body by its credit code or its whole registered name; two of one name are none."""
    rows = Organisation.objects.exclude(status=Status.MERGED)
    found = list(rows.filter(Q(credit_code=text.upper()) | Q(name=text))[:2])
    return found[0] if len(found) == 1 else None


def areas_as_choices() -> list[tuple[str, str]]:
    """Areas by path, indented by depth, for drawing a sample."""
    rows = Area.objects.order_by("path").values_list("path", "name")
    return [(path, "\u3000" * path.count("/") + name) for path, name in rows]


def nodes_as_choices() -> list[tuple[int, str]]:
    """Steps of the chains in use, each with its chain's name."""
    labels = node_labels()
    return [(one.pk, labels.label(one.pk)) for one in labels.entries]


def company_of(actor: Actor) -> Organisation | None:
    return Organisation.objects.filter(pk=actor.organisation_id).first()


def lapsing_of(actor: Actor) -> QuerySet[JobDemand]:
    """The actor's own organisation's lines that lapse soon unless confirmed."""
    return lapsing(JobDemand.objects.filter(company_id=actor.organisation_id)).order_by("pk")


def lapsing(rows: QuerySet[JobDemand]) -> QuerySet[JobDemand]:
    """Lines in force that end within the days the parameter names; none where it is missing."""
    try:
        days = parameter("demand_reconfirm_days").whole
    except LookupError:
        return rows.none()
    horizon = clock.today() + timedelta(days=days)
    return rows.filter(state__in=COUNTED, valid_until__lte=horizon)


def lines_to_say_again(company_id: int, limit: int = 30) -> list[JobDemand]:
    """Open lines and those lapsed within a year, each wording once, as a link shows them."""
    since = clock.today() - timedelta(days=366)
    rows = last_of_company(company_id).exclude(state=DemandState.FILLED)
    found: dict[tuple[str, str], JobDemand] = {}
    for demand in rows.filter(valid_until__gte=since)[: limit * 2]:
        found.setdefault((demand.title_key, demand.place), demand)
    return list(found.values())[:limit]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was said through a link, as its holder may see it again."""

    demands: list[JobDemand]
    nothing: NothingNeeded | None


def receipt_of(link: IntakeLink) -> Receipt:
    ids = link.receipt.get("demands", [])
    rows = JobDemand.objects.filter(pk__in=ids, company_id=link.company_id)
    said = NothingNeeded.objects.filter(
        pk=link.receipt.get("nothing"), company_id=link.company_id
    ).first()
    return Receipt(list(rows.select_related("occupation", "company").order_by("pk")), said)


def standing_totals(actor: Actor) -> tuple[int, int]:
    """Lines in force that the actor sees or may know the sum of, and the people still wanted."""
    sees_sums = Reach.AGGREGATE in actor.reaches("demand")
    rows = JobDemand.objects.all() if sees_sums else demands_visible_to(actor)
    rows = rows.filter(state__in=COUNTED)
    found = rows.order_by().aggregate(n=Count("pk"), people=Sum(F("headcount") - F("filled")))
    return found["n"], found["people"] or 0


def uncoded_visible_to(actor: Actor) -> QuerySet[JobDemand]:
    """Lines that wait for an occupation code and therefore stand in no figure."""
    return demands_visible_to(actor).filter(coding=Coding.WAITING, state__in=LIVE)
