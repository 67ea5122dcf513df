"""Parts that add up to their whole to the last bit, rounding and all."""

from collections.abc import Sequence
from math import copysign, fsum, inf, isfinite, nextafter


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
    for _ in range(64):
        off = whole - fsum(found)
        if off == 0.0:
            break
        moved = found[place] + off
        if moved == found[place]:
            moved = nextafter(moved, copysign(inf, off))
        found[place] = moved
    return found
