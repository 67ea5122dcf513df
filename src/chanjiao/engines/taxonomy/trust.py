"""How often answers as sure as this one were right: a logistic curve, and an offset a code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]

NEAR_NOTHING = 0.02  # added before the logarithm of a sureness
SHRUNK = 2.0  # a code's offset rests on so many answers before it counts half
STEADY = 1e-3  # keeps the curve finite where all answers were right
ROUNDS = 50


@dataclass(frozen=True)
class Trust:
    """The share right among answers of a sureness from 0 to 1; codes differ in how noisy they are.

    ``curve`` are constant, slope of the sureness and slope of its logarithm; ``offsets`` are in
    log-odds by code. Without a fit the share is near the sureness.
    """

    curve: tuple[float, float, float] = (0.0, 0.0, 1.0)
    offsets: Mapping[str, float] = field(default_factory=dict)

    def shares(self, sureness: NDArray[np.floating], codes: Sequence[str]) -> Numbers:
        """For each answer (its sureness, its code) the share of such answers that are right.

        >>> Trust().shares(np.array([0.1, 0.9]), ["1", "2"]).round(2).tolist()
        [0.11, 0.48]
        """
        wide = np.asarray(sureness, dtype=np.float64)
        offsets = np.array([self.offsets.get(code, 0.0) for code in codes])
        return np.asarray(_share(_terms(wide) @ np.array(self.curve) + offsets))


def fitted(sureness: NDArray[np.floating], codes: Sequence[str], right: NDArray[np.bool_]) -> Trust:
    """The likeliest curve (Newton's method), and for each code its mean error, shrunken.

    Fewer than two answers, or answers all right or all wrong, leave the trust unfitted.
    """
    wanted = np.asarray(right, dtype=np.float64)
    if len(wanted) < 2 or wanted.min() == wanted.max():
        return Trust()
    terms = _terms(np.asarray(sureness, dtype=np.float64))
    curve = np.zeros(terms.shape[1])
    for _round in range(ROUNDS):
        share = _share(terms @ curve)
        bend = terms.T @ (terms * (share * (1 - share))[:, None]) + STEADY * np.eye(len(curve))
        step = np.linalg.solve(bend, terms.T @ (wanted - share) - STEADY * curve)
        curve += np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-9:
            break
    share = _share(terms @ curve)
    errors: dict[str, list[float]] = {}
    for code, error, spread in zip(codes, wanted - share, share * (1 - share), strict=True):
        held = errors.setdefault(code, [0.0, 0.0])
        held[0] += float(error)
        held[1] += float(spread)
    offsets = {code: e / (s + SHRUNK) for code, (e, s) in sorted(errors.items())}
    return Trust((float(curve[0]), float(curve[1]), float(curve[2])), offsets)


def _terms(sureness: Numbers) -> Numbers:
    logs = np.log(np.maximum(sureness, 0) + NEAR_NOTHING)
    return np.stack([np.ones_like(sureness), sureness, logs], axis=1)


def _share(log_odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
