"""What may be otherwise, and a plan of runs that varies it: stored, seeded, the same each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from chanjiao.engines.composite.building import Recipe
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.table import Floats, Ints, Table

Kind = Literal["sample", "sobol"]
VARIED = ("denominate", "screen", "impute", "treat", "normalise", "weigh", "aggregate")


@dataclass(frozen=True, slots=True)
class Choice:
    """One step of the recipe, by one of several ways; ``None`` leaves the step out."""

    name: str
    step: str
    options: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number of a step, anywhere from ``low`` to ``high``: ``field`` is its name there."""

    name: str
    step: str
    field: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Noise:
    """Weights off by up to ``size`` of themselves each, in one of ``sets`` ways drawn before.

    ``nodes`` are those whose weight varies (all but the root where empty).
    """

    name: str
    size: float
    nodes: tuple[str, ...] = ()
    sets: int = 1000


@dataclass(frozen=True, slots=True)
class WeightSets:
    """Weights given outright: one mapping a way, over those of the build."""

    name: str
    options: tuple[Mapping[str, float], ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator by another definition: its own values, or those of other columns."""

    name: str
    code: str
    columns: tuple[str, ...]


Input = Choice | Range | Noise | WeightSets | Definition


@dataclass(frozen=True, slots=True)
class Experiment:
    """A build and what may be otherwise. ``others`` holds columns that definitions name.

    ``sample`` takes ``reps`` runs; ``sobol`` reps·(inputs + 2), from which shares of variance
    are estimated. Raises :class:`Refused` where an input touches a step the build lacks.
    """

    data: Table
    scheme: Scheme
    recipe: Recipe
    inputs: tuple[Input, ...]
    reps: int = 1000
    seed: int = 1
    kind: Kind = "sample"
    others: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [one.name for one in self.inputs]
        if len(set(names)) != len(names) or not names:
            raise Refused(
                "不确定因素须至少一个，且名称不重复。", "Give inputs, each with a name of its own."
            )
        if self.reps < 3 or (self.kind == "sobol" and len(names) < 2):
            raise Refused(
                "重复次数至少为 3；Sobol 分析至少要两个不确定因素。",
                "Give at least 3 repetitions, and for Sobol at least two inputs.",
            )
        for one in self.inputs:
            self._check(one)

    def _check(self, one: Input) -> None:
        if isinstance(one, (Choice, Range)):
            if one.step not in VARIED or getattr(self.recipe, one.step) is None:
                raise Refused(
                    f"不确定因素 {one.name} 要改变 {one.step} 这一步，但本次计算没有这一步。",
                    f"The input {one.name} varies the step {one.step}, which this build does "
                    "not take.",
                )
        elif isinstance(one, Definition):
            lost = [c for c in one.columns if c != one.code and c not in self.others]
            if one.code not in self.scheme.leaves or lost:
                raise Refused(
                    f"不确定因素 {one.name} 的口径 {'、'.join(lost) or one.code} 没有数据。",
                    f"The input {one.name} names {', '.join(lost) or one.code}, of which there "
                    "are no data.",
                )
        else:
            known = {node.code for node in self.scheme} - {self.scheme.root}
            options = one.options if isinstance(one, WeightSets) else (dict.fromkeys(one.nodes, 1),)
            strangers = sorted({code for option in options for code in option} - known)
            if strangers or (isinstance(one, Noise) and not 0 <= one.size <= 1):
                raise Refused(
                    f"不确定因素 {one.name}：幅度须在 0 与 1 之间，节点须在框架里"
                    f"（{'、'.join(strangers) or '都在'}）。",
                    f"The input {one.name} needs a size from 0 to 1 and nodes of the scheme "
                    f"({', '.join(strangers) or 'all are'}).",
                )
        if _ways(one) == 0:
            raise Refused(
                f"不确定因素 {one.name} 没有可选项。", f"The input {one.name} has no options."
            )


def _ways(one: Input) -> int:
    """How many options an input has; -1 where it is a range."""
    if isinstance(one, Range):
        return -1
    if isinstance(one, Noise):
        return one.sets
    return len(one.columns) if isinstance(one, Definition) else len(one.options)


@dataclass(frozen=True, slots=True)
class Design:
    """The runs: ``places`` (runs × inputs) in 0–1, and what each input picks there.

    ``picks`` are numbers of options, or the values of a range. ``noise`` are the factors of
    the drawn weight sets, sets × nodes, by input.
    """

    places: Floats
    picks: Mapping[str, Ints | Floats]
    noise: Mapping[str, Floats]


def designed(experiment: Experiment) -> Design:
    """The plan of an experiment; the same seed gives the same bits.

    >>> from chanjiao.engines.composite.scheme import Node
    >>> scheme = Scheme([Node("I"), Node("a", "I")])
    >>> few = Experiment(Table.of("u", "a", [[1]]), scheme, Recipe(), (Noise("w", 0.2),), reps=4)
    >>> bool((designed(few).places == designed(few).places).all())
    True
    """
    dice = np.random.Generator(np.random.PCG64(experiment.seed))
    size = len(experiment.inputs)
    if experiment.kind == "sample":
        places = dice.random((experiment.reps, size))
    else:
        both = dice.random((2, experiment.reps, size))
        mixed = np.repeat(both[:1], size, axis=0)
        for place in range(size):
            mixed[place, :, place] = both[1, :, place]
        places = np.concatenate([both, mixed]).reshape(-1, size)
    picks: dict[str, Ints | Floats] = {}
    noise = {}
    others = [node.code for node in experiment.scheme if node.code != experiment.scheme.root]
    for place, one in enumerate(experiment.inputs):
        picks[one.name] = picked(one, places[:, place])
        if isinstance(one, Noise):
            touched = np.array([not one.nodes or code in one.nodes for code in others])
            drawn = dice.uniform(-one.size, one.size, (one.sets, len(others)))
            noise[one.name] = 1 + drawn * touched
    return Design(places, picks, noise)


def picked(one: Input, places: Floats) -> Ints | Floats:
    """Equal parts of 0–1 for the options (COINr cuts the sample's own range instead).

    >>> picked(Definition("d", "a", ("a", "b")), np.array([0.0, 0.49, 0.5, 0.99])).tolist()
    [0, 0, 1, 1]
    """
    if isinstance(one, Range):
        return np.asarray(one.low + places * (one.high - one.low))
    ways = _ways(one)
    return np.minimum((places * ways).astype(np.int64), ways - 1)


def recipe_with(experiment: Experiment, picks: Mapping[str, float]) -> Recipe:
    """The recipe of one run (steps only)."""
    recipe = experiment.recipe
    for one in experiment.inputs:
        if isinstance(one, Choice):
            recipe = replace(recipe, **{one.step: one.options[int(picks[one.name])]})
    for one in experiment.inputs:
        if isinstance(one, Range):
            step = getattr(recipe, one.step)
            if step is not None:
                value = picks[one.name]
                recipe = replace(recipe, **{one.step: _with_field(step, one, value)})
    return recipe


def _with_field(step: Any, one: Range, value: float) -> Any:
    if not hasattr(step, one.field):
        raise Refused(
            f"不确定因素 {one.name}：{one.step} 没有 {one.field} 这个参数。",
            f"The input {one.name} names {one.field}, which the step {one.step} has not.",
        )
    return replace(step, **{one.field: value})


def data_with(experiment: Experiment, picks: Mapping[str, float]) -> Table:
    """The data of one run: definitions put in their indicators' places."""
    table = experiment.data
    values: Floats | None = None
    for one in experiment.inputs:
        if isinstance(one, Definition):
            column = one.columns[int(picks[one.name])]
            if column != one.code:
                values = table.values.copy() if values is None else values
                values[:, table.codes.index(one.code)] = experiment.others[column]
    return table if values is None else table.with_values(values)


def touching(inputs: Sequence[Input], after: bool) -> list[Input]:
    """Inputs that change indicators' scores, or (``after``) only weights and methods above."""
    late = ("weigh", "aggregate")
    return [
        one
        for one in inputs
        if (
            isinstance(one, (Noise, WeightSets))
            or (isinstance(one, (Choice, Range)) and one.step in late)
        )
        == after
    ]
