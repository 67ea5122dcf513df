"""Why one score differs from another: parts by indicator that add up exactly.

Between two rows of scores, every power mean can be split without a rest: with g(Y) = Σ w g(x),
the change of Y is Σ m·Δx, where m is w times the secant of g at x over that of g at Y. At the
geometric mean this is LMDI (Ang, Energy Policy 32, 2004), at the arithmetic mean simply w. The
multipliers chain down the tree. Other methods are split among the children by Shapley's value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import factorial, isnan, log

import numpy as np

from chanjiao.engines.composite.building import Build
from chanjiao.engines.composite.closing import closed
from chanjiao.engines.composite.combining import Combine, Place, combine
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.table import Floats

RELATIVE = ("copeland", "bod")
MOST_CHILDREN = 14
NEAR = 1e-9


def difference(
    build: Build,
    before: Mapping[str, float],
    after: Mapping[str, float],
    node: str | None = None,
) -> dict[str, float]:
    """Parts of ``after`` minus ``before`` at a node (the root), by code, adding up exactly.

    Both map every code below the node, and itself, to a score (a row of ``build.result``). A
    part stands at an aggregate where it can't be split further: where something was known on
    one side only. Raises :class:`Refused` below methods that compare units (Copeland, BoD).
    """
    node = node or build.scheme.root
    whole = after[node] - before[node]
    if isnan(whole):
        return {node: whole}
    parts: dict[str, float] = {}
    _split(build, node, 1.0, (before, after), parts)
    values = closed(list(parts.values()), whole)
    return dict(zip(parts, values, strict=True))


def contributions(
    build: Build, row: int, node: str | None = None, floor: float | None = None
) -> dict[str, float]:
    """What each indicator adds to a unit's score above the floor, adding up exactly.

    The floor is 0 where every method is an arithmetic mean, so that a part is weight times
    score, and 1 otherwise, the lowest score of the usual scale.

    >>> from chanjiao.engines.composite.building import Recipe, build as make
    >>> from chanjiao.engines.composite.normalising import Normalise
    >>> from chanjiao.engines.composite.scales import Scale
    >>> from chanjiao.engines.composite.scheme import Node, Scheme
    >>> from chanjiao.engines.composite.table import Table
    >>> made = make(Table.of("u", "ab", [[40, 80]]), Scheme([Node("I"), Node("a", "I", 3),
    ...     Node("b", "I", 1)]), Recipe(normalise=Normalise(Scale("none"))))
    >>> contributions(made, 0)
    {'a': 30.0, 'b': 20.0}
    """
    node = node or build.scheme.root
    if floor is None:
        plain = all(
            build.recipe.aggregate.of(build.scheme, code).kind == "amean"
            for code in build.scheme.aggregates
        )
        floor = 0.0 if plain else 1.0
    after = row_of(build, row)
    nothing = {code: floor if not isnan(score) else score for code, score in after.items()}
    return difference(build, nothing, after, node)


def row_of(build: Build, row: int) -> dict[str, float]:
    """One row of the result by code."""
    return dict(zip(build.result.codes, build.result.values[row].tolist(), strict=True))


Sides = tuple[Mapping[str, float], Mapping[str, float]]


def _split(build: Build, node: str, times: float, sides: Sides, into: dict[str, float]) -> None:
    children = build.scheme.children(node)
    if not children:
        into[node] = times * (sides[1][node] - sides[0][node])
        return
    how = build.recipe.aggregate.of(build.scheme, node)
    ends = [[side[child] for child in children] for side in sides]
    one_sided = any(isnan(x) != isnan(y) for x, y in zip(*ends, strict=True))
    exponent = how.exponent()
    if exponent is not None and not one_sided and not how.gates:
        factors = _secants(build, node, exponent, sides)
    else:
        parts = _shapley(build, node, how, ends)
        factors = {}
        for child, part, x, y in zip(children, parts, *ends, strict=True):
            if isnan(x) != isnan(y):
                into[child] = times * part
            elif not isnan(x):
                factors[child] = part / (y - x) if y != x else 0.0
    for child, factor in factors.items():
        _split(build, child, times * factor, sides, into)


def _secants(build: Build, node: str, exponent: float, sides: Sides) -> dict[str, float]:
    known = [c for c in build.scheme.children(node) if not isnan(sides[0][c])]
    total = sum(build.weights[child] for child in known)
    whole = secant(sides[0][node], sides[1][node], exponent)
    return {
        child: build.weights[child] / total * secant(sides[0][child], sides[1][child], exponent)
        / whole
        for child in known
    }  # fmt: skip


def secant(x: float, y: float, exponent: float) -> float:
    """(g(y) - g(x)) / (y - x), its limit where both are the same; 1 over the log mean at 0.

    >>> round(secant(2.0, 8.0, 0), 6), secant(3.0, 3.0, 2)
    (0.231049, 6.0)
    """
    if exponent == 1:
        return 1.0
    step = y - x
    if abs(step) <= NEAR * abs(x):
        middle = (x + y) / 2
        return 1 / middle if exponent == 0 else exponent * middle ** (exponent - 1)
    if exponent == 0:
        return (log(y) - log(x)) / step
    return float(y**exponent - x**exponent) / step


def _shapley(build: Build, node: str, how: Combine, ends: Sequence[Sequence[float]]) -> list[float]:
    """Each child's mean effect over all orders in which they could have changed."""
    if how.kind in RELATIVE:
        raise Refused(
            f"{node} 用 {how.kind} 合成，得分取决于其他单位，不能按下级拆分。",
            f"{node} is combined by {how.kind}: its score depends on other units and can't be "
            "split among its children.",
        )
    children = build.scheme.children(node)
    size = len(children)
    if size > MOST_CHILDREN:
        raise Refused(
            f"{node} 有 {size} 个下级，最多拆分 {MOST_CHILDREN} 个。",
            f"{node} has {size} children; at most {MOST_CHILDREN} can be split.",
        )
    masks = np.arange(2**size)
    switched = (masks[:, None] >> np.arange(size)) & 1
    rows: Floats = np.where(switched == 1, np.array(ends[1]), np.array(ends[0]))
    weights = np.array([build.weights[child] for child in children])
    place = Place(node, children, [""] * len(masks), [masks])
    value = combine(replace(how, known=0.0), list(rows.T.copy()), weights, place)
    count = switched.sum(axis=1)
    share = np.array([factorial(n) * factorial(size - n - 1) / factorial(size)
                      for n in range(size)] + [0.0])  # fmt: skip
    parts = []
    for child in range(size):
        without = masks[switched[:, child] == 0]
        gain = value[without + (1 << child)] - value[without]
        parts.append(float((share[count[without]] * gain).sum()))
    return parts


def lmdi(
    before: Sequence[float],
    after: Sequence[float],
    weights: Sequence[float],
    later: Sequence[float] | None = None,
) -> tuple[list[float], list[float]]:
    """A weighted geometric mean's change: parts by value, and by weight where those change.

    Parts and wholes add up exactly. All values must be above 0; weights need not add up to 1.

    >>> by_value, by_weight = lmdi([4.0, 9.0], [8.0, 9.0], [1, 1])
    >>> [round(x, 4) for x in by_value], by_weight
    ([2.4853, 0.0], [0.0, 0.0])
    """
    later = weights if later is None else later
    first = np.array(weights, float) / sum(weights)
    second = np.array(later, float) / sum(later)
    if min(*before, *after) <= 0:
        raise Refused("LMDI 要求所有值大于 0。", "LMDI needs values above 0.")
    x, y = np.log(before), np.log(after)
    start, end = (float(np.exp(w @ v)) for w, v in ((first, x), (second, y)))
    mean = 1 / secant(start, end, 0)
    by_value = (first + second) / 2 * (y - x) * mean
    by_weight = (second - first) * (x + y) / 2 * mean
    parts = closed([*by_value.tolist(), *by_weight.tolist()], end - start)
    return parts[: len(x)], parts[len(x) :]
