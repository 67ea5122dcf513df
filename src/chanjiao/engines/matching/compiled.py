"""Ranked lists by the compiled kernels, over the index."""

import ctypes
from collections.abc import Callable, Sequence
from ctypes import POINTER, Structure, byref, c_float, c_int32, c_int64, c_void_p
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from chanjiao.engines.matching.asking import Ask, Lists
from chanjiao.engines.matching.columns import Ints, Longs
from chanjiao.engines.matching.kernels import answering, asked, at, checked
from chanjiao.engines.matching.postings import Dim, posted
from chanjiao.engines.matching.scanning import Rows
from chanjiao.engines.matching.terms import (
    AnyTest,
    BaseTerm,
    NeedTest,
    OverlapTerm,
    RankTest,
    SlopeTerm,
    TableTerm,
    View,
    Weighted,
)

MOST_LISTS = 1 << 23  # places of the inverted lists; beyond, names are looked up posting by posting
MOST_OVERLAPS = 8


class DimStruct(Structure):
    _fields_ = [
        ("start", c_void_p), ("element", c_void_p), ("radix", c_int64), ("words", c_int64),
        ("query_mask", c_void_p), ("mask", c_void_p),
    ]  # fmt: skip


class TableStruct(Structure):
    _fields_ = [
        ("query", c_void_p), ("code", c_void_p), ("u", c_void_p), ("v", c_void_p),
        ("width", c_int64), ("uniform", c_int32),
    ]  # fmt: skip


class SlopeStruct(Structure):
    _fields_ = [
        ("query", c_void_p), ("value", c_void_p), ("query_scale", c_void_p),
        ("scale", c_void_p), ("u", c_float), ("v", c_float),
    ]  # fmt: skip


class OverlapStruct(Structure):
    _fields_ = [
        ("query_start", c_void_p), ("query_code", c_void_p), ("query_weight", c_void_p),
        ("start", c_void_p), ("code", c_void_p), ("weight", c_void_p), ("list", c_void_p),
        ("list_entry", c_void_p), ("names", c_int64),
        ("u", c_float), ("v", c_float),
    ]  # fmt: skip


class MaskStruct(Structure):
    _fields_ = [("query", c_void_p), ("mask", c_void_p), ("words", c_int64), ("kind", c_int32)]


class RankStruct(Structure):
    _fields_ = [("query", c_void_p), ("rank", c_void_p)]


class IndexStruct(Structure):
    _fields_ = [
        *((name, c_int64) for name in ("dims", "tables", "slopes", "overlaps", "masks", "ranks")),
        ("dim", POINTER(DimStruct)), ("table", POINTER(TableStruct)),
        ("slope", POINTER(SlopeStruct)), ("overlap", POINTER(OverlapStruct)),
        ("mask", POINTER(MaskStruct)), ("rank", POINTER(RankStruct)),
        ("bucket", c_void_p), ("largest", c_int64),
        *((name, c_void_p) for name in ("item", "range", "query_range")),
        *((name, c_void_p) for name in ("base_u", "base_v", "query_u", "query_v")),
    ]  # fmt: skip


class IndexedScan:
    """One side's view of a market, answered by the compiled kernel; arrays are held while it is."""

    def __init__(self, library: ctypes.CDLL, view: View, shares: tuple[int, int]) -> None:
        self.library, self.view, self.shares = library, view, shares
        self.held: list[npt.NDArray[Any]] = []
        self.postings = posted(view)
        self.visiting = self.postings.visiting()
        self.index = self._index()

    def answer(self, ask: Ask) -> Lists:
        lists = Lists.empty(len(ask.ids), ask.k)
        given = asked(ask, self.view.queries, self.view.items, self.shares)
        answer = answering(lists)
        checked(self.library.chanjiao_scan(byref(self.index), byref(given), byref(answer)))
        return lists

    def _keep(self, array: npt.NDArray[Any], kind: type[np.generic] = np.int32) -> int | None:
        kept = np.ascontiguousarray(array, kind)
        self.held.append(kept)
        return at(kept, kind)

    def _index(self) -> IndexStruct:
        posted_ = self.postings
        item, ranged = posted_.item, posted_.ranged
        base = self._bases()
        size = np.diff(posted_.bucket)
        index = IndexStruct(
            bucket=self._keep(posted_.bucket, np.int64),
            largest=int(size.max(initial=0)),
            item=self._keep(item),
            range=self._keep(ranged.item[item]) if ranged else None,
            query_range=self._keep(ranged.query) if ranged else None,
            query_u=self._keep(base[True][0]),
            query_v=self._keep(base[True][1]),
            base_u=self._keep(base[False][0][item]),
            base_v=self._keep(base[False][1][item]),
        )
        self._fill(index, "dim", DimStruct, posted_.dims, self._dim)
        self._fill(index, "table", TableStruct, self._of(TableTerm), self._table)
        self._fill(index, "slope", SlopeStruct, self._of(SlopeTerm), self._slope)
        self._fill(index, "overlap", OverlapStruct, self._of(OverlapTerm), self._overlap)
        masks = [t for t in posted_.tests if not isinstance(t, RankTest)]
        self._fill(index, "mask", MaskStruct, masks, self._mask)
        ranks = [t for t in posted_.tests if isinstance(t, RankTest)]
        self._fill(index, "rank", RankStruct, ranks, self._rank)
        return index

    def _of(self, kind: type[Any]) -> list[Any]:
        return [term for term in self.view.terms if isinstance(term, kind)]

    def _fill(
        self,
        index: IndexStruct,
        name: str,
        kind: type[Structure],
        given: Sequence[Any],
        make: Callable[[Any], Structure],
    ) -> None:
        array = (kind * max(1, len(given)))(*map(make, given))
        setattr(index, name, array)
        setattr(index, name + "s", len(given))

    def _bases(self) -> dict[bool, tuple[Ints, Ints]]:
        found = {}
        for of_query, size in ((True, self.view.queries), (False, self.view.items)):
            u, v = np.zeros(size, np.int32), np.zeros(size, np.int32)
            for term in self._of(BaseTerm):
                if term.of_query == of_query:
                    u += term.u
                    v += term.v
            found[of_query] = (u, v)
        return found

    def _dim(self, dim: Dim) -> DimStruct:
        words, query_mask, mask = 0, None, None
        if dim.item_mask is not None and dim.query_mask is not None:
            words = dim.item_mask.shape[1]
            query_mask = self._keep(dim.query_mask, np.uint32)
            mask = self._keep(dim.item_mask[self.postings.item], np.uint32)
        return DimStruct(
            self._keep(dim.query.start, np.int64),
            self._keep(dim.query.code),
            dim.radix,
            words,
            query_mask,
            mask,
        )

    def _table(self, term: TableTerm) -> TableStruct:
        code = term.item[self.postings.item]
        place = self.postings.place
        uniform = not np.any((np.diff(code) != 0) & (np.diff(place) == 0))
        return TableStruct(
            self._keep(term.query),
            self._keep(code),
            self._keep(term.u),
            self._keep(term.v),
            term.u.shape[1],
            int(uniform),
        )

    def _slope(self, term: SlopeTerm) -> SlopeStruct:
        item, single = self.postings.item, np.float32
        return SlopeStruct(
            self._keep(term.query, single),
            self._keep(term.item[item], single),
            None if term.query_scale is None else self._keep(term.query_scale, single),
            None if term.item_scale is None else self._keep(term.item_scale[item], single),
            float(term.u),
            float(term.v),
        )

    def _overlap(self, term: OverlapTerm) -> OverlapStruct:
        query, names = term.query, term.item.names
        found = OverlapStruct(
            query_start=self._keep(query.start, np.int64),
            query_code=self._keep(query.code),
            query_weight=self._keep(query.weight),
            names=names,
            u=float(term.u),
            v=float(term.v),
        )
        start, place, code, weight = _spread(term.item, self.postings.item)
        bucket = self.postings.place[place] if len(place) else place
        buckets = len(self.postings.bucket) - 1
        if buckets * names <= MOST_LISTS:
            lists, order = counted(bucket * names + code, buckets * names)
            local = place - self.postings.bucket[bucket] if len(place) else place
            found.list = self._keep(lists)
            found.list_entry = self._keep(np.stack((local[order], weight[order]), axis=1))
        else:
            found.start = self._keep(start, np.int64)
            found.code = self._keep(code)
            found.weight = self._keep(weight)
        return found

    def _mask(self, test: AnyTest | NeedTest) -> MaskStruct:
        kind = 0 if isinstance(test, AnyTest) else 2 if test.query_needs else 1
        mask = self._keep(test.item[self.postings.item], np.uint32)
        return MaskStruct(self._keep(test.query, np.uint32), mask, test.item.shape[1], kind)

    def _rank(self, test: RankTest) -> RankStruct:
        return RankStruct(self._keep(test.query), self._keep(test.item[self.postings.item]))


def counted(key: Longs, keys: int) -> tuple[Ints, Ints]:
    """Where each key begins in the order by key, and that order; ties stay as they were."""
    count = np.arange(len(key), dtype=np.int32)
    matrix = csr_matrix((count, (key, count)), (max(1, keys), max(1, len(key))))
    return matrix.indptr, matrix.indices


def _spread(sets: Weighted, item: Ints) -> tuple[Longs, Longs, Ints, Ints]:
    """The names of each posting: where they start, whose they are, code and weight."""
    size = np.diff(sets.start)[item]
    start = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    place = np.repeat(np.arange(len(item)), size)
    source = np.arange(start[-1]) - start[:-1][place] + sets.start[:-1][item][place]
    return start, place, sets.code[source], sets.weight[source]


class IndexedRows:
    """Pairs given one by one, ranked by the compiled kernel."""

    def __init__(self, library: ctypes.CDLL, rows: Rows, shares: tuple[int, int]) -> None:
        self.library, self.rows, self.shares = library, rows, shares

    def answer(self, ask: Ask) -> Lists:
        rows = self.rows
        lists = Lists.empty(len(ask.ids), ask.k)
        given = asked(ask, len(rows.start) - 1, rows.items, self.shares)
        answer = answering(lists)
        code = self.library.chanjiao_scan_pairs(
            c_void_p(at(rows.start, np.int64)),
            *(c_void_p(at(a, np.int32)) for a in (rows.item, rows.u, rows.v, rows.w)),
            byref(given),
            byref(answer),
        )
        checked(code)
        return lists
