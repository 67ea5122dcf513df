"""How one indicator's values become scores: one function a kind, over columns that share it.

Columns come with their direction already turned (more is better), as in COINr, whose functions
of the same names give the same numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.moments import deviation_of, least, mean_of, most
from chanjiao.engines.composite.ranking import ascending
from chanjiao.engines.composite.table import Flags, Floats

Kind = Literal[
    "goalposts", "band", "minmax", "scaled", "zscore", "dist2max", "dist2ref", "dist2targ",
    "fracmax", "prank", "rank", "borda", "linear", "none",
]  # fmt: skip

Curve = Literal["none", "ln", "log1p"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How an indicator is scored; which fields count depends on ``kind``.

    ``goalposts``: from ``posts`` to the ends of ``to``, clipped; ``band``: full marks inside
    ``band``, falling to the posts on both sides; ``minmax``: the column's range to ``to``;
    ``scaled``: ``posts`` to 0–100 unclipped; ``zscore``: mean and deviation ``to``;
    ``dist2max``, ``dist2ref`` (``reference`` a unit, or COINr's place among units in order),
    ``dist2targ`` (``target``), ``fracmax``: shares of a distance; ``prank``, ``rank``,
    ``borda``: ranks with ties at their lowest; ``linear``: frozen, ``posts`` are offset and
    slope. Posts and target are raw values unless ``directed``, which means already turned.
    ``curve`` takes the logarithm of values, posts, band and target first: ``ln`` or
    ``log1p``, ln(1 + x). Without ``strict``, ``fracmax`` takes maxima below 0 as COINr does,
    which turns the order of a turned indicator round.
    """

    kind: Kind = "goalposts"
    to: tuple[float, float] = (1.0, 100.0)
    posts: tuple[float, float] | None = None
    band: tuple[float, float] | None = None
    target: float | None = None
    reference: str | int | None = None
    clip: bool = True
    directed: bool = False
    curve: Curve = "none"
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Lot:
    """Columns of one kind: turned values, their scales, codes, directions and rows' units."""

    x: Floats
    scales: Sequence[Scale]
    codes: Sequence[str]
    directions: Floats
    units: Sequence[str]

    def pairs(self, field: str) -> tuple[Floats, Floats]:
        """Both numbers of a field for all columns, turned like the values."""
        low, high = [], []
        for scale, code, turn in zip(self.scales, self.codes, self.directions, strict=True):
            given = getattr(scale, field)
            if given is None:
                name = {"posts": "上下限（goalposts）", "band": "适宜区间（band）"}[field]
                raise Refused(
                    f"指标 {code} 按 {scale.kind} 无量纲化，但没有给{name}。",
                    f"Indicator {code} is scored by {scale.kind} but has no "
                    f"{'goalposts' if field == 'posts' else field}.",
                )
            first, second = (curved(scale.curve, v) for v in given)
            if turn < 0 and not scale.directed:
                first, second = -second, -first
            if not first < second:
                raise Refused(
                    f"指标 {code} 的下限 {given[0]:g} 须小于上限 {given[1]:g}。",
                    f"Indicator {code} has a floor of {given[0]:g} that is not below its "
                    f"ceiling of {given[1]:g}.",
                )
            low.append(first)
            high.append(second)
        return np.array(low), np.array(high)

    def ends(self) -> tuple[Floats, Floats]:
        """Where the scores begin and end."""
        return np.array([s.to[0] for s in self.scales]), np.array([s.to[1] for s in self.scales])


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores, which cells were cut at an end, which columns could not be told apart.

    ``offset`` and ``slope`` give score = offset + slope · turned value where that is so, and
    NaN where it is not.
    """

    scores: Floats
    below: Flags
    above: Flags
    flat: Flags
    offset: Floats
    slope: Floats


def curved(curve: Curve, value: float) -> float:
    """A parameter through the curve of its scale; NaN where there is no logarithm."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if curve == "ln":
            return float(np.log(value)) if value > 0 else float("nan")
        return float(np.log1p(value)) if curve == "log1p" else float(value)


def scored(lot: Lot) -> Scored:
    """Score the columns of a lot. Raises :class:`Refused` where a kind would give nonsense."""
    return KINDS[lot.scales[0].kind](lot)


def _line(
    lot: Lot, offset: Floats, slope: Floats, flat: Flags, clip: tuple[Floats, Floats] | None = None
) -> Scored:
    scores = offset + slope * lot.x
    scores[:, flat] = np.nan
    below = above = np.zeros(lot.x.shape, bool)
    if clip is not None:
        below, above = scores < clip[0], scores > clip[1]
        scores = np.where(below, clip[0], np.where(above, clip[1], scores))
    return Scored(scores, below, above, flat, offset, slope)


def _between(
    lot: Lot, low: Floats, high: Floats, ends: tuple[Floats, Floats], clip: Flags | None = None
) -> Scored:
    """The share of the way from low to high, laid over the ends; a way of no length is flat."""
    flat = ~(high > low)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (lot.x - low) / (high - low)
        slope = (ends[1] - ends[0]) / (high - low)
        offset = ends[0] - low * slope
    below = above = np.zeros(lot.x.shape, bool)
    if clip is not None and clip.any():
        below, above = (share < 0) & clip, (share > 1) & clip
        share = np.where(below, 0.0, np.where(above, 1.0, share))
    scores = share * (ends[1] - ends[0]) + ends[0]
    scores[:, flat] = np.nan
    return Scored(scores, below, above, flat, offset, slope)


def _goalposts(lot: Lot) -> Scored:
    low, high = lot.pairs("posts")
    return _between(lot, low, high, lot.ends(), np.array([s.clip for s in lot.scales]))


def _band(lot: Lot) -> Scored:
    """The best is a range, not an end; after the OECD handbook's "distance to a reference"."""
    low, high = lot.pairs("posts")
    inner_low, inner_high = lot.pairs("band")
    wrong = np.flatnonzero((inner_low < low) | (inner_high > high))
    if len(wrong):
        code = lot.codes[wrong[0]]
        raise Refused(
            f"指标 {code} 的适宜区间须在上下限之内。",
            f"Indicator {code} has a band that reaches outside its goalposts.",
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        rising = np.where(inner_low > low, (lot.x - low) / (inner_low - low), np.inf)
        falling = np.where(high > inner_high, (high - lot.x) / (high - inner_high), np.inf)
    rising = np.where((inner_low == low) & (lot.x < low), 0.0, rising)
    falling = np.where((inner_high == high) & (lot.x > high), 0.0, falling)
    share = np.minimum(np.minimum(rising, falling), 1.0)
    share = np.where(np.isnan(lot.x), np.nan, share)
    below = share < 0
    start, end = lot.ends()
    scores = np.where(below, 0.0, share) * (end - start) + start
    none = np.full(len(lot.codes), np.nan)
    return Scored(scores, below, np.zeros_like(below), np.zeros(len(none), bool), none, none)


def _minmax(lot: Lot) -> Scored:
    return _between(lot, least(lot.x), most(lot.x), lot.ends())


def _scaled(lot: Lot) -> Scored:
    low, high = lot.pairs("posts")
    return _between(lot, low, high, (np.zeros(len(low)), np.full(len(low), 100.0)))


def _zscore(lot: Lot) -> Scored:
    mean, deviation = mean_of(lot.x), deviation_of(lot.x)
    middle, width = lot.ends()
    flat = ~(deviation > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        scores = (lot.x - mean) / deviation * width + middle
        slope = width / deviation
        offset = middle - mean * slope
    scores[:, flat] = np.nan
    never = np.zeros(lot.x.shape, bool)
    return Scored(scores, never, never, flat, offset, slope)


def _unit_ends(lot: Lot) -> tuple[Floats, Floats]:
    return np.zeros(len(lot.codes)), np.ones(len(lot.codes))


def _dist2max(lot: Lot) -> Scored:
    return _between(lot, least(lot.x), most(lot.x), _unit_ends(lot))


def _dist2ref(lot: Lot) -> Scored:
    reference = np.array([_reference(lot, n) for n in range(len(lot.codes))])
    return _towards(lot, reference, ("基准单位的值", "the reference unit's value"))


def _reference(lot: Lot, column: int) -> float:
    asked = lot.scales[column].reference
    known = [n for n, unit in enumerate(lot.units) if unit == asked]
    if isinstance(asked, int) and 1 <= asked <= len(lot.units):
        known = [asked - 1]
    if not known:
        raise Refused(
            f"指标 {lot.codes[column]} 的基准单位 {asked} 不在数据里。",
            f"Indicator {lot.codes[column]} has the reference unit {asked}, not in the data.",
        )
    return float(lot.x[known[-1], column])


def _dist2targ(lot: Lot) -> Scored:
    targets = []
    for scale, code, turn in zip(lot.scales, lot.codes, lot.directions, strict=True):
        if scale.target is None or np.isnan(scale.target):
            raise Refused(
                f"指标 {code} 按目标值计分，但没有目标值。",
                f"Indicator {code} is scored by its target but has none.",
            )
        target = curved(scale.curve, scale.target)
        targets.append(target if scale.directed else target * float(turn))
    return _towards(lot, np.array(targets), ("目标值", "the target"))


def _towards(lot: Lot, goal: Floats, names: tuple[str, str]) -> Scored:
    """Share of the way from the worst value to a goal, which must be better than the worst."""
    low = least(lot.x)
    bad = np.flatnonzero(~(goal > low) & ~np.isnan(low))
    if len(bad):
        code = lot.codes[bad[0]]
        raise Refused(
            f"指标 {code}：{names[0]}缺失或不优于最差值，得分会没有意义。",
            f"Indicator {code}: {names[1]} is missing or no better than the worst value, so "
            "scores would mean nothing.",
        )
    clip = np.array([s.clip for s in lot.scales])
    return _between(lot, low, goal, _unit_ends(lot), clip)


def _fracmax(lot: Lot) -> Scored:
    top = most(lot.x)
    strict = np.array([scale.strict for scale in lot.scales])
    bad = np.flatnonzero((top <= 0) & (strict | (top == 0)))
    if len(bad):
        code = lot.codes[bad[0]]
        raise Refused(
            f"指标 {code} 的最大值（方向调整后）为 {top[bad[0]]:g}，不大于 0，"
            "不能按最大值之比计分；请改用 minmax。",
            f"Indicator {code} has a maximum of {top[bad[0]]:g} once turned; a share of it "
            "would turn the order round. Use minmax.",
        )
    return _line(lot, np.zeros(len(top)), 1 / top, np.isnan(top))


def _by_rank(start: float, share: bool) -> Callable[[Lot], Scored]:
    def kind(lot: Lot) -> Scored:
        scores = ascending(lot.x) - start
        flat = np.zeros(len(lot.codes), bool)
        if share:
            others = (~np.isnan(lot.x)).sum(axis=0) - 1.0
            flat = others <= 0
            with np.errstate(invalid="ignore", divide="ignore"):
                scores = scores / others
            scores[:, flat] = np.nan
        never = np.zeros(lot.x.shape, bool)
        none = np.full(len(lot.codes), np.nan)
        return Scored(scores, never, never, flat, none, none)

    return kind


def _linear(lot: Lot) -> Scored:
    given = [s.posts or (np.nan, np.nan) for s in lot.scales]
    offset, slope = (np.array([pair[n] for pair in given]) for n in (0, 1))
    return _line(lot, offset, slope, np.isnan(slope))


def _none(lot: Lot) -> Scored:
    ones = np.ones(len(lot.codes))
    return _line(lot, ones * 0, ones, np.zeros(len(ones), bool))


KINDS: dict[str, Callable[[Lot], Scored]] = {
    "goalposts": _goalposts,
    "band": _band,
    "minmax": _minmax,
    "scaled": _scaled,
    "zscore": _zscore,
    "dist2max": _dist2max,
    "dist2ref": _dist2ref,
    "dist2targ": _dist2targ,
    "fracmax": _fracmax,
    "prank": _by_rank(1.0, share=True),
    "rank": _by_rank(0.0, share=False),
    "borda": _by_rank(1.0, share=False),
    "linear": _linear,
    "none": _none,
}
