"""Seats in a consortium, from application to leaving: one workflow table and what goes with it."""

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.calendar import add_working_days
from chanjiao.core.refusals import Refused, require
from chanjiao.core.workflow import Move, Workflow
from chanjiao.organisations.choices import MembershipState, Seat
from chanjiao.organisations.models import Consortium, Membership, Organisation
from chanjiao.organisations.policies import (
    can_apply_for,
    can_decide_membership,
    can_leave,
    can_shape_consortium,
    can_withdraw_membership,
)

S = MembershipState
OPEN = (S.APPLIED, S.SCREENED, S.ACTIVE)
DAYS_TO_SCREEN = 5
DAYS_TO_DECIDE = 20


def _not_ready_to_join(membership: Membership) -> str | None:
    body = membership.organisation
    if not body.is_open_for_business:
        return _("“%(name)s”已停业、注销或停用，不能加入。") % {"name": body.name}
    if not body.credit_code and not body.credit_code_reason:
        return _("“%(name)s”没有统一社会信用代码，请先补录或写明原因。") % {"name": body.name}
    return None


def _no_free_seat(membership: Membership) -> str | None:
    return _not_ready_to_join(membership) or chair_fault(membership, membership.seat)


def _still_leads(membership: Membership) -> str | None:
    """Who leads the consortium hands the lead over before leaving."""
    consortium, body = membership.consortium, membership.organisation_id
    leads = (consortium.lead_school_id, consortium.lead_company_id, consortium.office_id)
    if body in leads:
        return _("该机构是联合体的牵头单位或办公室，请先在联合体页面改由别的机构牵头。")
    return None


def _has_joined(actor: Actor, membership: Membership, opinion: str) -> None:
    membership.joined_on = clock.today()
    todos.done(_about(membership))


def _has_left(actor: Actor, membership: Membership, opinion: str) -> None:
    membership.left_on = clock.today()


def _is_closed(actor: Actor, membership: Membership, opinion: str) -> None:
    todos.done(_about(membership))


WORKFLOW = Workflow(
    kind="membership",
    model=Membership,
    initial=S.APPLIED,
    labels=dict(S.choices),
    moves=(
        Move(
            "screen", gettext_lazy("初审通过"), (S.APPLIED,), S.SCREENED, can_decide_membership,
            guard=_not_ready_to_join, days=DAYS_TO_DECIDE, four_eyes=True,
        ),
        Move(
            "admit", gettext_lazy("理事会通过，登记在册"), (S.SCREENED,), S.ACTIVE,
            can_decide_membership, guard=_no_free_seat, needs_opinion=True, effect=_has_joined,
        ),
        Move(
            "refuse", gettext_lazy("不予通过"), (S.APPLIED, S.SCREENED), S.REFUSED,
            can_decide_membership, needs_opinion=True, effect=_is_closed, kind="danger",
        ),
        Move(
            "withdraw", gettext_lazy("撤回申请"), (S.APPLIED, S.SCREENED), S.WITHDRAWN,
            can_withdraw_membership, effect=_is_closed, kind="secondary",
        ),
        Move(
            "leave", gettext_lazy("退出"), (S.ACTIVE,), S.LEFT, can_leave,
            guard=_still_leads, needs_opinion=True, effect=_has_left, kind="secondary",
        ),
        Move(
            "expel", gettext_lazy("除名"), (S.ACTIVE,), S.EXPELLED, can_decide_membership,
            guard=_still_leads, needs_opinion=True, effect=_has_left, kind="danger",
        ),
    ),
)  # fmt: skip


@transaction.atomic
def apply(
    actor: Actor, consortium_id: int, organisation_id: int, *, seat: str, pledge: str
) -> Membership:
    """Ask for a seat; the consortium's office has five working days for a first look."""
    require(can_apply_for(actor, organisation_id))
    consortium = Consortium.objects.get(pk=consortium_id)
    body = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    rows = Membership.objects.filter(consortium=consortium, organisation=body)
    if standing := rows.filter(state__in=OPEN).first():
        raise Refused(
            _("“%(name)s”在本联合体的状态为“%(state)s”，不能重复申请。")
            % {"name": body.name, "state": standing.get_state_display()},
            code="already_there", field="organisation",
        )  # fmt: skip
    if not body.is_open_for_business:
        raise Refused(
            _("“%(name)s”已停业、注销或停用，不能加入。") % {"name": body.name},
            code="not_open", field="organisation",
        )  # fmt: skip
    row = Membership.objects.create(
        consortium=consortium, organisation=body, seat=Seat(seat), pledge=pledge.strip(),
        state=S.APPLIED, created_by_id=actor.user_id,
    )  # fmt: skip
    todos.ask(
        consortium.office_id, _("初审“%(name)s”的入会申请") % {"name": body.name},
        title_en=f"Screen the application of {body.name_en or body.name}",
        url=f"/directory/members/{row.pk}/", about=_about(row), role="O",
        due_on=add_working_days(clock.today(), DAYS_TO_SCREEN),
    )  # fmt: skip
    audit.record(actor, "membership.applied", row, seat=seat)
    return row


def move(actor: Actor, membership_id: int, name: str, opinion: str = "") -> Membership:
    """Make one move of the table above."""
    result: Membership = WORKFLOW.make(actor, membership_id, name, opinion)
    return result


@transaction.atomic
def change_seat(actor: Actor, membership_id: int, seat: str, *, reason: str) -> Membership:
    """Give a member another seat; there is one chair at a time."""
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    require(can_shape_consortium(actor))
    if row.state != S.ACTIVE:
        raise Refused(_("只有在册成员才有席位可变更。"), code="wrong_state")
    if fault := chair_fault(row, seat):
        raise Refused(fault, code="chair_taken", field="seat")
    before, row.seat = row.seat, Seat(seat)
    row.save()
    audit.record(actor, "membership.seat_changed", row, before=before, after=seat, reason=reason)
    return row


@transaction.atomic
def edit_pledge(actor: Actor, membership_id: int, pledge: str) -> Membership:
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    require(can_withdraw_membership(actor, row) and row.state in OPEN)
    row.pledge = pledge.strip()
    row.save()
    audit.record(actor, "membership.pledge_changed", row)
    return row


def chair_fault(membership: Membership, seat: str) -> str | None:
    if seat != Seat.CHAIR:
        return None
    rows = Membership.objects.filter(
        consortium=membership.consortium_id, state=S.ACTIVE, seat=Seat.CHAIR
    )
    chair = rows.exclude(pk=membership.pk).select_related("organisation").first()
    if chair is None:
        return None
    return _("理事长单位现为“%(name)s”，请先变更它的席位。") % {"name": chair.organisation.name}


def _about(membership: Membership) -> str:
    return f"membership:{membership.pk}"
