"""A build: the steps of a recipe, one after another, each leaving its matrix and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from chanjiao.engines.composite.aggregating import Aggregate, aggregate
from chanjiao.engines.composite.decisions import Decisions
from chanjiao.engines.composite.denominating import Denominate, denominate
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.imputing import Impute, impute
from chanjiao.engines.composite.normalising import Lines, Normalise, normalise
from chanjiao.engines.composite.ranking import Ties, ranks
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.screening import Screen, screen
from chanjiao.engines.composite.table import Floats, Ints, Table
from chanjiao.engines.composite.treating import Treat, treat
from chanjiao.engines.composite.weighing import Weigh, weigh

StepName = Literal["denominate", "screen", "impute", "treat", "normalise", "weigh", "aggregate"]
PREPARING: tuple[StepName, ...] = ("denominate", "screen", "impute", "treat", "normalise")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is done to the data, as data: a step that is ``None`` is not taken.

    ``order`` is that of the steps up to normalising, of which COINr's users choose several;
    weighing and aggregating always come last.
    """

    denominate: Denominate | None = None
    screen: Screen | None = None
    impute: Impute | None = None
    treat: Treat | None = None
    normalise: Normalise = field(default_factory=Normalise)
    weigh: Weigh = field(default_factory=Weigh)
    aggregate: Aggregate = field(default_factory=Aggregate)
    order: tuple[StepName, ...] = PREPARING
    ties: Ties = "min"


@dataclass(frozen=True, slots=True)
class Step:
    """One step's outcome; ``table`` is what it handed on."""

    name: StepName
    table: Table
    decisions: Decisions


@dataclass(frozen=True, slots=True)
class Prepared:
    """Scores of indicators before weighing, and how they came about."""

    steps: tuple[Step, ...]
    scores: Table
    lines: Lines
    rows: Ints


@dataclass(frozen=True, slots=True)
class Build:
    """An index with its trail: scores of every node, weights, ranks, and all steps.

    ``result`` has a column for each indicator (its score) and aggregate; ``rows`` tells which
    rows of the data are left after screening.
    """

    scheme: Scheme
    recipe: Recipe
    data: Table
    steps: tuple[Step, ...]
    result: Table
    weights: Mapping[str, float]
    lines: Lines
    rows: Ints

    def scores(self, code: str | None = None) -> Floats:
        """Of one node, the root unless told otherwise."""
        return self.result.column(code or self.scheme.root)

    def ranks(self, code: str | None = None) -> Floats:
        """Ranks by unrounded score, within each period."""
        return period_ranks(self.scores(code), self.result, self.recipe.ties)

    def step(self, name: StepName) -> Step:
        """The step of that name. Raises :class:`Refused` where it was not taken."""
        for one in self.steps:
            if one.name == name:
                return one
        raise Refused(f"这次计算没有 {name} 这一步。", f"This build has no step {name}.")

    def coverage(self) -> Floats:
        """Of each row, the share of the index's weight whose raw value is known."""
        share = self.scheme.effective_weights()
        own = np.array([share[code] for code in self.scheme.leaves])
        raw = self.data.choosing(self.scheme.leaves).values[self.rows]
        return np.asarray((~np.isnan(raw)) @ own / own.sum())


def build(data: Table, scheme: Scheme, recipe: Recipe | None = None) -> Build:
    """Take the steps of the recipe. Raises :class:`Refused` where a number would be nonsense.

    >>> from chanjiao.engines.composite.scheme import Node
    >>> from chanjiao.engines.composite.scales import Scale
    >>> scheme = Scheme([Node("I"), Node("a", "I"), Node("b", "I", direction=-1)])
    >>> data = Table.of("uvw", "ab", [[10, 5], [20, 1], [15, None]])
    >>> posts = {"a": Scale(posts=(10, 20)), "b": Scale(posts=(0, 10))}
    >>> made = build(data, scheme, Recipe(normalise=Normalise(each=posts)))
    >>> made.scores().round(9).tolist(), made.ranks().tolist(), made.coverage().tolist()
    ([25.75, 95.05, 50.5], [3.0, 1.0, 2.0], [1.0, 1.0, 0.5])
    """
    recipe = recipe or Recipe()
    data.check()
    prepared = prepare(data, scheme, recipe)
    weights, weighed = weigh(scheme, prepared.scores, recipe.weigh, recipe.aggregate)
    result, aggregated = aggregate(scheme, prepared.scores, weights, recipe.aggregate)
    steps = (
        *prepared.steps,
        Step("weigh", _as_table(weights), weighed),
        Step("aggregate", result, aggregated),
    )
    return Build(scheme, recipe, data, steps, result, weights, prepared.lines, prepared.rows)


def prepare(data: Table, scheme: Scheme, recipe: Recipe) -> Prepared:
    """All steps up to scores of indicators."""
    _check_order(recipe)
    table = data.choosing(scheme.leaves)
    rows = np.arange(len(table))
    directions = {code: scheme[code].direction for code in scheme.leaves}
    lines = Lines(np.empty(0), np.empty(0))
    steps = []
    for name in recipe.order:
        if name == "denominate" and recipe.denominate:
            table, told = denominate(table, recipe.denominate)
        elif name == "screen" and recipe.screen:
            table, told, kept = screen(table, recipe.screen)
            rows = rows[kept]
        elif name == "impute" and recipe.impute:
            table, told = impute(table, recipe.impute)
        elif name == "treat" and recipe.treat:
            table, told = treat(table, recipe.treat)
        elif name == "normalise":
            table, told, lines = normalise(table, recipe.normalise, directions)
        else:
            continue
        steps.append(Step(name, table, told))
    if not len(table):
        raise Refused("筛选后没有剩下任何单位。", "No unit is left after screening.")
    return Prepared(tuple(steps), table, lines, rows)


def _check_order(recipe: Recipe) -> None:
    if sorted(recipe.order) != sorted(PREPARING):
        raise Refused(
            f"步骤顺序须恰好包含 {'、'.join(PREPARING)} 各一次，现为 {'、'.join(recipe.order)}。",
            f"The order must hold each of {', '.join(PREPARING)} once, not "
            f"{', '.join(recipe.order)}.",
        )


def _as_table(weights: Mapping[str, float]) -> Table:
    return Table(("",), tuple(weights), np.array([list(weights.values())]))


def period_ranks(scores: Floats, table: Table, ties: Ties = "min") -> Floats:
    """Ranks along the last axis, each period by itself."""
    blocks = table.blocks()
    if len(blocks) == 1:
        return ranks(scores, ties)
    found = np.empty(np.shape(scores))
    for _period, rows in blocks:
        found[..., rows] = ranks(scores[..., rows], ties)
    return found
