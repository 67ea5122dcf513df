"""Curriculum-based timetables: the ITC-2007 format, its exact cost, and a solver."""

from chanjiao.engines.scheduling.timetabling.costing import Cost, cost
from chanjiao.engines.scheduling.timetabling.ctt import read_ctt, read_sol, write_ctt, write_sol
from chanjiao.engines.scheduling.timetabling.generating import (
    LARGE,
    MIDDLE,
    SMALL,
    Size,
    generate,
)
from chanjiao.engines.scheduling.timetabling.instance import Course, Instance, Lesson, Timetable
from chanjiao.engines.scheduling.timetabling.kernels import is_compiled
from chanjiao.engines.scheduling.timetabling.solving import Cooling, Solution, solve

__all__ = [
    "LARGE",
    "MIDDLE",
    "SMALL",
    "Cooling",
    "Cost",
    "Course",
    "Instance",
    "Lesson",
    "Size",
    "Solution",
    "Timetable",
    "cost",
    "generate",
    "is_compiled",
    "read_ctt",
    "read_sol",
    "solve",
    "write_ctt",
    "write_sol",
]
