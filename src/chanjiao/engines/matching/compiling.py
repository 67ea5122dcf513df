"""From declared conditions and factors over columns to terms and tests."""

from collections.abc import Callable
from typing import Any

import numpy as np

from chanjiao.engines.matching.columns import (
    Floats,
    Sets,
    Table,
    as_masks,
    as_numbers,
    as_sets,
    shared,
    single,
)
from chanjiao.engines.matching.declaring import (
    AllOf,
    AnyOf,
    Appeal,
    AtLeast,
    Condition,
    Covers,
    Factor,
    Fit,
    Likeness,
    Merit,
    NoneOf,
    Rise,
    Scheme,
)
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.terms import (
    MICRO,
    RAW,
    AnyTest,
    BaseTerm,
    NeedTest,
    OverlapTerm,
    RankTest,
    SlopeTerm,
    TableTerm,
    Term,
    Test,
    Weighted,
    rounded,
)

UNKNOWN = -(2**31) + 2
EVEN = 31_622  # its square is as large as sums of products may become
EXACT = 2.0**24  # whole numbers up to here are exact in single precision


class Compiler:
    """Reads the columns of both sides once each and turns declarations into arrays."""

    def __init__(self, people: Table, positions: Table) -> None:
        self.people, self.positions = people, positions

    def sets(self, person: str, position: str) -> tuple[Sets, Sets]:
        return shared(self._sets(self.people, person), self._sets(self.positions, position))

    def _sets(self, table: Table, column: str) -> Sets:
        side = "人员" if table is self.people else "岗位"
        return as_sets(table.column(column, side), column)

    def numbers(self, person: str, position: str) -> tuple[Floats, Floats]:
        return (
            as_numbers(self.people.column(person, "人员"), person),
            as_numbers(self.positions.column(position, "岗位"), position),
        )

    def test(self, given: Condition) -> Test:
        if isinstance(given, AnyOf):
            person, position = self.sets(given.person, given.position)
            masks = [as_masks(s, empty_is_all=True) for s in (person, position)]
            return AnyTest(given.name, masks[0], masks[1], person, position)
        if isinstance(given, AllOf | NoneOf):
            bits = [
                as_masks(s, empty_is_all=False) for s in self.sets(given.person, given.position)
            ]
            allowed = bits[0] if isinstance(given, AllOf) else ~bits[0]
            return NeedTest(given.name, allowed, bits[1], query_needs=False)
        one, other = self.numbers(given.person, given.position)
        known = np.unique(np.concatenate((one, other)))  # ranks: exact for any number or date
        has, demand = (one, other) if isinstance(given, AtLeast) else (other, one)
        has_rank = np.where(np.isnan(has), UNKNOWN, np.searchsorted(known, has)).astype(np.int32)
        rank = np.where(np.isnan(demand), UNKNOWN, np.searchsorted(known, demand))
        demand_rank = rank.astype(np.int32)
        if isinstance(given, AtLeast):
            return RankTest(given.name, -has_rank, -demand_rank)
        return RankTest(given.name, demand_rank, has_rank)

    def term(self, given: Factor, scheme: Scheme) -> Term:
        u, v = (np.float32(w * MICRO) for w in scheme.weights(given.name))
        makers: dict[type, Callable[[Any, np.float32, np.float32], Term]] = {
            Fit: self._fit,
            Covers: self._covers,
            Likeness: self._likeness,
            Rise: self._rise,
            Merit: self._alone,
            Appeal: self._alone,
        }
        return makers[type(given)](given, u, v)

    def _fit(self, given: Fit, u: np.float32, v: np.float32) -> TableTerm:
        """Each side keeps its own list of codes: a crosswalk is no square."""
        person = self._sets(self.people, given.person)
        position = self._sets(self.positions, given.position)
        if given.same is not None:
            person, position = shared(person, position)
        rows = {name: n for n, name in enumerate(person.names)}
        columns = {name: n for n, name in enumerate(position.names)}
        values = np.full((len(rows) + 1, len(columns) + 1), given.otherwise)
        values[-1, :] = values[:, -1] = 0.0
        for name in rows.keys() & columns.keys() if given.same is not None else ():
            values[rows[name], columns[name]] = given.same
        for (one, other), value in given.table.items():
            if one in rows and other in columns:
                values[rows[one], columns[other]] = value
        _within_one(values, given.name)
        return TableTerm(
            given.name,
            single(person, given.person) % np.int32(len(rows) + 1),
            single(position, given.position) % np.int32(len(columns) + 1),
            rounded(values, u),
            rounded(values, v),
        )

    def _covers(self, given: Covers, u: np.float32, v: np.float32) -> OverlapTerm:
        person, position = self.sets(given.person, given.position)
        has = _whole(np.minimum(_weights(person), 1.0), person, 1000)
        wants = _whole(_shares(position, 1), position, MICRO)
        return OverlapTerm(given.name, has, wants, _raw(u), _raw(v))

    def _likeness(self, given: Likeness, u: np.float32, v: np.float32) -> OverlapTerm:
        person, position = self.sets(given.person, given.position)
        has = _whole(_shares(person, 2), person, EVEN)
        wants = _whole(_shares(position, 2), position, EVEN)
        full = np.float32(EVEN * EVEN)
        return OverlapTerm(given.name, has, wants, u / full, v / full)

    def _rise(self, given: Rise, u: np.float32, v: np.float32) -> SlopeTerm:
        if not 0 < given.span < float("inf"):
            raise fault(
                f"因素 {given.name} 的跨度 {given.span} 须大于 0。",
                f"Span {given.span} of {given.name} must be greater than 0.",
            )
        asked, offered = self.numbers(given.person, given.position)
        for column, values in ((given.person, asked), (given.position, offered)):
            if len(values) and np.nanmax(np.abs(values), initial=0) >= EXACT:
                raise fault(f"列 {column} 的数过大。", f"Numbers of {column} are too large.")
        known = ~np.isnan(asked) & (asked > 0 if given.relative else True)
        span = np.where(known, asked, 1.0) * given.span if given.relative else given.span
        scale = np.where(known, 1.0 / span, 0.0).astype(np.float32)
        return SlopeTerm(
            given.name,
            np.nan_to_num(asked).astype(np.float32),
            np.where(np.isnan(offered), -EXACT, offered).astype(np.float32),
            scale,
            None,
            u,
            v,
        )

    def _alone(self, given: Merit | Appeal, u: np.float32, v: np.float32) -> BaseTerm:
        is_person = isinstance(given, Merit)
        table, column = (
            (self.people, given.person)
            if isinstance(given, Merit)
            else (self.positions, given.position)
        )
        found = as_numbers(table.column(column, "人员" if is_person else "岗位"), column)
        values = np.nan_to_num(found)
        _within_one(values, given.name)
        return BaseTerm(given.name, is_person, rounded(values, u), rounded(values, v))


def _within_one(values: Floats, name: str) -> None:
    if values.size and not (values.min() >= 0 and values.max() <= 1):
        bad = values[(values < 0) | (values > 1) | np.isnan(values)].flat[0]
        raise fault(f"因素 {name} 的值 {bad} 须在 0–1。", f"{name}: value {bad} must be 0–1.")


def _weights(sets: Sets) -> Floats:
    return np.ones(len(sets.code)) if sets.weight is None else sets.weight


def _shares(sets: Sets, power: int) -> Floats:
    """Weights over their row's sum, or over its Euclidean length."""
    weights = _weights(sets)
    row = np.repeat(np.arange(len(sets)), sets.sizes)
    total = np.bincount(row, weights**power, minlength=len(sets)) ** (1 / power)
    shares: Floats = weights / np.where(total > 0, total, 1.0)[row]
    return shares


def _whole(weights: Floats, sets: Sets, unit: int) -> Weighted:
    """In whole units; where shares add up to 1 so do units, the heaviest taking the rest."""
    units = np.floor(weights * unit + 0.5).astype(np.int64)
    filled = np.flatnonzero(sets.sizes)
    if unit == MICRO and len(filled):
        place = sets.start[:-1][filled]
        sums, whole = np.add.reduceat(weights, place), np.add.reduceat(units, place)
        rest = np.where(np.abs(sums - 1) < 1e-9, unit - whole, 0)
        row = np.repeat(np.arange(len(sets)), sets.sizes)
        heaviest = np.lexsort((-weights, row))[place]  # a stable sort: ties go to the first code
        units[heaviest] += rest
    return Weighted(sets.start, sets.code, units.astype(np.int32), len(sets.names))


def _raw(weight: np.float32) -> np.float32:
    return np.float32(weight / np.float32(RAW))
