"""A small exact-minded linear programme: most of c·x with A x ≤ b, x ≥ 0 and b ≥ 0."""

import numpy as np

from chanjiao.engines.composite.table import Floats

# Pivots chosen by steepest price before Bland's rule takes over, which cannot go in circles.
PATIENCE = 60
NOISE = 1e-11


class Unbounded(ArithmeticError):
    """The objective has no largest value under these constraints."""


def maximise(c: Floats, a: Floats, b: Floats) -> Floats:
    """The best x, by the dense primal simplex on a condensed tableau.

    ``a`` is constraints × variables. The origin must be allowed (b ≥ 0), which the frontier
    problems of this engine always satisfy. Raises :class:`Unbounded`.

    >>> lines = np.array([[1.0, 0], [0, 2], [3, 2]])
    >>> maximise(np.array([3.0, 5.0]), lines, np.array([4.0, 12, 18]))
    array([2., 6.])
    """
    rows, size = a.shape
    table = np.empty((rows + 1, size + 1))
    table[:rows, :size], table[:rows, size] = a, b
    table[rows, :size], table[rows, size] = -c, 0.0
    outside = list(range(size))  # variables at 0: columns
    inside = list(range(size, size + rows))  # variables in the basis: rows
    count = 0
    while True:
        column = _entering(table[rows, :size], outside, count >= PATIENCE)
        if column is None:
            break
        row = _leaving(table, column, inside)
        _pivot(table, row, column)
        inside[row], outside[column] = outside[column], inside[row]
        count += 1
    x = np.zeros(size)
    for row, variable in enumerate(inside):
        if variable < size:
            x[variable] = table[row, size]
    return x


def _entering(prices: Floats, outside: list[int], careful: bool) -> int | None:
    wanted = np.flatnonzero(prices < -NOISE)
    if not len(wanted):
        return None
    if careful:
        return int(min(wanted, key=lambda n: outside[n]))
    return int(np.argmin(prices))


def _leaving(table: Floats, column: int, inside: list[int]) -> int:
    """The row that hits its limit first; among equals the variable of the lowest number."""
    steps = table[:-1, column]
    able = np.flatnonzero(steps > NOISE)
    if not len(able):
        raise Unbounded
    ratios = table[able, -1] / steps[able]
    least = ratios.min()
    tied = able[ratios <= least + NOISE * max(1.0, abs(least))]
    return int(min(tied, key=lambda n: inside[n]))


def _pivot(table: Floats, row: int, column: int) -> None:
    """Exchange a basic with a non-basic variable in the condensed tableau."""
    pivot = table[row, column]
    line = table[row] / pivot
    line[column] = 1 / pivot
    factors = table[:, column].copy()
    table[:, column] = 0.0
    factors[row] = 0.0
    table -= np.outer(factors, line)
    table[row] = line
    np.maximum(table[:-1, -1], 0.0, out=table[:-1, -1])
