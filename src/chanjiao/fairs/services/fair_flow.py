"""The workflow table of a fair: planned, filled, opened, held, summed up and followed."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.workflow import Move, Workflow
from chanjiao.fairs.choices import BEFORE_THE_DAY, BoothState, FairState, Loss
from chanjiao.fairs.losing import lose
from chanjiao.fairs.models import Fair
from chanjiao.fairs.policies import can_hold
from chanjiao.fairs.queries import free_stands, stands_of, totals_of
from chanjiao.fairs.services.telling import tell_lost

S = FairState


def is_ahead(fair: Fair) -> str | None:
    if fair.held_on < clock.today():
        return gettext("举办日期 %(day)s 已过，请先改期。") % {"day": fair.held_on}
    return None


def has_room(fair: Fair) -> str | None:
    late = is_ahead(fair)
    if late or not fair.has_stands:
        return late
    if not stands_of(fair).filter(is_closed=False).exists():
        return gettext("还没有展位，请先布置展厅。")
    return None


def nobody_waits(fair: Fair) -> str | None:
    waiting = totals_of(fair).waiting
    if waiting:
        return gettext("还有 %(n)s 家企业的报名待审，请先办理。") % {"n": waiting}
    if not totals_of(fair).companies:
        return gettext("还没有审核通过的企业。")
    return None


def everybody_stands(fair: Fair) -> str | None:
    waiting = nobody_waits(fair)
    if waiting or not fair.has_stands:
        return waiting
    without = fair.booths.filter(state=BoothState.APPROVED, stand=None).count()
    if without:
        return gettext("还有 %(n)s 家企业没有展位（空余展位 %(free)s 个），请先排位。") % {
            "n": without, "free": free_stands(fair).count(),
        }  # fmt: skip
    return None


def is_the_day(fair: Fair) -> str | None:
    if clock.today() < fair.held_on:
        return gettext("举办日期是 %(day)s，当天才能开始。") % {"day": fair.held_on}
    return None


def note_the_absent(actor: Actor, fair: Any, opinion: str) -> None:
    """Whoever was let in and never came is absent; that is counted against the next fair."""
    fair.booths.filter(state=BoothState.APPROVED).update(
        state=BoothState.ABSENT, updated_at=clock.now()
    )


def free_the_stands(actor: Actor, fair: Any, opinion: str) -> None:
    """Nobody comes any more: stands and hours are free, and every student is told."""
    lost = lose(fair.intentions.all(), Loss.COMPANY)
    tell_lost(
        fair, lost, f"fair.cancelled:{fair.pk}", f"对接会取消：{fair.name}（{opinion.strip()}）",
        f"Called off: {fair.name_en or fair.name}",
    )  # fmt: skip
    fair.booths.filter(state__in=[BoothState.APPLIED, BoothState.APPROVED]).update(
        state=BoothState.CANCELLED, stand=None, updated_at=clock.now()
    )


FLOW = Workflow(
    kind="fair",
    model=Fair,
    initial=S.PREPARING,
    labels=dict(S.choices),
    moves=(
        Move("invite", _("开始招展"), (S.PREPARING,), S.INVITING, can_hold, guard=has_room),
        Move("review", _("截止报名，开始审核"), (S.INVITING,), S.REVIEWING, can_hold),
        Move("reinvite", _("恢复报名"), (S.REVIEWING, S.PLACING), S.INVITING, can_hold,
             guard=is_ahead, needs_opinion=True, kind="secondary"),
        Move("place", _("开始排位"), (S.REVIEWING,), S.PLACING, can_hold, guard=nobody_waits),
        Move("match", _("开始预匹配"), (S.PLACING,), S.MATCHING, can_hold,
             guard=everybody_stands),
        Move("open", _("向学生开放"), (S.MATCHING,), S.OPEN, can_hold, guard=everybody_stands),
        Move("run", _("开场"), (S.OPEN,), S.RUNNING, can_hold, guard=is_the_day),
        Move("sum_up", _("散场，开始汇总"), (S.RUNNING,), S.SUMMING, can_hold,
             effect=note_the_absent),
        Move("follow", _("开始跟踪"), (S.SUMMING,), S.FOLLOWING, can_hold),
        Move("close", _("结案"), (S.FOLLOWING,), S.CLOSED, can_hold, needs_opinion=True),
        Move("cancel", _("取消本场"), BEFORE_THE_DAY, S.CANCELLED, can_hold,
             needs_opinion=True, effect=free_the_stands, kind="danger"),
    ),
)  # fmt: skip
