"""A feasible timetable to begin with: the hardest lecture first, and ejection where none fits.

The lecture with fewest periods left goes first (saturation degree). Where no period is left, it is
put where it drives out the fewest others, those driven out often before counting more; these wait
again. Rooms are given last: as any lecture may use any room, counting is enough until then.
"""

import random

import numpy as np

from chanjiao.engines.scheduling.faults import Fault, NoTimetable
from chanjiao.engines.scheduling.timetabling.costing import clashing
from chanjiao.engines.scheduling.timetabling.instance import Instance
from chanjiao.engines.scheduling.timetabling.tables import Ints, Tables

_PATIENCE = 400  # rounds for each lecture before giving up


def start(tables: Tables, seed: int) -> tuple[Ints, Ints]:
    """Period and room of each lecture, with no hard violation.

    Raises NoTimetable naming what cannot be, or how many lectures found no place.
    """
    proven = impossible(tables.instance)
    if proven:
        raise NoTimetable(proven)
    builder = _Builder(tables, seed)
    builder.run()
    period = np.array(builder.period, np.int32)
    return period, _rooms(tables, period)


def impossible(instance: Instance) -> list[Fault]:
    """Simple proofs that there is no timetable: too few rooms, or periods for a set of courses."""
    faults = []
    lectures = sum(course.lectures for course in instance.courses)
    slots = instance.periods * len(instance.rooms)
    if lectures > slots:
        faults.append(
            Fault(
                instance.name,
                f"{lectures} 节课放不进 {slots} 个时段教室。",
                f"{lectures} lectures can't go into {slots} slots of period and room.",
            )
        )
    size = {course.id: course.lectures for course in instance.courses}
    every = frozenset(range(instance.periods))
    teachers: dict[str, list[str]] = {}
    for course in instance.courses:
        teachers.setdefault(course.teacher, []).append(course.id)
    groups: dict[str, tuple[str, ...]] = {f"course {course}": (course,) for course in size}
    groups |= {f"teacher {teacher}": tuple(held) for teacher, held in teachers.items()}
    groups |= {f"curriculum {q}": members for q, members in instance.curricula.items()}
    for name, members in groups.items():
        left = frozenset[int]().union(
            *(every - instance.closed.get(m, frozenset()) for m in members)
        )
        wanted = sum(size[member] for member in members)
        if wanted > len(left):
            faults.append(
                Fault(
                    name,
                    f"{wanted} 节课只有 {len(left)} 个可用时段：{'、'.join(members)}。",
                    f"{wanted} lectures have {len(left)} periods only: {', '.join(members)}.",
                )
            )
    return faults


class _Builder:
    def __init__(self, tables: Tables, seed: int) -> None:
        instance = tables.instance
        self._dice = random.Random(seed)  # noqa: S311  dice, no secret
        self._rooms, self._periods = len(instance.rooms), instance.periods
        self._course = tables.course.tolist()
        place = {course.id: n for n, course in enumerate(instance.courses)}
        self._foes: list[set[int]] = [{n} for n in place.values()]
        for one, two in map(sorted, clashing(instance)):
            self._foes[place[one]].add(place[two])
            self._foes[place[two]].add(place[one])
        self._open = [set(np.flatnonzero(row).tolist()) for row in tables.open]
        self._at: list[dict[int, int]] = [{} for _ in range(instance.periods)]  # course → lecture
        self._driven = [0] * len(self._course)
        self.period = [-1] * len(self._course)

    def run(self) -> None:
        waiting = set(range(len(self._course)))
        for _ in range(_PATIENCE * len(self._course)):
            if not waiting:
                return
            lecture = self._hardest(waiting)
            waiting.discard(lecture)
            waiting |= self._place(lecture)
        raise NoTimetable(
            [
                Fault(
                    "timetable",
                    f"有 {len(waiting)} 节课没有找到位置；没有证明不可能。",
                    f"{len(waiting)} lectures found no place; that is no proof that there is none.",
                )
            ]
        )

    def _fits(self, course: int) -> list[int]:
        return [
            p
            for p in self._open[course]
            if len(self._at[p]) < self._rooms and self._foes[course].isdisjoint(self._at[p])
        ]

    def _hardest(self, waiting: set[int]) -> int:
        left: dict[int, int] = {}
        for lecture in waiting:
            course = self._course[lecture]
            if course not in left:
                left[course] = len(self._fits(course))
        return min(
            waiting,
            key=lambda one: (
                left[self._course[one]],
                -len(self._foes[self._course[one]]),
                self._course[one],
                one,
            ),
        )

    def _place(self, lecture: int) -> set[int]:
        """Put a lecture somewhere; returns those it drove out."""
        course = self._course[lecture]
        fits = self._fits(course)
        if fits:
            period, out = self._dice.choice(sorted(fits)), set[int]()
        else:
            choices = [(self._victims(course, p), p) for p in sorted(self._open[course])]
            cheapest = min(sum(1 + self._driven[one] for one in out) for out, _ in choices)
            some = [c for c in choices if sum(1 + self._driven[one] for one in c[0]) == cheapest]
            out, period = self._dice.choice(some)
        for one in out:
            del self._at[self.period[one]][self._course[one]]
            self.period[one] = -1
            self._driven[one] += 1
        self._at[period][course] = lecture
        self.period[lecture] = period
        return out

    def _victims(self, course: int, period: int) -> set[int]:
        there = self._at[period]
        out = {there[foe] for foe in self._foes[course] & there.keys()}
        if len(there) - len(out) >= self._rooms:
            rest = [one for one in there.values() if one not in out]
            out.add(min(rest, key=lambda one: (self._driven[one], one)))
        return out


def _rooms(tables: Tables, period: Ints) -> Ints:
    """In each period the largest course gets the smallest room that holds it, or the largest."""
    students = [course.students for course in tables.instance.courses]
    seats = list(tables.instance.rooms.values())
    room = np.full(len(period), -1, np.int32)
    for p in range(tables.instance.periods):
        free = sorted(range(len(seats)), key=lambda r: (seats[r], r))
        there = np.flatnonzero(period == p).tolist()
        for lecture in sorted(there, key=lambda one: -students[tables.course[one]]):
            wanted = students[tables.course[lecture]]
            chosen = next((r for r in free if seats[r] >= wanted), free[-1])
            free.remove(chosen)
            room[lecture] = chosen
    return room
