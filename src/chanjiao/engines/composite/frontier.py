"""Benefit of the doubt: each unit with the weights that suit it best, against its peers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.simplex import maximise
from chanjiao.engines.composite.table import Floats

# Within this of 1 a unit stands on the frontier.
AT_THE_TOP = 1e-9
MOST_AT_THE_TOP = 1 / 3


@dataclass(frozen=True, slots=True)
class Frontier:
    """Scores up to 1, and for each unit the share of its score that each child makes up."""

    scores: Floats
    shares: Floats


def benefit_of_doubt(
    matrix: Floats, least: Sequence[float] | float = 0.0, most: Sequence[float] | float = 1.0
) -> Frontier:
    """The most Σ w·x of a unit such that no peer passes 1, each child's share between limits.

    ``matrix`` is units × children, not negative; NaN is left out of the unit's own sum, and
    only units known on all that it is known on are its peers. Source: Cherchye, Moesen, Rogge
    and Van Puyenbroeck, Social Indicators Research 82 (2007). Raises :class:`Refused` for
    limits that cannot be met, negative scores, or when more than a third of the units (and
    more than one) reach 1: then the weights are too free to tell units apart.

    >>> rows = np.array([[90.0, 80], [60, 80], [50, 40], [40, 45]])
    >>> benefit_of_doubt(rows, least=0.3, most=0.7).scores.round(3).tolist()
    [1.0, 0.87, 0.538, 0.521]
    """
    size = matrix.shape[1]
    low, high = (np.broadcast_to(np.asarray(x, float), (size,)) for x in (least, most))
    _check(matrix, low, high)
    scores = np.full(len(matrix), np.nan)
    shares = np.full(matrix.shape, np.nan)
    for unit, row in enumerate(matrix):
        known = np.flatnonzero(~np.isnan(row))
        if len(known) and row[known].sum() > 0:
            scores[unit], shares[unit, known] = _own(matrix, row, known, low[known], high[known])
        elif len(known):
            scores[unit] = 0.0
    top = int((scores >= 1 - AT_THE_TOP).sum())
    if top > 1 and top > MOST_AT_THE_TOP * len(matrix):
        raise Refused(
            f"{len(matrix)} 个单位中有 {top} 个得满分 1，权重太自由，分不出高低；"
            "请给份额上下限（share limits）或减少指标。",
            f"{top} of {len(matrix)} units reach 1: the weights are too free to tell them apart. "
            "Set limits on shares or use fewer indicators.",
        )
    return Frontier(scores, shares)


def _check(matrix: Floats, low: Floats, high: Floats) -> None:
    if (low < 0).any() or (high > 1).any() or (low > high).any() or low.sum() > 1 or high.sum() < 1:
        raise Refused(
            f"份额下限 {low.tolist()} 与上限 {high.tolist()} 不能同时满足：须 0≤下限≤上限≤1，"
            "下限之和不大于 1，上限之和不小于 1。",
            f"Shares of at least {low.tolist()} and at most {high.tolist()} cannot be met: "
            "0 ≤ least ≤ most ≤ 1, least adding up to at most 1 and most to at least 1.",
        )
    if (matrix < 0).any():
        raise Refused(
            "BoD 只能用于不小于 0 的得分，请换一种无量纲化。",
            "Benefit of the doubt needs scores from 0 up; normalise otherwise.",
        )


def _own(
    matrix: Floats, row: Floats, known: np.ndarray, low: Floats, high: Floats
) -> tuple[float, Floats]:
    peers = matrix[~np.isnan(matrix[:, known]).any(axis=1)]
    # What the unit has none of can't help it, whatever its weight.
    useful = row[known] > 0
    own = row[known][useful]
    low, high = low[useful], high[useful]
    if high.sum() < 1:  # of what is left, the shares must still make a whole
        high = high / high.sum()
    # Variables are the unit's own parts w·x, so that limits on shares are limits on them.
    each = np.eye(len(own))
    reach = peers[:, known[useful]] / own
    a = np.concatenate([reach, (each - high[:, None])[high < 1], (low[:, None] - each)[low > 0]])
    b = np.concatenate([np.ones(len(peers)), np.zeros(len(a) - len(peers))])
    parts = maximise(np.ones(len(own)), a, b)
    total = float(parts.sum())
    shares = np.zeros(len(known))
    shares[useful] = parts / total
    return min(total, 1.0), shares
