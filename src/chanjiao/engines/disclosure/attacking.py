"""The reader as an attacker: all published numbers, all sums, nothing is negative."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import hstack, identity  # type: ignore[import-untyped]

from chanjiao.engines.disclosure.hiding import equations
from chanjiao.engines.disclosure.tables import Cell, Key, Sum


@dataclass(frozen=True, slots=True)
class Interval:
    """What a reader knows of a hidden cell; ``high`` is infinite where nothing bounds it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def attack(
    cells: Mapping[Key, Cell],
    sums: Sequence[Sum],
    hidden: Collection[Key],
    *,
    only: Iterable[Key] | None = None,
) -> dict[Key, Interval]:
    """The narrowest range linear programming finds for each hidden cell, or for those in ``only``.

    Only published values are used. A proof after the fact, independent of how cells were chosen.

    >>> cells = {("全市",): Cell(105, 9), ("东区",): Cell(60, 5), ("西区",): Cell(45, 2)}
    >>> attack(cells, [Sum(("全市",), (("东区",), ("西区",)))], {("西区",)})
    {('西区',): Interval(low=45.0, high=45.0)}
    """
    unknown = sorted(hidden)
    place = {key: n for n, key in enumerate(unknown)}
    matrix = equations(sums, place)
    told = {key: n for n, key in enumerate(sorted(set(cells) - set(hidden)))}
    values = np.array([cells[key].value for key in told], dtype=float)
    known = -(equations(sums, told) @ values) if told else np.zeros(len(sums))
    touched = np.flatnonzero(np.diff(matrix.indptr))
    slack = np.array([one.slack for one in sums], dtype=float)[touched]
    matrix = hstack([matrix[touched], identity(len(touched))], format="csr")
    bounds = [(0.0, np.inf)] * len(unknown) + [(-s, s) for s in slack]
    known = known[touched]
    found = {}
    for key in sorted(only if only is not None else unknown):
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(bounds))
            goal[place[key]] = sign
            ends.append(_end(goal, matrix, known, bounds))
        found[key] = Interval(ends[0], -ends[1])
    return found


def _end(
    goal: np.ndarray, matrix: Any, known: np.ndarray, bounds: list[tuple[float, float]]
) -> float:
    if not matrix.shape[0]:
        return 0.0 if goal.max() > 0 else -np.inf
    answer = linprog(goal, A_eq=matrix, b_eq=known, bounds=bounds, method="highs")
    if answer.status == 3:  # nothing bounds it
        return -np.inf
    if answer.fun is None:
        raise ArithmeticError(f"the attack failed: {answer.message}")
    return round(float(answer.fun), 6)
