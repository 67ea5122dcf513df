"""How few moves there must be: the relaxation over all places of all groups, made as needed.

Leaving a group out costs ``LEFT``, moving one that could stay 1, placing one that lost its place
nothing. The relaxation is solved over a few columns; its prices tell which others could lower it.
At any time ``relaxed cost + Σ over groups of the least reduced cost`` bounds every schedule from
below, since each group takes one place (Lagrange); when no column is left to add it is exact.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanjiao.engines.scheduling.stations.board import Spot
from chanjiao.engines.scheduling.stations.options import Options
from chanjiao.engines.scheduling.stations.packing import (
    LEFT,
    Column,
    Packing,
    Relaxed,
    pack,
    relaxed,
)
from chanjiao.engines.scheduling.stations.problem import Problem

_FEW = 40  # columns of a group to begin with
_ADDED = 20  # columns of a group added in a round
_ROUNDS = 60
_MOST = 15_000  # columns that can still be decided in seconds
_SOME = 5_000  # and in less
_ALMOST = 1e-6
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bound:
    """A value no schedule goes below; ``is_complete``: the relaxation was solved to the end."""

    value: int
    is_complete: bool


class Bounding:
    def __init__(
        self,
        problem: Problem,
        options: Sequence[Options],
        homes: Mapping[int, Spot],
    ) -> None:
        self._problem, self._options, self._homes = problem, options, homes
        self._packing = Packing(problem)
        self._groups = list(range(len(problem.groups)))
        self._columns: dict[Column, int] = {}
        self._bound = Bound(0, is_complete=False)
        self._told: Relaxed | None = None
        for n, home in homes.items():
            self._columns[n, *home] = 0
        for n in self._groups:
            if n not in homes:
                self._add(n, range(min(_FEW, len(options[n]))))

    def value(self, at: Mapping[int, Spot]) -> int:
        """What a schedule costs: those left out and those moved that could have stayed."""
        left = len(self._groups) - len(at)
        return LEFT * left + sum(n in at and at[n] != home for n, home in self._homes.items())

    def settle(self, at: dict[int, Spot], until: float) -> tuple[dict[int, Spot], Bound]:
        """The best schedule found, ``at`` or a better one, and a bound for every schedule.

        Columns are priced until the relaxation hardly falls; then whole places are picked among
        them; what time is left goes into the bound.
        """
        for n, spot in at.items():
            self._columns.setdefault((n, *spot), self._cost(n, spot))
        half = time.perf_counter() + 0.5 * _left(until)
        self._price_until(self.value(at), half, settled=True)
        at = self._better(at, 0.6 * _left(until))
        self._price_until(self.value(at), until, settled=False)
        if self._bound.is_complete and self.value(at) > self._bound.value:
            at = self._exactly(at, until)
        return at, self._bound

    def _exactly(self, at: dict[int, Spot], until: float) -> dict[int, Spot]:
        """With every column that a better schedule could hold: what is found then is the best."""
        is_exact = self._widen(at, _MOST)
        found, proven = self._whole(_left(until))
        if found is not None and self.value(found) < self.value(at):
            at = found
        if proven and is_exact:
            self._bound = Bound(self.value(at), is_complete=True)
        return at

    def _widen(self, at: Mapping[int, Spot], most: int) -> bool:
        """Add the columns that a schedule better than ``at`` could hold; whether all were added.

        A column whose reduced cost is not below the gap between schedule and relaxation is in no
        better schedule. Where there are too many, those with the least are taken.
        """
        assert self._told is not None
        told, gap = self._told, self.value(at) - self._told.cost
        worth = _Worth(self._problem, self._packing, told)
        some = [n for n in self._groups if len(self._options[n])]
        reduced = {n: self._reduced(n, worth, told) for n in some}
        below = np.sort(np.concatenate([one[one < gap] for one in reduced.values()]))
        limit = gap if len(below) <= most else float(below[most])
        for n, one in reduced.items():
            self._add(n, np.flatnonzero(one < limit))
        return limit == gap

    def _better(self, at: dict[int, Spot], seconds: float) -> dict[int, Spot]:
        if self.value(at) <= self._bound.value or self._told is None:
            return at
        self._widen(at, _SOME)
        found, _ = self._whole(seconds)
        return found if found is not None and self.value(found) < self.value(at) else at

    def _price_until(self, known: int, until: float, *, settled: bool) -> None:
        """Rounds of pricing, until the bound meets ``known``, no column is left, time is up or,
        if asked, the relaxation has settled.
        """
        before, began = math.inf, time.perf_counter()
        for _ in range(_ROUNDS):
            if self._bound.is_complete or self._bound.value >= known:
                return
            told = relaxed(
                self._packing,
                list(self._columns),
                list(self._columns.values()),
                self._groups,
                _left(until),
            )
            if told is None:
                return
            self._told = told
            slack, added = self._price(told)
            best = max(self._bound.value, math.ceil(told.cost + slack - _ALMOST))
            self._bound = Bound(best, is_complete=not added)
            now = time.perf_counter()
            took, began = now - began, now
            if now + took > until or (settled and told.cost > 0.98 * before):
                return
            before = told.cost

    def _whole(self, seconds: float) -> tuple[dict[int, Spot] | None, bool]:
        """The best schedule among the columns that came up, and whether that is proven."""
        columns = list(self._columns)
        packed = pack(
            self._packing, columns, list(self._columns.values()), self._groups, seconds=seconds
        )
        if not packed.chosen:
            return None, False
        return {n: (station, start) for n, station, start in packed.chosen}, packed.is_proven

    def _cost(self, n: int, spot: Spot) -> int:
        home = self._homes.get(n)
        return int(home is not None and spot != home)

    def _add(self, n: int, which: Sequence[int] | npt.NDArray[np.int64]) -> int:
        options, before = self._options[n], len(self._columns)
        for one in which:
            spot = int(options.station[one]), int(options.start[one])
            self._columns.setdefault((n, *spot), self._cost(n, spot))
        return len(self._columns) - before

    def _price(self, told: Relaxed) -> tuple[float, int]:
        """Add the columns that could lower the cost most; how far they might, and how many."""
        worth = _Worth(self._problem, self._packing, told)
        slack, added = 0.0, 0
        for n in self._groups:
            options = self._options[n]
            if not len(options):
                continue
            reduced = self._reduced(n, worth, told)
            least = float(reduced.min())
            if least < -_ALMOST:
                slack += least
                some = np.argsort(reduced, kind="stable")[:_ADDED]
                added += self._add(n, some[reduced[some] < -_ALMOST])
        return slack, added

    def _reduced(self, n: int, worth: "_Worth", told: Relaxed) -> Floats:
        """What a place of the group would add to the relaxation, for each of its options."""
        options, home = self._options[n], self._homes.get(n)
        reduced = worth.of(n, options) - told.group[n]
        if home is not None:
            at_home = (options.station == home[0]) & (options.start == home[1])
            reduced = reduced + np.where(at_home, 0.0, 1.0)
        return reduced


def _left(until: float) -> float:
    return max(0.1, until - time.perf_counter())


class _Worth:
    """What the resources of a place are worth, summed over its slots for every place at once."""

    def __init__(self, problem: Problem, packing: Packing, told: Relaxed) -> None:
        self._problem, self._packing = problem, packing
        sizes = {
            "station": len(problem.stations),
            "cohort": len(packing.cohort),
            "instructor": len(packing.teacher),
            "site": max(1, len(packing.site)),
        }
        slots = problem.slots
        prices = {kind: np.zeros((count, slots)) for kind, count in sizes.items()}
        for (kind, number, slot), price in told.resource.items():
            prices[kind][number, slot] = price
        self._sums: dict[str, Floats] = {
            kind: np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)
            for kind, rows in prices.items()
        }
        self._shared = np.array([station.is_shared for station in problem.stations])
        self._site = np.array([packing.site.get(s.site, -1) for s in problem.stations])

    def of(self, n: int, options: Options) -> Floats:
        group = self._problem.groups[n]
        station, start = options.station, options.start
        end = start + group.length

        def span(kind: str, which: npt.NDArray[np.int64] | int) -> Floats:
            sums = self._sums[kind]
            return np.asarray(sums[which, end] - sums[which, start])

        places = station.astype(np.int64)
        found = span("station", places) * np.where(self._shared[station], group.size, 1)
        if group.cohort:
            found = found + span("cohort", self._packing.cohort[group.cohort])
        if group.instructor:
            found = found + span("instructor", self._packing.teacher[group.instructor])
        site = self._site[station]
        if (site >= 0).any():
            found = found + np.where(site >= 0, span("site", np.maximum(site, 0)) * group.size, 0.0)
        return np.asarray(found, np.float64)
