"""The workflow table of a demand: from draft to verified, filled, expired or withdrawn."""

from datetime import date, timedelta

from django.utils.translation import gettext, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.workflow import Move, Workflow
from chanjiao.demand.choices import COUNTED, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.policies import can_verify, can_withdraw, is_the_system, owns

S = DemandState
VALID_DAYS = "demand_valid_days"


def usually_until() -> date:
    """How long a word said today holds when the company names no date of its own."""
    return clock.today() + timedelta(days=parameter(VALID_DAYS).whole)


def valid_until(demand: JobDemand, usual: date | None = None) -> date:
    """The usual day, but not past the company's own; ``usual`` spares the look-up for many."""
    usual = usual or usually_until()
    return min(usual, demand.closes_on) if demand.closes_on else usual


def not_past(demand: JobDemand) -> str | None:
    if demand.closes_on and demand.closes_on < clock.today():
        return gettext("招聘截止日期 %(day)s 已过，请先修改截止日期。") % {"day": demand.closes_on}
    return None


def complete(demand: JobDemand) -> str | None:
    """What a submission owes the reader; a position without a month cannot be planned for."""
    if not demand.title.strip():
        return gettext("请填写岗位名称。")
    if len(demand.title.strip()) < 2:
        return gettext("岗位名称“%(title)s”太短，请写全称。") % {"title": demand.title}
    return not_past(demand)


def _confirm(actor: Actor, demand: JobDemand, opinion: str) -> None:
    demand.confirmed_on = clock.today()
    demand.valid_until = valid_until(demand)


def _end(actor: Actor, demand: JobDemand, opinion: str) -> None:
    demand.valid_until = min(demand.valid_until, clock.today())


FLOW = Workflow(
    kind="demand",
    model=JobDemand,
    initial=S.DRAFT,
    labels=dict(S.choices),
    moves=(
        Move(
            "submit", _("提交"), (S.DRAFT, S.RETURNED), S.SUBMITTED, owns,
            guard=complete, days=3, is_submission=True, effect=_confirm,
        ),
        Move(
            "verify", _("核实通过"), (S.SUBMITTED,), S.VALID, can_verify,
            guard=not_past, four_eyes=True, effect=_confirm,
        ),
        Move(
            "return", _("退回修改"), (S.SUBMITTED,), S.RETURNED, can_verify,
            needs_opinion=True, four_eyes=True, days=5, kind="secondary",
        ),
        Move("confirm", _("仍然有效"), (S.VALID,), S.VALID, owns, guard=not_past, effect=_confirm),
        Move(
            "confirm_rest", _("余下仍然有效"), (S.PARTLY,), S.PARTLY, owns,
            guard=not_past, effect=_confirm,
        ),
        Move("fill_part", _("部分到岗"), COUNTED, S.PARTLY, owns),
        Move("fill_all", _("全部到岗"), COUNTED, S.FILLED, owns),
        Move("renew", _("重新生效"), (S.EXPIRED,), S.VALID, owns, guard=not_past, effect=_confirm),
        Move("expire", _("到期"), COUNTED, S.EXPIRED, is_the_system),
        Move(
            "withdraw", _("撤回需求"), (S.DRAFT, S.SUBMITTED, S.RETURNED, *COUNTED, S.EXPIRED),
            S.WITHDRAWN, can_withdraw, needs_opinion=True, effect=_end, kind="danger",
        ),
    ),
)  # fmt: skip

# Made by their own acts, which know who came; not offered as bare buttons.
WITHOUT_BUTTON = frozenset({"fill_part", "fill_all", "expire"})
