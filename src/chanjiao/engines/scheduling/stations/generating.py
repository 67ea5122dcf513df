"""Invented problems of stations and groups, as large and as full as asked."""

import random
from dataclasses import dataclass

from chanjiao.engines.scheduling.stations.problem import (
    Group,
    Place,
    Problem,
    Schedule,
    Station,
    Wish,
)

_SKILLS = [f"k{n}" for n in range(12)]
_CLEARANCES = ["electric", "height", "pressure"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of each; ``fill`` is the share of station slots that is taken."""

    stations: int
    groups: int
    slots: int
    sites: int
    fill: float = 0.5


def generate(scale: Scale, seed: int) -> tuple[Problem, Schedule]:
    """A problem and a schedule that keeps all of it, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  dice, no secret
    stations = tuple(_station(dice, n, scale) for n in range(scale.stations))
    travel = {
        (f"home{h}", f"site{s}"): dice.randint(5, 90) for h in range(8) for s in range(scale.sites)
    }
    mean = scale.fill * scale.stations * scale.slots / scale.groups
    free = [set(range(scale.slots)) - station.closed for station in stations]
    busy: dict[str, set[int]] = {}
    groups: list[Group] = []
    schedule: dict[str, Place] = {}
    for n in range(scale.groups):
        length = max(1, min(scale.slots // 2, round(dice.gauss(mean, mean / 4))))
        gap = _gap(dice, free, length)
        if gap is None:
            continue
        station, span = gap
        free[station] -= span
        people = [_people(dice, kind, scale.groups // 3 + 1, busy, span) for kind in "ct"]
        group = _group(dice, f"g{n:03d}", stations[station], people, travel, scale.slots, span)
        groups.append(group)
        schedule[group.id] = Place(stations[station].id, min(span))
    return Problem(scale.slots, stations, tuple(groups), travel), schedule


def _station(dice: random.Random, n: int, scale: Scale) -> Station:
    closed = frozenset(slot for slot in range(scale.slots) if dice.random() < 0.03)
    return Station(
        f"s{n:03d}",
        f"site{dice.randrange(scale.sites)}",
        dice.choice([12, 20, 30, 45]),
        frozenset(dice.sample(_SKILLS, dice.randint(2, 5))),
        frozenset(dice.sample(_CLEARANCES, dice.choice([0, 0, 0, 1]))),
        closed,
    )


def _gap(dice: random.Random, free: list[set[int]], length: int) -> tuple[int, set[int]] | None:
    """A station with so many free slots on end, and the slots."""
    for _ in range(400):
        n = dice.randrange(len(free))
        start = dice.randrange(max(free[n], default=0) + 1)
        span = set(range(start, start + length))
        if span <= free[n]:
            return n, span
    return None


def _people(
    dice: random.Random, kind: str, count: int, busy: dict[str, set[int]], span: set[int]
) -> str:
    """A cohort or instructor who is free then, or a new one."""
    names = [f"{kind}{dice.randrange(count)}" for _ in range(20)]
    name = next((one for one in names if not busy.get(one, set()) & span), f"{kind}{len(busy)}x")
    busy.setdefault(name, set()).update(span)
    return name


def _group(
    dice: random.Random,
    name: str,
    station: Station,
    people: list[str],
    travel: dict[tuple[str, str], int],
    slots: int,
    span: set[int],
) -> Group:
    home = f"home{dice.randrange(8)}"
    first = max(0, min(span) - dice.randint(2, slots // 2))
    last = min(slots, max(span) + 1 + dice.randint(2, slots // 2))
    return Group(
        name,
        dice.randint(max(1, station.seats // 2), station.seats),
        len(span),
        frozenset(dice.sample(sorted(station.skills), dice.choice([1, 1, 2]))),
        station.safety | frozenset(dice.sample(_CLEARANCES, dice.choice([0, 1, 2]))),
        people[0],
        people[1],
        frozenset(range(first, last)),
        home,
        max(travel[home, station.site], dice.randint(40, 90)),
        {},
        (Wish(dice.randint(1, 5), frozenset([f"site{dice.randrange(5)}"])),),
    )
