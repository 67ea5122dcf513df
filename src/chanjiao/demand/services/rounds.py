"""Holding a survey round: its sample, its asks, its silent companies, its reminders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, jobs, todos
from chanjiao.core.actor import Actor
from chanjiao.core.models import JobRun
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.demand.choices import AskKind, RoundState, TargetState
from chanjiao.demand.models import Ask, RoundTarget, SurveyRound
from chanjiao.demand.policies import can_hold_rounds, can_target
from chanjiao.demand.queries import companies_to_ask
from chanjiao.demand.services import answering, asks, links
from chanjiao.demand.services.round_flow import FLOW

FIELDS = (
    "title", "title_en", "year", "period", "quarter", "opens_on", "closes_on", "instrument",
    "note", "frame",
)  # fmt: skip
MOST_AT_ONCE = 1000
REMIND = "chanjiao.demand.tasks.remind_round"


@dataclass
class Sent:
    """Who was asked, and who was not with the reason why."""

    asked: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def plan(actor: Actor, stated: Mapping[str, Any]) -> SurveyRound:
    """Design a round; nobody is asked before it is announced and opened."""
    require(can_hold_rounds(actor))
    made = SurveyRound.objects.create(
        **{name: stated[name] for name in FIELDS if name in stated}, created_by_id=actor.user_id
    )
    audit.record(actor, "survey_round.planned", made)
    return made


@transaction.atomic
def revise(actor: Actor, round_id: int, stated: Mapping[str, Any]) -> SurveyRound:
    found = _locked(round_id)
    require(can_target(actor, found))
    for name in FIELDS:
        if name in stated:
            setattr(found, name, stated[name])
    found.save()
    audit.record(actor, "survey_round.revised", found)
    return found


@transaction.atomic
def target(actor: Actor, round_id: int, frame: Mapping[str, Any]) -> int:
    """Add every company inside the frame; those already there stay as they are."""
    found = _locked(round_id)
    require(can_target(actor, found))
    ids = companies_to_ask(actor, dict(frame)).values_list("pk", flat=True)
    added = _add(found, ids)
    if not added and not found.targets.exists():
        raise Refused(_("样本框内没有企业，请放宽区域、规模或行业条件。"), field="areas")
    found.frame = {**found.frame, "drawn": [*found.frame.get("drawn", []), dict(frame)]}
    found.save(update_fields=["frame", "updated_at"])
    audit.record(actor, "survey_round.targeted", found, added=added)
    return added


@transaction.atomic
def add_company(actor: Actor, round_id: int, company_id: int) -> int:
    found = _locked(round_id)
    require(can_target(actor, found))
    return _add(found, [company_id])


@transaction.atomic
def drop_company(actor: Actor, round_id: int, company_id: int) -> None:
    """Stop asking one company; it leaves the response rate's denominator and stays on record."""
    found = _locked(round_id)
    require(can_target(actor, found))
    found.targets.filter(company_id=company_id, state=TargetState.WAITING).update(
        state=TargetState.DROPPED
    )
    todos.done(answering.about_round(found.pk, company_id))
    audit.record(actor, "survey_round.dropped", found, company=company_id)


@transaction.atomic
def make_move(
    actor: Actor, round_id: int, name: str, opinion: str = "", *, asks_now: bool = True
) -> SurveyRound:
    """Make a move of the table; opening the round asks every company that can still bear it.

    A page asks in the background (``asks_now=False``), so that nobody waits for hundreds of mails.
    """
    found: SurveyRound = FLOW.make(actor, round_id, name, opinion)
    if name == "open":
        if asks_now:
            ask_everybody(actor, found)
        else:
            remind_later(actor, found.pk)
    if name == "close":
        for company_id in found.targets.values_list("company_id", flat=True):
            todos.done(answering.about_round(found.pk, company_id))
    return found


def ask_everybody(actor: Actor, survey_round: SurveyRound) -> Sent:
    """Ask the targets that were not asked yet, within each company's load of the month."""
    asked = Ask.objects.filter(round=survey_round, kind=AskKind.SURVEY).values("company_id")
    waiting = survey_round.targets.filter(state=TargetState.WAITING).exclude(company_id__in=asked)
    return _ask(actor, survey_round, waiting, AskKind.SURVEY)


@transaction.atomic
def remind(actor: Actor, round_id: int, company_ids: Iterable[int] | None = None) -> Sent:
    """Remind silent companies, all or some; who is over its load or just reminded is left alone."""
    found = _locked(round_id)
    require(can_hold_rounds(actor))
    if found.state != RoundState.COLLECTING:
        raise Refused(_("批次不在填报中，不能催报。"), code="not_collecting")
    silent = found.targets.filter(state=TargetState.WAITING)
    if company_ids is not None:
        silent = silent.filter(company_id__in=list(company_ids))
    never = Ask.objects.filter(round=found, kind=AskKind.SURVEY).values("company_id")
    # Reminders first: whoever is asked for the first time now is not reminded in the same breath.
    more = _ask(actor, found, silent.filter(company_id__in=never), AskKind.REMINDER)
    sent = _ask(actor, found, silent.exclude(company_id__in=never), AskKind.SURVEY)
    return Sent(sent.asked + more.asked, [*sent.skipped, *more.skipped])


@transaction.atomic
def remind_later(actor: Actor, round_id: int) -> JobRun:
    """Ask and remind the silent in the background, in the name of whoever pressed the button."""
    found = _locked(round_id)
    require(can_hold_rounds(actor))
    return jobs.start(
        actor, "remind", _("征集与催报：%(title)s") % {"title": found.title}, REMIND,
        round_id=found.pk,
    )  # fmt: skip


def silent_in(survey_round: SurveyRound) -> int:
    return survey_round.targets.filter(state=TargetState.WAITING).count()


def _ask(actor: Actor, survey_round: SurveyRound, targets: Any, kind: str) -> Sent:
    sent = Sent()
    for one in targets.select_related("company").order_by("company__name")[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                _ask_one(actor, survey_round, one, kind)
        except Refused as refusal:
            sent.skipped.append((one.company.name, str(refusal.message)))
        else:
            sent.asked += 1
    audit.record(
        actor, "survey_round.asked", survey_round,
        kind=kind, asked=sent.asked, skipped=len(sent.skipped),
    )  # fmt: skip
    return sent


def _ask_one(actor: Actor, survey_round: SurveyRound, one: RoundTarget, kind: str) -> None:
    asked = asks.ask(
        actor, one.company_id, kind, survey_round.title,
        due_on=max(survey_round.closes_on, clock.today()), round=survey_round,
    )  # fmt: skip
    todos.done(asks.about(asked.pk))  # the round has a to-do of its own, asked once
    todos.ask(
        one.company_id,
        f"填报人才需求：{survey_round.title}"[:200],
        title_en=f"State your talent demand: {survey_round.title_en or survey_round.title}"[:200],
        url=reverse("demand:list"),
        about=answering.about_round(survey_round.pk, one.company_id),
        role=Role.COMPANY_HR,
        due_on=survey_round.closes_on,
    )
    links.issue(actor, one.company, survey_round=survey_round, ask=asked)
    if kind == AskKind.REMINDER:
        one.reminders += 1
        one.reminded_on = clock.today()
        one.save(update_fields=["reminders", "reminded_on", "updated_at"])


def _add(survey_round: SurveyRound, ids: Iterable[int]) -> int:
    held = set(survey_round.targets.values_list("company_id", flat=True))
    fresh = [RoundTarget(round=survey_round, company_id=pk) for pk in ids if pk not in held]
    RoundTarget.objects.bulk_create(fresh, batch_size=1000)
    dropped = survey_round.targets.filter(company_id__in=list(ids), state=TargetState.DROPPED)
    return len(fresh) + dropped.update(state=TargetState.WAITING)


def _locked(round_id: int) -> SurveyRound:
    return SurveyRound.objects.select_for_update(of=("self",)).get(pk=round_id)
