"""A schedule from nothing: least choice first, ejection where nothing fits, then wishes.

Everything is decided by number, so that the same problem gives the same schedule each time.
"""

import random
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chanjiao.engines.scheduling.stations.board import Board
from chanjiao.engines.scheduling.stations.options import Chooser, Options
from chanjiao.engines.scheduling.stations.problem import Place, Problem, Schedule
from chanjiao.engines.scheduling.stations.requirements import Requirement

_PATIENCE = 60  # ejections for each group before giving up


@dataclass(frozen=True, slots=True)
class Placing:
    """Places of groups, the groups left without one, and what wishes cost."""

    schedule: Schedule
    unplaced: tuple[str, ...]
    cost: int


def place(problem: Problem, *, seconds: float | None = None) -> Placing:
    """A schedule that keeps every requirement; groups without a place are named, never squeezed in.

    Takes as long as it needs to settle, or about ``seconds``. A group left over is no proof that
    there is no place: ``explain`` looks for one.
    """
    problem.check()
    until = None if seconds is None else time.perf_counter() + seconds
    chooser = Chooser(problem)
    options = [chooser.of(group) for group in problem.groups]
    board = Board(problem)
    Filler(board, options, until=until).fill(range(len(problem.groups)))
    Improver(board, options).run(range(len(problem.groups)), until)
    return placing_of(problem, board, options)


def placing_of(problem: Problem, board: Board, options: Sequence[Options]) -> Placing:
    schedule = {
        problem.groups[n].id: Place(problem.stations[station].id, start)
        for n, (station, start) in sorted(board.at.items())
    }
    unplaced = tuple(group.id for n, group in enumerate(problem.groups) if n not in board.at)
    return Placing(schedule, unplaced, sum(options[n].cost_at(*board.at[n]) for n in board.at))


class Filler:
    """Places groups one by one; ``fixed`` ones are never driven out."""

    def __init__(
        self,
        board: Board,
        options: Sequence[Options],
        *,
        fixed: Collection[int] = (),
        until: float | None = None,
    ) -> None:
        self._board, self._fixed, self._until = board, frozenset(fixed), until
        self._all, self._spots = options, dict[int, list[tuple[int, int]]]()
        self._driven: dict[int, int] = {}
        self._dice = random.Random(1)  # noqa: S311  always the same dice: the same schedule

    def fill(self, groups: Collection[int]) -> set[int]:
        """Place them; returns those for whom nothing was found."""
        waiting, lost = set(groups), set[int]()
        for _ in range(_PATIENCE * max(1, len(waiting))):
            if not waiting or self._is_late():
                break
            n = min(waiting, key=lambda one: (len(self._all[one]) >> self._tries(one), one))
            waiting.discard(n)
            spot = self._free(n)
            if spot is not None:
                self._board.put(n, *spot)
                continue
            out = self._squeeze(n)
            if out is None:
                lost.add(n)
            else:
                waiting |= out
        return lost | waiting

    def _of(self, n: int) -> list[tuple[int, int]]:
        if n not in self._spots:
            self._spots[n] = self._all[n].spots()
        return self._spots[n]

    def _tries(self, n: int) -> int:
        """One driven out often goes before those with as much choice."""
        return min(20, self._driven.get(n, 0))

    def _is_late(self) -> bool:
        return self._until is not None and time.perf_counter() > self._until

    def _free(self, n: int) -> tuple[int, int] | None:
        fits = self._board.fits
        for station, start in self._of(n):
            if fits(n, station, start):
                return station, start
        return None

    def _squeeze(self, n: int) -> set[int] | None:
        """Drive out the least: few groups, seldom driven out before. ``None``: all are fixed."""
        best: list[tuple[set[int], tuple[int, int]]] = []
        least = 0
        for station, start in self._of(n):
            out = self._board.blockers(n, station, start)
            if out & self._fixed:
                continue
            price = sum(1 + self._driven.get(one, 0) for one in out)
            if not best or price < least:
                best, least = [], price
            if price == least:
                best.append((out, (station, start)))
        if not best:
            return None
        chosen, spot = self._dice.choice(best)
        for one in chosen:
            self._board.take(one)
            self._driven[one] = self._driven.get(one, 0) + 1
        self._board.put(n, *spot)
        return chosen


class Improver:
    """Moves groups to free places that their wishes like better, until none is left."""

    def __init__(self, board: Board, options: Sequence[Options]) -> None:
        self._board, self._options = board, options

    def run(self, groups: Collection[int], until: float | None = None) -> None:
        restless = True
        while restless and (until is None or time.perf_counter() < until):
            restless = False
            for n in groups:
                if n in self._board.at and self._moved(n):
                    restless = True

    def _moved(self, n: int) -> bool:
        options = self._options[n]
        station, start = self._board.take(n)
        now = options.cost_at(station, start)
        for where, begin, cost in zip(
            options.station.tolist(), options.start.tolist(), options.cost.tolist(), strict=True
        ):
            if cost >= now:
                break
            if self._board.fits(n, where, begin):
                self._board.put(n, where, begin)
                return True
        self._board.put(n, station, start)
        return False


def violations(
    problem: Problem, schedule: Mapping[str, Place], without: Collection[Requirement] = ()
) -> dict[str, str]:
    """Group → the requirement its place breaks, counted from the definitions and nothing else."""
    number = {station.id: n for n, station in enumerate(problem.stations)}
    chooser, board = Chooser(problem, without), Board(problem, without)
    found = {}
    for n, group in enumerate(problem.groups):
        spot = schedule.get(group.id)
        if spot is None:
            continue
        options = chooser.of(group)
        station = number.get(spot.station, -1)
        if not options.has(station, spot.start):
            found[group.id] = "place"
        elif not board.fits(n, station, spot.start):
            found[group.id] = "clash"
        else:
            board.put(n, station, spot.start)
    return found
