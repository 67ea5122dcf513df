"""Groups and stations: a schedule, its repair with least disturbance, why something can't be."""

from chanjiao.engines.scheduling.stations.explaining import Conflict, explain
from chanjiao.engines.scheduling.stations.generating import Scale, generate
from chanjiao.engines.scheduling.stations.placing import Placing, place, violations
from chanjiao.engines.scheduling.stations.problem import (
    Group,
    Place,
    Problem,
    Schedule,
    Station,
    Wish,
)
from chanjiao.engines.scheduling.stations.repairing import Move, Repair, repair
from chanjiao.engines.scheduling.stations.requirements import Kind, Requirement, refusals, worded

__all__ = [
    "Conflict",
    "Group",
    "Kind",
    "Move",
    "Place",
    "Placing",
    "Problem",
    "Repair",
    "Requirement",
    "Scale",
    "Schedule",
    "Station",
    "Wish",
    "explain",
    "generate",
    "place",
    "refusals",
    "repair",
    "violations",
    "worded",
]
