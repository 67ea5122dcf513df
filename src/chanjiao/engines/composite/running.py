"""All runs of an experiment, batched: distinct matrices once, weights as one more axis."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.aggregating import aggregated
from chanjiao.engines.composite.building import (
    Build,
    Prepared,
    Recipe,
    build,
    period_ranks,
    prepare,
)
from chanjiao.engines.composite.experiment import (
    Design,
    Experiment,
    Input,
    Noise,
    WeightSets,
    data_with,
    designed,
    recipe_with,
    touching,
)
from chanjiao.engines.composite.table import Floats, Ints
from chanjiao.engines.composite.weighing import weigh

CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scores and ranks of the root in every run (runs × rows), beside the build itself.

    A row screened out in a run is NaN there. ``base`` is how many of the runs are a plain
    sample (in a Sobol design the others are crossed and would count doubly).
    """

    experiment: Experiment
    design: Design
    nominal: Build
    scores: Floats
    ranks: Floats
    nominal_scores: Floats
    nominal_ranks: Floats
    base: int

    @property
    def sample(self) -> tuple[Floats, Floats]:
        """Scores and ranks of the plain sample."""
        return self.scores[: self.base], self.ranks[: self.base]

    def row(self, unit: str, period: str = "") -> int:
        """Where a unit (in a period) stands."""
        data = self.experiment.data
        for n, name in enumerate(data.units):
            if name == unit and (not period or data.periods[n] == period):
                return n
        raise KeyError(unit)


def run(experiment: Experiment, design: Design | None = None) -> Outcome:
    """Make every run. Raises :class:`Refused` where any combination would be nonsense.

    Methods that do not fit each other (a geometric mean of z-scores) stop the experiment with
    the reason, before any share of variance is told; COINr leaves such runs out in silence.

    >>> from chanjiao.engines.composite.scheme import Node, Scheme
    >>> from chanjiao.engines.composite.normalising import Normalise
    >>> from chanjiao.engines.composite.scales import Scale
    >>> from chanjiao.engines.composite.table import Table
    >>> scheme = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    >>> data = Table.of("uvw", "ab", [[1, 9], [5, 5], [9, 2]])
    >>> recipe = Recipe(normalise=Normalise(Scale("minmax")))
    >>> outcome = run(Experiment(data, scheme, recipe, (Noise("weights", 0.5),), reps=50))
    >>> outcome.scores.shape, outcome.nominal_ranks.tolist()
    ((50, 3), [1.0, 3.0, 1.0])
    """
    design = design or designed(experiment)
    nominal = build(experiment.data, experiment.scheme, experiment.recipe)
    rows = len(experiment.data)
    runs = len(design.places)
    scores = np.full((runs, rows), np.nan)
    for prepared, where in _prepared(experiment, design):
        for recipe, some in _methods(experiment, design, where):
            weights = _weights(experiment, design, prepared, (recipe, some))
            _aggregate(experiment, prepared, (recipe, some, weights), scores)
    ranks = period_ranks(scores, experiment.data, experiment.recipe.ties)
    plain = np.full(rows, np.nan)
    plain[nominal.rows] = nominal.scores()
    plain_ranks = period_ranks(plain, experiment.data, experiment.recipe.ties)
    base = 2 * experiment.reps if experiment.kind == "sobol" else runs
    return Outcome(experiment, design, nominal, scores, ranks, plain, plain_ranks, min(base, runs))


def _groups(inputs: list[Input], design: Design, where: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Runs that pick alike among these inputs: (one of them, all of them)."""
    if not inputs:
        yield where[:1], where
        return
    keys = np.column_stack([np.asarray(design.picks[one.name], float)[where] for one in inputs])
    _, first, which = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(which.ravel()))
    for number, start in enumerate(np.concatenate([[0], ends[:-1]])):
        yield where[first[number : number + 1]], where[order[start : ends[number]]]


def _picks(design: Design, at: Ints) -> Mapping[str, float]:
    return {name: float(values[at[0]]) for name, values in design.picks.items()}


def _prepared(experiment: Experiment, design: Design) -> Iterator[tuple[Prepared, Ints]]:
    early = touching(experiment.inputs, after=False)
    everything = np.arange(len(design.places))
    for one, where in _groups(early, design, everything):
        picks = _picks(design, one)
        recipe = recipe_with(experiment, picks)
        yield prepare(data_with(experiment, picks), experiment.scheme, recipe), where


def _methods(experiment: Experiment, design: Design, where: Ints) -> Iterator[tuple[Recipe, Ints]]:
    late = [one for one in touching(experiment.inputs, after=True) if not _is_weights(one)]
    for one, some in _groups(late, design, where):
        yield recipe_with(experiment, _picks(design, one)), some


def _is_weights(one: Input) -> bool:
    return isinstance(one, (Noise, WeightSets))


def _weights(
    experiment: Experiment, design: Design, prepared: Prepared, how: tuple[Recipe, Ints]
) -> dict[str, Floats | float]:
    """The build's weights with noise or in the sets given, one number a run where they vary."""
    recipe, some = how
    found, _ = weigh(experiment.scheme, prepared.scores, recipe.weigh, recipe.aggregate)
    weights: dict[str, Floats | float] = dict(found)
    codes = [node.code for node in experiment.scheme if node.code != experiment.scheme.root]
    for one in experiment.inputs:
        if isinstance(one, Noise):
            factors = design.noise[one.name][np.asarray(design.picks[one.name], int)[some]]
            for place, code in enumerate(codes):
                if not one.nodes or code in one.nodes:
                    weights[code] = weights[code] * factors[:, place]
        elif isinstance(one, WeightSets):
            which = np.asarray(design.picks[one.name], int)[some]
            for code in dict.fromkeys(code for option in one.options for code in option):
                own = [option.get(code, found[code]) for option in one.options]
                weights[code] = np.array(own)[which]
    return weights


def _aggregate(
    experiment: Experiment,
    prepared: Prepared,
    how: tuple[Recipe, Ints, dict[str, Floats | float]],
    into: Floats,
) -> None:
    recipe, some, weights = how
    table, scheme = prepared.scores, experiment.scheme
    leaves = {code: table.column(code) for code in scheme.leaves}
    rows = (table.units, [rows for _, rows in table.blocks()])
    step = max(1, CELLS_AT_ONCE // max(1, len(table)))
    for start in range(0, len(some), step):
        chunk = slice(start, start + step)
        own = {c: w[chunk] if isinstance(w, np.ndarray) else w for c, w in weights.items()}
        root = aggregated(scheme, leaves, own, recipe.aggregate, rows)[scheme.root]
        runs = some[chunk]
        into[np.ix_(runs, prepared.rows)] = np.broadcast_to(root, (len(runs), len(table)))


def _example() -> Outcome:
    """A small outcome for the examples of other modules."""
    from chanjiao.engines.composite.normalising import Normalise
    from chanjiao.engines.composite.scales import Scale
    from chanjiao.engines.composite.scheme import Node, Scheme
    from chanjiao.engines.composite.table import Table

    scheme = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    data = Table.of("uvw", "ab", [[1, 9], [5, 9], [1, 2]])
    recipe = Recipe(normalise=Normalise(Scale("minmax")))
    return run(Experiment(data, scheme, recipe, (Noise("weights", 0.5),), reps=20))
