"""Weights such that children correlate with their parent as wished."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.correlating import correlations
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.moments import deviation_of
from chanjiao.engines.composite.table import Floats

ROUNDS = 4000
NEAR_ENOUGH = 1e-12


@dataclass(frozen=True, slots=True)
class Optimised:
    """Weights adding up to 1, and shares of correlation wished for and obtained."""

    weights: Floats
    wished: Floats
    obtained: Floats

    @property
    def miss(self) -> float:
        """The furthest that an obtained share lies from the wished one."""
        return float(np.abs(self.wished - self.obtained).max())


def optimised(
    matrix: Floats,
    names: Sequence[str],
    wished: Floats,
    parent: Callable[[Floats], Floats],
    most_miss: float = 0.01,
) -> Optimised:
    """Weights with correlations to the parent in the proportions ``wished``.

    ``parent(weights)`` gives the parent's scores. For a weighted mean of complete columns
    the answer is linear, v = R⁻¹t over deviations, and is taken as the start; from there a
    simplex search (Nelder and Mead) over positive weights closes in. The aim is that of Becker
    et al., Ecological Indicators 80 (2017), and of COINr's ``get_opt_weights``. Raises
    :class:`Refused` when shares stay further away than ``most_miss``.
    """
    if len(wished) != len(names) or not (wished > 0).all():
        raise Refused(
            f"目标重要性须为 {len(names)} 个正数（{'、'.join(names)}）。",
            f"Give {len(names)} positive target importances, one for each of {', '.join(names)}.",
        )
    wished = wished / wished.sum()
    start = _linear(matrix, wished)

    def shares(weights: Floats) -> Floats:
        whole = np.column_stack([matrix, parent(weights)])
        found = correlations(whole).values[:-1, -1]
        return np.asarray(found / np.abs(found).sum())

    def off(logs: Floats) -> float:
        found = shares(_positive(logs))
        return float("inf") if np.isnan(found).any() else float(((found - wished) ** 2).sum())

    weights = _positive(_nelder_mead(off, np.log(start)))
    found = Optimised(weights, wished, shares(weights))
    if not found.miss <= most_miss:
        told = "、".join(f"{n} {s:.3f}" for n, s in zip(names, found.obtained, strict=True))
        raise Refused(
            f"没有一组正权重能让相关性达到目标，最接近的份额为 {told}；请改目标或指标。",
            f"No positive weights give these correlations; the nearest shares are {told}. "
            "Change the targets or the indicators.",
        )
    return found


def _linear(matrix: Floats, wished: Floats) -> Floats:
    together = correlations(matrix).values
    spread = deviation_of(matrix)
    size = len(wished)
    if np.isnan(together).any() or np.linalg.matrix_rank(together) < size:
        return np.full(size, 1 / size)
    weights = np.linalg.solve(together, wished) / spread
    weights = np.where(weights > 0, weights, np.abs(weights).max() * 1e-3)
    return np.asarray(weights / weights.sum())


def _positive(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _nelder_mead(aim: Callable[[Floats], float], start: Floats) -> Floats:
    """The lowest point found from ``start`` (Nelder and Mead, The Computer Journal 7, 1965)."""
    size = len(start)
    points = np.vstack([start, start + 0.25 * np.eye(size)])
    values = np.array([aim(point) for point in points])
    for _ in range(ROUNDS):
        order = np.argsort(values, kind="stable")
        points, values = points[order], values[order]
        if values[0] < NEAR_ENOUGH**2 or np.abs(points[1:] - points[0]).max() < NEAR_ENOUGH:
            break
        middle = points[:-1].mean(axis=0)
        tried = middle + (middle - points[-1])
        value = aim(tried)
        if value < values[0]:
            further = middle + 2 * (middle - points[-1])
            beyond = aim(further)
            tried, value = (further, beyond) if beyond < value else (tried, value)
        elif value >= values[-2]:
            towards = tried if value < values[-1] else points[-1]
            tried = middle + 0.5 * (towards - middle)
            value = aim(tried)
            if value >= values[-1]:
                points[1:] = points[0] + 0.5 * (points[1:] - points[0])
                values[1:] = [aim(point) for point in points[1:]]
                continue
        points[-1], values[-1] = tried, value
    return np.asarray(points[int(np.argmin(values))])
