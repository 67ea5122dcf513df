"""Balanced suggestions: no stand starves and nobody is sent where the crowd is.

Expected matches of a market with transferable utility (E. Choo and A. Siow, *Journal of Political
Economy* 114, 2006) under capacities, found by fitting both sides' sums in turn (iterative
proportional fitting) on each person's best positions. The temperature ``beta`` leads from the
greatest sum (small) to an even spread (large).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from chanjiao.engines.matching.assigning import Graph, graph_of
from chanjiao.engines.matching.columns import Floats, Ints
from chanjiao.engines.matching.deferring import CompiledProposals, Proposals
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Matching
from chanjiao.engines.matching.ranking import gini

LEAST_BETA = 0.002  # below, exp(w / 2β) leaves the range of doubles
FINE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Balance:
    """Expected matches on each person's best positions.

    ``expected`` stands beside the pairs of ``graph``; for each person it adds up to at most 1, for
    each position to at most its seats. ``residual`` is the largest error of such a sum that is left
    after ``rounds``. ``truncated`` tells that lists were cut.
    """

    source: Source
    graph: Graph
    expected: Floats
    rounds: int
    residual: float
    truncated: bool

    def exposure(self) -> Floats:
        """Expected people at each position."""
        return np.bincount(self.graph.item, self.expected, self.graph.positions)

    def exposure_gini(self) -> float:
        whole = np.rint(self.exposure() * 1000).astype(np.int32)
        return gini(whole, self.source.capacity)

    def matching(self) -> Matching:
        """One position a person, each pair as likely as the market allows, seats kept."""
        seats = np.ones(len(self.source.people), np.int32)
        positions, people = self._settled(seats, self.source.capacity)
        partner = np.full(len(seats), -1, np.int32)
        partner[people] = positions
        return Matching(self.source, "balanced", partner, truncated=self.truncated)

    def lists(
        self, k: int, most: int | Ints | None = None, least: int = 0
    ) -> list[tuple[Any, Any]]:
        """Up to ``k`` suggestions a person so that no position is shown too often or too rarely.

        ``most`` is how often a position may be shown: by default half as often again as its share
        of the seats. A position with seats that would be shown less than ``least`` times goes
        beyond ``k`` to those likeliest to fit. Pairs of ids, people in order, likeliest first.
        """
        capacity = self._shows(k) if most is None else np.broadcast_to(most, self.graph.positions)
        if k < 0 or (len(capacity) and capacity.min() < 0):
            raise fault(
                f"k={k}、most={most} 须不小于 0。", f"k={k}, most={most} must be 0 or more."
            )
        room = np.full(len(self.source.people), k, np.int32)
        positions, people = self._settled(room, capacity.astype(np.int32))
        people, positions = self._fed(people, positions, least)
        weight = self._matrix()[people, positions].A1 if len(people) else np.zeros(0)
        order = np.lexsort((positions, -weight, people))
        source = self.source
        return [
            (source.people[p].item(), source.positions[q].item())
            for p, q in zip(people[order], positions[order], strict=True)
        ]

    def _fed(self, people: Ints, positions: Ints, least: int) -> tuple[Ints, Ints]:
        """With the likeliest people added at positions that are shown too rarely."""
        shown = np.bincount(positions, minlength=self.graph.positions)
        starving = np.flatnonzero((shown < least) & (self.source.capacity > 0))
        columns = self._matrix().T.tocsr()
        more: list[tuple[int, int]] = []
        for q in starving:
            part = slice(columns.indptr[q], columns.indptr[q + 1])
            order = np.lexsort((columns.indices[part], -columns.data[part]))
            already = set(people[positions == q].tolist())
            fresh = [p for p in columns.indices[part][order].tolist() if p not in already]
            more += [(p, int(q)) for p in fresh[: least - shown[q]]]
        added = np.array(more, np.int32).reshape(-1, 2)
        return np.append(people, added[:, 0]), np.append(positions, added[:, 1])

    def _shows(self, k: int) -> Ints:
        seats = self.source.capacity.astype(np.float64)
        share = seats / max(1.0, float(seats.sum()))
        return np.ceil(1.5 * k * len(self.source.people) * share).astype(np.int32)

    def _settled(self, room: Ints, capacity: Ints) -> tuple[Ints, Ints]:
        """Everyone proposes by expectation and is kept by it: (positions, people)."""
        lists = _lists(self.graph, np.rint(self.expected * FINE).astype(np.int32))
        library = self.source.machine.library
        k = lists[0].shape[1]
        held = (
            Proposals(room, capacity, k)
            if library is None
            else CompiledProposals(library, room, capacity, k)
        )
        held.item, held.value, held.count = lists
        held.propose(np.flatnonzero(room > 0).astype(np.int32))
        return held.held()

    def _matrix(self) -> csr_matrix:
        shape = (len(self.source.people), self.graph.positions)
        return csr_matrix((self.expected, self.graph.item, self.graph.start), shape)


def _lists(graph: Graph, value: Ints) -> tuple[Ints, Ints, Ints]:
    """The graph as ranked lists, one place longer than the longest so that none seems cut."""
    people, count = len(graph.start) - 1, np.diff(graph.start).astype(np.int32)
    order = np.lexsort((graph.item, -value.astype(np.int64), graph.person))
    row = graph.person
    place = np.arange(len(row)) - graph.start[:-1][row]
    item, found = np.zeros((2, people, int(count.max(initial=0)) + 1), np.int32)
    item[row, place], found[row, place] = graph.item[order], value[order]
    return item, found, count


def balanced(
    source: Source, *, beta: float = 0.05, lists: int = 50, rounds: int = 2000, error: float = 1e-6
) -> Balance:  # fmt: skip
    """Expected matches by proportional fitting on everyone's best ``lists`` positions.

    ``beta`` is in units of utility, from 0.002. Raises ``MarketFault`` for values out of range.
    """
    if not LEAST_BETA <= beta < 1e6:
        raise fault(
            f"温度 beta={beta} 须不小于 {LEAST_BETA}。",
            f"beta={beta} must be {LEAST_BETA} or more.",
        )
    if lists < 1 or rounds < 1:
        raise fault(f"lists={lists}、rounds={rounds} 须至少为 1。", "lists and rounds start at 1.")
    graph = graph_of(source, limit=lists)
    shape = (len(source.people), graph.positions)
    worth = np.minimum(graph.weight / source.total_unit, 2.0)
    kernel = csr_matrix((np.exp(worth / (2 * beta)), graph.item, graph.start), shape)
    turned = kernel.T.tocsr()
    seats = source.capacity.astype(np.float64)
    one, other = np.ones(shape[0]), np.sqrt(seats)
    residual, done = 0.0, 0
    while done < rounds:
        done += 1
        one = _fitted(kernel @ other, np.ones(shape[0]))
        sums = turned @ one
        off = other * other + other * sums - seats
        other = _fitted(sums, seats)
        residual = float(np.abs(off).max(initial=0))
        if residual <= error:
            break
    expected = kernel.data * one[graph.person] * other[graph.item]
    cut = len(graph.item) < source.feasible()
    return Balance(source, graph, expected, done, residual, cut)


def _fitted(sums: Floats, total: Floats) -> Floats:
    """The x ≥ 0 with x² + x·sum = total, written so that large sums lose no digits."""
    below = sums + np.sqrt(sums * sums + 4 * total)
    found: Floats = np.divide(2 * total, below, out=np.zeros_like(below), where=below > 0)
    return found
