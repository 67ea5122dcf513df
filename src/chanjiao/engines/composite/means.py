"""Children of a node drawn together, row by row, under one rule for gaps.

Every function takes the children's scores, each of shape (units) or (runs, units), and their
weights, (children) or (runs, children), which need not add up to 1. A gap and its weight are
left out and the rest shares the whole; a row without a known child is a gap. Sums run over
children in order, so equal rows give equal bits wherever they stand and however many runs
are reckoned at once.
"""

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from chanjiao.engines.composite.table import Floats

Scores = Sequence[Floats]


def weighed(xs: Scores, weights: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Each child with its weight, 0 where the child is a gap."""
    for n, x in enumerate(xs):
        weight = weights[..., n, None] if weights.ndim > 1 else weights[n]
        yield x, np.where(np.isnan(x), 0.0, weight)


def power_mean(xs: Scores, weights: Floats, power: float) -> Floats:
    """(Σ w xᵖ / Σ w)^(1/p): arithmetic at 1, harmonic at -1, geometric at 0.

    >>> power_mean([np.array([4.0, np.nan]), np.array([9.0, 9.0])], np.ones(2), 0).round(9)
    array([6., 9.])
    """
    total: Floats | float = 0.0
    whole: Floats | float = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for x, weight in weighed(xs, weights):
            total = total + np.where(weight == 0, 0.0, weight * _forth(x, power))
            whole = whole + weight
        # An undefined 0/0 is a row of gaps; -inf/w is a zero among geometric children.
        return _back(np.asarray(total / whole), power)


def _forth(x: Floats, power: float) -> Floats:
    if power == 1:
        return x
    if power == 0:
        return np.asarray(np.log(x))
    return 1 / x if power == -1 else np.asarray(x**power)


def _back(x: Floats, power: float) -> Floats:
    if power == 1:
        return x
    if power == 0:
        return np.asarray(np.exp(x))
    return 1 / x if power == -1 else np.asarray(x ** (1 / power))


def extreme(xs: Scores, weights: Floats, lowest: bool) -> Floats:
    """The weakest (or strongest) known child that has any weight: no compensation at all."""
    pick = np.fmin if lowest else np.fmax
    shape = np.broadcast_shapes(*(x.shape for x in xs), (*weights.shape[:-1], 1))
    found: Floats = np.full(shape, np.nan)
    for x, weight in weighed(xs, weights):
        found = pick(found, np.where(weight > 0, x, np.nan))
    return found


def mazziotta_pareto(xs: Scores, weights: Floats, sign: int) -> Floats:
    """Mean ∓ standard deviation · coefficient of variation: unevenness costs (``sign`` -1).

    Source: Mazziotta and Pareto, Social Indicators Research 127 (2016); usually on z-scores of
    mean 100 and deviation 10. With fixed goalposts and ends 70–130 it is the adjusted index.

    >>> mazziotta_pareto([np.array([90.0]), np.array([110.0])], np.ones(2), -1)
    array([99.])
    """
    mean = power_mean(xs, weights, 1)
    spread: Floats | float = 0.0
    whole: Floats | float = 0.0
    for x, weight in weighed(xs, weights):
        off = np.where(weight == 0, 0.0, x - mean)
        spread = spread + weight * off * off
        whole = whole + weight
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(mean + sign * (spread / whole) / mean)


def ordered_mean(xs: Scores, weights: Floats, order: Sequence[float]) -> Floats:
    """Weighted ordered mean: ``order`` weighs places from the best child down.

    The order weights' running sum, drawn straight between its points, tells how much the best
    share r of the importance counts; with gaps the rest spreads over the same line. Source:
    Torra, International Journal of Intelligent Systems 12 (1997); Yager's OWA at equal weights.

    >>> ordered_mean([np.array([10.0]), np.array([30.0]), np.array([20.0])], np.ones(3), [1, 0, 0])
    array([30.])
    """
    pairs = list(weighed(xs, weights))
    shape = np.broadcast_shapes(*(np.broadcast_shapes(x.shape, w.shape) for x, w in pairs))
    stack = np.stack([np.broadcast_to(x, shape) for x, _ in pairs])
    share = np.stack([np.broadcast_to(w, shape) for _, w in pairs])
    places = np.argsort(-stack, axis=0, kind="stable")
    stack = np.take_along_axis(stack, places, axis=0)
    share = np.take_along_axis(share, places, axis=0)
    whole = share.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        reached = np.cumsum(share, axis=0) / whole
    points = np.linspace(0, 1, len(order) + 1)
    line = np.concatenate([[0.0], np.cumsum(order)]) / sum(order)
    counted = np.interp(np.nan_to_num(reached), points, line)
    gain = np.diff(counted, axis=0, prepend=0.0)
    total = np.where(share > 0, gain * np.nan_to_num(stack), 0.0).sum(axis=0)
    return np.asarray(np.where(whole > 0, total, np.nan))


def coupling(xs: Scores, weights: Floats, ceiling: float) -> Floats:
    """Coupling coordination degree D = √(C·T), on the scale from 0 to ``ceiling``.

    C is the geometric over the arithmetic mean of all children, T their weighted mean; a row
    with any gap has none, since fewer subsystems couple otherwise. Source: Liao Chongbin,
    Tropical Geography 19 (1999), in the form of Wang Shujia et al., Journal of Natural
    Resources 36 (2021), for any number of subsystems.

    >>> coupling([np.array([80.0, 100.0]), np.array([20.0, 100.0])], np.ones(2), 100).round(2)
    array([ 63.25, 100.  ])
    """
    even = np.ones(len(xs))
    share = [x / ceiling for x in xs]
    known = ~reduce(np.logical_or, (np.isnan(x) for x in xs))
    middle = power_mean(share, even, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        degree = np.where(middle > 0, power_mean(share, even, 0) / middle, 0.0)
        found = ceiling * np.sqrt(degree * power_mean(share, weights, 1))
    return np.asarray(np.where(known, found, np.nan))
