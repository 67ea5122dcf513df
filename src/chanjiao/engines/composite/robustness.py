"""What an experiment tells of single units: rank intervals, the top few, who beats whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.running import Outcome
from chanjiao.engines.composite.table import Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """One row's rank in the build and over the runs; shares are of the runs it is ranked in."""

    unit: str
    period: str
    nominal: float
    mean: float
    median: float
    low: float
    high: float
    best: float
    worst: float
    ranked: float


def standings(outcome: Outcome, low: float = 0.05, high: float = 0.95) -> list[Standing]:
    """Rank intervals in the order of rows; quantiles as R's type 7."""
    _, ranks = outcome.sample
    data = outcome.experiment.data
    points = (0.5, low, high, 0.0, 1.0)
    found = [_quantiles(column, points) for column in ranks.T]
    return [
        Standing(
            data.units[n],
            data.periods[n] if data.periods else "",
            float(outcome.nominal_ranks[n]),
            *found[n],
        )
        for n in range(len(data))
    ]


def _quantiles(column: Floats, points: Sequence[float]) -> tuple[float, ...]:
    known = column[~np.isnan(column)]
    share = len(known) / len(column)
    if not len(known):
        return (*(float("nan"),) * 6, 0.0)
    median, low, high, best, worst = np.quantile(known, points).tolist()
    return float(known.mean()), median, low, high, best, worst, share


def top_share(outcome: Outcome, places: int) -> Floats:
    """Of each row, the share of runs in which it ranks among the first ``places``."""
    _, ranks = outcome.sample
    known = ~np.isnan(ranks)
    with np.errstate(invalid="ignore"):
        return np.asarray((ranks <= places).sum(axis=0) / known.sum(axis=0))


def dominance(outcome: Outcome, rows: Sequence[int] | None = None) -> Floats:
    """Cell (a, b): the share of runs that know both in which a scores above b.

    >>> from chanjiao.engines.composite.running import _example
    >>> dominance(_example()).round(2).tolist()
    [[nan, 0.0, 1.0], [1.0, nan, 1.0], [0.0, 0.0, nan]]
    """
    scores, _ = outcome.sample
    if rows is not None:
        scores = scores[:, list(rows)]
    size = scores.shape[1]
    found = np.full((size, size), np.nan)
    for one in range(size):
        off = scores[:, one, None] - scores
        known = (~np.isnan(off)).sum(axis=0)
        with np.errstate(invalid="ignore"):
            found[one] = (off > 0).sum(axis=0) / known
    np.fill_diagonal(found, np.nan)
    return found
