"""A problem as tables of whole numbers, the shape both the compiled and the plain steps work on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanjiao.engines.scheduling.timetabling.costing import clashing
from chanjiao.engines.scheduling.timetabling.instance import Instance, Lesson, Timetable

Ints = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything about a problem; courses, rooms and curricula are their places in it."""

    instance: Instance
    course: Ints  # [lectures]
    over: Ints  # [courses, rooms] students without a seat
    open: npt.NDArray[np.uint8]  # [courses, periods]
    conflict: Words  # [courses, words] sets of courses
    least_days: Ints  # [courses]
    first: Ints  # [courses + 1] into member
    member: Ints  # curricula of each course
    content: Words  # [curricula, words] sets of courses
    lonely: Ints  # [1 << per_day]


@dataclass(slots=True)
class State:
    """A feasible timetable on its way, the best one so far, and the dice."""

    period: Ints  # [lectures]
    room: Ints  # [lectures]
    slot: Ints  # [periods, rooms] lecture or -1
    busy: Words  # [periods, words] sets of courses
    on_day: Ints  # [courses, days]
    days_used: Ints  # [courses]
    in_room: Ints  # [courses, rooms]
    mask: npt.NDArray[np.uint32]  # [curricula, days] periods of the day with a lecture
    best_period: Ints
    best_room: Ints
    random: int
    cost: int
    best: int


def tables_of(instance: Instance) -> Tables:
    place = {course.id: n for n, course in enumerate(instance.courses)}
    count, words = len(place), (len(place) + 63) // 64
    opened = np.ones((count, instance.periods), np.uint8)
    for course, periods in instance.closed.items():
        opened[place[course], sorted(periods)] = 0
    seats = np.array(list(instance.rooms.values()), np.int64)
    students = np.array([course.students for course in instance.courses], np.int64)
    conflict = np.zeros((count, words), np.uint64)
    for n in range(count):
        _add(conflict[n], n)
    for one, two in map(sorted, clashing(instance)):
        _add(conflict[place[one]], place[two])
        _add(conflict[place[two]], place[one])
    content = np.zeros((max(1, len(instance.curricula)), words), np.uint64)
    held: list[list[int]] = [[] for _ in range(count)]
    for q, members in enumerate(instance.curricula.values()):
        for member in members:
            _add(content[q], place[member])
            held[place[member]].append(q)
    lectures = [n for n, course in enumerate(instance.courses) for _ in range(course.lectures)]
    return Tables(
        instance,
        np.array(lectures, np.int32),
        np.maximum(0, students[:, None] - seats[None, :]).astype(np.int32),
        opened,
        conflict,
        np.array([course.least_days for course in instance.courses], np.int32),
        np.cumsum([0, *map(len, held)]).astype(np.int32),
        np.array([q for some in held for q in some] or [0], np.int32),
        content,
        _lonely(instance.per_day),
    )


def _add(words: Words, n: int) -> None:
    words[n >> 6] |= np.uint64(1 << (n & 63))


def _lonely(per_day: int) -> Ints:
    """For each set of periods of a day how many have no neighbour in it."""
    sets = np.arange(1 << per_day, dtype=np.int64)
    alone = sets & ~(sets << 1) & ~(sets >> 1)
    return np.bitwise_count(alone).astype(np.int32)


def timetable_of(tables: Tables, period: Ints, room: Ints) -> Timetable:
    """Lessons in the order of the problem's courses, each course's by time."""
    names = list(tables.instance.rooms)
    lessons = [
        (int(c), int(p), names[r])
        for c, p, r in zip(tables.course, period, room.tolist(), strict=True)
    ]
    return tuple(Lesson(tables.instance.courses[c].id, room, p) for c, p, room in sorted(lessons))


def state_of(tables: Tables, period: Ints, room: Ints, seed: int, cost: int) -> State:
    """The state of a feasible timetable of known cost."""
    instance = tables.instance
    rooms, courses = len(instance.rooms), len(instance.courses)
    slot = np.full((instance.periods, rooms), -1, np.int32)
    busy = np.zeros((instance.periods, tables.conflict.shape[1]), np.uint64)
    on_day = np.zeros((courses, instance.days), np.int32)
    in_room = np.zeros((courses, rooms), np.int32)
    mask = np.zeros((len(tables.content), instance.days), np.uint32)
    for lecture, (c, p, r) in enumerate(zip(tables.course, period, room, strict=True)):
        slot[p, r] = lecture
        _add(busy[p], int(c))
        on_day[c, p // instance.per_day] += 1
        in_room[c, r] += 1
        for q in tables.member[tables.first[c] : tables.first[c + 1]]:
            mask[q, p // instance.per_day] |= np.uint32(1 << int(p % instance.per_day))
    used = (on_day > 0).sum(axis=1).astype(np.int32)
    period, room = period.astype(np.int32), room.astype(np.int32)
    return State(
        period, room, slot, busy, on_day, used, in_room, mask,
        period.copy(), room.copy(), dice(seed), cost, cost,
    )  # fmt: skip


def dice(seed: int) -> int:
    """A start for the dice that is never nought and differs in all bits from seed to seed."""
    x = (seed + 0x9E3779B97F4A7C15) & (2**64 - 1)
    x = ((x ^ x >> 30) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    x = ((x ^ x >> 27) * 0x94D049BB133111EB) & (2**64 - 1)
    return (x ^ x >> 31) or 1
