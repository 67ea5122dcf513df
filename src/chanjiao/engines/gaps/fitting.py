"""契合度: how many of a major's graduates go where people are wanted."""

from collections.abc import Mapping
from fractions import Fraction

from chanjiao.engines.gaps.figures import Figure, Key


def fit(
    major: str, by_major: Mapping[Key, Figure], by_occupation: Mapping[Key, Figure]
) -> tuple[int, int]:  # fmt: skip
    """(graduates linked to occupations with demand above supply, all linked graduates)."""
    wanted = linked = 0
    for (of_major, occupation), figure in by_major.items():
        if of_major != major or not figure.supply:
            continue
        whole = by_occupation[occupation,]
        linked += figure.supply
        wanted += figure.supply if whole.demand > (whole.supply or 0) else 0
    return wanted, linked


def percent(wanted: int, linked: int) -> Fraction | None:
    """As a number from 0 to 100; a major without linked graduates has none."""
    return Fraction(100 * wanted, linked) if linked else None
