"""How ready a quarter is: what each step still lacks, in words and with the place to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from chanjiao.demand.choices import Coding, RoundState, TargetState
from chanjiao.publishing.choices import QuarterState
from chanjiao.publishing.models import Quarter
from chanjiao.publishing.standing import rounds_of, standing, targets_of
from chanjiao.publishing.studies import study_missing, study_told


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the closing: ``move`` finishes it, ``missing`` says why it may not yet.

    ``place`` names the page where the work is done, as (route, argument or None, query);
    ``act`` is what the office can have done from here with one click.
    """

    move: str
    title: str
    told: Sequence[tuple[str, Any]] = ()
    missing: str | None = None
    place: tuple[str, Any, str] | None = None
    place_label: str = ""
    act: str = ""
    act_label: str = ""
    is_done: bool = False
    is_next: bool = False


ORDER = list(QuarterState.values)


def reminding_missing(quarter: Quarter) -> str | None:
    """A quarter without a round, or with silent companies that nobody reminded."""
    if not rounds_of(quarter).exists():
        return _("%(quarter)s 还没有季度征集批次。请先建立批次并选定征集企业。") % {
            "quarter": quarter.label
        }
    begun = rounds_of(quarter).exclude(state__in=[RoundState.DESIGN, RoundState.ANNOUNCED])
    if not begun.exists():
        return _("征集批次还没有开始填报。")
    silent = targets_of(quarter).filter(
        state=TargetState.WAITING, reminders=0, round__state=RoundState.COLLECTING
    )
    left = silent.count()
    if left and quarter.reminded_at is None:
        return _("还有 %(n)s 家未答复的企业没有催报过。") % {"n": left}
    return None


def review_missing(quarter: Quarter) -> str | None:
    """Lines nobody has decided about; "none fits" is a decision, waiting is not."""
    left = _waiting(quarter)
    if left:
        return _("还有 %(n)s 条岗位等待对齐职业代码。") % {"n": left}
    return None


def steps_of(quarter: Quarter, checks_failed: int | None = None) -> list[Step]:
    """All six steps in order, each with its figures; only the next one asks to be done."""
    done = ORDER.index(quarter.state)
    raw = [
        _reminding(quarter),
        _reviewing(quarter),
        _computing(quarter),
        _checking(quarter, checks_failed),
        Step("freeze", _("冻结清单"), told=_frozen(quarter)),
        Step("publish", _("审签并发布")),
    ]
    return [replace(step, is_done=n < done, is_next=n == done) for n, step in enumerate(raw)]


def _reminding(quarter: Quarter) -> Step:
    targets = targets_of(quarter)
    silent = targets.filter(state=TargetState.WAITING)
    asked_round = rounds_of(quarter).first()
    return Step(
        "remind",
        _("催报未答复企业"),
        [
            (_("征集企业"), targets.count()),
            (_("已填报"), targets.filter(state=TargetState.ANSWERED).count()),
            (_("暂无需求"), targets.filter(state=TargetState.NOTHING).count()),
            (_("未答复"), silent.count()),
            (_("本次催报"), quarter.reminded),
            (_("因询问上限未催"), quarter.spared),
        ],
        reminding_missing(quarter),
        ("demand:round", asked_round.pk, "") if asked_round else ("demand:rounds", None, ""),
        _("看未答复企业") if asked_round else _("去建立批次"),
        "remind-silent" if silent.exists() else "",
        _("一键催报"),
    )


def _reviewing(quarter: Quarter) -> Step:
    lines = standing(quarter)
    return Step(
        "review",
        _("核定未对齐岗位"),
        [
            (_("有效岗位"), lines.count()),
            (_("等待对齐"), _waiting(quarter)),
            (_("都不合适"), lines.filter(coding=Coding.NONE).count()),
        ],
        review_missing(quarter),
        ("alignment:queue", None, ""),
        _("去对齐队列"),
    )


def _computing(quarter: Quarter) -> Step:
    return Step(
        "compute",
        _("测算供需缺口"),
        study_told(quarter),
        study_missing(quarter),
        ("gaps:study", None, ""),
        _("去供需缺口"),
        "order-study",
        _("按本季度测算"),
    )


def _checking(quarter: Quarter, failed: int | None) -> Step:
    missing = _("有 %(n)s 项核对未通过。") % {"n": failed} if failed else None
    return Step(
        "check", _("核对预览"), missing=missing,
        place=("publishing:preview", quarter.pk, ""), place_label=_("看预览"),
    )  # fmt: skip


def _frozen(quarter: Quarter) -> list[tuple[str, Any]]:
    if quarter.snapshot is None:
        return []
    return [(_("快照摘要"), quarter.snapshot.seal), (_("冻结人"), quarter.snapshot.frozen_by)]


def _waiting(quarter: Quarter) -> int:
    return standing(quarter).filter(occupation=None, coding=Coding.WAITING).count()
