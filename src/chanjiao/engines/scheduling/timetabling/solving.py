"""Timetables by simulated annealing in feasible space, several runs side by side.

Moves, changes of places and Kempe chains as in the literature on this problem (Bellio, Ceschia,
Di Gaspero, Schaerf & Urli 2016, *Feature-based tuning of simulated annealing applied to the
curriculum-based course timetabling problem*, Computers & Operations Research 65, for the cooling;
Lü & Hao 2010 for Kempe chains). Everything but time is whole numbers: with ``steps`` in place of
``seconds`` the answer is the same each time, compiled or not.
"""

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanjiao.engines.scheduling.timetabling.costing import Cost, cost
from chanjiao.engines.scheduling.timetabling.instance import Instance, Timetable
from chanjiao.engines.scheduling.timetabling.kernels import Runner, is_compiled
from chanjiao.engines.scheduling.timetabling.starting import start
from chanjiao.engines.scheduling.timetabling.stepping import MOST_DELTA
from chanjiao.engines.scheduling.timetabling.tables import (
    State,
    Tables,
    state_of,
    tables_of,
    timetable_of,
)

_SLOW = 50.0  # seconds in which a cooling is slow enough


@dataclass(frozen=True, slots=True)
class Cooling:
    """How a run cools: from ``hot`` (the best again: from ``reheat``) to ``cold``, in ``levels``
    even ratios; ``kempe`` and ``same_period`` are shares of steps, in 2^-20.
    """

    hot: float = 3.0
    cold: float = 0.12
    reheat: float = 1.2
    levels: int = 400
    kempe: int = 400_000
    same_period: int = 40_000


@dataclass(frozen=True, slots=True)
class Solution:
    """A feasible timetable, its official cost, and what it took."""

    timetable: Timetable
    cost: Cost
    seed: int
    steps: int
    seconds: float


def solve(
    instance: Instance,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 1,
    runs: int = 2,
    cooling: Cooling | None = None,
    plain: bool = False,
) -> Solution:
    """The best timetable of ``runs`` runs, each with its own seed and, compiled, its own core.

    Give ``seconds`` (of the clock) or ``steps`` (of each run: the same answer each time). Stops
    at a cost of nought. Raises NoTimetable when no feasible timetable is found to start with.
    """
    if (seconds is None) == (steps is None):
        raise ValueError("seconds 与 steps 须恰给一个。 / Give seconds or steps, one of them.")
    begun = time.perf_counter()
    tables = tables_of(instance)
    cooling = cooling or Cooling()
    if plain or not is_compiled():
        runs = 1 if seconds is not None else runs

    def one(number: int) -> tuple[State, int]:
        left = 0.0 if seconds is None else max(0.01, seconds - (time.perf_counter() - begun))
        return _run(tables, seed + number, cooling, steps, left, plain=plain)

    with ThreadPoolExecutor(runs) as pool:  # compiled steps let go of the interpreter
        found = list(pool.map(one, range(runs)))
    number = min(range(runs), key=lambda n: (found[n][0].best, n))
    state, taken = found[number]
    timetable = timetable_of(tables, state.best_period, state.best_room)
    return Solution(
        timetable, cost(instance, timetable), seed + number, taken, time.perf_counter() - begun
    )


def chances(temperature: float) -> npt.NDArray[np.uint32]:
    """The chance, in 2^-32, of a step that is worse by 0, 1, 2 and so on."""
    full = 2**32 - 1
    return np.array(
        [min(full, int(math.exp(-d / temperature) * 2**32)) for d in range(MOST_DELTA)], np.uint32
    )


@dataclass(frozen=True, slots=True)
class _Stage:
    """A stretch of a run: ``share`` of its time, from a fresh start or from the best so far."""

    share: float
    hot: float
    is_fresh: bool


def _stages(cooling: Cooling, seconds: float) -> list[_Stage]:
    """Some coolings from different starts, as many as can be slow; then reheating the best.

    Where a cooling freezes is chance, and differs more from start to start than it falls by taking
    all the time for one.
    """
    fresh = max(1, min(3, int(seconds // _SLOW)))
    first = [_Stage(0.8 / fresh, cooling.hot, is_fresh=True)] * fresh
    return [*first, *[_Stage(0.1, cooling.reheat, is_fresh=False)] * 2]


def _run(
    tables: Tables,
    seed: int,
    cooling: Cooling,
    steps: int | None,
    seconds: float,
    *,
    plain: bool,
) -> tuple[State, int]:
    """The best state of all stages, and the steps taken."""
    best: State | None = None
    taken, begun, share = 0, time.perf_counter(), 0.0
    for number, stage in enumerate(_stages(cooling, seconds)):
        share += stage.share
        if best is not None and (best.best <= 0 or time.perf_counter() > begun + seconds > begun):
            break
        state = _begun(tables, seed * 1000 + number, None if stage.is_fresh else best)
        if steps is not None:
            pace = _by_steps(max(1, round(steps * share) - taken), cooling)
        else:
            pace = _by_clock(begun + seconds * share)
        taken += _cool(tables, state, stage.hot, cooling, pace, plain=plain)
        if best is None or state.best <= best.best:
            best = state
    assert best is not None
    return best, taken


def _begun(tables: Tables, seed: int, best: State | None) -> State:
    if best is not None:
        return state_of(tables, best.best_period, best.best_room, seed, best.best)
    period, room = start(tables, seed)
    return state_of(
        tables, period, room, seed, cost(tables.instance, timetable_of(tables, period, room)).total
    )


def _cool(
    tables: Tables, state: State, hot: float, cooling: Cooling, pace: "Pace", *, plain: bool
) -> int:
    runner = Runner(tables, state, plain=plain)
    taken, begun = 0, time.perf_counter()
    while state.best > 0 and (level := pace(taken, begun)) is not None:
        share, count = level
        temperature = hot * (cooling.cold / hot) ** share
        runner.run(chances(temperature), count, (cooling.kempe, cooling.same_period), 0)
        taken += count
    return taken


Pace = Callable[[int, float], tuple[float, int] | None]


def _by_steps(steps: int, cooling: Cooling) -> Pace:
    """How far along a run is and how many steps come next, counted in steps."""
    levels = max(1, min(cooling.levels, steps))

    def pace(taken: int, _: float) -> tuple[float, int] | None:
        level = taken * levels // steps
        if level >= levels:
            return None
        following = -(-(level + 1) * steps // levels)
        return level / levels, min(following, steps) - taken

    return pace


def _by_clock(until: float) -> Pace:
    """The same by the clock: as many steps as fit into a fiftieth of a second or so."""

    def pace(taken: int, begun: float) -> tuple[float, int] | None:
        now = time.perf_counter()
        if now >= until:
            return None
        spent = now - begun
        rate = taken / spent if taken and spent > 0 else 20_000.0
        chunk = min(0.05, (until - begun) / 200, until - now)
        return spent / (until - begun), max(50, int(rate * chunk))

    return pace
