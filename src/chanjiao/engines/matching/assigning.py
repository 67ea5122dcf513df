"""Exact assignment under capacities: the greatest sum of whole-number weights, with prices.

People come in one by one along shortest augmenting paths (the Hungarian method with potentials,
H. W. Kuhn, *Naval Research Logistics Quarterly* 2, 1955, on sparse lists and with several seats).
Nobody has to be placed: a pair of negative weight is never made.
"""

import ctypes
from ctypes import Structure, byref, c_int64, c_void_p
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.matching.asking import Side
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.edges import edges_of
from chanjiao.engines.matching.kernels import at, checked
from chanjiao.engines.matching.markets import Source

FAR = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Graph:
    """Pairs in rows of people: those of person p stand at ``start[p]`` to ``start[p + 1]``."""

    start: Longs
    item: Ints
    weight: Longs
    positions: int

    @property
    def person(self) -> Ints:
        rows = len(self.start) - 1
        return np.repeat(np.arange(rows, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Each person's position (or -1), the price of each position, the profit of each person."""

    partner: Ints
    price: Longs
    profit: Longs


class AssignStruct(Structure):
    _fields_ = [
        ("people", c_int64), ("positions", c_int64),
        *((name, c_void_p) for name in ("start", "item", "w", "capacity", "seat")),
        *((name, c_void_p) for name in ("price", "profit", "partner", "size", "member", "slot")),
    ]  # fmt: skip


def graph_of(source: Source, people: Ints | None = None, limit: int | None = None) -> Graph:
    """All feasible pairs of the people (all of them by default), or each one's best ``limit``."""
    ids = source.everyone(Side.PEOPLE) if people is None else people
    edges = edges_of(source, ids, limit=limit)
    order = np.lexsort((edges.item, edges.row))
    weight = edges.w[order].astype(np.int64)
    return Graph(edges.start, edges.item[order], weight, len(source.positions))


def assign(graph: Graph, capacity: Ints, library: ctypes.CDLL | None) -> Assignment:
    """The assignment of greatest weight; weights times people must stay below 2⁶²."""
    people = len(graph.start) - 1
    seats = np.minimum(capacity, people).astype(np.int32)
    if library is not None:
        return _compiled(graph, seats, library)
    work = _Search(graph, seats)
    for person in range(people):
        work.insert(person)
    return Assignment(work.partner, work.price, work.profit)


def _compiled(graph: Graph, seats: Ints, library: ctypes.CDLL) -> Assignment:
    people = len(graph.start) - 1
    seat = np.concatenate(([0], np.cumsum(seats, dtype=np.int64)))
    price, profit = np.zeros(graph.positions, np.int64), np.zeros(people, np.int64)
    partner, slot = np.full(people, -1, np.int32), np.zeros(people, np.int32)
    size, member = np.zeros(graph.positions, np.int32), np.zeros(seat[-1], np.int32)
    state = AssignStruct(
        people,
        graph.positions,
        at(graph.start, np.int64),
        at(graph.item, np.int32),
        at(graph.weight, np.int64),
        at(seats, np.int32),
        at(seat, np.int64),
        at(price, np.int64),
        at(profit, np.int64),
        *(at(array, np.int32) for array in (partner, size, member, slot)),
    )
    checked(library.chanjiao_assign(byref(state)))
    return Assignment(partner, price, profit)


class _Search:
    """The compiled kernel step by step, one row of the graph at a time in numpy."""

    def __init__(self, graph: Graph, seats: Ints) -> None:
        people = len(graph.start) - 1
        self.graph, self.seats = graph, seats
        self.price = np.zeros(graph.positions, np.int64)
        self.profit = np.zeros(people, np.int64)
        self.partner = np.full(people, -1, np.int32)
        self.slot = np.zeros(people, np.int32)
        self.member: list[list[int]] = [[] for _ in range(graph.positions)]
        self.full = (seats == 0).astype(np.int64)

    def insert(self, me: int) -> None:
        item, weight = self._row(me)
        self.profit[me] = max(0, int((weight - self.price[item]).max(initial=0)))
        self.dist = np.full(self.graph.positions, FAR)
        self.via = np.full(self.graph.positions, -1)
        self.open = np.ones(self.graph.positions, np.bool_)
        self.out, self.out_who = FAR, -1
        settled: list[int] = []
        end = self._search(me, settled)
        length = int(self.dist[end]) if end >= 0 else self.out
        self.profit[me] -= length
        for j in settled:
            more = length - self.dist[j]
            self.price[j] += more
            self.profit[self.member[j]] -= more
        self._augment(me, end)

    def _row(self, person: int) -> tuple[Ints, Longs]:
        part = slice(self.graph.start[person], self.graph.start[person + 1])
        item, weight = self.graph.item[part], self.graph.weight[part]
        has = self.seats[item] > 0
        return item[has], weight[has]

    def _reach(self, me: int, start: int) -> None:
        base = start + int(self.profit[me])
        if base < self.out:
            self.out, self.out_who = base, me
        item, weight = self._row(me)
        dist = base + self.price[item] - weight
        nearer = self.open[item] & (dist < self.dist[item])
        self.dist[item[nearer]], self.via[item[nearer]] = dist[nearer], me

    def _search(self, me: int, settled: list[int]) -> int:
        self._reach(me, 0)
        while len(self.dist):
            waiting = np.where(self.open, 2 * self.dist + self.full, 2 * FAR)
            j = int(waiting.argmin())
            if waiting[j] >= 2 * self.out + self.full[j]:
                return j if waiting[j] == 2 * self.out and not self.full[j] else -1
            if not self.full[j]:
                return j
            self.open[j] = False
            settled.append(j)
            for person in self.member[j]:
                self._reach(person, int(self.dist[j]))
        return -1

    def _augment(self, me: int, j: int) -> None:
        if j >= 0:
            slot = len(self.member[j])
            self.member[j].append(me)
            self.full[j] = len(self.member[j]) == self.seats[j]
        else:
            who = self.out_who
            if who == me:
                return
            j, slot, self.partner[who] = int(self.partner[who]), int(self.slot[who]), -1
        while True:
            who = int(self.via[j])
            old, old_slot = int(self.partner[who]), int(self.slot[who])
            self.member[j][slot], self.partner[who], self.slot[who] = who, j, slot
            if who == me:
                return
            j, slot = old, old_slot
