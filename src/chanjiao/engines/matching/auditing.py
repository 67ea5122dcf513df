"""A second opinion on a matching, worked out from the market and nothing else.

It goes through all pairs by numpy (not by the index or the kernels that made the answer) unless the
market is too large for it; ``by`` tells which it was.
"""

import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from chanjiao.engines.matching.asking import LEAST, Ask, Key, Side
from chanjiao.engines.matching.auctioning import dual_bound
from chanjiao.engines.matching.columns import Ints
from chanjiao.engines.matching.markets import Machine, Market, Source
from chanjiao.engines.matching.matchings import Certificate, Matching, checked, filled, worst_held
from chanjiao.engines.matching.ranking import gini

DENSE_PAIRS = 300_000_000
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Blocking:
    """A person and a position that would rather have each other than what they have."""

    person: Any
    position: Any
    person_gain: float  # against the present position, or against none
    position_gain: float  # against the last one held, or against a free seat


@dataclass(frozen=True, slots=True)
class Audit:
    """What a matching is, whoever made it."""

    hard_ok: bool  # every pair meets all conditions
    capacity_ok: bool
    placed: int
    people: int
    seats: int
    totals: dict[str, float]
    blocking_pairs: int
    examples: tuple[Blocking, ...]
    certificate: Certificate | None  # where there are prices to prove it by
    exposure_gini: float  # of people over seats
    empty_positions: int  # with seats and nobody
    truncated: bool
    by: str

    @property
    def is_stable(self) -> bool:
        return self.hard_ok and self.capacity_ok and self.blocking_pairs == 0

    @property
    def is_optimal(self) -> bool:
        proved = self.certificate is not None and self.certificate.is_optimal
        return self.hard_ok and self.capacity_ok and proved


def audit(matching: Matching) -> Audit:
    """Conditions, seats, blocking pairs of the full market, primal, dual, gap and exposure."""
    source = auditor(matching.source)
    partner = checked(source, matching.partner)
    placed = np.flatnonzero(partner >= 0).astype(np.int32)
    scores = source.scores(placed, partner[placed])
    taken = filled(source, partner)
    counts = blocking_counts(source, partner)
    return Audit(
        hard_ok=bool(scores.ok.all()),
        capacity_ok=bool((taken <= source.capacity).all()),
        placed=len(placed),
        people=len(partner),
        seats=int(source.capacity.sum()),
        totals=Matching(source, matching.mode, partner).totals(),
        blocking_pairs=int(counts.sum()),
        examples=_examples(source, partner, np.flatnonzero(counts)[:EXAMPLES].astype(np.int32)),
        certificate=_certificate(source, matching, int(scores.w.sum(dtype=np.int64))),
        exposure_gini=gini(taken, source.capacity),
        empty_positions=int(((taken == 0) & (source.capacity > 0)).sum()),
        truncated=matching.truncated,
        by="numpy" if source.machine.library is None else "c",
    )


def auditor(source: Source) -> Source:
    """The same market, asked by numpy where that can be waited for."""
    if source.size(Side.PEOPLE) * source.size(Side.POSITIONS) > DENSE_PAIRS:
        return source
    other = copy.copy(source)
    other.machine = Machine("numpy")
    if isinstance(other, Market):
        other.forget()
    return other


def blocking_counts(source: Source, partner: Ints) -> Ints:
    """For each person the positions that he and they would rather have; ties are no preference."""
    value, _row = worst_held(source, partner)
    bar = _now(source, partner)
    strictly = np.full(len(value), -1, np.int32)
    everyone = source.everyone(Side.PEOPLE)
    ask = Ask(Side.PEOPLE, everyone, 0, Key.PERSON, floor=(value, strictly), bar=bar)
    return source.ask(ask).feasible.astype(np.int32)


def _now(source: Source, partner: Ints) -> Ints:
    """What everyone's present position is worth to him."""
    bar = np.full(len(partner), LEAST, np.int32)
    placed = np.flatnonzero(partner >= 0).astype(np.int32)
    bar[placed] = source.scores(placed, partner[placed]).u
    return bar


def _examples(source: Source, partner: Ints, people: Ints) -> tuple[Blocking, ...]:
    value, _row = worst_held(source, partner)
    strictly, bar = np.full(len(value), -1, np.int32), _now(source, partner)
    ask = Ask(Side.PEOPLE, people, 1, Key.PERSON, floor=(value, strictly), bar=bar)
    lists = source.ask(ask)
    found = []
    for row, person in enumerate(people):
        position = lists.item[row, 0]
        now, held = max(int(bar[person]), 0), max(int(value[position]), 0)
        gains = (int(lists.u[row, 0]) - now, int(lists.v[row, 0]) - held)
        ids = (source.people[person].item(), source.positions[position].item())
        found.append(Blocking(*ids, gains[0] / source.unit, gains[1] / source.unit))
    return tuple(found)


def _certificate(source: Source, matching: Matching, primal: int) -> Certificate | None:
    if matching.price is None:
        return None
    unit = source.total_unit
    price = np.maximum(np.rint(matching.price * unit), 0).astype(np.int64)
    return Certificate(primal / unit, dual_bound(source, price) / unit, matching.truncated)


def compare(stable: Matching, optimal: Matching) -> dict[str, float]:
    """What stability costs: utility and places that the stable matching leaves, as shares."""
    one, other = stable.totals(), optimal.totals()
    return {
        "utility_given_up": 1 - one["w"] / other["w"] if other["w"] > 0 else 0.0,
        "places_given_up": 1 - one["placed"] / other["placed"] if other["placed"] else 0.0,
        "blocking_pairs_of_optimal": float(blocking_counts(optimal.source, optimal.partner).sum()),
    }
