"""Step 6: who counts how much among siblings, by a rule of each group's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.combining import Combine, Place, combine
from chanjiao.engines.composite.dataweights import METHODS
from chanjiao.engines.composite.decisions import Decisions, Part, joined
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.frontier import benefit_of_doubt
from chanjiao.engines.composite.judging import budgeted, judged
from chanjiao.engines.composite.optimising import optimised
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.table import Floats, Table

How = Literal[
    "given", "equal", "ahp", "budget", "entropy", "critic", "cv", "deviation", "pca",
    "optimised", "bod",
]  # fmt: skip
FROM_SCORES = frozenset({*METHODS, "optimised", "bod"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How the children of a node get their weights.

    ``comparisons`` (judge → matrix, children in order) and ``most_ratio`` belong to ``ahp``,
    ``points`` (judge → child → points) to ``budget``, ``targets`` (child → importance) to
    ``optimised``, ``shares`` (child → least, most) to ``bod``, whose weights are the mean
    shares that units choose.
    """

    how: How = "given"
    comparisons: Mapping[str, Floats] = field(default_factory=dict)
    most_ratio: float = 0.10
    points: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    targets: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weigh:
    """``rule`` for every group of siblings but those below a node of ``each``."""

    rule: Rule = field(default_factory=Rule)
    each: Mapping[str, Rule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group of siblings: parent, children, given weights, scores (where they are needed)."""

    node: str
    children: tuple[str, ...]
    given: Floats
    scores: Mapping[str, Floats]
    parent: Callable[[Floats], Floats]

    def matrix(self) -> Floats:
        return np.column_stack([self.scores[child] for child in self.children])


def weigh(
    scheme: Scheme, table: Table, step: Weigh, aggregate: Aggregate
) -> tuple[dict[str, float], Decisions]:
    """The weight of every node but the root, adding up to 1 among siblings.

    ``table`` holds scores; where weights of higher nodes are read off scores, the lower nodes
    are aggregated first. Raises :class:`Refused` as the methods do.

    >>> from chanjiao.engines.composite.scheme import Node
    >>> scheme = Scheme([Node("I"), Node("a", "I", 3), Node("b", "I", 1)])
    >>> weigh(scheme, Table.of("u", "ab", [[1, 2]]), Weigh(), Aggregate())[0]
    {'a': 0.75, 'b': 0.25}
    """
    rules = {node: step.each.get(node, step.rule) for node in scheme.aggregates}
    needs = any(rule.how in FROM_SCORES for rule in rules.values())
    scores = {code: table.column(code) for code in scheme.leaves} if needs else {}
    blocks = [rows for _, rows in table.blocks()]
    weights: dict[str, float] = {}
    told: list[tuple[str, str, float, float]] = []
    for node, rule in rules.items():
        children = scheme.children(node)
        place = Place(node, children, table.units, blocks)
        how = aggregate.of(scheme, node)

        def parent(some: Floats, place: Place = place, how: Combine = how) -> Floats:
            xs = [scores[child] for child in place.children]
            return combine(how, xs, some, place)

        given = np.array([scheme[child].weight for child in children])
        own = RULES[rule.how](rule, _Group(node, children, given, scores, parent))
        weights |= dict(zip(children, own.tolist(), strict=True))
        shares = given / given.sum()
        told += zip(children, [rule.how] * len(own), shares.tolist(), own.tolist(), strict=True)
        if needs and node != scheme.root:
            scores[node] = parent(own)
    return weights, _told(told)


def _told(lines: list[tuple[str, str, float, float]]) -> Decisions:
    """``old`` is the share given in the scheme, ``new`` the one used."""
    codes = tuple(line[0] for line in lines)
    rules = np.array([line[1] for line in lines])
    parts = []
    for rule in np.unique(rules).tolist():
        columns = np.flatnonzero(rules == rule)
        old = np.array([lines[n][2] for n in columns])
        new = np.array([lines[n][3] for n in columns])
        parts.append(Part(rule, np.full(len(columns), -1), columns, old, new))
    return joined(parts, (), (), codes)


def _given(rule: Rule, group: _Group) -> Floats:
    return group.given / group.given.sum()


def _equal(rule: Rule, group: _Group) -> Floats:
    return np.full(len(group.children), 1 / len(group.children))


def _ahp(rule: Rule, group: _Group) -> Floats:
    return judged(group.children, rule.comparisons, rule.most_ratio).weights


def _budget(rule: Rule, group: _Group) -> Floats:
    return budgeted(group.children, rule.points).weights


def _from_data(rule: Rule, group: _Group) -> Floats:
    if len(group.children) == 1:
        return np.ones(1)
    return METHODS[rule.how](group.matrix(), group.children)


def _optimised(rule: Rule, group: _Group) -> Floats:
    if len(group.children) == 1:
        return np.ones(1)
    lost = [child for child in group.children if child not in rule.targets]
    if rule.targets and lost:
        raise Refused(
            f"{group.node} 下的 {'、'.join(lost)} 没有目标重要性。",
            f"{', '.join(lost)} below {group.node} have no target importance.",
        )
    wished = np.array([rule.targets.get(child, 1.0) for child in group.children])
    return optimised(group.matrix(), group.children, wished, group.parent).weights


def _bod(rule: Rule, group: _Group) -> Floats:
    limits = [rule.shares.get(child, (0.0, 1.0)) for child in group.children]
    found = benefit_of_doubt(
        group.matrix(), [low for low, _ in limits], [high for _, high in limits]
    )
    whole = found.shares[~np.isnan(found.shares).any(axis=1)]
    if not len(whole):
        raise Refused(
            f"{group.node} 下没有一个单位的数据齐全，BoD 得不出份额。",
            f"No unit is complete below {group.node}; benefit of the doubt gives no shares.",
        )
    mean = whole.mean(axis=0)
    return np.asarray(mean / mean.sum())


RULES: dict[str, Callable[[Rule, _Group], Floats]] = {
    "given": _given,
    "equal": _equal,
    "ahp": _ahp,
    "budget": _budget,
    "optimised": _optimised,
    "bod": _bod,
    **dict.fromkeys(METHODS, _from_data),
}
