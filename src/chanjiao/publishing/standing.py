"""Which of the region's records a quarter rests on: its rounds, whom they ask, what stands."""

from django.db.models import F, QuerySet

from chanjiao.demand import metrics
from chanjiao.demand.choices import Source, TargetState
from chanjiao.demand.models import JobDemand, RoundTarget, SurveyRound
from chanjiao.publishing.models import Quarter


def rounds_of(quarter: Quarter) -> QuerySet[SurveyRound]:
    """The collections whose answers the quarter's list rests on."""
    return SurveyRound.objects.filter(year=quarter.year, quarter=quarter.number)


def targets_of(quarter: Quarter) -> QuerySet[RoundTarget]:
    """Companies asked; who was dropped is not asked."""
    return RoundTarget.objects.filter(round__in=rounds_of(quarter)).exclude(
        state=TargetState.DROPPED
    )


def standing(quarter: Quarter) -> QuerySet[JobDemand]:
    """Declared lines in force at the quarter's end that still look for somebody.

    Projections are kept apart from what companies declared, and stay out of the list.
    """
    rows = metrics.standing(quarter.year, quarter.as_of).filter(headcount__gt=F("filled"))
    return rows.exclude(source=Source.PROJECT)
