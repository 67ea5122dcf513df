"""How much of the doubt comes from which input: Sobol indices with bootstrap intervals."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.running import Outcome
from chanjiao.engines.composite.table import Floats

Target = Callable[[Outcome], Floats]


def rank_change(outcome: Outcome) -> Floats:
    """The mean absolute change of rank against the build, over the rows ranked in both."""
    with np.errstate(invalid="ignore"):
        off = np.abs(outcome.ranks - outcome.nominal_ranks)
        known = ~np.isnan(off)
        return np.asarray(np.where(known, off, 0.0).sum(axis=1) / known.sum(axis=1))


def score_of(unit: str, period: str = "") -> Target:
    """One unit's score."""
    return lambda outcome: outcome.scores[:, outcome.row(unit, period)]


def rank_of(unit: str, period: str = "") -> Target:
    """One unit's rank."""
    return lambda outcome: outcome.ranks[:, outcome.row(unit, period)]


def gap_between(one: str, two: str, period: str = "") -> Target:
    """How far one unit scores above another."""
    return lambda o: o.scores[:, o.row(one, period)] - o.scores[:, o.row(two, period)]


@dataclass(frozen=True, slots=True)
class Influence:
    """An input's share of the variance alone (``first``) and with all it meets (``total``).

    Intervals hold the middle 90 % of resamples. A ``first`` below 0 is an estimate of nothing.
    """

    name: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def influences(
    outcome: Outcome, target: Target = rank_change, resamples: int = 200
) -> list[Influence]:
    """Shares of the target's variance, of a Sobol design.

    First order as Saltelli et al. (Computer Physics Communications 181, 2010), about the
    mean: uncentred, as COINr takes it, the level of the scores passes for doubt. Total order
    by Jansen (ibid. 117, 1999). Resampling is seeded by the experiment's seed. Raises
    :class:`Refused` for a plain sample, a target with gaps, or one that never moves.
    """
    experiment = outcome.experiment
    if experiment.kind != "sobol":
        raise Refused("方差分解要用 sobol 设计。", "Shares of variance need a Sobol design.")
    y = target(outcome)
    if np.isnan(y).any():
        raise Refused(
            "目标量在有些次计算里没有值（单位被筛除），不能分解方差。",
            "The target is missing in some runs (a unit screened out); no shares of variance.",
        )
    blocks = y.reshape(-1, experiment.reps)
    first, second, mixed = blocks[0], blocks[1], blocks[2:]
    if not np.ptp(blocks[:2]) > 1e-12 * max(1.0, float(np.abs(blocks).max())):
        raise Refused("目标量在各次计算中没有变化。", "The target is the same in every run.")
    dice = np.random.Generator(np.random.PCG64([experiment.seed, 1]))
    draws = dice.integers(0, experiment.reps, (resamples, experiment.reps))
    found = []
    for one, own in zip(experiment.inputs, mixed, strict=True):
        alone, total = _indices(first, second, own)
        some = _indices(first[draws], second[draws], own[draws])
        alone_ends, total_ends = (np.nanquantile(x, (0.05, 0.95)).tolist() for x in some)
        found.append(
            Influence(
                one.name,
                float(alone), alone_ends[0], alone_ends[1],
                float(total), total_ends[0], total_ends[1],
            )
        )  # fmt: skip
    return found


def _indices(first: Floats, second: Floats, mixed: Floats) -> tuple[Floats, Floats]:
    """Along the last axis; ``mixed`` shares one input with ``second``, the rest with ``first``."""
    both = np.concatenate([first, second], axis=-1)
    spread = both.var(axis=-1, ddof=1)
    centred = second - both.mean(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        alone = (centred * (mixed - first)).mean(axis=-1) / spread
        total = ((first - mixed) ** 2).mean(axis=-1) / (2 * spread)
    return alone, total
