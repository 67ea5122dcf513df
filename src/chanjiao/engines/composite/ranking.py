"""Ranks of unrounded scores; a gap has none."""

from typing import Literal

import numpy as np

from chanjiao.engines.composite.table import Floats

Ties = Literal["min", "max", "average", "dense"]


def ranks(scores: Floats, ties: Ties = "min") -> Floats:
    """1 for the highest score along the last axis; NaN stays NaN.

    Equal scores share a rank: the best of them (``min``, as in sport), the worst, the middle,
    or without holes behind them (``dense``). Compared before any rounding.

    >>> ranks(np.array([3.0, 9.0, np.nan, 9.0])).tolist()
    [3.0, 1.0, nan, 1.0]
    """
    scores = np.asarray(scores, dtype=float)
    key = -scores
    order = np.argsort(key, axis=-1, kind="stable")
    in_order = np.take_along_axis(key, order, axis=-1)
    place = np.broadcast_to(np.arange(scores.shape[-1]), scores.shape)
    starts = np.ones(scores.shape, dtype=bool)
    starts[..., 1:] = in_order[..., 1:] != in_order[..., :-1]
    if ties == "dense":
        ranked = np.cumsum(starts, axis=-1).astype(float)
    else:
        ranked = _shared(place, starts, ties)
    ranked[np.isnan(in_order)] = np.nan
    found = np.empty_like(ranked)
    np.put_along_axis(found, order, ranked, axis=-1)
    return found


def _shared(place: np.ndarray, starts: np.ndarray, ties: Ties) -> Floats:
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=-1) + 1.0
    if ties == "min":
        return first
    ends = np.ones(starts.shape, dtype=bool)
    ends[..., :-1] = starts[..., 1:]
    size = starts.shape[-1]
    backward = np.where(ends, place, size)[..., ::-1]
    last = np.minimum.accumulate(backward, axis=-1)[..., ::-1] + 1.0
    return np.asarray(last if ties == "max" else (first + last) / 2)


def ascending(column: Floats) -> Floats:
    """R's ``rank(x, ties = "min", na.last = "keep")`` of each column: 1 for the lowest.

    >>> ascending(np.array([[3.0], [9.0], [np.nan], [3.0]])).ravel().tolist()
    [1.0, 3.0, nan, 1.0]
    """
    return ranks(-column.T).T
