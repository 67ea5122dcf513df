"""Why this pair, why not that one, and what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from chanjiao.engines.matching.asking import MOST, Ask, Key, Side
from chanjiao.engines.matching.columns import Ints, Sets, as_sets
from chanjiao.engines.matching.declaring import Condition, Covers, Factor, Likeness
from chanjiao.engines.matching.markets import Market, Source
from chanjiao.engines.matching.matchings import Matching, worst_held
from chanjiao.engines.matching.ranking import rows_of


@dataclass(frozen=True, slots=True)
class Share:
    """What one factor gives to each side's utility; ``of`` is the most it could give."""

    factor: str
    person: float
    person_of: float
    position: float
    position_of: float
    met: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A hard condition that the pair does not meet, and what stands on both sides."""

    condition: str
    person: Any
    position: Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """One pair: shares add up to the utilities exactly; ranks count from 1, ``None`` if infeasible.

    ``short_of`` tells what the person lacks in the position's eyes to be taken, given a matching.
    """

    person: Any
    position: Any
    u: float
    v: float
    w: float
    failed: tuple[Failed, ...]
    shares: tuple[Share, ...]
    person_rank: int | None
    position_rank: int | None
    are_matched: bool | None = None
    short_of: float | None = None

    @property
    def is_feasible(self) -> bool:
        return not self.failed


def explain(
    source: Source, person: Any, position: Any, matching: Matching | None = None
) -> Explanation:  # fmt: skip
    """The pair's utilities factor by factor, failed conditions, and its ranks on both lists.

    With a ``matching`` also whether they are matched and, where the position is full of others it
    values more, by how much it values them more. Raises ``MarketFault`` for unknown ids.
    """
    p = rows_of(source, Side.PEOPLE, [person])
    q = rows_of(source, Side.POSITIONS, [position])
    scores = source.scores(p, q)
    ok = bool(scores.ok[0])
    failed, shares = (
        (_failed(source, p, q), _shares(source, p, q))
        if isinstance(source, Market)
        else (() if ok else (Failed("listed", None, None),), ())
    )
    mine = _rank(source, Side.PEOPLE, p, int(scores.u[0]), int(q[0])) if ok else None
    theirs = _rank(source, Side.POSITIONS, q, int(scores.v[0]), int(p[0])) if ok else None
    matched, short = None, None
    if matching is not None:
        matched = bool(matching.partner[p[0]] == q[0])
        bar = int(worst_held(source, matching.partner)[0][q[0]])
        if ok and not matched and bar < MOST:
            short = max(0, bar - int(scores.v[0])) / source.unit
    return Explanation(
        person,
        position,
        int(scores.u[0]) / source.unit,
        int(scores.v[0]) / source.unit,
        int(scores.w[0]) / source.total_unit,
        failed,
        shares,
        mine,
        theirs,
        matched,
        short,
    )


def _rank(source: Source, side: Side, me: Ints, value: int, other: int) -> int:
    """How many are better, plus one; equal ones with a lower id are better."""
    bar = np.full(source.size(side), value - 1, np.int32)
    better = int(source.ask(Ask(side, me, 0, Key.own(side), bar=bar)).feasible[0])
    lists = source.ask(Ask(side, me, better, Key.own(side)))
    place = np.flatnonzero(lists.item[0] == other)
    return int(place[0]) + 1


def _failed(source: Market, p: Ints, q: Ints) -> tuple[Failed, ...]:
    found = []
    for condition, test in zip(source.conditions, source.view.tests, strict=True):
        if not test.passes(p.astype(np.intp), q.astype(np.intp))[0]:
            mine, theirs = _cells(source, condition, int(p[0]), int(q[0]))
            found.append(Failed(condition.name, mine, theirs))
    return tuple(found)


def _cells(source: Market, condition: Condition, p: int, q: int) -> tuple[Any, Any]:
    return (
        _cell(source.people_table.columns[condition.person], p),
        _cell(source.position_table.columns[condition.position], q),
    )


def _cell(column: Any, row: int) -> Any:
    if isinstance(column, Sets):
        return column.named(row)
    value = column[row]
    return value.item() if isinstance(value, np.generic) else value


def _shares(source: Market, p: Ints, q: Ints) -> tuple[Share, ...]:
    found = []
    for factor, term in zip(source.factors, source.view.terms, strict=True):
        u, v = term.points(p.astype(np.intp), q.astype(np.intp))
        of_person, of_position = source.scheme.weights(factor.name)
        met, missing = _names(source, factor, int(p[0]), int(q[0]))
        points = (int(u[0]) / source.unit, of_person, int(v[0]) / source.unit, of_position)
        found.append(Share(factor.name, *points, met, missing))
    return tuple(found)


def _names(
    source: Market, factor: Factor, p: int, q: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the position names and the person has, or lacks."""
    if not isinstance(factor, Covers | Likeness):
        return (), ()
    has = set(as_sets([_cell(source.people_table.columns[factor.person], p)], "").named(0))
    wants = as_sets([_cell(source.position_table.columns[factor.position], q)], "").named(0)
    return tuple(n for n in wants if n in has), tuple(n for n in wants if n not in has)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How many of the other side one condition rules out, and how many it alone does."""

    condition: str
    excluded: int
    alone: int


def exclusions(source: Market, side: Side, id_: Any) -> tuple[Exclusion, ...]:
    """Which condition excludes how many for one person or position.

    ``alone`` is what would become feasible if that one condition were given up.
    """
    view = source.view if side is Side.PEOPLE else source.view.mirrored()
    me = rows_of(source, side, [id_]).astype(np.intp)
    items = np.arange(view.items)
    fails = np.array([~test.passes(me, items) for test in view.tests]).reshape(-1, view.items)
    total = fails.sum(axis=0)
    return tuple(
        Exclusion(condition.name, int(row.sum()), int((row & (total == 1)).sum()))
        for condition, row in zip(source.conditions, fails, strict=True)
    )


def excluded(source: Market, sample: int = 1500) -> Mapping[str, float]:
    """For each condition the share of pairs it rules out, over an even sample of both sides."""
    people, positions = len(source.people), len(source.positions)
    p = np.unique(np.linspace(0, people - 1, min(people, sample)).astype(np.intp))
    q = np.unique(np.linspace(0, positions - 1, min(positions, sample)).astype(np.intp))
    if not len(p) * len(q):
        return {condition.name: 0.0 for condition in source.conditions}
    return {
        condition.name: 1 - float(test.passes(p[:, None], q[None, :]).mean())
        for condition, test in zip(source.conditions, source.view.tests, strict=True)
    }
