"""Factors and conditions as arrays of whole numbers that any backend adds up alike.

A term gives micro-points (millionths) to the person's side and the position's side. Each product is
one single-precision multiplication rounded to a whole number, so C and numpy agree to the last bit.
Every term has a *query* side and an *item* side and can be mirrored.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.matching.columns import Ints, Longs, Sets, Words

Singles = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]
Points = tuple[Ints, Ints]
MICRO = 1_000_000
RAW = 1_000_000_000  # of an overlap before its weight: persons in thousandths, positions in micro


def rounded(values: npt.NDArray[Any], weight: np.float32) -> Ints:
    """Values (0 or more) in single precision times a weight, rounded half up."""
    product: Ints = (values.astype(np.float32) * weight + np.float32(0.5)).astype(np.int32)
    return product


@dataclass(frozen=True, slots=True)
class BaseTerm:
    """Points of one side alone."""

    name: str
    of_query: bool
    u: Ints
    v: Ints

    def mirrored(self) -> "BaseTerm":
        return replace(self, of_query=not self.of_query)

    def points(self, query: Index, item: Index) -> Points:
        chosen = query if self.of_query else item
        return self.u[chosen], self.v[chosen]


@dataclass(frozen=True, slots=True)
class TableTerm:
    """Points of a pair of codes; the last row and column stand for "no code"."""

    name: str
    query: Ints
    item: Ints
    u: Ints
    v: Ints

    def mirrored(self) -> "TableTerm":
        u, v = (np.ascontiguousarray(t.T) for t in (self.u, self.v))
        return replace(self, query=self.item, item=self.query, u=u, v=v)

    def points(self, query: Index, item: Index) -> Points:
        row, column = self.query[query], self.item[item]
        return self.u[row, column], self.v[row, column]


@dataclass(frozen=True, slots=True)
class SlopeTerm:
    """clip((item − query) · scale, 0, 1), the scale being the person's."""

    name: str
    query: Singles
    item: Singles
    query_scale: Singles | None
    item_scale: Singles | None
    u: np.float32
    v: np.float32

    def mirrored(self) -> "SlopeTerm":
        return replace(
            self,
            query=-self.item,
            item=-self.query,
            query_scale=self.item_scale,
            item_scale=self.query_scale,
        )

    def points(self, query: Index, item: Index) -> Points:
        if self.query_scale is not None:
            scale = self.query_scale[query]
        else:
            assert self.item_scale is not None
            scale = self.item_scale[item]
        value = np.clip((self.item[item] - self.query[query]) * scale, np.float32(0), np.float32(1))
        return rounded(value, self.u), rounded(value, self.v)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Sets with whole-number weights."""

    start: Longs
    code: Ints
    weight: Ints
    names: int

    def matrix(self, rows: Index) -> sparse.csr_matrix:
        shape = (len(self.start) - 1, self.names)
        whole = sparse.csr_matrix((self.weight.astype(np.int64), self.code, self.start), shape)
        return whole[rows]


@dataclass(frozen=True, slots=True)
class OverlapTerm:
    """Σ query weight · item weight over common names, at most 10⁹, times the factor's weight."""

    name: str
    query: Weighted
    item: Weighted
    u: np.float32
    v: np.float32

    def mirrored(self) -> "OverlapTerm":
        return replace(self, query=self.item, item=self.query)

    def points(self, query: Index, item: Index) -> Points:
        if query.ndim == 2:  # a block: rows of queries by columns of items
            product = self.query.matrix(query[:, 0]) @ self.item.matrix(item[0]).T
            raw = product.toarray()
        else:
            product = self.query.matrix(query).multiply(self.item.matrix(item))
            raw = np.asarray(product.sum(axis=1)).ravel()
        return rounded(raw, self.u), rounded(raw, self.v)


Term = BaseTerm | TableTerm | SlopeTerm | OverlapTerm


@dataclass(frozen=True, slots=True)
class AnyTest:
    """Both sets meet; an empty one asks for nothing."""

    name: str
    query: Words
    item: Words
    query_sets: Sets
    item_sets: Sets

    def mirrored(self) -> "AnyTest":
        return replace(
            self,
            query=self.item,
            item=self.query,
            query_sets=self.item_sets,
            item_sets=self.query_sets,
        )

    def passes(self, query: Index, item: Index) -> npt.NDArray[np.bool_]:
        return _any_word(self.query, query, self.item, item)


@dataclass(frozen=True, slots=True)
class NeedTest:
    """Everything needed is there. Bits needed stand on the side that ``query_needs`` tells."""

    name: str
    query: Words
    item: Words
    query_needs: bool

    def mirrored(self) -> "NeedTest":
        return NeedTest(self.name, self.item, self.query, not self.query_needs)

    def passes(self, query: Index, item: Index) -> npt.NDArray[np.bool_]:
        if self.query_needs:
            return ~_any_word(self.query, query, ~self.item, item)
        return ~_any_word(~self.query, query, self.item, item)


@dataclass(frozen=True, slots=True)
class RankTest:
    """The item's rank is at least the query's."""

    name: str
    query: Ints
    item: Ints

    def mirrored(self) -> "RankTest":
        return RankTest(self.name, -self.item, -self.query)

    def passes(self, query: Index, item: Index) -> npt.NDArray[np.bool_]:
        passed: npt.NDArray[np.bool_] = self.item[item] >= self.query[query]
        return passed


Test = AnyTest | NeedTest | RankTest


def _any_word(one: Words, i: Index, other: Words, j: Index) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (one[i, 0] & other[j, 0]) != 0
    for word in range(1, one.shape[1]):
        found |= (one[i, word] & other[j, word]) != 0
    return found


@dataclass(frozen=True, slots=True)
class View:
    """A market as one side sees it: queries rank items. ``mirrored`` is the other side's view."""

    queries: int
    items: int
    terms: tuple[Term, ...]
    tests: tuple[Test, ...]

    def mirrored(self) -> "View":
        terms = tuple(term.mirrored() for term in self.terms)
        return View(self.items, self.queries, terms, tuple(t.mirrored() for t in self.tests))

    def points(self, query: Index, item: Index) -> Points:
        """Micro-points of both sides for pairs, or for a block when shapes are (q, 1), (1, i)."""
        shape = np.broadcast_shapes(query.shape, item.shape)
        u, v = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        for term in self.terms:
            more_u, more_v = term.points(query, item)
            u += more_u
            v += more_v
        return u, v

    def feasible(self, query: Index, item: Index) -> npt.NDArray[np.bool_]:
        found = np.ones(np.broadcast_shapes(query.shape, item.shape), np.bool_)
        for test in self.tests:
            found &= test.passes(query, item)
        return found
