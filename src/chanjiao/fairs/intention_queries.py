"""Reads of intentions, slots and the funnel; the first argument is who asks."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Reach
from chanjiao.fairs.choices import FUNNEL, Stage
from chanjiao.fairs.models import Booth, Fair, Intention, Slot
from chanjiao.supply.choices import ON_ROLL
from chanjiao.supply.models import Student


def student_of(actor: Actor) -> Student | None:
    """The student on a roll whose account this is."""
    if actor.user_id is None or not actor.may("intention"):
        return None
    rows = Student.objects.filter(person__user_id=actor.user_id, status__in=ON_ROLL)
    return rows.select_related("offering", "offering__major", "school", "person").first()


def intentions_visible_to(actor: Actor) -> QuerySet[Intention]:
    """A student's own, those at a company's own booths, a school's students', or all."""
    rows = Intention.objects.select_related(
        "fair", "post__booth__company", "post__booth__stand__hall", "post__demand",
        "student__offering", "student__school", "student__person", "interview__fair",
    )  # fmt: skip
    reaches, seen = actor.reaches("intention"), Q(pk__in=())
    if Reach.ALL in reaches or Reach.MASKED in reaches:
        return rows
    if Reach.OWN in reaches and actor.user_id:
        seen |= Q(student__person__user_id=actor.user_id)
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        seen |= Q(post__booth__company_id=actor.organisation_id)
        seen |= Q(student__school_id=actor.organisation_id)
    if Reach.CLASS in reaches and actor.user_id:
        seen |= Q(student__cohort__teacher_id=actor.user_id)
    return rows.filter(seen)


def own_intentions(actor: Actor, fair: Fair) -> QuerySet[Intention]:
    """A student's intentions at one fair, those with an hour first."""
    rows = intentions_visible_to(actor).filter(fair=fair, student__person__user_id=actor.user_id)
    return rows.order_by(F("interview__after").asc(nulls_last=True), "pk")


def intentions_at(actor: Actor, booth: Booth) -> QuerySet[Intention]:
    """Who came to a booth, in the order of their hours."""
    rows = intentions_visible_to(actor).filter(post__booth=booth)
    return rows.order_by(F("interview__after").asc(nulls_last=True), "pk")


def slots_of(booth: Booth) -> QuerySet[Slot]:
    """The hours of a booth with how many seats are ``taken``."""
    rows = booth.slots.select_related("booth__fair")
    return rows.annotate(taken=Count("interviews")).order_by("after")


def free_slots(booth_ids: list[int]) -> Mapping[int, list[Slot]]:
    """For each booth the hours with a seat left; one query for all of them."""
    rows = Slot.objects.filter(booth_id__in=booth_ids).select_related("booth__fair")
    rows = rows.annotate(taken=Count("interviews"))
    found: dict[int, list[Slot]] = {}
    for slot in rows.filter(taken__lt=F("seats")).order_by("after"):
        found.setdefault(slot.booth_id, []).append(slot)
    return found


@dataclass(frozen=True, slots=True)
class Funnel:
    """At each stage how many intentions, students and positions came at least so far."""

    lines: tuple[tuple[Stage, int, int, int], ...]
    lost: int


def funnel_of(fair: Fair) -> Funnel:
    """Whoever is lost counts at the stages that were reached before."""
    lines = []
    rows = Intention.objects.filter(fair=fair)
    for place, stage in enumerate(FUNNEL):
        at_least = rows.filter(reached__in=FUNNEL[place:]).aggregate(
            n=Count("pk"),
            people=Count("student", distinct=True),
            posts=Count("post", distinct=True),
        )
        lines.append((stage, at_least["n"], at_least["people"], at_least["posts"]))
    return Funnel(tuple(lines), rows.filter(stage=Stage.LOST).count())
