"""Invented problems of the kind of ITC-2007 track 3, feasible by a hidden timetable."""

import random
from dataclasses import dataclass

from chanjiao.engines.scheduling.timetabling.instance import Course, Instance


@dataclass(frozen=True, slots=True)
class Size:
    """How large an invented problem is; ``closed`` is the share of periods a teacher can't give."""

    courses: int
    rooms: int
    days: int
    per_day: int
    curricula: int
    filled: float = 0.7
    closed: float = 0.25


SMALL = Size(30, 6, 5, 6, 14, 0.88, 0.06)
MIDDLE = Size(80, 16, 5, 5, 60, 0.7, 0.3)
LARGE = Size(130, 20, 5, 5, 77, 0.86, 0.35)


def generate(size: Size, seed: int) -> Instance:
    """An instance of that size, the same for the same seed on every machine.

    A hidden timetable is thrown first and everything else agrees with it: courses that meet in it
    share neither teacher nor curriculum, and nothing is closed that it uses.
    """
    dice = random.Random(seed)  # noqa: S311  dice, no secret
    periods = size.days * size.per_day
    lectures = _lectures(dice, size)
    when = _hidden(dice, lectures, periods, size.rooms)
    teachers = _teachers(dice, when)
    curricula = _curricula(dice, size, when)
    seats = sorted(dice.choice([30, 40, 60, 80, 120, 200, 300]) for _ in range(size.rooms))
    courses = tuple(
        Course(
            f"c{n:04d}",
            f"t{teachers[n]:03d}",
            len(used),
            min(size.days, dice.choice([2, 3, 3, 4, 4]), len(used)),
            dice.randint(8, max(10, int(seats[dice.randrange(len(seats))] * 1.02))),
        )
        for n, used in enumerate(when)
    )
    closed = {
        courses[n].id: frozenset(
            p for p in range(periods) if p not in used and dice.random() < size.closed
        )
        for n, used in enumerate(when)
        if dice.random() < 0.6
    }
    closed = {course: shut for course, shut in closed.items() if shut}
    named = {f"q{n:03d}": tuple(courses[c].id for c in some) for n, some in enumerate(curricula)}
    rooms = {f"r{n:02d}": count for n, count in enumerate(seats)}
    return Instance(f"made-{seed}", courses, rooms, size.days, size.per_day, named, closed)


def _lectures(dice: random.Random, size: Size) -> list[int]:
    """Lectures of each course, together the wanted share of all slots."""
    wanted = int(size.days * size.per_day * size.rooms * size.filled)
    found = [1] * size.courses
    while sum(found) < wanted:
        n = dice.randrange(size.courses)
        if found[n] < min(9, size.days * size.per_day):
            found[n] += 1
    return found


def _hidden(dice: random.Random, lectures: list[int], periods: int, rooms: int) -> list[set[int]]:
    left = [rooms] * periods
    found: list[set[int]] = [set() for _ in lectures]
    for n in sorted(range(len(lectures)), key=lambda one: -lectures[one]):
        order = sorted(range(periods), key=lambda p: (-left[p], dice.random()))
        found[n] = set(order[: lectures[n]])
        for p in found[n]:
            left[p] -= 1
    return found


def _teachers(dice: random.Random, when: list[set[int]]) -> list[int]:
    busy: list[set[int]] = []
    found = []
    for used in when:
        free = [t for t, taken in enumerate(busy) if not taken & used and len(taken) < 12]
        if free and dice.random() < 0.35:
            chosen = dice.choice(free)
            busy[chosen] |= used
        else:
            chosen = len(busy)
            busy.append(set(used))
        found.append(chosen)
    return found


def _curricula(dice: random.Random, size: Size, when: list[set[int]]) -> list[list[int]]:
    """Groups of two to eight courses that never meet in the hidden timetable."""
    found: list[list[int]] = []
    tries = 0
    while len(found) < size.curricula and tries < 200 * size.curricula:
        tries += 1
        taken, wanted = set[int](), dice.randint(2, 8)
        some: list[int] = []
        for c in dice.sample(range(len(when)), len(when)):
            if not taken & when[c] and len(some) < wanted:
                some.append(c)
                taken |= when[c]
        if len(some) > 1:
            found.append(sorted(some))
    return found
