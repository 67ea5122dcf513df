"""What companies need, and how they were asked; each table in the file named after it."""

from chanjiao.demand.models.asks import Ask, IntakeLink
from chanjiao.demand.models.demands import DemandFill, DemandLook, DemandSkill, JobDemand
from chanjiao.demand.models.rounds import NothingNeeded, RoundTarget, SurveyRound

__all__ = [
    "Ask",
    "DemandFill",
    "DemandLook",
    "DemandSkill",
    "IntakeLink",
    "JobDemand",
    "NothingNeeded",
    "RoundTarget",
    "SurveyRound",
]
