"""What a build looks like from outside: how parts go with the whole, and what weighs in truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.building import Build
from chanjiao.engines.composite.correlating import How, correlations, cronbach

NEARLY_THE_SAME = 0.92  # COIN Tool and COINr flag pairs beyond it


@dataclass(frozen=True, slots=True)
class Line:
    """A node beside its parent and the root: weight wished for, correlation found.

    ``weight`` is its share among siblings, ``effective`` of the whole. ``importance`` is its
    squared correlation with the parent as a share of its siblings' (Paruolo, Saisana and
    Saltelli, JRSS A 176, 2013): far from ``weight``, the index says otherwise than it means.
    """

    code: str
    parent: str
    weight: float
    effective: float
    with_parent: float
    low: float
    high: float
    with_root: float
    importance: float


def audit(build: Build, how: How = "pearson") -> list[Line]:
    """A line for every node but the root."""
    scheme, table = build.scheme, build.result
    effective = scheme.reweighted(build.weights).effective_weights()
    place = {code: n for n, code in enumerate(table.codes)}
    found = correlations(table.values, how)
    root = place[scheme.root]
    lines = []
    for parent in reversed(scheme.aggregates):
        children = scheme.children(parent)
        own = np.array([found.values[place[child], place[parent]] for child in children])
        share = own**2 / np.nansum(own**2) if np.nansum(own**2) > 0 else own * np.nan
        for child, with_parent, importance in zip(children, own, share, strict=True):
            cell = (place[child], place[parent])
            lines.append(
                Line(
                    child, parent, build.weights[child], effective[child], float(with_parent),
                    float(found.low[cell]), float(found.high[cell]),
                    float(found.values[place[child], root]), float(importance),
                )
            )  # fmt: skip
    return lines


def doubles(
    build: Build, codes: Sequence[str] | None = None, at: float = NEARLY_THE_SAME
) -> list[tuple[str, str, float]]:
    """Pairs of indicators that say nearly the same, strongest first."""
    codes = list(codes or build.scheme.leaves)
    found = correlations(build.result.choosing(codes).values).values
    rows, columns = np.nonzero(np.triu(np.abs(found) > at, 1))
    pairs = [
        (codes[i], codes[j], float(found[i, j]))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def reliabilities(build: Build) -> dict[str, float]:
    """Cronbach's alpha of the children of every aggregate that has at least two."""
    scheme = build.scheme
    return {
        node: cronbach(build.result.choosing(scheme.children(node)).values)
        for node in scheme.aggregates
        if len(scheme.children(node)) > 1
    }
