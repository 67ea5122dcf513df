"""The workflow table of a company's booth: applied, let in, there or not."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.workflow import Move, Workflow
from chanjiao.fairs.choices import BoothState, Loss
from chanjiao.fairs.losing import lose
from chanjiao.fairs.models import Booth, Intention
from chanjiao.fairs.policies import can_cancel, can_check_in, can_decide
from chanjiao.fairs.services.telling import tell_lost

S = BoothState


def has_posts(booth: Booth) -> str | None:
    if booth.posts.exists():
        return None
    return gettext("该企业没有带岗位，请企业先选择岗位。")


def leave_the_stand(actor: Actor, booth: Any, opinion: str) -> None:
    """The place is free for another; whoever applied there is told and keeps the others."""
    booth.stand = None
    lost = lose(Intention.objects.filter(post__booth=booth), Loss.COMPANY)
    name = booth.company
    tell_lost(
        booth.fair, lost, f"booth.left:{booth.pk}", f"{name.name} 不参加：{booth.fair.name}",
        f"{name.name_en or name.name} does not take part: {booth.fair.name_en or booth.fair.name}",
    )  # fmt: skip


def note_the_hour(actor: Actor, booth: Any, opinion: str) -> None:
    booth.checked_in_at = clock.now()


FLOW = Workflow(
    kind="booth",
    model=Booth,
    initial=S.APPLIED,
    labels=dict(S.choices),
    moves=(
        Move("approve", _("通过"), (S.APPLIED,), S.APPROVED, can_decide, guard=has_posts),
        Move("decline", _("不通过"), (S.APPLIED, S.APPROVED), S.DECLINED, can_decide,
             needs_opinion=True, effect=leave_the_stand, kind="danger"),
        Move("cancel", _("取消参展"), (S.APPLIED, S.APPROVED), S.CANCELLED, can_cancel,
             needs_opinion=True, effect=leave_the_stand, kind="danger"),
        Move("check_in", _("到场签到"), (S.APPROVED,), S.PRESENT, can_check_in,
             effect=note_the_hour),
    ),
)  # fmt: skip
