"""Every place a group could have if it were alone, with what its wishes cost there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanjiao.engines.scheduling.stations.problem import Group, Problem
from chanjiao.engines.scheduling.stations.requirements import Kind, Requirement

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Options:
    """Stations (their places in the problem), first slots and costs; cheapest first."""

    station: Ints
    start: Ints
    cost: Ints

    def __len__(self) -> int:
        return len(self.station)

    def has(self, station: int, start: int) -> bool:
        return bool(((self.station == station) & (self.start == start)).any())

    def cost_at(self, station: int, start: int) -> int:
        """What the wishes cost there; 0 where the place is none of the options."""
        here = np.flatnonzero((self.station == station) & (self.start == start))
        return int(self.cost[here[0]]) if len(here) else 0

    def spots(self) -> list[tuple[int, int]]:
        return list(zip(self.station.tolist(), self.start.tolist(), strict=True))


class Chooser:
    """Options group by group; requirements in ``without`` are left out.

    What stations are and have is held in tables, so that a group asks all of them at once.
    """

    def __init__(self, problem: Problem, without: Collection[Requirement] = ()) -> None:
        self._problem, self._without = problem, frozenset(without)
        stations = problem.stations
        self._number = {station.id: n for n, station in enumerate(stations)}
        self._seats = np.array([station.seats for station in stations], np.int64)
        self._skills = _Sets(station.skills for station in stations)
        self._safety = _Sets(station.safety for station in stations)
        self._sites = _places(station.site for station in stations)
        limits = [problem.limits.get(station.site, 2**40) for station in stations]
        self._limit = np.array(limits, np.int64)
        self._runs = np.array(
            [self._run(station.closed, Kind.CLOSED, "") for station in stations], np.int32
        ).reshape(len(stations), problem.slots)
        self._near: dict[tuple[str, int], Flags] = {}

    def of(self, group: Group) -> Options:
        shut = set(self._problem.absent.get(group.instructor, ())) if group.instructor else set()
        own = self._run(shut, Kind.ABSENT, group.id)
        if group.window and self._keeps(Kind.WINDOW, group.id):
            outside = set(range(self._problem.slots)) - group.window
            kept = outside | (shut if self._keeps(Kind.ABSENT, group.id) else set())
            own = self._run(kept, Kind.WINDOW, group.id)
        fits = (self._runs >= group.length) & (own >= group.length)[None, :]
        fits &= self._takes(group)[:, None]
        station, start = (found.astype(np.int32) for found in np.nonzero(fits))
        cost = self._costs(group, station, start)
        order = np.lexsort((start, station, cost))
        return Options(station[order], start[order], cost[order])

    def _keeps(self, kind: Kind, group: str) -> bool:
        return Requirement(kind, group) not in self._without

    def _run(self, shut: Collection[int], kind: Kind, group: str) -> Ints:
        """From each slot on how many follow on end that are not shut."""
        kept = self._keeps(kind, group)
        run = np.zeros(self._problem.slots, np.int32)
        length = 0
        for slot in reversed(range(self._problem.slots)):
            length = 0 if kept and slot in shut else length + 1
            run[slot] = length
        return run

    def _takes(self, group: Group) -> Flags:
        fits = np.ones(len(self._seats), bool)
        if self._keeps(Kind.SEATS, group.id):
            fits &= self._seats >= group.size
        if self._keeps(Kind.SKILLS, group.id):
            fits &= self._skills.above(group.needs)
        if self._keeps(Kind.SAFETY, group.id):
            fits &= self._safety.below(group.cleared)
        if group.longest_travel is not None and self._keeps(Kind.TRAVEL, group.id):
            fits &= self._nearby(group.home, group.longest_travel)
        if self._keeps(Kind.BARRED, group.id):
            fits[[self._number[name] for name in group.barred if name in self._number]] = False
        if self._keeps(Kind.LIMIT, ""):
            fits &= self._limit >= group.size
        return fits

    def _nearby(self, home: str, most: int) -> Flags:
        """Stations no further than ``most`` minutes; where nobody knows the way, it is too far."""
        found = self._near.get((home, most))
        if found is None:
            found = np.zeros(len(self._seats), bool)
            for site, places in self._sites.items():
                minutes = self._problem.travel.get((home, site))
                found[places] = minutes is not None and minutes <= most
            self._near[home, most] = found
        return found

    def _costs(self, group: Group, station: Ints, start: Ints) -> Ints:
        cost = np.zeros(len(station), np.int32)
        for wish in group.wishes:
            granted = np.ones(len(station), bool)
            if wish.places:
                liked = np.zeros(len(self._seats), bool)
                for name in wish.places:
                    liked[self._sites.get(name, [])] = True
                    liked[[self._number[name]] if name in self._number else []] = True
                granted &= liked[station]
            if wish.starts:
                granted &= np.isin(start, sorted(wish.starts))
            cost += np.where(granted, 0, wish.weight).astype(np.int32)
        return cost


class _Sets:
    """Sets of words of many stations as rows of flags."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        held = list(sets)
        words = sorted(frozenset[str]().union(*held))
        self._column = {word: n for n, word in enumerate(words)}
        self._rows = np.array([[word in one for word in words] for one in held], bool).reshape(
            len(held), len(words)
        )

    def above(self, wanted: frozenset[str]) -> Flags:
        """Which hold every word wanted."""
        if not wanted <= self._column.keys():
            return np.zeros(len(self._rows), bool)
        return np.asarray(self._rows[:, [self._column[word] for word in wanted]].all(axis=1))

    def below(self, allowed: frozenset[str]) -> Flags:
        """Which hold no word but those allowed."""
        others = [n for word, n in self._column.items() if word not in allowed]
        return np.asarray(~self._rows[:, others].any(axis=1))


def _places(names: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, name in enumerate(names):
        found.setdefault(name, []).append(n)
    return found
