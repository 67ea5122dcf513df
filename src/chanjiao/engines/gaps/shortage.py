"""The shortage index and its bands.

Index = ½ · gap ÷ demand + ½ · gap ÷ P95, each part between 0 and 1. It joins how much of the
demand is unmet with how many people that is; the method follows the published ones of Chinese
cities, which combine ratio and difference of demand and supply and cut at 0.2 and 0.5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from chanjiao.engines.gaps.figures import Figure

PERCENTILE = Fraction(95, 100)


class Band(StrEnum):
    NONE = "none"
    SOME = "some"
    SHORT = "short"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands begin: above ``short`` it is short, above ``severe`` severely short."""

    short: Fraction = Fraction(2, 10)
    severe: Fraction = Fraction(5, 10)


def reference_gap(figures: Iterable[Figure], percentile: Fraction = PERCENTILE) -> int | None:
    """P95 of demand − supply over figures that know both, by nearest rank.

    >>> reference_gap([Figure(("a",), 9, 9, 2, 2), Figure(("b",), 4, 4, 6, 4)])
    7
    """
    found = sorted(f.matched - f.supply for f in figures if f.supply is not None and f.matched)
    return found[max(1, ceil(percentile * len(found))) - 1] if found else None


def index_of(figure: Figure, reference: int | None) -> Fraction | None:
    """Between 0 and 1; without demand or without a known supply there is no index.

    >>> float(index_of(Figure(("储能",), 690, 690, 120, 120), 370)) # doctest: +ELLIPSIS
    0.913...
    """
    gap = figure.gap
    if gap is None or not figure.matched:
        return None
    by_share = Fraction(gap, figure.matched)
    by_size = min(Fraction(1), Fraction(gap, reference)) if reference and reference > 0 else 0
    return (by_share + by_size) / 2


def band_of(index: Fraction | None, bands: Bands | None = None) -> Band | None:
    """No gap, no band of shortage; then up to 0.2, up to 0.5, and above.

    >>> [band_of(Fraction(n, 10)).value for n in (0, 2, 5, 6)]
    ['none', 'some', 'short', 'severe']
    """
    bands = bands or Bands()
    if index is None:
        return None
    if index == 0:
        return Band.NONE
    if index <= bands.short:
        return Band.SOME
    return Band.SHORT if index <= bands.severe else Band.SEVERE
