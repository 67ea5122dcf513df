"""A student and a position: applying, agreeing to be called, an hour, and what came of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Action
from chanjiao.fairs.choices import COMING, FUNNEL, TAKING_STUDENTS, Loss, Stage
from chanjiao.fairs.intention_queries import student_of
from chanjiao.fairs.models import Fair, FairPost, Intention, IntentionStep, Interview, Slot
from chanjiao.fairs.policies import can_tell_result
from chanjiao.organisations.models import Person
from chanjiao.supply.models import Student

MOST_INTENTIONS = 20


@transaction.atomic
def apply(actor: Actor, post_id: int, *, shares_contact: bool) -> Intention:
    """Apply for a position; twice is the same as once, except that consent may be added."""
    student = _myself(actor)
    rows = FairPost.objects.select_related("booth__fair", "demand")
    post = rows.select_for_update(of=("booth",)).get(pk=post_id)
    fair = post.booth.fair
    if fair.state not in TAKING_STUDENTS or post.booth.state not in COMING:
        raise Refused(_("这个岗位现在不接受投递。"), code="not_open")
    held = Intention.objects.filter(student=student, post=post).first()
    if held is None and _alive(student, fair) >= MOST_INTENTIONS:
        raise Refused(_("一场最多投递 %(most)s 个岗位，请先放弃一个。") % {"most": MOST_INTENTIONS})
    made = held or Intention.objects.create(
        fair=fair, student=student, post=post, reached=Stage.APPLIED, edition=fair.edition,
        created_by_id=actor.user_id,
    )  # fmt: skip
    if held is None:
        IntentionStep.objects.create(intention=made, stage=Stage.APPLIED, at=clock.now())
        audit.record(actor, "intention.applied", made, post=post.pk)
    return share_contact(actor, made.pk) if shares_contact else made


@transaction.atomic
def confirm(actor: Actor, fair_id: int) -> int:
    """Say that one still comes after the fair was moved; everything stays as it was."""
    student = _myself(actor)
    fair = Fair.objects.get(pk=fair_id)
    rows = student.intentions.filter(fair=fair, edition__lt=fair.edition)
    confirmed = rows.update(edition=fair.edition, updated_at=clock.now())
    if confirmed:
        audit.record(actor, "intention.confirmed", student, fair=fair.pk, edition=fair.edition)
    return confirmed


@transaction.atomic
def share_contact(actor: Actor, intention_id: int, *, shares: bool = True) -> Intention:
    """Give or take back the consent that this one company may call."""
    intention = _mine(actor, intention_id)
    if intention.shares_contact != shares:
        intention.shares_contact = shares
        intention.consented_at = clock.now() if shares else None
        intention.save(update_fields=["shares_contact", "consented_at", "updated_at"])
        act = "intention.contact_shared" if shares else "intention.contact_withdrawn"
        audit.record(actor, act, intention)
    return intention


@transaction.atomic
def give_up(actor: Actor, intention_id: int) -> None:
    """Take an application back before anything came of it; the hour is free again."""
    intention = _mine(actor, intention_id)
    if intention.stage not in (Stage.SEEN, Stage.APPLIED):
        raise Refused(
            _("已进入“%(stage)s”，不能撤回；可请企业登记为流失并注明原因。")
            % {"stage": intention.get_stage_display()}
        )
    audit.record(actor, "intention.given_up", intention, post=intention.post_id)
    intention.delete()


@transaction.atomic
def choose_slot(actor: Actor, intention_id: int, slot_id: int | None) -> Interview | None:
    """Take a seat at an hour, or leave it; a full hour and two places at once are refused."""
    intention = _mine(actor, intention_id)
    if intention.fair.state not in TAKING_STUDENTS or intention.stage == Stage.LOST:
        raise Refused(_("现在不能选择面试时段。"), code="not_open")
    Interview.objects.filter(intention=intention).delete()
    return None if slot_id is None else seat(intention, slot_id)


@transaction.atomic
def seat(intention: Intention, slot_id: int) -> Interview:
    """Give the lowest free seat of an hour; the hour is locked, so two never get the same."""
    slot = (
        Slot.objects.select_for_update(of=("self",))
        .select_related("booth__fair")
        .filter(pk=slot_id, booth=intention.post.booth_id)
        .first()
    )
    if slot is None:
        raise Refused(_("没有这个时段，请刷新页面后重选。"), code="no_slot")
    _refuse_two_places(intention, slot)
    taken = set(slot.interviews.values_list("seat", flat=True))
    free = next((n for n in range(1, slot.seats + 1) if n not in taken), None)
    if free is None:
        raise Refused(
            _("%(time)s 已约满，请选其他时段。") % {"time": f"{slot.starts_at:%H:%M}"}, code="full"
        )
    return Interview.objects.create(
        intention=intention, slot=slot, seat=free, student_id=intention.student_id,
        fair_id=intention.fair_id, after=slot.after,
    )  # fmt: skip


@transaction.atomic
def advance(actor: Actor, intention_id: int, stage: str, loss: str = "") -> Intention:
    """Note what came of it: forward only, or lost for a reason; each stage keeps its time."""
    rows = Intention.objects.select_for_update(of=("self",)).select_related("fair", "post__booth")
    intention = rows.get(pk=intention_id)
    require(can_tell_result(actor, intention))
    if stage == intention.stage:
        return intention
    _refuse_backwards(intention, stage, loss)
    intention.stage = Stage(stage)
    intention.loss = Loss(loss) if stage == Stage.LOST else ""
    if stage != Stage.LOST:
        intention.reached = Stage(stage)
    elif intention.reached in (Stage.SEEN, Stage.APPLIED):
        Interview.objects.filter(intention=intention).delete()
    intention.save()
    IntentionStep.objects.get_or_create(
        intention=intention, stage=stage, defaults={"at": clock.now()}
    )
    audit.record(actor, "intention.advanced", intention, stage=stage)
    return intention


@transaction.atomic
def switch_advice(actor: Actor, *, is_on: bool) -> None:
    """Let a student do without recommendations; the list then stands in plain order."""
    student = _myself(actor)
    person = Person.objects.select_for_update(of=("self",)).get(pk=student.person_id)
    person.consent = {**person.consent, "advice": is_on}
    person.save(update_fields=["consent", "updated_at"])
    audit.record(actor, "advice.switched", student, is_on=is_on)


def _refuse_backwards(intention: Intention, stage: str, loss: str) -> None:
    if stage == Stage.LOST:
        if loss not in Loss.values:
            raise Refused(_("请选择流失原因。"), field="loss")
        return
    if stage not in FUNNEL:
        raise Refused(_("没有“%(stage)s”这个阶段。") % {"stage": stage}, field="stage")
    if intention.stage == Stage.LOST or FUNNEL.index(Stage(stage)) < FUNNEL.index(
        Stage(intention.reached)
    ):
        raise Refused(
            _("已到“%(reached)s”，不能退回“%(stage)s”。")
            % {
                "reached": Stage(intention.stage).label,
                "stage": Stage(stage).label,
            },
            code="backwards",
        )


def _refuse_two_places(intention: Intention, slot: Slot) -> None:
    """Whoever books locks the student, so that two bookings see each other."""
    others = Interview.objects.filter(fair=intention.fair_id, student=intention.student_id)
    held = others.exclude(intention=intention).select_related("slot", "fair")
    for one in held:
        if one.after < slot.after + slot.minutes and slot.after < one.after + one.slot.minutes:
            raise Refused(
                _("您在 %(held)s 已约了另一家，与 %(time)s 重叠，请选其他时段。")
                % {"held": f"{one.starts_at:%H:%M}", "time": f"{slot.starts_at:%H:%M}"},
                code="two_places",
            )


def _alive(student: Student, fair: Fair) -> int:
    return student.intentions.filter(fair=fair).exclude(stage=Stage.LOST).count()


def _myself(actor: Actor) -> Student:
    """The student who acts, locked: what one does in two windows happens one after the other."""
    student = student_of(actor)
    require(student is not None and actor.may("intention", Action.CREATE))
    assert student is not None
    return Student.objects.select_for_update(of=("self",)).get(pk=student.pk)


def _mine(actor: Actor, intention_id: int) -> Any:
    student = _myself(actor)
    rows = Intention.objects.select_for_update(of=("self",)).select_related("fair", "post__booth")
    found = rows.filter(pk=intention_id, student=student).first()
    require(found is not None)
    return found
