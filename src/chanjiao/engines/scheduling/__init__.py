"""Cohorts and stations, timetables, repair with least disturbance, and why something can't be."""

from chanjiao.engines.scheduling.faults import Fault, NoTimetable, SchedulingError

__all__ = ["Fault", "NoTimetable", "SchedulingError"]
