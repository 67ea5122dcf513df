"""A matching and what it adds up to."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.asking import LEAST, MOST
from chanjiao.engines.matching.columns import Floats, Ints
from chanjiao.engines.matching.markets import Scores, Source


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good a maximum-utility matching provably is.

    No matching of the whole market is worth more than ``dual``; ``gap`` is how far ``primal`` may
    be below that, as a share of ``primal``. ``truncated`` tells that lists were cut short.
    """

    primal: float
    dual: float
    truncated: bool = False

    @property
    def gap(self) -> float:
        if self.dual <= self.primal:
            return 0.0
        return (self.dual - self.primal) / self.primal if self.primal > 0 else float("inf")

    @property
    def is_optimal(self) -> bool:
        return self.dual <= self.primal and not self.truncated


@dataclass(frozen=True, slots=True)
class Matching:
    """Who goes where: for each person (in the order of ids) the row of a position, or -1.

    ``price`` holds what a seat of each position is worth in a maximum-utility matching, in units of
    utility; ``certificate`` proves the sum. ``truncated`` tells that not all of the market was
    looked at. ``largest`` tells, for a stable matching with ties, whether none is larger.
    """

    source: Source
    mode: str
    partner: Ints
    price: Floats | None = None
    certificate: Certificate | None = None
    truncated: bool = False
    largest: bool | None = None

    @property
    def placed(self) -> Ints:
        """Rows of the people who have a position."""
        return np.flatnonzero(self.partner >= 0).astype(np.int32)

    def scores(self) -> Scores:
        """Of the pairs, in the order of ``placed``."""
        people = self.placed
        return self.source.scores(people, self.partner[people])

    def pairs(self) -> list[tuple[Any, Any]]:
        """Ids of person and position, in the order of the people's ids."""
        people, positions = self.source.people, self.source.positions
        return [(people[p].item(), positions[self.partner[p]].item()) for p in self.placed]

    def totals(self) -> dict[str, float]:
        """How many are placed, and the sums of both sides' utilities and of what is maximised."""
        scores = self.scores()
        u, v, w = (int(a.sum(dtype=np.int64)) for a in (scores.u, scores.v, scores.w))
        unit, total = self.source.unit, self.source.total_unit
        return {"placed": len(self.placed), "u": u / unit, "v": v / unit, "w": w / total}

    def filled(self) -> Ints:
        """Seats taken at each position."""
        return filled(self.source, self.partner)


def filled(source: Source, partner: Ints) -> Ints:
    counts = np.bincount(partner[partner >= 0], minlength=len(source.positions))
    return counts.astype(np.int32)


def worst_held(source: Source, partner: Ints) -> tuple[Ints, Ints]:
    """What each position asks of a newcomer: the value of the worst it holds and that one's row.

    A position with a free seat takes anyone, one without seats nobody.
    """
    value = np.full(len(source.positions), LEAST, np.int32)
    below = np.full(len(source.positions), MOST, np.int32)
    people = np.flatnonzero(partner >= 0).astype(np.int32)
    place = partner[people]
    v = source.scores(people, place).v
    order = np.lexsort((people, -v.astype(np.int64), place))
    last = order[np.append(place[order][1:] != place[order][:-1], True)] if len(order) else order
    full = filled(source, partner)[place[last]] >= source.capacity[place[last]]
    value[place[last][full]] = v[last][full]
    below[place[last][full]] = people[last][full]
    value[source.capacity == 0], below[source.capacity == 0] = MOST, -1
    return value, below


def checked(source: Source, partner: npt.NDArray[Any]) -> Ints:
    """Rows of positions, one a person; raises ``ValueError`` for a wrong shape or row."""
    found = np.asarray(partner, np.int32)
    if found.shape != (len(source.people),):
        raise ValueError(f"partner has shape {found.shape} for {len(source.people)} people")
    if len(found) and not (found.min() >= -1 and found.max() < len(source.positions)):
        raise ValueError(f"partner names row {found.max()} of {len(source.positions)} positions")
    return found
