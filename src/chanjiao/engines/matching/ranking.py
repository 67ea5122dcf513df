"""Ranked lists as people read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chanjiao.engines.matching.asking import Ask, Key, Lists, Side
from chanjiao.engines.matching.columns import Ints
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source


@dataclass(frozen=True, slots=True)
class Line:
    """One place of a list; utilities are 0–1, ``w`` the weighted mean of both sides'."""

    owner: Any
    rank: int
    other: Any
    u: float
    v: float
    w: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """For each of ``ids`` (rows of ``side``) its best of the other side, best first."""

    source: Source
    side: Side
    ids: Ints
    lists: Lists

    def __iter__(self) -> Iterator[Line]:
        unit, total = self.source.unit, self.source.total_unit
        mine, theirs = self.source.people, self.source.positions
        if self.side is Side.POSITIONS:
            mine, theirs = theirs, mine
        lists = self.lists
        for row, owner in enumerate(self.ids):
            for n in range(lists.found[row]):
                at = (row, n)
                u, v, w = (float(a[at]) for a in (lists.u, lists.v, lists.w))
                other = theirs[lists.item[at]].item()
                yield Line(mine[owner].item(), n + 1, other, u / unit, v / unit, w / total)

    def shown(self) -> Ints:
        """How often each of the other side stands on a list."""
        item = self.lists.item[self.lists.used]
        return np.bincount(item, minlength=self.source.size(self.side.other)).astype(np.int32)


def topk(
    source: Source,
    k: int,
    side: Side = Side.PEOPLE,
    *,
    ids: Sequence[Any] | None = None,
    key: Key = Key.SUM,
) -> Ranking:
    """The exact best ``k`` of the other side for each of ``ids`` (all by default).

    Only feasible pairs are listed; equal scores go by id. Raises ``MarketFault`` for an unknown id
    or a negative ``k``.
    """
    if k < 0:
        raise fault(f"k={k} 须不小于 0。", f"k={k} must be 0 or more.")
    rows = source.everyone(side) if ids is None else rows_of(source, side, ids)
    k = min(k, source.size(side.other))
    return Ranking(source, side, rows, source.ask(Ask(side, rows, k, key)))


def rows_of(source: Source, side: Side, ids: Sequence[Any]) -> Ints:
    """Row numbers of ids."""
    known = source.people if side is Side.PEOPLE else source.positions
    place = {each: n for n, each in enumerate(known.tolist())}
    found = []
    for each in ids:
        if each not in place:
            raise fault(f"没有编号 {each!r}。", f"There is no id {each!r}.")
        found.append(place[each])
    return np.array(found, np.int32)


def gini(counts: Ints, weights: Ints | None = None) -> float:
    """How unequally something is spread: 0 all alike, towards 1 all with one.

    With ``weights`` (seats) it is the spread of counts over seats.

    >>> round(gini(np.array([1, 1, 1])), 9), round(gini(np.array([0, 0, 0, 8])), 2)
    (0.0, 0.75)
    """
    share = np.ones(len(counts)) if weights is None else weights.astype(np.float64)
    has = share > 0
    amount, share = counts[has].astype(np.float64), share[has]
    if amount.sum() == 0:
        return 0.0
    order = np.argsort(amount / share, kind="stable")
    got = np.concatenate(([0.0], np.cumsum(amount[order]) / amount.sum()))
    part = share[order] / share.sum()
    return max(0.0, float(1 - (part * (got[1:] + got[:-1])).sum()))
