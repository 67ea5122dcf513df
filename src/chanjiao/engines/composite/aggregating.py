"""Step 7: from indicators to the index, node by node, with coverage told for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from chanjiao.engines.composite.combining import Combine, Place, combine, known_share
from chanjiao.engines.composite.decisions import Decisions, Part, joined
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.table import Floats, Ints, Table


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``how`` for every node but those of ``levels`` (2 is just above indicators) and ``each``.

    A node's own method goes before its level's, the level's before the general one.
    """

    how: Combine = field(default_factory=Combine)
    levels: Mapping[int, Combine] = field(default_factory=dict)
    each: Mapping[str, Combine] = field(default_factory=dict)

    def of(self, scheme: Scheme, node: str) -> Combine:
        return self.each.get(node, self.levels.get(scheme[node].level, self.how))


def aggregated(
    scheme: Scheme,
    leaves: Mapping[str, Floats],
    weights: Mapping[str, Floats | float],
    step: Aggregate,
    rows: tuple[Sequence[str], Sequence[Ints]],
) -> dict[str, Floats]:
    """Scores of every aggregate, shape (units) or (runs, units), from those of indicators.

    ``weights`` of a node are one number or one a run; ``rows`` are the units' names and the
    rows of each period. Raises :class:`Refused` where a method does not fit its scores.
    """
    scores = dict(leaves)
    units, blocks = rows
    made = {}
    for node in scheme.aggregates:
        children = scheme.children(node)
        own = [np.asarray(weights[child], float) for child in children]
        together = np.stack(np.broadcast_arrays(*own), axis=-1)
        place = Place(node, children, units, blocks)
        xs = [scores[child] for child in children]
        scores[node] = made[node] = combine(step.of(scheme, node), xs, together, place)
    return made


def aggregate(
    scheme: Scheme, table: Table, weights: Mapping[str, float], step: Aggregate
) -> tuple[Table, Decisions]:
    """The table with a column for every aggregate, and how each of its cells came about.

    >>> from chanjiao.engines.composite.scheme import Node
    >>> scheme = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    >>> table = Table.of("uv", "ab", [[40, 60], [None, 80]])
    >>> done, told = aggregate(scheme, table, {"a": 1, "b": 1}, Aggregate())
    >>> done.column("I").tolist(), [(d.unit, d.rule) for d in told]
    ([50.0, 80.0], [('u', 'amean'), ('v', 'amean_with_gaps')])
    """
    leaves = {code: table.column(code) for code in scheme.leaves}
    blocks = [rows for _, rows in table.blocks()]
    made = aggregated(scheme, leaves, weights, step, (table.units, blocks))
    codes = (*scheme.leaves, *made)
    values = np.column_stack([*leaves.values(), *made.values()])
    whole = replace(table, codes=codes, values=values)
    parts = []
    for node in made:
        xs = [whole.column(child) for child in scheme.children(node)]
        parts += _told(step.of(scheme, node), xs, (whole, node, scheme.children(node)))
    return whole, joined(parts, table.units, table.periods, codes)


def _told(
    how: Combine, xs: Sequence[Floats], where: tuple[Table, str, tuple[str, ...]]
) -> list[Part]:
    """``old`` is the share of children known, ``new`` the score."""
    table, node, children = where
    place = table.codes.index(node)
    share = known_share(xs)
    score = table.values[:, place]
    rules = np.where(share == 1, how.kind, f"{how.kind}_with_gaps")
    for gate in how.gates:
        child = xs[children.index(gate.child)]
        rules = np.where(child < gate.least, f"gate_{gate.child}", rules)
        rules = np.where(np.isnan(child), f"gate_{gate.child}_unknown", rules)
    rules = np.where(np.isnan(score) & (share > 0) & (share < how.known), "too_few_known", rules)
    rules = np.where(share == 0, "nothing_known", rules)
    parts = []
    for rule in np.unique(rules).tolist():
        rows = np.flatnonzero(rules == rule)
        columns = np.full(len(rows), place)
        parts.append(Part(rule, rows, columns, share[rows], score[rows]))
    return parts
