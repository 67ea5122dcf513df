"""What the trace of a job demand learns from gap studies: in which of them it was counted."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.demand.models import JobDemand
from chanjiao.demand.trace import TraceLine
from chanjiao.gaps.choices import Side, StudyState
from chanjiao.gaps.models import GapLine, GapStudy

LATEST = 6


def studies(demand: JobDemand) -> Iterable[TraceLine]:
    """One line for each of the latest studies that froze this demand among its own."""
    latest = GapStudy.objects.filter(state=StudyState.DONE).order_by("-as_of", "-pk")
    ids = list(latest.values_list("pk", flat=True)[:LATEST])
    rows = GapLine.objects.filter(study__in=ids, side=Side.DEMAND, source_id=demand.pk)
    for row in rows.select_related("study").defer("study__reference").order_by("study__as_of"):
        yield TraceLine(
            row.study.as_of,
            "counted",
            _("计入供需缺口：%(study)s") % {"study": row.study.title},
            _("%(n)s 人，按职业 %(code)s 计") % {"n": row.people or 0, "code": row.code}
            if row.code
            else _("尚未对齐，列为未映射"),
            reverse("gaps:detail", args=[row.study_id]),
        )
