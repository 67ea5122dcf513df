"""What the list takes from the gap study: the run behind it, whether it fits, its public lines."""

from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from chanjiao.gaps.choices import Audience, Side, StudyState, View
from chanjiao.gaps.models import GapFigure, GapStudy
from chanjiao.publishing.lines import GapLine, GapSource
from chanjiao.publishing.models import Quarter
from chanjiao.publishing.standing import standing


def studies_of(quarter: Quarter) -> QuerySet[GapStudy]:
    """Studies of the quarter's year and last day, the newest first."""
    return (
        GapStudy.objects.filter(year=quarter.year, as_of=quarter.as_of)
        .defer("reference")
        .order_by("-pk")
    )


def study_behind(quarter: Quarter) -> GapStudy | None:
    return studies_of(quarter).filter(state=StudyState.DONE).first()


def gap_behind(quarter: Quarter) -> GapSource | None:
    """What the study may show in public; ``build`` keeps only occupations the list names."""
    study = study_behind(quarter)
    if study is None:
        return None
    rows = GapFigure.objects.filter(
        study=study, audience=Audience.OTHERS, view=View.OCCUPATION, is_leaf=True, hidden="",
        demand__gt=0, supply__isnull=False,
    ).order_by("key")  # fmt: skip
    lines = tuple(
        GapLine(
            occupation=row.key,
            demand=row.demand or 0,
            supply=row.supply or 0,
            index_permille=None if row.index is None else int(row.index * 1000),
            band=row.band,
        )
        for row in rows
    )
    return GapSource(f"{study.title} {study.results_hash[:16]}", study.as_of, lines)


def study_missing(quarter: Quarter) -> str | None:
    """No finished study of that day, or one that no longer says what the records say."""
    study = study_behind(quarter)
    if study is None:
        latest = studies_of(quarter).first()
        if latest is None:
            return _("还没有截至 %(day)s 的缺口分析。") % {"day": quarter.as_of}
        return _("截至 %(day)s 的缺口分析尚未完成（%(state)s）。") % {
            "day": quarter.as_of,
            "state": latest.get_state_display(),
        }
    then, now = _people_in(study), _people_now(quarter)
    if then != now:
        return _("缺口分析之后需求有变动（当时 %(then)s 人，现在 %(now)s 人），请重新测算。") % {
            "then": then,
            "now": now,
        }
    return None


def study_told(quarter: Quarter) -> list[tuple[str, Any]]:
    study = study_behind(quarter)
    if study is None:
        return []
    shown = GapFigure.objects.filter(
        study=study, audience=Audience.OTHERS, view=View.OCCUPATION, is_leaf=True
    )
    return [
        (_("缺口分析"), study.title),
        (_("可公开的职业"), shown.filter(hidden="").count()),
        (_("因小单元不公开"), shown.exclude(hidden="").count()),
    ]


def _people_in(study: GapStudy) -> int:
    """Declared people of coded lines, as the study froze them."""
    lines = study.lines.filter(side=Side.DEMAND, basis="declared").exclude(code="")
    return lines.aggregate(n=Sum("people"))["n"] or 0


def _people_now(quarter: Quarter) -> int:
    lines = standing(quarter).filter(occupation__isnull=False)
    return lines.aggregate(n=Sum(F("headcount") - F("filled")))["n"] or 0
