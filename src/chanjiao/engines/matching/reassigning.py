"""A matching anew when somebody drops out, moving as few promised pairs as possible."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from chanjiao.engines.matching.asking import Side
from chanjiao.engines.matching.assigning import Graph, assign, graph_of
from chanjiao.engines.matching.columns import Ints
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Matching, filled

Promise = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Reassignment:
    """The new matching, promises that it keeps, and those it breaks with the reason.

    Reasons: ``gone`` (person or position is no longer there), ``infeasible`` (a condition fails
    now), ``full`` (the position has fewer seats than promises), ``moved`` (to place more people).
    """

    matching: Matching
    kept: tuple[Promise, ...]
    broken: tuple[tuple[Promise, str], ...]


def reassign(
    source: Source, promised: Iterable[Promise], *, place_first: bool = False
) -> Reassignment:  # fmt: skip
    """Match the market as it is now, keeping promised pairs (person id, position id).

    As many promises are kept as possible; among those answers the one of greatest Σw is taken,
    which places the others in what is left. With ``place_first`` as many people as possible are
    placed before that, even where it takes moving a promised one. A person promised twice keeps
    the first. Raises ``MarketFault`` where a market is too large for ``place_first``.
    """
    promises = list(promised)
    rows, reasons = _living(source, promises)
    everyone = source.everyone(Side.PEOPLE)
    if place_first:
        partner = _placed(source, rows, everyone, source.capacity, bonus=True)
    else:
        partner = _kept(source, rows)
    kept, broken = [], []
    people = {person: n for n, person in enumerate(source.people.tolist())}
    positions = {position: n for n, position in enumerate(source.positions.tolist())}
    for promise, reason in zip(promises, reasons, strict=True):
        if reason is None and partner[people[promise[0]]] == positions[promise[1]]:
            kept.append(promise)
        else:
            broken.append((promise, reason or ("moved" if place_first else "full")))
    return Reassignment(Matching(source, "reassigned", partner), tuple(kept), tuple(broken))


def _living(source: Source, promises: list[Promise]) -> tuple[Ints, list[str | None]]:
    """Each person's promised position that can still be kept, and why the others can't."""
    promised = np.full(len(source.people), -1, np.int32)
    people = {person: n for n, person in enumerate(source.people.tolist())}
    positions = {position: n for n, position in enumerate(source.positions.tolist())}
    reasons: list[str | None] = []
    for person, position in promises:
        p, q = people.get(person, -1), positions.get(position, -1)
        if p < 0 or q < 0:
            reasons.append("gone")
            continue
        one = np.array([p], np.int32)
        ok = source.scores(one, np.array([q], np.int32)).ok[0] and source.capacity[q] > 0
        if not ok or promised[p] >= 0:
            reasons.append("infeasible" if not ok else "moved")
            continue
        promised[p] = q
        reasons.append(None)
    return promised, reasons


def _kept(source: Source, promised: Ints) -> Ints:
    """Promises where there is room for all of them stand; the rest is matched in what is left."""
    held = filled(source, promised)
    crowded = (held > source.capacity)[promised] & (promised >= 0)
    stands = (promised >= 0) & ~crowded
    partner = np.where(stands, promised, -1).astype(np.int32)
    left = source.capacity - filled(source, partner)
    free = np.flatnonzero(~stands).astype(np.int32)
    return np.where(stands, partner, _placed(source, promised, free, left, bonus=False))


def _placed(source: Source, promised: Ints, people: Ints, seats: Ints, *, bonus: bool) -> Ints:
    """The best assignment of some people to some seats, promises (and places) counting first."""
    graph = graph_of(source, people)
    has = seats[graph.item] > 0
    start = np.concatenate(([0], np.cumsum(has)))[graph.start]
    item, weight = graph.item[has], graph.weight[has]
    row = np.repeat(np.arange(len(people)), np.diff(start))
    most = 1 + int(np.abs(weight).max(initial=0)) * max(1, len(people))
    if most * (len(people) + 2) >= 2**61:
        raise fault("市场过大，请用 place_first=False。", "Too large a market for place_first.")
    weight = weight + most * (item == promised[people[row]])
    if bonus:
        weight = weight + most * (len(people) + 1)
    found = assign(
        Graph(start.astype(np.int64), item, weight, graph.positions),
        np.maximum(seats, 0).astype(np.int32),
        source.machine.library,
    )
    partner = np.full(len(source.people), -1, np.int32)
    partner[people] = found.partner
    return partner
