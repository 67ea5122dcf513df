"""All feasible pairs at once, for what can't be done list by list."""

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.matching.asking import Ask, Key, Side
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.markets import Source

ROOM = 1 << 22  # places of lists held at a time, since lists are as long as the longest of them


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs row by row: those of the n-th person asked for from ``start[n]``, the best first."""

    start: Longs
    item: Ints
    u: Ints
    v: Ints
    w: Ints

    @property
    def row(self) -> Ints:
        rows = len(self.start) - 1
        return np.repeat(np.arange(rows, dtype=np.int32), np.diff(self.start))


def edges_of(
    source: Source, people: Ints, key: Key = Key.SUM, limit: int | None = None
) -> Edges:  # fmt: skip
    """Everything feasible for these people, or each one's best ``limit``."""
    counts = source.ask(Ask(Side.PEOPLE, people, 0)).feasible
    if limit is not None:
        counts = np.minimum(counts, limit)
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    item, u, v, w = np.zeros((4, start[-1]), np.int32)
    order = np.argsort(counts, kind="stable")  # lists of like length together
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and (end + 1 - begin) * counts[order[end]] <= ROOM:
            end += 1
        rows = order[begin:end]
        lists = source.ask(Ask(Side.PEOPLE, people[rows], int(counts[order[end - 1]]), key))
        used = lists.used
        size = lists.found.astype(np.int64)
        first = np.repeat(np.cumsum(size) - size, size)
        place = np.repeat(start[rows], size) + np.arange(size.sum()) - first
        item[place], u[place], v[place], w[place] = (
            a[used] for a in (lists.item, lists.u, lists.v, lists.w)
        )
        begin = end
    return Edges(start, item, u, v, w)


def seats_of(source: Source) -> Ints:
    """Seats that can be taken at all: "no limit" must not become a seat for every person."""
    people = len(source.people)
    seats = np.minimum(source.capacity, people).astype(np.int32)
    if int(seats.sum(dtype=np.int64)) <= 4 * people + 1_000_000:
        return seats
    side = Side.POSITIONS
    counts = source.ask(Ask(side, source.everyone(side), 0)).feasible
    return np.minimum(seats, counts).astype(np.int32)
