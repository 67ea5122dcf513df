"""Holding a fair: planning it, inviting within each company's load, moving its date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.demand.choices import AskKind
from chanjiao.demand.queries import companies_to_ask
from chanjiao.demand.services import asks
from chanjiao.fairs.choices import STANDING
from chanjiao.fairs.models import Booth, Fair, FairDate
from chanjiao.fairs.policies import can_hold, can_invite, can_revise
from chanjiao.fairs.services import slots
from chanjiao.fairs.services.fair_flow import FLOW
from chanjiao.fairs.services.telling import ask_students_again
from chanjiao.organisations.models import Organisation

FIELDS = (
    "name", "name_en", "kind", "held_on", "starts_at", "ends_at", "place", "apply_until",
    "cancel_until", "note",
)  # fmt: skip
MOVES_A_FAIR = ("held_on", "starts_at", "ends_at", "place")
MOST_AT_ONCE = 500


@dataclass
class Invited:
    """How many were asked, and who was not with the reason why."""

    asked: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def plan(actor: Actor, stated: Mapping[str, Any]) -> Fair:
    """Put a fair on the calendar; nobody hears of it before companies are invited."""
    require(can_hold(actor))
    made = Fair.objects.create(
        **{name: stated[name] for name in FIELDS if name in stated},
        host_id=actor.organisation_id, created_by_id=actor.user_id,
    )  # fmt: skip
    made.chains.set(stated.get("chains", ()))
    audit.record(actor, "fair.planned", made)
    return made


@transaction.atomic
def revise(actor: Actor, fair_id: int, stated: Mapping[str, Any]) -> Fair:
    """Change what is said of a fair; its date and place are changed by :func:`move_to`."""
    fair = locked(fair_id)
    require(can_revise(actor, fair))
    is_public = fair.booths.filter(state__in=STANDING).exists()
    for name in FIELDS:
        if name in stated and not (is_public and name in MOVES_A_FAIR):
            setattr(fair, name, stated[name])
    fair.save()
    slots.fit(fair)
    if "chains" in stated:
        fair.chains.set(stated["chains"])
    audit.record(actor, "fair.revised", fair)
    return fair


@transaction.atomic
def move_to(actor: Actor, fair_id: int, stated: Mapping[str, Any], reason: str) -> Fair:
    """Move a fair: every registration stays; each company and student is asked to confirm it.

    Hours move along. An end so early that it would cut off hours that somebody has is refused.
    """
    fair = locked(fair_id)
    require(can_revise(actor, fair))
    if not reason.strip():
        raise Refused(_("请写明变更原因，企业和学生会看到。"), field="reason")
    if stated["held_on"] < clock.today():
        raise Refused(_("新日期 %(day)s 已过。") % {"day": stated["held_on"]}, field="held_on")
    if all(stated.get(name) == getattr(fair, name) for name in MOVES_A_FAIR):
        raise Refused(_("日期、时间和地点都没有变化。"), field="held_on")
    FairDate.objects.create(
        fair=fair, edition=fair.edition, held_on=fair.held_on, place=fair.place,
        reason=reason.strip()[:300], moved_at=clock.now(),
    )  # fmt: skip
    for name in MOVES_A_FAIR:
        setattr(fair, name, stated[name])
    fair.edition += 1
    fair.apply_until = min(max(fair.apply_until, clock.today()), fair.held_on)
    fair.cancel_until = min(max(fair.cancel_until, clock.today()), fair.held_on)
    fair.save()
    slots.fit(fair)
    for booth in fair.booths.filter(state__in=STANDING).select_related("company"):
        _ask_again(fair, booth, reason)
    ask_students_again(fair, reason.strip())
    audit.record(actor, "fair.moved", fair, held_on=fair.held_on.isoformat())
    return fair


def make_move(actor: Actor, fair_id: int, name: str, opinion: str = "") -> Fair:
    fair: Fair = FLOW.make(actor, fair_id, name, opinion)
    if name == "cancel":
        todos.done(about(fair.pk))
    return fair


@transaction.atomic
def invite(actor: Actor, fair_id: int, company_ids: Iterable[int], due_on: date) -> Invited:
    """Ask companies to come; whoever is over its load or was asked already is named, not asked."""
    fair = locked(fair_id)
    require(can_invite(actor, fair))
    done = Invited()
    coming = set(fair.booths.filter(state__in=STANDING).values_list("company_id", flat=True))
    rows = Organisation.objects.filter(pk__in=list(company_ids)).order_by("name")
    for company in rows[:MOST_AT_ONCE]:
        if company.pk in coming:
            done.skipped.append((company.name, _("已报名本场。")))
            continue
        try:
            with transaction.atomic():
                _ask_one(actor, fair, company, due_on)
        except Refused as refusal:
            done.skipped.append((company.name, str(refusal.message)))
        else:
            done.asked += 1
    audit.record(actor, "fair.invited", fair, asked=done.asked, skipped=len(done.skipped))
    return done


def inside(actor: Actor, frame: Mapping[str, Any]) -> list[int]:
    """Companies of a frame (areas, sizes, members only), as rounds draw them."""
    return list(companies_to_ask(actor, dict(frame)).values_list("pk", flat=True))


def about(fair_id: int) -> str:
    return f"fair:{fair_id}"


def locked(fair_id: int) -> Fair:
    return Fair.objects.select_for_update(of=("self",)).get(pk=fair_id)


def _ask_one(actor: Actor, fair: Fair, company: Organisation, due_on: date) -> None:
    asked = asks.ask(actor, company.pk, AskKind.FAIR, fair.name, due_on=max(due_on, clock.today()))
    fair.asks.add(asked)
    todos.done(asks.about(asked.pk))  # one to-do is enough, and this one leads to the fair
    todos.ask(
        company.pk,
        f"报名对接会：{fair.name}"[:200],
        title_en=f"Join the fair: {fair.name_en or fair.name}"[:200],
        url=reverse("fairs:fair", args=[fair.pk]),
        about=about(fair.pk),
        role=Role.COMPANY_HR,
        due_on=fair.apply_until,
    )


def _ask_again(fair: Fair, booth: Booth, reason: str) -> None:
    todos.ask(
        booth.company_id,
        f"请确认是否仍参加：{fair.name}（改为 {fair.held_on}）"[:200],
        title_en=f"Confirm again: {fair.name_en or fair.name} (now {fair.held_on})"[:200],
        url=reverse("fairs:fair", args=[fair.pk]),
        about=about(fair.pk),
        role=Role.COMPANY_HR,
        due_on=fair.cancel_until,
    )
