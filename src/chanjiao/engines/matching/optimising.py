"""The matching of greatest total utility, with the proof of how great it is."""

import numpy as np

from chanjiao.engines.matching.asking import Ask, Side
from chanjiao.engines.matching.assigning import assign, graph_of
from chanjiao.engines.matching.auctioning import auction, dual_bound, listed_bound
from chanjiao.engines.matching.columns import Floats, Ints, Longs
from chanjiao.engines.matching.edges import seats_of
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Certificate, Matching

EXACT_PAIRS = 1_000_000  # up to here the answer is exact where no gap is asked for
SMALL_PAIRS = 100_000  # and up to here whatever gap is
USUAL_GAP = 1e-3
TRIES = 5
STRIDE = 2  # steps are this much longer than what the gap promises: few people lose a whole one
SAMPLE = 256
DROP = 0.05  # of utility: how far earlier prices are lowered


def optimal(
    source: Source,
    *,
    gap: float | None = None,
    lists: int | None = None,
    prices: Floats | None = None,
) -> Matching:  # fmt: skip
    """The matching of greatest Σw under capacities, its prices, and a certificate.

    ``gap`` is how far the sum may be below the best possible, as a share of it; 0 asks for the
    exact optimum. Without it markets of up to 1,000,000 feasible pairs are solved exactly, larger
    ones to 0.001; up to 100,000 pairs the answer is exact in any case. ``lists`` cuts every
    person's list to that length (the certificate still speaks of the whole market and tells that
    lists were cut). ``prices`` of an earlier answer make a re-run quicker. Pairs of negative w are
    never made. Raises ``MarketFault`` for a gap out of range.
    """
    if gap is not None and not 0 <= gap < 1:
        raise fault(f"差距 {gap} 须在 0–1。", f"Gap {gap} must be at least 0 and below 1.")
    limit = EXACT_PAIRS if gap is None else SMALL_PAIRS
    if lists is not None or gap == 0 or not exceeds(source, limit):
        return exact(source, lists)
    gap = USUAL_GAP if gap is None else gap
    step = max(1, int(STRIDE * gap * _usual(source)))
    start = None if prices is None else _earlier(source, prices)
    for _try in range(TRIES):
        held = auction(source, step, start)
        found = _told(source, held.partner, held.price, listed_bound(held))
        if found.certificate is not None and found.certificate.gap > gap:
            found = proved(source, held.partner, held.price)  # closer, for one more look at all
        if found.certificate is not None and found.certificate.gap <= gap:
            break
        step = max(1, step // 3) if start is None else step
        start = None
    return found


def exceeds(source: Source, limit: int) -> bool:
    """Whether there are more feasible pairs; counted on a sample where that leaves no doubt."""
    people = len(source.people)
    if people * len(source.positions) <= limit:
        return False
    everyone = source.everyone(Side.PEOPLE)
    some = everyone[:: max(1, people // SAMPLE)].copy()
    share = float(source.ask(Ask(Side.PEOPLE, some, 0)).feasible.mean()) * people
    return share > 2 * limit or source.feasible() > limit


def exact(source: Source, lists: int | None = None) -> Matching:
    """By shortest augmenting paths over all feasible pairs, or over each person's best ones."""
    graph = graph_of(source, limit=lists)
    found = assign(graph, seats_of(source), source.machine.library)
    cut = lists is not None and len(graph.item) < source.feasible()
    return proved(source, found.partner, found.price, truncated=cut)


def proved(source: Source, partner: Ints, price: Longs, *, truncated: bool = False) -> Matching:
    """A matching with its certificate, worked out from the prices over all feasible pairs."""
    return _told(source, partner, price, dual_bound(source, price), truncated=truncated)


def _told(
    source: Source, partner: Ints, price: Longs, dual: int, *, truncated: bool = False
) -> Matching:  # fmt: skip
    placed = np.flatnonzero(partner >= 0).astype(np.int32)
    primal = int(source.scores(placed, partner[placed]).w.sum(dtype=np.int64))
    unit = source.total_unit
    certificate = Certificate(primal / unit, dual / unit, truncated)
    price = np.where(source.capacity > 0, price, 0)
    return Matching(source, "optimal", partner, price / unit, certificate, truncated)


def _usual(source: Source) -> float:
    """The mean of everyone's best sum, from a sample."""
    everyone = source.everyone(Side.PEOPLE)
    some = everyone[:: max(1, len(everyone) // SAMPLE)].copy()
    best = source.ask(Ask(Side.PEOPLE, some, 1), keep=("w",))
    has = best.found > 0
    return float(best.w[has, 0].mean()) if has.any() else 1.0


def _earlier(source: Source, prices: Floats) -> Longs:
    """Yesterday's prices less a little, so that seats that matter less today can be sold."""
    if prices.shape != (len(source.positions),):
        raise fault(
            f"价格 {len(prices)} 个，岗位 {len(source.positions)} 个。",
            f"{len(prices)} prices for {len(source.positions)} positions.",
        )
    lower = np.rint((prices - DROP) * source.total_unit)
    start: Longs = np.maximum(lower, 0).astype(np.int64)
    return start
