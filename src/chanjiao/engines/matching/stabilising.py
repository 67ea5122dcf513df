"""Stable matchings: nobody and no position would rather have each other."""

from chanjiao.engines.matching.asking import Side
from chanjiao.engines.matching.deferring import LENGTH, deferred
from chanjiao.engines.matching.faults import fault
from chanjiao.engines.matching.markets import Source
from chanjiao.engines.matching.matchings import Matching
from chanjiao.engines.matching.ties import largest_stable


def stable(
    source: Source, proposer: Side = Side.PEOPLE, *, ties: str = "id", length: int = LENGTH
) -> Matching:  # fmt: skip
    """A stable matching under capacities, of the full market.

    With ``ties="id"`` equal utilities go to the lower id and the answer is the one that is best for
    every member of the proposing side. ``ties="most"`` takes equal utilities as ties and places as
    many people as it can; ``largest`` then tells whether that is proved. ``length`` is how much of
    a list is held at a time and changes nothing but time and memory. Raises ``MarketFault`` for an
    unknown rule, or where ties are asked for in a market of more than 5,000,000 feasible pairs.
    """
    if ties not in ("id", "most"):
        raise fault(f"ties={ties!r} 须为 id 或 most。", f"No rule ties={ties!r}: id or most.")
    if length < 1:
        raise fault(f"length={length} 须至少为 1。", f"length={length} must be at least 1.")
    return deferred(source, proposer, length) if ties == "id" else largest_stable(source)
