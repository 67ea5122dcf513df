"""Stable matchings with ties: equal utilities are no preference, and some matchings are larger.

The method of Z. Király (*Algorithms* 6, 2013) is linear and never places fewer than two thirds of
what is possible: who is refused everywhere asks a second time and wins ties; who holds a seat but
has an equal one free elsewhere gives way. For small markets a whole-number programme (A. Kwanashie
and D. Manlove, *Operations Research Proceedings* 2013) then finds the largest and proves it.
"""

from itertools import groupby

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from chanjiao.engines.matching.asking import Key, Side
from chanjiao.engines.matching.assigning import Graph, assign
from chanjiao.engines.matching.columns import Ints
from chanjiao.engines.matching.edges import Edges, edges_of, seats_of
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Matching

MOST_PAIRS = 5_000_000
PROVED_PAIRS = 4_000
NODES = 2_000  # of the search for a larger one; a count, so that every machine stops alike


def largest_stable(source: Source) -> Matching:
    """A stable matching of as many people as possible where equal utilities are ties."""
    feasible = source.feasible()
    if feasible > MOST_PAIRS:
        raise fault(
            f"可行配对 {feasible} 个，超过上限 {MOST_PAIRS}；请用 ties='id'。",
            f"{feasible} feasible pairs are more than {MOST_PAIRS}; use ties='id'.",
        )
    edges = edges_of(source, source.everyone(Side.PEOPLE), Key.PERSON)
    partner = _Tied(edges, len(source.people), source.capacity).run()
    most = Graph(edges.start, edges.item, np.ones(len(edges.item), np.int64), len(source.positions))
    bound = assign(most, seats_of(source), source.machine.library).partner
    if (partner >= 0).sum() == (bound >= 0).sum():  # nobody could place more, stable or not
        return Matching(source, "stable", partner, largest=True)
    if len(edges.row) > PROVED_PAIRS:
        return Matching(source, "stable", partner)
    better = _programme(edges, source.capacity, len(source.people))
    if better is None:
        return Matching(source, "stable", partner)
    return Matching(source, "stable", better, largest=True)


class _Tied:
    """Rounds of proposals; ``second`` tells who is on the second run through the list."""

    def __init__(self, edges: Edges, people: int, capacity: Ints) -> None:
        self.capacity = capacity.tolist()
        self.held: list[dict[int, int]] = [{} for _ in self.capacity]  # person → value
        self.groups: list[list[list[tuple[int, int]]]] = [[] for _ in range(people)]
        rows = zip(*(a.tolist() for a in (edges.row, edges.u, edges.item, edges.v)), strict=True)
        for (person, _u), group in groupby(rows, key=lambda row: row[:2]):
            kept = [(position, v) for _p, _u, position, v in group if self.capacity[position] > 0]
            self.groups[person].append(kept)
        self.left = [[list(group) for group in groups] for groups in self.groups]
        self.at: list[tuple[int, int, int] | None] = [None] * people  # position, group, value
        self.level, self.second = [0] * people, [False] * people

    def run(self) -> Ints:
        free = list(range(len(self.groups)))[::-1]
        while free:
            me = free.pop()
            asked = self._next(me)
            if asked is None:
                if not self.second[me]:
                    self.second[me], self.level[me] = True, 0
                    self.left[me] = [list(group) for group in self.groups[me]]
                    free.append(me)
                continue
            gone = self._offer(me, *asked)
            if gone is not None:
                free.append(gone)
        return np.array([-1 if seat is None else seat[0] for seat in self.at], np.int32)

    def _next(self, me: int) -> tuple[int, int] | None:
        """The best position left; of equal ones one with a free seat."""
        while self.level[me] < len(self.left[me]):
            group = self.left[me][self.level[me]]
            if group:
                return next((e for e in group if self._has_room(e[0])), group[0])
            self.level[me] += 1
        return None

    def _has_room(self, position: int) -> bool:
        seats: int = self.capacity[position]
        return len(self.held[position]) < seats

    def _offer(self, me: int, position: int, value: int) -> int | None:
        """Who has to ask on: nobody, the one who asked, or one that gives way."""
        held = self.held[position]
        if self._has_room(position):
            self._seat(me, position, value)
            return None
        for other in sorted(held):
            if self._has_equal_room(other, position):
                del held[other]
                self.at[other] = None
                self._seat(me, position, value)
                return other
        worst = min(held, key=lambda other: (held[other], self.second[other], -other))
        if (value, self.second[me]) > (held[worst], self.second[worst]):
            self._strike(worst, position)
            self._seat(me, position, value)
            return worst
        self.left[me][self.level[me]].remove((position, value))
        return me

    def _has_equal_room(self, other: int, position: int) -> bool:
        """Whether the holder of a seat has an equal one free elsewhere."""
        seat = self.at[other]
        assert seat is not None
        group = self.left[other][seat[1]]
        return any(e[0] != position and self._has_room(e[0]) for e in group)

    def _strike(self, other: int, position: int) -> None:
        value = self.held[position].pop(other)
        self.left[other][self.level[other]].remove((position, value))
        self.at[other] = None

    def _seat(self, me: int, position: int, value: int) -> None:
        self.held[position][me] = value
        self.at[me] = (position, self.level[me], value)


def _programme(edges: Edges, capacity: Ints, people: int) -> Ints | None:
    """The largest weakly stable matching, or nothing where it could not be proved."""
    count = len(edges.row)
    if count == 0:
        return np.full(people, -1, np.int32)
    rows, columns, values = [], [], []

    def put(row: int, chosen: Ints, value: float) -> None:
        rows.extend([row] * len(chosen))
        columns.extend(chosen.tolist())
        values.extend([value] * len(chosen))

    of_person = [np.flatnonzero(edges.row == p) for p in range(people)]
    of_position = [np.flatnonzero(edges.item == q) for q in range(len(capacity))]
    low: list[float] = []
    for n in range(count):
        mine, theirs = of_person[edges.row[n]], of_position[edges.item[n]]
        seats = float(capacity[edges.item[n]])
        put(n, mine[edges.u[mine] >= edges.u[n]], seats)
        put(n, theirs[edges.v[theirs] >= edges.v[n]], 1.0)
        low.append(seats)
    stable = csr_matrix((values, (rows, columns)), (count, count))
    ones = np.ones(count)
    once = csr_matrix((ones, (edges.row, np.arange(count))), (people, count))
    seated = csr_matrix((ones, (edges.item, np.arange(count))), (len(capacity), count))
    found = milp(
        -ones,
        integrality=ones,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(stable, np.array(low), np.inf),
            LinearConstraint(once, -np.inf, 1),
            LinearConstraint(seated, -np.inf, capacity.astype(float)),
        ],
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    if found.status != 0 or found.x is None:
        return None
    chosen = found.x > 0.5
    partner = np.full(people, -1, np.int32)
    partner[edges.row[chosen]] = edges.item[chosen]
    return partner
