"""How indicators go together: correlations with intervals, and reliability of a group."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from chanjiao.engines.composite.ranking import ranks
from chanjiao.engines.composite.table import Floats, Ints

How = Literal["pearson", "spearman"]


@dataclass(frozen=True, slots=True)
class Correlations:
    """Coefficients with the ends of their intervals and the pairs they rest on.

    All are k × k; NaN where fewer than three pairs are known or a column has no spread.
    """

    values: Floats
    low: Floats
    high: Floats
    pairs: Ints

    def are_clear(self) -> np.ndarray:
        """Whether the interval keeps off 0."""
        return np.asarray((self.low > 0) | (self.high < 0))


def correlations(matrix: Floats, how: How = "pearson", level: float = 0.95) -> Correlations:
    """Of the columns, each pair over the rows that know both (R: ``pairwise.complete.obs``).

    Intervals by Fisher's transformation, for Spearman with Fieller's 1.06 / (n - 3).

    >>> found = correlations(np.array([[1.0, 2], [2, 4], [3, 5], [4, np.nan]]))
    >>> found.values[0, 1].round(6).item(), found.pairs[0, 1].item()
    (0.981981, 3)
    """
    known = ~np.isnan(matrix)
    if how == "spearman":
        found, pairs = _spearman(matrix, known)
    else:
        found, pairs = _pearson(matrix, known)
    width = NormalDist().inv_cdf(0.5 + level / 2) * (1.06**0.5 if how == "spearman" else 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.arctanh(np.clip(found, -1, 1))
        reach = np.where(pairs > 3, width / np.sqrt(np.maximum(pairs - 3, 1)), np.inf)
        low, high = np.tanh(middle - reach), np.tanh(middle + reach)
    exact = np.abs(found) >= 1
    return Correlations(found, np.where(exact, found, low), np.where(exact, found, high), pairs)


def _pearson(matrix: Floats, known: np.ndarray) -> tuple[Floats, Ints]:
    # About each pair's own rows; columns are first moved to about 0 for the sums' sake.
    centre = np.where(known, matrix, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    x = np.where(known, matrix - centre, 0.0)
    m = known.astype(float)
    n = m.T @ m
    sums, squares, products = x.T @ m, (x * x).T @ m, x.T @ x
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = products - sums * sums.T / n
        own = squares - sums * sums / n
        scale = np.sqrt(own * own.T)
        noise = 1e-14 * np.sqrt(squares * squares.T)
        found = np.where((n >= 3) & (scale > noise), shared / scale, np.nan)
    return np.clip(found, -1.0, 1.0), n.astype(np.int64)


def _spearman(matrix: Floats, known: np.ndarray) -> tuple[Floats, Ints]:
    """Ranks are taken anew among the rows that a pair shares."""
    size = matrix.shape[1]
    if known.all():
        return _pearson(ranks(-matrix.T, "average").T, known)
    found, pairs = np.full((size, size), np.nan), np.zeros((size, size), np.int64)
    for one in range(size):
        for two in range(one, size):
            both = known[:, one] & known[:, two]
            ranked = ranks(-matrix[both][:, [one, two]].T, "average").T
            value, count = _pearson(ranked, np.ones(ranked.shape, bool))
            found[one, two] = found[two, one] = value[0, 1]
            pairs[one, two] = pairs[two, one] = count[0, 1]
    return found, pairs


def cronbach(matrix: Floats) -> float:
    """Cronbach's alpha of the columns over complete rows; NaN with too little to go on.

    >>> round(cronbach(np.array([[2.0, 3], [4, 4], [6, 5], [8, 9]])), 6)
    0.965079
    """
    whole = matrix[~np.isnan(matrix).any(axis=1)]
    size = matrix.shape[1]
    if len(whole) < 3 or size < 2:
        return float("nan")
    total = whole.sum(axis=1).var(ddof=1)
    if total == 0:
        return float("nan")
    return float(size / (size - 1) * (1 - whole.var(axis=0, ddof=1).sum() / total))
