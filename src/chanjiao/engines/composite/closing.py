"""Parts that add up to their whole to the last bit, rounding and all."""

from collections.abc import Sequence
from fractions import Fraction
from math import fsum, isfinite


def closed(parts: Sequence[float], whole: float) -> list[float]:
    """The parts with the rounding of their sum put into one of them, so that fsum gives whole.

    The correction is a few units in the last place of the whole and goes to the smallest part
    that is not 0 (the finest grid), or to the first of all zeros.

    >>> sum(closed([0.1, 0.2, 0.3], 0.6)) == 0.6, fsum(closed([0.1, 0.2, 0.3], 0.6)) == 0.6
    (True, True)
    """
    found = list(parts)
    if not found or not isfinite(whole) or not all(isfinite(one) for one in found):
        return found
    nonzero = [n for n, one in enumerate(found) if one != 0.0]
    place = min(nonzero, key=lambda n: abs(found[n])) if nonzero else 0
    for _ in range(4):
        if fsum(found) == whole:
            break
        # The rest without any rounding: a rounded one could swing to and fro about a tie.
        found[place] += float(Fraction(whole) - sum(map(Fraction, found)))
    return found
