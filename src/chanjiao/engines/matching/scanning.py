"""Ranked lists by numpy: dense blocks of queries that share what rules most items out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.asking import LEAST, Ask, Key, Lists, Side, offsets, ranks
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.terms import Test, View

BLOCK = 1 << 20  # pairs judged at once
NEVER = np.iinfo(np.int64).min + 1  # its negative exists
Bools = npt.NDArray[np.bool_]


class DenseScan:
    """One side's view of a market with declared factors, answered by numpy alone."""

    def __init__(self, view: View, shares: tuple[int, int]) -> None:
        self.view, self.shares = view, shares
        self.cell = np.zeros(view.queries, np.int64)
        self.grouping: list[Test] = []
        self._group()

    def _group(self) -> None:
        """Queries alike in the tests that rule out most share one list of items."""
        room = max(1, self.view.queries // 8)
        for test in sorted(self.view.tests, key=self._passing):
            own = test.query if test.query.ndim == 2 else test.query[:, None]
            _values, code = np.unique(own, axis=0, return_inverse=True)
            both = np.stack((self.cell, code.reshape(-1)), axis=1)
            _cells, cell = np.unique(both, axis=0, return_inverse=True)
            if cell.size and cell.max() < room:
                self.cell = cell.reshape(-1).astype(np.int64)
                self.grouping.append(test)

    def _passing(self, test: Test) -> float:
        """The share of pairs that pass, from an even sample."""
        q = np.linspace(0, max(self.view.queries - 1, 0), 64).astype(np.intp)
        i = np.linspace(0, max(self.view.items - 1, 0), 64).astype(np.intp)
        if not (self.view.queries and self.view.items):
            return 1.0
        return float(test.passes(q[:, None], i[None, :]).mean())

    def answer(self, ask: Ask) -> Lists:
        lists = Lists.empty(len(ask.ids), ask.k)
        everything = np.arange(self.view.items)
        rest = tuple(t for t in self.view.tests if t not in self.grouping)
        within = View(self.view.queries, self.view.items, self.view.terms, rest)
        cells = self.cell[ask.ids]
        order = np.argsort(cells, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(cells[order])) + 1):
            if len(rows) == 0 or self.view.items == 0:
                continue
            one = np.full(1, ask.ids[rows[0]], np.intp)
            passing = np.ones(self.view.items, np.bool_)
            for test in self.grouping:
                passing &= test.passes(one, everything)
            items = np.flatnonzero(passing)
            step = max(1, BLOCK // max(1, len(items)))
            for begin in range(0, len(rows) if len(items) else 0, step):
                self._block(ask, within, rows[begin : begin + step], items, lists)
        return lists

    def _block(self, ask: Ask, within: View, rows: Longs, items: Longs, lists: Lists) -> None:
        query = ask.ids[rows].astype(np.intp)[:, None]
        item = items[None, :]
        ok = within.feasible(query, item)
        if ask.k == 0 and ask.bar is None:
            lists.feasible[rows] = ok.sum(axis=1)
            return
        u, v = within.points(query, item)
        w = self.shares[0] * u + self.shares[1] * v
        rank, above = self._ranks(ask, ok, (u, v, w), (rows, items))
        lists.feasible[rows] = (ok if ask.bar is None else above).sum(axis=1)
        if ask.k == 0:
            return
        top = rank
        place = np.broadcast_to(np.arange(len(items)), rank.shape)
        if len(items) > ask.k:
            place = np.argpartition(-rank, ask.k - 1, axis=1)[:, : ask.k]
            top = np.take_along_axis(rank, place, axis=1)
        inner = np.argsort(-top, axis=1)
        place = np.take_along_axis(place, inner, axis=1)
        used = np.take_along_axis(top, inner, axis=1) != NEVER
        width = place.shape[1]
        lists.found[rows] = used.sum(axis=1)
        lists.item[rows, :width] = np.where(used, items[place], -1)
        for target, source in ((lists.u, u), (lists.v, v), (lists.w, w)):
            target[rows, :width] = np.where(used, np.take_along_axis(source, place, axis=1), 0)

    def _ranks(
        self, ask: Ask, ok: Bools, points: tuple[Ints, Ints, Ints], place: tuple[Longs, Longs]
    ) -> tuple[Longs, Bools]:
        u, v, w = points
        rows, items = place
        if ask.floor is not None:
            other = v if ask.side is Side.PEOPLE else u
            value, below = (part[items] for part in ask.floor)
            ok = ok & ((other > value) | ((other == value) & (ask.ids[rows][:, None] < below)))
        key = {Key.SUM: w, Key.PERSON: u, Key.POSITION: v}[ask.key].astype(np.int64)
        if ask.bar is not None:
            ok = ok & (key > ask.bar[ask.ids[rows]][:, None])
        above = ok
        if ask.price is not None:
            key = key - ask.price[items]
            ok = ok & (ask.bar is None or key > ask.bar[ask.ids[rows]][:, None])
        offset = offsets(ask, self.view.queries, self.view.items)[rows][:, None]
        found = ranks(ask, key, items[None, :], offset, self.view.items)
        return np.where(ok & (key > LEAST), found, NEVER), above


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs of one side in rows: items of query q stand at ``start[q]`` to ``start[q + 1]``."""

    start: Longs
    item: Ints
    u: Ints
    v: Ints
    w: Ints
    items: int

    def answer(self, ask: Ask) -> Lists:
        """Ranked lists of pairs that were given one by one, by numpy alone."""
        lists = Lists.empty(len(ask.ids), ask.k)
        size = np.diff(self.start)[ask.ids]
        lists.feasible[:] = size
        if (ask.k == 0 and ask.bar is None) or size.sum() == 0:
            return lists
        row = np.repeat(np.arange(len(ask.ids)), size)
        first = np.concatenate(([0], np.cumsum(size)[:-1]))
        place = np.arange(size.sum()) - first[row] + self.start[:-1][ask.ids][row]
        item = self.item[place]
        key = {Key.SUM: self.w, Key.PERSON: self.u, Key.POSITION: self.v}[ask.key]
        value = key[place].astype(np.int64)
        if ask.price is not None:
            value -= ask.price[item]
        keep = np.ones(len(row), np.bool_)
        if ask.floor is not None:
            other = (self.v if ask.side is Side.PEOPLE else self.u)[place]
            value_, below = (part[item] for part in ask.floor)
            keep = (other > value_) | ((other == value_) & (ask.ids[row] < below))
        if ask.bar is not None:
            above = keep & (key[place] > ask.bar[ask.ids[row]])
            lists.feasible[:] = np.bincount(row[above], minlength=len(ask.ids))
            keep = above & (value > ask.bar[ask.ids[row]])
        offset = offsets(ask, len(self.start) - 1, self.items)[row]
        rank = ranks(ask, value, item.astype(np.int64), offset, self.items)
        return self._ranked(ask, lists, row[keep], rank[keep], place[keep])

    def _ranked(self, ask: Ask, lists: Lists, row: Longs, rank: Longs, place: Longs) -> Lists:
        order = np.lexsort((-rank, row))
        row, place = row[order], place[order]
        count = np.bincount(row, minlength=len(ask.ids))
        column = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        top = column < ask.k
        row, place, column = row[top], place[top], column[top]
        lists.found[:] = np.minimum(count, ask.k)
        lists.item[row, column] = self.item[place]
        for target, source in ((lists.u, self.u), (lists.v, self.v), (lists.w, self.w)):
            target[row, column] = source[place]
        return lists
