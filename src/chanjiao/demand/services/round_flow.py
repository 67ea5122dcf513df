"""The workflow table of a survey round: designed, collected, cleaned, argued, published."""

from django.utils.translation import gettext, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.workflow import Move, Workflow
from chanjiao.demand.choices import DemandState, RoundState, TargetState
from chanjiao.demand.models import SurveyRound
from chanjiao.demand.policies import can_hold_rounds

R = RoundState


def has_targets(survey_round: SurveyRound) -> str | None:
    if survey_round.targets.exclude(state=TargetState.DROPPED).exists():
        return None
    return gettext("还没有选定征集企业，请先添加。")


def not_over(survey_round: SurveyRound) -> str | None:
    if survey_round.closes_on < clock.today():
        return gettext("截止日期 %(day)s 已过，请先修改。") % {"day": survey_round.closes_on}
    return has_targets(survey_round)


def all_verified(survey_round: SurveyRound) -> str | None:
    waiting = survey_round.demands.filter(state=DemandState.SUBMITTED).count()
    if waiting:
        return gettext("还有 %(n)s 条需求待核实，请先办理。") % {"n": waiting}
    return None


FLOW = Workflow(
    kind="survey_round",
    model=SurveyRound,
    initial=R.DESIGN,
    labels=dict(R.choices),
    moves=(
        Move(
            "announce", _("发布通知"), (R.DESIGN,), R.ANNOUNCED, can_hold_rounds,
            guard=has_targets,
        ),
        Move("open", _("开始填报"), (R.ANNOUNCED,), R.COLLECTING, can_hold_rounds, guard=not_over),
        Move(
            "close", _("截止填报"), (R.COLLECTING,), R.CLOSED, can_hold_rounds,
            needs_opinion=True, kind="secondary",
        ),
        Move("reopen", _("恢复填报"), (R.CLOSED,), R.COLLECTING, can_hold_rounds,
             guard=not_over, needs_opinion=True, kind="secondary"),
        Move("clean", _("开始清洗"), (R.CLOSED,), R.CLEANING, can_hold_rounds, days=10),
        Move(
            "review", _("提交论证"), (R.CLEANING,), R.REVIEWING, can_hold_rounds,
            guard=all_verified, days=10,
        ),
        Move("publicise", _("公示"), (R.REVIEWING,), R.PUBLICISED, can_hold_rounds, days=7,
             needs_opinion=True),
        Move("publish", _("公布"), (R.PUBLICISED,), R.PUBLISHED, can_hold_rounds),
        Move("archive", _("归档"), (R.PUBLISHED,), R.ARCHIVED, can_hold_rounds, kind="secondary"),
    ),
)  # fmt: skip
