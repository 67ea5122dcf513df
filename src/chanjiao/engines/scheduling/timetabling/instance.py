"""A curriculum-based timetabling problem and its answer, as ITC-2007 track 3 defines them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Course:
    """``lectures`` to be given on at least ``least_days`` days to ``students``."""

    id: str
    teacher: str
    lectures: int
    least_days: int
    students: int


@dataclass(frozen=True, slots=True)
class Instance:
    """``rooms`` is room → seats, ``curricula`` curriculum → courses; ``closed`` holds for a course
    the periods at which it can't be given, numbered day × per_day + period.
    """

    name: str
    courses: tuple[Course, ...]
    rooms: Mapping[str, int]
    days: int
    per_day: int
    curricula: Mapping[str, tuple[str, ...]]
    closed: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def periods(self) -> int:
        return self.days * self.per_day


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lecture of a course in a room at a period."""

    course: str
    room: str
    period: int


Timetable = tuple[Lesson, ...]
