"""What studies of the gap can be asked to count: the lines that the latest one froze."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from chanjiao.core.actor import Actor
from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.gaps.audiences import sees_all_lines
from chanjiao.gaps.choices import Side, StudyState
from chanjiao.gaps.models import GapLine, GapStudy


def _lines(moment: Moment) -> QuerySet[GapLine]:
    """Of the last study of the year that was finished by the day; none where there is no study."""
    done = GapStudy.objects.filter(year=moment.year, state=StudyState.DONE, as_of__lte=moment.as_of)
    latest = done.order_by("-as_of", "-pk").values("pk")[:1]
    return GapLine.objects.filter(study__in=list(latest.values_list("pk", flat=True)))


def _visible(actor: Actor) -> QuerySet[GapLine]:
    sides = [side for side in Side.values if sees_all_lines(actor, side)]
    own = Q(organisation=actor.organisation_id) if actor.organisation_id else Q(pk__in=())
    return GapLine.objects.select_related("organisation").filter(Q(side__in=sides) | own)


def _url(row: GapLine) -> str:
    name = "demand:detail" if row.side == Side.DEMAND else "supply:offering"
    return reverse(name, args=[row.source_id])


METRICS = (
    Metric(
        "gap_demand_coded",
        Words("缺口分析的岗位覆盖率", "Demand that the gap study covers"),
        Words(
            "最近一次缺口分析里，需求人数中有职业代码的占比",
            "In the last study, the share of wanted people whose position has a code",
        ),
        "%", Role.OFFICE,
        rows=_lines, numerator=lambda moment: ~Q(code=""),
        denominator=lambda moment: Q(side=Side.DEMAND, people__isnull=False),
        amount="people", base="gap lines", thing="gap", visible_to=_visible, row_url=_url,
        caveat=Words("分析冻结时的明细，不随之后的改动变化", "Lines as the study froze them"),
    ),
    Metric(
        "gap_leavers_expected",
        Words("预计求职毕业生", "Graduates expected to look for work"),
        Words(
            "最近一次缺口分析里各专业点预计求职的毕业生之和",
            "Graduates that the last study expects on the labour market",
        ),
        "人", Role.OFFICE,
        rows=_lines, numerator=lambda moment: Q(side=Side.SUPPLY, leavers__isnull=False),
        amount="leavers", base="gap lines", thing="gap", visible_to=_visible, row_url=_url,
        caveat=Words("分析冻结时的明细，不随之后的改动变化", "Lines as the study froze them"),
    ),
)  # fmt: skip
