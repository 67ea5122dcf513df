"""The filing state (备案) of a major at a school, from planned to revoked."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.core import clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role
from chanjiao.core.workflow import Move, Workflow
from chanjiao.supply.choices import OfferingState as State
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.policies import can_change, can_decide_filing
from chanjiao.supply.queries import office_ids

FILING_DAYS = 10
CONTROLLED = "国控"


def is_controlled(offering: MajorOffering) -> bool:
    """Majors whose opening the state itself approves, as the catalogue marks them."""
    return offering.major is not None and CONTROLLED in offering.major.flags.split("|")


def _lacks_code(offering: MajorOffering) -> str | None:
    if offering.major_id is None:
        return _("专业代码 %(code)s 还没有对上目录专业，请先核对代码。") % {"code": offering.code}
    return None


def _lacks_numbers(offering: MajorOffering) -> str | None:
    if not offering.filing_number:
        return _("还没有备案号，请先在“修改”中填写。")
    if is_controlled(offering) and not offering.approval_number:
        return _("%(name)s是国控专业，须先填写批准文号。") % {"name": offering.name}
    return None


def _has_people(offering: MajorOffering) -> str | None:
    today = clock.today()
    running = offering.cohorts.filter(graduates_on__gte=today).count()
    if running:
        return _("还有 %(n)s 个班级未毕业，毕业或转出后才能撤销。") % {"n": running}
    return None


def _ask_office(actor: Actor, offering: MajorOffering, opinion: str) -> None:
    for office in office_ids():
        todos.ask(
            office, f"审核专业备案：{offering}", title_en=f"Review the filing of {offering}",
            url=f"/supply/offerings/{offering.pk}/", about=about(offering), role=Role.OFFICE,
        )  # fmt: skip


def _settle(actor: Actor, offering: MajorOffering, opinion: str) -> None:
    todos.done(about(offering))
    offering.confirmed_on = clock.today()


def _return(actor: Actor, offering: MajorOffering, opinion: str) -> None:
    todos.done(about(offering))
    todos.ask(
        offering.school_id, f"专业备案被退回：{offering}",
        title_en=f"Filing sent back: {offering}",
        url=f"/supply/offerings/{offering.pk}/", about=about(offering), role=Role.SCHOOL_ADMIN,
    )  # fmt: skip


def _confirm(actor: Actor, offering: MajorOffering, opinion: str) -> None:
    offering.confirmed_on = clock.today()


def about(offering: MajorOffering) -> str:
    return f"supply.majoroffering:{offering.pk}"


FILING = Workflow(
    kind="offering",
    model=MajorOffering,
    initial=State.PLANNED,
    labels=dict(State.choices),
    moves=(
        Move("submit", gettext_lazy("报备案"), (State.PLANNED,), State.SUBMITTED, can_change,
             guard=_lacks_code, days=FILING_DAYS, is_submission=True, effect=_ask_office),
        Move("file", gettext_lazy("同意备案"), (State.SUBMITTED,), State.FILED, can_decide_filing,
             guard=_lacks_numbers, four_eyes=True, effect=_settle),
        Move("return", gettext_lazy("退回"), (State.SUBMITTED,), State.PLANNED, can_decide_filing,
             needs_opinion=True, effect=_return, kind="secondary"),
        Move("open", gettext_lazy("开始招生"), (State.FILED, State.LIMITED, State.STOPPED),
             State.OPEN, can_change, guard=_lacks_numbers, effect=_confirm),
        Move("limit", gettext_lazy("转为限招"), (State.OPEN,), State.LIMITED, can_change,
             needs_opinion=True, effect=_confirm, kind="secondary"),
        Move("stop", gettext_lazy("停止招生"), (State.FILED, State.OPEN, State.LIMITED),
             State.STOPPED, can_change, needs_opinion=True, effect=_confirm, kind="secondary"),
        Move("revoke", gettext_lazy("撤销"), (State.PLANNED, State.STOPPED), State.REVOKED,
             can_change, guard=_has_people, needs_opinion=True, kind="danger"),
    ),
)  # fmt: skip


def make(actor: Actor, offering_id: int, name: str, opinion: str = "") -> Any:
    return FILING.make(actor, offering_id, name, opinion)
