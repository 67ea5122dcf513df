"""Groups into places as set packing for HiGHS: the relaxation bounds, whole numbers decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import (  # type: ignore[import-untyped]
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from chanjiao.engines.scheduling.stations.problem import Problem
from chanjiao.engines.scheduling.stations.requirements import Kind

Column = tuple[int, int, int]  # group, station, start
Key = tuple[str, int, int]  # what is used: kind, its number, the slot
LEFT = 1000  # what a group without a place costs; a move costs 1
_MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Packed:
    """Chosen columns, groups left out, and whether that is proven best."""

    chosen: tuple[Column, ...]
    left: tuple[int, ...]
    is_proven: bool


class Packing:
    """Rows of a problem: what a group at a place uses, and how much of it there is."""

    def __init__(self, problem: Problem, off: Iterable[Kind] = ()) -> None:
        self.problem, self._off = problem, frozenset(off)
        self.cohort = _numbers(group.cohort for group in problem.groups)
        self.teacher = _numbers(group.instructor for group in problem.groups)
        self.site = {site: n for n, site in enumerate(problem.limits)}
        self.row: dict[Key, int] = {}
        self._used: dict[Column, tuple[list[int], list[int]]] = {}
        self._room: list[int] = []

    def _uses(self, column: Column) -> tuple[list[int], list[int]]:
        """Rows and amounts of everything a column takes; rows are made as they come up."""
        n, station, start = column
        group, place = self.problem.groups[n], self.problem.stations[station]
        found: list[tuple[str, int, int, int]] = []
        if Kind.OCCUPIED not in self._off:
            amount = group.size if place.is_shared else 1
            found.append(("station", station, place.seats if place.is_shared else 1, amount))
        if group.cohort and Kind.COHORT not in self._off:
            found.append(("cohort", self.cohort[group.cohort], 1, 1))
        if group.instructor and Kind.INSTRUCTOR not in self._off:
            found.append(("instructor", self.teacher[group.instructor], 1, 1))
        if place.site in self.site and Kind.LIMIT not in self._off:
            limit = self.problem.limits[place.site]
            found.append(("site", self.site[place.site], limit, group.size))
        slots = range(start, start + group.length)
        rows = [self._row((kind, n, slot), room) for kind, n, room, _ in found for slot in slots]
        return rows, [amount for *_, amount in found for _ in slots]

    def _row(self, key: Key, room: int) -> int:
        number = self.row.setdefault(key, len(self.row))
        if number == len(self._room):
            self._room.append(room)
        return number

    def matrix(
        self, columns: Sequence[Column], groups: Sequence[int]
    ) -> tuple[csr_array, npt.NDArray[np.float64], list[Key]]:
        """Resource rows, then a row for each group: its columns and a last one, "left out".

        Returned with how much there is of each, and what the resource rows are. A resource that
        suffices for all columns together needs no row.
        """
        for column in columns:
            if column not in self._used:
                self._used[column] = self._uses(column)
        used = [self._used[column] for column in columns]
        base, many, few = len(self._room), len(columns), len(groups)
        order = {group: n for n, group in enumerate(groups)}
        data = [amount for one in used for amount in one[1]] + [1] * (many + few)
        rows = [row for one in used for row in one[0]]
        rows += [base + order[group] for group, _, _ in columns] + list(range(base, base + few))
        cols = np.repeat(np.arange(many), [len(one[0]) for one in used])
        cols = np.concatenate([cols, np.arange(many), np.arange(many, many + few)])
        shape = (base + len(groups), len(columns) + len(groups))
        room = np.array([*self._room, *[1] * len(groups)], float)
        whole = csr_array((data, (rows, cols)), shape=shape)
        scarce = np.flatnonzero(whole[:base].sum(axis=1) > room[:base]).tolist() if base else []
        kept = [*scarce, *range(base, base + few)]
        keys = list(self.row)
        return whole[kept], room[kept], [keys[n] for n in scarce]


def _numbers(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(dict.fromkeys(names))}


def pack(
    packing: Packing,
    columns: Sequence[Column],
    costs: Sequence[int],
    groups: Sequence[int],
    *,
    must: Iterable[int] = (),
    seconds: float = _MOST_SECONDS,
) -> Packed:
    """One column for each group at least cost, leaving out as few groups as can be.

    Groups of ``must`` are never left out. Columns of groups that are not asked for are an error.
    """
    matrix, room, _ = packing.matrix(columns, groups)
    lower = np.full(len(room), -np.inf)
    lower[len(room) - len(groups) :] = 1
    price = np.array([*costs, *[LEFT] * len(groups)], float)
    kept = frozenset(must)
    upper = np.array([*[1] * len(columns), *(0 if group in kept else 1 for group in groups)], float)
    answer = milp(
        price,
        constraints=LinearConstraint(matrix, lower, room),
        integrality=np.ones(len(price)),
        bounds=Bounds(0, upper),
        options={"time_limit": seconds},
    )
    if answer.x is None:
        return Packed((), tuple(groups), is_proven=answer.status == 2)
    taken: list[int] = np.flatnonzero(answer.x > 0.5).tolist()
    chosen = tuple(columns[n] for n in taken if n < len(columns))
    left = tuple(groups[n - len(columns)] for n in taken if n >= len(columns))
    return Packed(chosen, left, is_proven=answer.status == 0)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The least cost if places could be parted; what a unit of a resource and a group are worth."""

    cost: float
    resource: dict[Key, float]
    group: dict[int, float]


def relaxed(
    packing: Packing,
    columns: Sequence[Column],
    costs: Sequence[int],
    groups: Sequence[int],
    seconds: float = _MOST_SECONDS,
) -> Relaxed | None:
    """The relaxation over these columns, each group placed once or left out at ``LEFT``.

    ``None`` where the time was too short.
    """
    matrix, room, scarce = packing.matrix(columns, groups)
    base = len(room) - len(groups)
    price = np.array([*costs, *[LEFT] * len(groups)], float)
    answer = linprog(
        price,
        A_ub=matrix[:base] if base else None,
        b_ub=room[:base] if base else None,
        A_eq=matrix[base:],
        b_eq=room[base:],
        bounds=(0, None),
        method="highs",
        options={"time_limit": seconds},
    )
    if answer.status != 0:
        return None
    worth = answer.ineqlin.marginals if base else []
    return Relaxed(
        float(answer.fun),
        {key: -float(price) for key, price in zip(scarce, worth, strict=True) if price},
        dict(zip(groups, map(float, answer.eqlin.marginals), strict=True)),
    )
