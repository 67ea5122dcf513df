"""The official cost of a timetable, counted from its definition and nothing else.

Hard: every lecture once, none of the same course, curriculum or teacher at the same time, teachers
there, one lecture in a room. Soft: a student without a seat 1, a working day short 5, a lecture
without a neighbour of its curriculum 2, a further room for a course 1.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from chanjiao.engines.scheduling.timetabling.instance import Instance, Lesson, Timetable


@dataclass(frozen=True, slots=True)
class Cost:
    """Hard violations and soft cost, part by part; ``total`` is the soft cost."""

    lectures: int
    conflicts: int
    availability: int
    room_occupancy: int
    room_capacity: int
    min_working_days: int
    curriculum_compactness: int
    room_stability: int

    @property
    def violations(self) -> int:
        return self.lectures + self.conflicts + self.availability + self.room_occupancy

    @property
    def total(self) -> int:
        return (
            self.room_capacity
            + self.min_working_days
            + self.curriculum_compactness
            + self.room_stability
        )


def cost(instance: Instance, timetable: Timetable) -> Cost:
    """Every part of the cost of any timetable, feasible or not."""
    students = {course.id: course.students for course in instance.courses}
    return Cost(
        lectures=_lectures(instance, timetable),
        conflicts=_conflicts(instance, timetable),
        availability=sum(
            period in instance.closed.get(course, ())
            for course, period in {(one.course, one.period) for one in timetable}
        ),
        room_occupancy=sum(
            count - 1 for count in Counter((one.room, one.period) for one in timetable).values()
        ),
        room_capacity=sum(
            max(0, students[one.course] - instance.rooms[one.room]) for one in timetable
        ),
        min_working_days=_working_days(instance, timetable),
        curriculum_compactness=sum(
            2 * _lonely(instance, members, timetable) for members in instance.curricula.values()
        ),
        room_stability=sum(
            len({one.room for one in timetable if one.course == course.id}) - 1
            for course in instance.courses
            if any(one.course == course.id for one in timetable)
        ),
    )


def clashing(instance: Instance) -> set[frozenset[str]]:
    """Pairs of courses with a common curriculum or teacher."""
    pairs = {
        frozenset(pair)
        for members in instance.curricula.values()
        for pair in combinations(members, 2)
    }
    teachers: dict[str, list[str]] = {}
    for course in instance.courses:
        teachers.setdefault(course.teacher, []).append(course.id)
    for members in teachers.values():
        pairs |= {frozenset(pair) for pair in combinations(members, 2)}
    return pairs


def _lectures(instance: Instance, timetable: Timetable) -> int:
    """Lectures not given or given too often, or two of a course at the same time."""
    given = Counter(one.course for one in {Lesson(one.course, "", one.period) for one in timetable})
    return sum(abs(course.lectures - given[course.id]) for course in instance.courses)


def _conflicts(instance: Instance, timetable: Timetable) -> int:
    pairs = clashing(instance)
    at: dict[int, set[str]] = {}
    for one in timetable:
        at.setdefault(one.period, set()).add(one.course)
    return sum(frozenset(pair) in pairs for there in at.values() for pair in combinations(there, 2))


def _working_days(instance: Instance, timetable: Timetable) -> int:
    days = {(one.course, one.period // instance.per_day) for one in timetable}
    used = Counter(course for course, _ in days)
    return sum(5 * max(0, course.least_days - used[course.id]) for course in instance.courses)


def _lonely(instance: Instance, members: tuple[str, ...], timetable: Timetable) -> int:
    """Lectures of a curriculum with none of it right before or after on the same day."""
    at = Counter(one.period for one in timetable if one.course in members)
    return sum(
        count
        for period, count in at.items()
        if not (period % instance.per_day > 0 and at[period - 1])
        and not (period % instance.per_day < instance.per_day - 1 and at[period + 1])
    )
