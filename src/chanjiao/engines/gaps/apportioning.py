"""Whole people: parts that add up to their total, chosen the same way every time."""

from collections.abc import Mapping
from fractions import Fraction


def rounded(value: Fraction) -> int:
    """To the nearest whole number, halves up.

    >>> rounded(Fraction(5, 2)), rounded(Fraction(7, 3))
    (3, 2)
    """
    return int((value * 2 + 1) // 2)


def largest_remainder[K: (str, tuple[str, ...])](
    weights: Mapping[K, Fraction], total: int
) -> dict[K, int]:
    """``total`` people by weight: everybody's whole part, what is left to the largest remainders.

    Ties go to the smaller key, so neither order nor machine matters. Without any weight nobody
    can be placed and every part is 0. (Hamilton's method.)

    >>> largest_remainder({"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}, 5)
    {'a': 2, 'b': 2, 'c': 1}
    """
    whole = sum(weights.values(), Fraction())
    if not whole:
        return dict.fromkeys(sorted(weights), 0)
    quota = {key: weights[key] * total / whole for key in sorted(weights)}
    parts = {key: int(share) for key, share in quota.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(quota, key=lambda key: (-(quota[key] - parts[key]), key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
