"""How the children of one node make its score, and when they are too few or unfit to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.frontier import benefit_of_doubt
from chanjiao.engines.composite.means import (
    coupling,
    extreme,
    mazziotta_pareto,
    ordered_mean,
    power_mean,
)
from chanjiao.engines.composite.outranking import copeland
from chanjiao.engines.composite.table import Floats, Ints

Kind = Literal[
    "amean", "gmean", "hmean", "power", "minimum", "maximum", "mpi", "owa", "copeland", "bod",
    "coupling",
]  # fmt: skip
Effect = Literal["cap", "withhold"]


@dataclass(frozen=True, slots=True)
class Gate:
    """A child that has to reach ``least`` before its siblings count in full (前提).

    Below it, the parent is no better than the child (``cap``) or has no score (``withhold``).
    A gate child that is a gap withholds the parent: nobody has measured the condition.
    """

    child: str
    least: float
    effect: Effect = "cap"


@dataclass(frozen=True, slots=True)
class Combine:
    """How a node's children are drawn together.

    ``known`` is the share of children (by number) that must be known for a score at all.
    ``power`` belongs to ``power``, ``penalty`` (-1 or 1) to ``mpi``, ``order`` to ``owa``
    (weights of places, best first), ``ceiling`` to ``coupling``, ``shares`` (least, most of
    each child) to ``bod``. ``on_zero`` tells whether a 0 among geometric or harmonic children
    is refused or, as the limit of the formula says, makes the node 0.
    """

    kind: Kind = "amean"
    known: float = 0.0
    power: float = 1.0
    penalty: int = -1
    order: tuple[float, ...] = ()
    ceiling: float = 100.0
    shares: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    on_zero: Literal["refuse", "limit"] = "refuse"

    def exponent(self) -> float | None:
        """The power of a power mean; ``None`` for the other kinds."""
        return {"amean": 1.0, "gmean": 0.0, "hmean": -1.0, "power": self.power}.get(self.kind)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a combination happens: the node, its children, and rows that belong together."""

    node: str
    children: tuple[str, ...]
    units: Sequence[str]
    blocks: Sequence[Ints]


def combine(how: Combine, xs: Sequence[Floats], weights: Floats, place: Place) -> Floats:
    """The node's scores, shape (units) or (runs, units). Raises :class:`Refused`.

    >>> place = Place("I", ("a", "b"), ["u"], [np.array([0])])
    >>> combine(Combine("gmean"), [np.array([4.0]), np.array([9.0])], np.ones(2), place).round(9)
    array([6.])
    """
    _check_signs(how, xs, place)
    exponent = how.exponent()
    if exponent is not None:
        found = power_mean(xs, weights, exponent)
    else:
        found = OTHERS[how.kind](how, xs, weights, place)
    if how.known > 0:
        found = np.where(known_share(xs) < how.known, np.nan, found)
    for gate in how.gates:
        found = _gated(found, gate, xs, place)
    return found


def known_share(xs: Sequence[Floats]) -> Floats:
    """The share of children known in each row."""
    count = sum((~np.isnan(x)).astype(float) for x in xs)
    return np.asarray(count / len(xs))


def _check_signs(how: Combine, xs: Sequence[Floats], place: Place) -> None:
    """Refuse what the formula turns into nonsense: logs of 0, powers of negatives."""
    exponent = how.exponent()
    if exponent == 1 or how.kind in ("minimum", "maximum", "owa", "copeland", "bod"):
        return
    strict = exponent is not None and exponent <= 0 and how.on_zero == "refuse"
    for child, x in zip(place.children, xs, strict=True):
        bad = x <= 0 if strict else x < 0
        if bad.any():
            where = np.argwhere(bad)[0]
            unit = place.units[where[-1]]
            value = x[tuple(where)]
            raise _unfit(how, place, (unit, child, float(value)), strict)


def _unfit(how: Combine, place: Place, at: tuple[str, str, float], strict: bool) -> Refused:
    unit, child, value = at
    zh = "须大于 0。请让得分从 1 开始（如 1–100）" if strict else "不能为负。请换一种无量纲化"
    en = "it must be above 0. Let scores begin at 1 (such as 1–100)" if strict else (
        "it must not be below 0. Normalise otherwise"
    )  # fmt: skip
    if value == 0:
        zh, en = f"{zh}，或写明 on_zero: limit", f"{en}, or say on_zero: limit"
    return Refused(
        f"{place.node} 用 {how.kind} 合成，但单位 {unit} 的 {child} 得分为 {value:g}；{zh}。",
        f"{place.node} is combined by {how.kind}, but unit {unit} scores {value:g} on {child}; "
        f"{en}.",
    )


def _gated(found: Floats, gate: Gate, xs: Sequence[Floats], place: Place) -> Floats:
    if gate.child not in place.children:
        raise Refused(
            f"{place.node} 的前提 {gate.child} 不是它的下级。",
            f"{place.node} has the gate {gate.child}, which is not one of its children.",
        )
    child = xs[place.children.index(gate.child)]
    closed = child < gate.least
    held = np.where(closed, np.nan if gate.effect == "withhold" else np.fmin(found, child), found)
    return np.asarray(np.where(np.isnan(child) | np.isnan(found), np.nan, held))


def _owa(how: Combine, xs: Sequence[Floats], weights: Floats, place: Place) -> Floats:
    order = how.order
    if len(order) != len(xs) or min(order) < 0 or sum(order) <= 0:
        raise Refused(
            f"{place.node} 有 {len(xs)} 个下级，位次权重须有同样多个且不小于 0，"
            f"现为 {list(order)}。",
            f"{place.node} has {len(xs)} children; give as many order weights from 0 up, "
            f"not {list(order)}.",
        )
    return ordered_mean(xs, weights, order)


def _by_block(
    method: Callable[[Sequence[Floats], Floats], Floats],
    xs: Sequence[Floats],
    weights: Floats,
    place: Place,
) -> Floats:
    """Methods that compare units do so inside each period."""
    if len(place.blocks) == 1:
        return method(xs, weights)
    shape = np.broadcast_shapes(*(x.shape for x in xs), (*weights.shape[:-1], 1))
    found = np.full(shape, np.nan)
    for rows in place.blocks:
        found[..., rows] = method([x[..., rows] for x in xs], weights)
    return found


def _copeland(how: Combine, xs: Sequence[Floats], weights: Floats, place: Place) -> Floats:
    return _by_block(copeland, xs, weights, place)


def _bod(how: Combine, xs: Sequence[Floats], weights: Floats, place: Place) -> Floats:
    limits = [how.shares.get(child, (0.0, 1.0)) for child in place.children]
    low, high = [one[0] for one in limits], [one[1] for one in limits]

    def method(some: Sequence[Floats], _weights: Floats) -> Floats:
        if all(x.ndim == 1 for x in some):
            return benefit_of_doubt(np.column_stack(some), low, high).scores
        runs = max(len(x) for x in some if x.ndim > 1)
        shape = (runs, some[0].shape[-1])
        stack = np.stack([np.broadcast_to(x, shape) for x in some], axis=-1)
        return np.stack([benefit_of_doubt(run, low, high).scores for run in stack])

    # The units choose their weights themselves: nobody else's play a part.
    return _by_block(method, xs, np.ones(len(xs)), place)


OTHERS: dict[str, Callable[[Combine, Sequence[Floats], Floats, Place], Floats]] = {
    "minimum": lambda how, xs, w, place: extreme(xs, w, lowest=True),
    "maximum": lambda how, xs, w, place: extreme(xs, w, lowest=False),
    "mpi": lambda how, xs, w, place: mazziotta_pareto(xs, w, how.penalty),
    "owa": _owa,
    "copeland": _copeland,
    "bod": _bod,
    "coupling": lambda how, xs, w, place: coupling(xs, w, how.ceiling),
}
