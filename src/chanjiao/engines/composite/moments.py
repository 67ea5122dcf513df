"""Skewness and excess kurtosis of columns with gaps, as spreadsheets and COINr define them."""

import numpy as np

from chanjiao.engines.composite.table import Floats


def skew_kurt(values: Floats) -> tuple[Floats, Floats]:
    """Sample skewness G1 and excess kurtosis G2 of each column; NaN with too few values.

    G1 needs three known values and G2 four, and both some spread. Source: Joanes and Gill,
    The Statistician 47 (1998), type 2.

    >>> skew, kurt = skew_kurt(np.array([[1.0], [2.0], [3.0], [4.0], [30.0], [np.nan]]))
    >>> skew.round(6).tolist(), kurt.round(6).tolist()
    ([2.190379], [4.837087])
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        off = np.where(known, values - mean, 0.0)
        square = off * off
        m2 = square.sum(axis=0)
        m2[_is_flat(m2, mean, n)] = np.nan
        g1 = np.sqrt(n) * (square * off).sum(axis=0) / m2**1.5
        skew = g1 * np.sqrt(n * (n - 1)) / (n - 2)
        g2 = n * (square * square).sum(axis=0) / m2**2
        kurt = ((n + 1) * (g2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    skew[n < 3] = np.nan
    kurt[n < 4] = np.nan
    return skew, kurt


def _is_flat(m2: Floats, mean: Floats, n: Floats) -> np.ndarray:
    """No spread beyond the rounding of the mean."""
    return np.asarray(m2 <= n * (1e-15 * np.abs(mean)) ** 2)


def least(values: Floats) -> Floats:
    """The smallest known value of each column, NaN where none is known."""
    return _extreme(values, np.fmin)


def most(values: Floats) -> Floats:
    """The largest known value of each column, NaN where none is known."""
    return _extreme(values, np.fmax)


def _extreme(values: Floats, pick: np.ufunc) -> Floats:
    if not len(values):
        return np.full(values.shape[1:], np.nan)
    return np.asarray(pick.reduce(values, axis=0))


def mean_of(values: Floats) -> Floats:
    """The mean of known values of each column, NaN where none is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0))


def deviation_of(values: Floats) -> Floats:
    """The sample standard deviation (n - 1) of known values, exactly 0 for a flat column."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    mean = mean_of(values)
    off = np.where(known, values - mean, 0.0)
    m2 = (off * off).sum(axis=0)
    m2[_is_flat(m2, mean, n.astype(float))] = 0.0
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.sqrt(m2 / (n - 1.0))
    found[n < 2] = np.nan
    return np.asarray(found)
