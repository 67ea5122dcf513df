"""One edition against the next: how much is due to data, definition, weights and method.

Each edition is a set of four factors. Shapley's value averages, over all orders in which they
could have been exchanged, what each exchange does to the score; the four parts add up exactly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import factorial

import numpy as np

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.building import Build, Recipe, build
from chanjiao.engines.composite.closing import closed
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.table import Floats, Table
from chanjiao.engines.composite.weighing import Weigh

FACTORS = ("data", "definition", "weights", "method")


@dataclass(frozen=True, slots=True)
class Change:
    """A unit's score and rank before and after; ``parts`` add up to after minus before.

    A factor that is the same in both editions has a part of exactly 0. Parts are NaN where a
    mixture of both editions has no score for the unit.
    """

    unit: str
    period: str
    before: float
    after: float
    rank_before: float
    rank_after: float
    parts: Mapping[str, float]


def changes(first: Build, second: Build) -> list[Change]:
    """Of every unit in both builds (of the same period in panels), in the second's order.

    *data* are the raw values; *definition* which indicators there are, their directions and
    all steps up to scores; *weights* the weights as they came out; *method* how children are
    drawn together. A column that one year's data lack is a gap there. Raises :class:`Refused`
    where a mixture would be nonsense, naming it.
    """
    differing = [factor for factor in FACTORS if not SAME[factor](first, second)]
    size = len(differing)
    mixtures = [_scores(first, second, _chosen(differing, mask)) for mask in range(2**size)]
    ranks = [_by_unit(one, one.ranks()) for one in (first, second)]
    found = []
    for key in _by_unit(second, second.scores()):
        if key not in mixtures[0]:
            continue
        values = [one.get(key, float("nan")) for one in mixtures]
        before, after = values[0], mixtures[-1][key]
        parts = dict.fromkeys(FACTORS, 0.0)
        shares = closed(_shapley(values, size), after - before)
        parts |= dict(zip(differing, shares, strict=True))
        found.append(Change(*key, before, after, ranks[0][key], ranks[1][key], parts))
    return found


def _chosen(differing: list[str], mask: int) -> frozenset[str]:
    return frozenset(factor for n, factor in enumerate(differing) if mask >> n & 1)


def _same_data(first: Build, second: Build) -> bool:
    one, two = (build.data.choosing(build.scheme.leaves) for build in (first, second))
    names = ("units", "periods", "codes", "groups")
    return (
        all(getattr(one, name) == getattr(two, name) for name in names)
        and np.array_equal(one.values, two.values, equal_nan=True)
        and one.bases.keys() == two.bases.keys()
        and all(np.array_equal(one.bases[k], two.bases[k], equal_nan=True) for k in one.bases)
    )


def _same_definition(first: Build, second: Build) -> bool:
    trees = [
        [(node.code, node.parent, node.direction) for node in build.scheme]
        for build in (first, second)
    ]
    steps = [replace(one.recipe, weigh=Weigh(), aggregate=Aggregate()) for one in (first, second)]
    return trees[0] == trees[1] and steps[0] == steps[1]


SAME: Mapping[str, Callable[[Build, Build], bool]] = {
    "data": _same_data,
    "definition": _same_definition,
    "weights": lambda first, second: first.weights == second.weights,
    "method": lambda first, second: first.recipe.aggregate == second.recipe.aggregate,
}


def _shapley(values: list[float], size: int) -> list[float]:
    """Each factor's mean effect; ``values`` by the mask of the factors exchanged."""
    parts = []
    for factor in range(size):
        total = 0.0
        for mask in range(2**size):
            if not mask >> factor & 1:
                count = mask.bit_count()
                share = factorial(count) * factorial(size - count - 1) / factorial(size)
                total += share * (values[mask | 1 << factor] - values[mask])
        parts.append(total)
    return parts


def _scores(first: Build, second: Build, chosen: frozenset[str]) -> dict[tuple[str, str], float]:
    """Scores of the root where the chosen factors are the second's."""
    differing = {factor for factor in FACTORS if not SAME[factor](first, second)}
    if not chosen or chosen == differing:
        whole = second if chosen else first
        return _by_unit(whole, whole.scores())
    own = {factor: second if factor in chosen else first for factor in FACTORS}
    definition = own["definition"]
    scheme = _weighted(definition.scheme, own["weights"], (first, second))
    recipe = replace(definition.recipe, weigh=Weigh(), aggregate=own["method"].recipe.aggregate)
    data = _widened(own["data"].data, scheme)
    try:
        made = build(data, scheme, _forced(recipe, data))
    except Refused as fault:
        told = ", ".join(f"{f} {'after' if own[f] is second else 'before'}" for f in FACTORS)
        raise Refused(
            f"两版的组合（{told}）算不出来：{fault.zh}",
            f"The mixture of both editions ({told}) can't be computed: {fault.en}",
        ) from fault
    return _by_unit(made, made.scores())


def _weighted(scheme: Scheme, source: Build, both: tuple[Build, Build]) -> Scheme:
    """Weights of the source; of nodes that it lacks, those of the edition that has them."""
    weights: dict[str, float] = {}
    for one in (*both, source):
        weights |= one.weights
    return scheme.reweighted(weights)


def _widened(data: Table, scheme: Scheme) -> Table:
    lost = [code for code in scheme.leaves if code not in data.codes]
    if not lost:
        return data
    gaps = np.full((len(data), len(lost)), np.nan)
    return replace(data, codes=(*data.codes, *lost), values=np.column_stack([data.values, gaps]))


def _forced(recipe: Recipe, data: Table) -> Recipe:
    """Exceptions to screening only for units that this year's data have."""
    if recipe.screen is None or not recipe.screen.force:
        return recipe
    force = {unit: keep for unit, keep in recipe.screen.force.items() if unit in data.units}
    return replace(recipe, screen=replace(recipe.screen, force=force))


def _by_unit(made: Build, values: Floats) -> dict[tuple[str, str], float]:
    table = made.result
    periods = table.periods or ("",) * len(table)
    return dict(zip(zip(table.units, periods, strict=True), values.tolist(), strict=True))
