"""The index without one of its parts, each in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.aggregating import aggregated
from chanjiao.engines.composite.building import Build, period_ranks
from chanjiao.engines.composite.table import Floats


@dataclass(frozen=True, slots=True)
class Removal:
    """Scores and ranks with a node's weight at 0, and how far ranks move on average."""

    code: str
    scores: Floats
    ranks: Floats
    mean_change: float


def removals(build: Build, codes: Sequence[str] | None = None) -> list[Removal]:
    """For each code (all indicators), the build with its weight at 0 and the rest as it was.

    A node whose only child goes becomes a gap, and its siblings share the whole. Weights read
    off data stay as they were. As COINr's ``remove_elements``.
    """
    scheme, table = build.scheme, build.result
    chosen = list(scheme.leaves if codes is None else codes)
    nominal = build.ranks()
    leaves = {code: table.column(code) for code in scheme.leaves}
    rows = (table.units, [rows for _, rows in table.blocks()])
    found = []
    for code in chosen:
        weights = {**build.weights, code: 0.0}
        scores = aggregated(scheme, leaves, weights, build.recipe.aggregate, rows)[scheme.root]
        ranks = period_ranks(scores, table, build.recipe.ties)
        off = np.abs(ranks - nominal)
        known = ~np.isnan(off)
        mean = float(off[known].mean()) if known.any() else float("nan")
        found.append(Removal(code, scores, ranks, mean))
    return found
