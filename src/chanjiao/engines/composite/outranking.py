"""Copeland: who beats whom on more weight, compared only where both are known."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from chanjiao.engines.composite.table import Floats

# A margin below this share of the weight is the rounding of a tie.
ROUNDING = 1e-12
CELLS_AT_ONCE = 2_000_000


def copeland(xs: Sequence[Floats], weights: Floats) -> Floats:
    """Units beaten minus units lost to, by weighted majority of children known for both.

    Equal to COINr's where nothing is missing; with gaps, COINr's depends on the order of rows.
    A unit without a known child is a gap. Shapes as in :mod:`means`. Source: Copeland 1951;
    OECD handbook 2008, 6.3 (non-compensatory multi-criteria approach).

    >>> copeland([np.array([1.0, 2, 3]), np.array([3.0, np.nan, 1]), np.ones(3)], np.ones(3))
    array([-1.,  0.,  1.])
    """
    runs = max([x.shape[0] for x in xs if x.ndim > 1] + [len(weights) if weights.ndim > 1 else 0])
    if not runs:
        return np.asarray(_some([x[None] for x in xs], np.atleast_2d(weights))[0])
    units = xs[0].shape[-1]
    step = max(1, CELLS_AT_ONCE // max(1, units * units))
    found = np.empty((runs, units))
    for start in range(0, runs, step):
        chunk = slice(start, start + step)
        some = [x[chunk] if x.ndim > 1 else x[None] for x in xs]
        found[chunk] = _some(some, weights[chunk] if weights.ndim > 1 else weights[None])
    return found


def _some(xs: Sequence[Floats], weights: Floats) -> Floats:
    units = xs[0].shape[-1]
    rows = max(1, CELLS_AT_ONCE // max(1, units * max(x.shape[0] for x in xs)))
    scores = []
    for start in range(0, units, rows):
        margin: Floats | float = 0.0
        whole: Floats | float = 0.0
        for n, x in enumerate(xs):
            weight = weights[:, n, None, None]
            off = x[:, start : start + rows, None] - x[:, None, :]
            known = ~np.isnan(off)
            margin = margin + weight * np.where(known, np.sign(off), 0.0)
            whole = whole + weight * known
        won = np.where(np.abs(margin) <= ROUNDING * np.asarray(whole), 0.0, np.sign(margin))
        scores.append(won.sum(axis=-1))
    found = np.concatenate(scores, axis=-1)
    nobody = reduce(np.logical_and, (np.isnan(x) for x in xs))
    return np.asarray(np.where(nobody, np.nan, found))
