"""One edition against the next: how much is due to data, definition, weights and method.

Each edition is a set of four factors. Shapley's value averages, over all orders in which they
could have been exchanged, what each exchange does to the score; the four parts add up exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import factorial

import numpy as np

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

    ``by_data`` and so on are NaN where a mixture of both editions has no score for the unit.
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
    mixtures = {mask: _scores(first, second, mask) for mask in range(2 ** len(FACTORS))}
    ranks = [_by_unit(one, one.ranks()) for one in (first, second)]
    found = []
    for key in mixtures[15]:
        if key not in mixtures[0]:
            continue
        before, after = mixtures[0][key], mixtures[15][key]
        values = [mixtures[mask].get(key, float("nan")) for mask in sorted(mixtures)]
        parts = closed(_parts(values), after - before)
        found.append(
            Change(
                *key, before, after, ranks[0][key], ranks[1][key],
                dict(zip(FACTORS, parts, strict=True)),
            )
        )  # fmt: skip
    return found


def _parts(values: list[float]) -> list[float]:
    size = len(FACTORS)
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


def _scores(first: Build, second: Build, mask: int) -> dict[tuple[str, str], float]:
    """Scores of the root where the factors of the mask are the second's."""
    own = {f: second if mask >> n & 1 else first for n, f in enumerate(FACTORS)}
    if len({id(one) for one in own.values()}) == 1:
        whole = own["data"]
        return _by_unit(whole, whole.scores())
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
