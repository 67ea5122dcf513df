"""The index: items by the codes that rule most pairs out, so that only likely items are met."""

from dataclasses import dataclass

import numpy as np

from chanjiao.engines.matching.columns import Ints, Longs, Sets, Words
from chanjiao.engines.matching.terms import AnyTest, RankTest, Test, View

MOST_LEVELS = 16
MOST_BUCKETS = 1 << 20
MOST_COPIES = 12  # postings an item on average
SAMPLE = 128


@dataclass(frozen=True, slots=True)
class Dim:
    """One key of the buckets: elements of items and queries; the last stands for "any"."""

    item: Sets
    query: Sets
    radix: int
    query_mask: Words | None
    item_mask: Words | None


@dataclass(frozen=True, slots=True)
class Postings:
    """Items sorted into buckets; in a bucket by the rank that a query has to reach."""

    dims: tuple[Dim, ...]
    bucket: Longs
    item: Ints
    ranged: RankTest | None
    tests: tuple[Test, ...]  # what the buckets have not settled

    def visiting(self) -> Longs:
        """A number for each query: queries close by number visit the same buckets."""
        found = np.zeros(0, np.int64)
        for n, dim in enumerate(self.dims):
            start, code = dim.query.start[:-1], np.append(dim.query.code, 0)
            first = code[start].astype(np.int64)
            found = first if n == 0 else found * dim.radix + first
        return found

    @property
    def place(self) -> Longs:
        """The bucket of each posting."""
        return np.repeat(np.arange(len(self.bucket) - 1), np.diff(self.bucket))


def posted(view: View) -> Postings:
    """Choose keys by how much they rule out, and sort the items."""
    rest = sorted(view.tests, key=lambda test: _passing(view, test))
    dims: list[Dim] = []
    buckets, copies = 1, 1.0
    for test in list(rest):
        dim = _dim(test, view)
        if dim is None or _passing(view, test) > 0.9 or len(dims) == 3:
            continue
        wider = copies * max(1.0, len(dim.item.code) / max(1, len(dim.item)))
        if buckets * dim.radix <= MOST_BUCKETS and wider <= MOST_COPIES:
            dims.append(dim)
            rest.remove(test)
            buckets, copies = buckets * dim.radix, wider
    ranked = [test for test in rest if isinstance(test, RankTest)]
    ranged = ranked[0] if ranked else None
    tests = tuple(test for test in view.tests if test in rest and test is not ranged)
    item, bucket = _crossed(dims, view.items)
    within = item if ranged is None else ranged.item[item]
    order = np.lexsort((item, within, bucket))
    start = np.concatenate(([0], np.cumsum(np.bincount(bucket, minlength=buckets))))
    return Postings(tuple(dims), start.astype(np.int64), item[order], ranged, tests)


def _passing(view: View, test: Test) -> float:
    if not (view.queries and view.items):
        return 1.0
    q = np.linspace(0, view.queries - 1, SAMPLE).astype(np.intp)
    i = np.linspace(0, view.items - 1, SAMPLE).astype(np.intp)
    return float(test.passes(q[:, None], i[None, :]).mean())


def _dim(test: Test, view: View) -> Dim | None:
    if isinstance(test, AnyTest):
        any_place = len(test.item_sets.names)
        item = _filled(test.item_sets, np.array([any_place], np.int32))
        query = _asking(test.query_sets, any_place)
        twice = bool(
            (test.item_sets.sizes > 1).any()
            and ((test.query_sets.sizes > 1) | (test.query_sets.sizes == 0)).any()
        )
        masks = (test.query, test.item) if twice else (None, None)
        return Dim(item, query, any_place + 1, *masks)
    if isinstance(test, RankTest):
        levels = np.unique(test.item)
        if len(levels) > MOST_LEVELS:
            return None
        code = np.searchsorted(levels, test.item).astype(np.int32)
        first = np.searchsorted(levels, test.query)
        item = Sets(np.arange(view.items + 1, dtype=np.int64), code, ())
        size = len(levels) - first
        start = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
        element = np.arange(start[-1]) - np.repeat(start[:-1], size) + np.repeat(first, size)
        query = Sets(start, element.astype(np.int32), ())
        return Dim(item, query, max(1, len(levels)), None, None)
    return None


def _filled(sets: Sets, instead: Ints) -> Sets:
    """Empty rows hold ``instead``."""
    size = np.where(sets.sizes == 0, len(instead), sets.sizes)
    start = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    code = np.empty(start[-1], np.int32)
    row = np.repeat(np.arange(len(sets)), size)
    within = np.arange(start[-1]) - start[:-1][row]
    empty = (sets.sizes == 0)[row]
    code[empty] = instead[within[empty]]
    code[~empty] = sets.code
    return Sets(start, code, sets.names)


def _asking(sets: Sets, any_place: int) -> Sets:
    """A query visits its own elements and "any"; one that asks for nothing visits all."""
    everything = np.arange(any_place, dtype=np.int32)
    own = _filled(sets, everything)
    size = own.sizes + 1
    start = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    code = np.full(start[-1], any_place, np.int32)
    within = np.arange(len(own.code)) + np.repeat(np.arange(len(own)), own.sizes)
    code[within] = own.code
    return Sets(start, code, sets.names)


def _crossed(dims: list[Dim], items: int) -> tuple[Ints, Longs]:
    """Each item once for every combination of its elements."""
    item = np.arange(items, dtype=np.int32)
    bucket = np.zeros(items, np.int64)
    for dim in dims:
        rows = dim.item.rows(item)
        bucket = np.repeat(bucket * dim.radix, rows.sizes) + rows.code
        item = np.repeat(item, rows.sizes)
    return item, bucket
