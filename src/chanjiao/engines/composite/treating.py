"""Step 4: outliers are drawn in, or the column transformed, where its shape asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from chanjiao.engines.composite.decisions import Decisions, Part, joined, part
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.moments import least, most, skew_kurt
from chanjiao.engines.composite.table import Flags, Floats, Ints, Table

How = Literal["winsorise", "log_CT", "log_CT_orig", "log_GII", "boxcox", "none"]


@dataclass(frozen=True, slots=True)
class Treat:
    """``first`` where |skewness| ≥ ``skew`` and kurtosis ≥ ``kurt``; ``second`` if that fails.

    At most ``most_points`` values of a column are winsorised (``None``: no limit, ``force``:
    all of them in any case). The second treatment starts from the untouched column unless
    ``combine``. ``each`` holds other rules for single indicators, ``None`` for no treatment.
    ``inner_skew`` and ``inner_kurt`` let winsorising stop at other bounds than the test.
    """

    first: How = "winsorise"
    second: How = "log_CT"
    most_points: int | None = 5
    skew: float = 2.0
    kurt: float = 3.5
    force: bool = False
    combine: bool = False
    boxcox: float = 0.0
    inner_skew: float | None = None
    inner_kurt: float | None = None
    each: Mapping[str, "Treat | None"] = field(default_factory=dict)


MEASURES = ("skew_before", "kurt_before", "winsorised", "skew_after", "kurt_after")


def treat(table: Table, step: Treat) -> tuple[Table, Decisions]:
    """Treat each column of each period by itself; gaps stay gaps.

    A column with fewer than four known values, or without spread, has no kurtosis and is left
    alone (COINr stops). Raises :class:`Refused` where a transformation would turn the order
    of units round (``log_GII`` of values not above 1).

    >>> table = Table.of(range(12), ["x"], [[n] for n in [*range(1, 11), 30, 100]])
    >>> treated, told = treat(table, Treat())
    >>> treated.values[-2:].ravel().tolist(), told.by_rule()
    ([30.0, 30.0], {'winsorised_high': 1})
    """
    values = table.values.copy()
    parts: list[Part] = []
    measured = {name: np.full(len(table.codes), np.nan) for name in MEASURES}
    for rule, columns in _by_rule(table, step):
        for _period, rows in table.blocks():
            _treat_block(values, rows, columns, rule, (parts, measured, table))
    told = joined(parts, table.units, table.periods, table.codes, measured)
    return table.with_values(values), told


def _by_rule(table: Table, step: Treat) -> list[tuple[Treat, Ints]]:
    """Columns that share a rule, together."""
    found: dict[int, tuple[Treat, list[int]]] = {}
    general = replace(step, each={}) if step.each else step
    for column, code in enumerate(table.codes):
        rule = step.each.get(code, general)
        if rule is not None:
            found.setdefault(id(rule), (rule, []))[1].append(column)
    return [(rule, np.array(columns)) for rule, columns in found.values()]


def _treat_block(
    values: Floats,
    rows: Ints,
    columns: Ints,
    rule: Treat,
    notes: tuple[list[Part], dict[str, Floats], Table],
) -> None:
    parts, measured, table = notes
    block = values[np.ix_(rows, columns)] if len(rows) < len(values) else values[:, columns]
    skew, kurt = skew_kurt(block)
    measured["skew_before"][columns], measured["kurt_before"][columns] = skew, kurt
    failing = np.flatnonzero(~_passes(skew, kurt, rule))
    if not len(failing):
        return
    before = block[:, failing]
    after, high, low = _first(before, rule, [table.codes[n] for n in columns[failing]])
    measured["winsorised"][columns[failing]] = (high | low).sum(axis=0)
    skew, kurt = skew_kurt(after)
    unknown = np.isnan(skew) | np.isnan(kurt)
    after[:, unknown] = before[:, unknown]  # nothing left to measure: as it was
    again = np.flatnonzero(~_passes(skew, kurt, rule) & ~unknown)
    changed = {name: np.zeros(before.shape, bool) for name in (rule.first, rule.second)}
    if rule.first not in ("winsorise", "none"):
        changed[rule.first][:] = ~np.isnan(before)
    if len(again) and rule.second != "none":
        start = after[:, again] if rule.combine else before[:, again]
        codes = [table.codes[n] for n in columns[failing[again]]]
        after[:, again] = transformed(start, rule.second, codes, rule.boxcox)
        skew[again], kurt[again] = skew_kurt(after[:, again])
        for flags in (high, low, changed[rule.first]):
            flags[:, again] &= rule.combine
        changed[rule.second][:, again] = ~np.isnan(before[:, again])
    measured["skew_after"][columns[failing]], measured["kurt_after"][columns[failing]] = skew, kurt
    values[np.ix_(rows, columns[failing])] = after
    for name, flags in (
        ("winsorised_high", high),
        ("winsorised_low", low),
        *changed.items(),
    ):
        one = part(name, flags & ~unknown, before, after)
        parts.append(replace(one, rows=rows[one.rows], columns=columns[failing[one.columns]]))


def _passes(skew: Floats, kurt: Floats, rule: Treat) -> Flags:
    """Unknown shapes pass: there is nothing to hold against them."""
    fails = (np.abs(skew) >= rule.skew) & (kurt >= rule.kurt)
    return np.asarray(~fails)


def _first(block: Floats, rule: Treat, codes: Sequence[str]) -> tuple[Floats, Flags, Flags]:
    nothing = np.zeros(block.shape, bool)
    if rule.first == "winsorise":
        return winsorised(block, rule)
    if rule.first == "none":
        return block.copy(), nothing, nothing.copy()
    return transformed(block, rule.first, codes, rule.boxcox), nothing, nothing.copy()


def winsorised(block: Floats, rule: Treat) -> tuple[Floats, Flags, Flags]:
    """Columns drawn in point by point, and which cells were drawn down and up.

    The end that the skewness points to gives its outermost value (with its ties) the next
    value; after each the shape is measured again. As COINr counts, points already drawn in
    move on with the rest, and the limit is looked at between moves, so ties may pass it.
    """
    block = block.copy()
    high, low = (np.zeros(block.shape, bool) for _ in range(2))
    limit = np.inf if rule.most_points is None else rule.most_points
    bounds = replace(
        rule,
        skew=rule.skew if rule.inner_skew is None else rule.inner_skew,
        kurt=rule.kurt if rule.inner_kurt is None else rule.inner_kurt,
    )
    skew, kurt = skew_kurt(block)
    active = np.flatnonzero((rule.force | ~_passes(skew, kurt, bounds)) & (limit > 0))
    while len(active):
        moved = _draw_in(block, active, skew[active] >= 0, (high, low))
        skew[active], kurt[active] = skew_kurt(block[:, active])
        used = (high[:, active].sum(axis=0) + low[:, active].sum(axis=0)) < limit
        wanted = rule.force | ~_passes(skew[active], kurt[active], bounds)
        active = active[moved & used & wanted]
    return block, high, low


def _draw_in(block: Floats, active: Ints, upper: Flags, marks: tuple[Flags, Flags]) -> Flags:
    """One move in each active column; false where all known values are the same."""
    sign = np.where(upper, 1.0, -1.0)
    ends = block[:, active] * sign
    is_end = ends == most(ends)
    inner = most(np.where(is_end, np.nan, ends))
    moved = ~np.isnan(inner)
    for mark, side in zip(marks, (upper & moved, ~upper & moved), strict=True):
        mark[:, active[side]] = is_end[:, side]
    block[:, active] = np.where(is_end & moved, inner * sign, block[:, active])
    return np.asarray(moved)


def transformed(block: Floats, how: How, codes: Sequence[str], power: float = 0.0) -> Floats:
    """Columns through a logarithm or Box-Cox; each keeps the order of its values.

    ``log_CT``: ln(x - min + 1 % of the range), COIN Tool as in COINr; ``log_CT_orig``:
    ln(x - min + 1); ``log_GII``: ln((max - 1)(x - min)/(max - min) + 1), Global Innovation
    Index, which COINr computes and then drops; ``boxcox``: with ``power``, of x - min + 1.
    """
    low, high = least(block), most(block)
    if how == "log_CT":
        return np.asarray(np.log(block - low + 0.01 * (high - low)))
    if how == "log_CT_orig":
        return np.asarray(np.log(block - low + 1))
    if how == "log_GII":
        bad = np.flatnonzero(high <= 1)
        if len(bad):
            raise Refused(
                f"指标 {codes[bad[0]]} 的最大值 {high[bad[0]]:g} 不大于 1，"
                "log_GII 会颠倒次序；请改用 log_CT。",
                f"Indicator {codes[bad[0]]} has a maximum of {high[bad[0]]:g}; log_GII needs "
                "more than 1 or it turns the order round. Use log_CT.",
            )
        return np.asarray(np.log((high - 1) * (block - low) / (high - low) + 1))
    if how == "boxcox":
        shifted = block - low + 1
        return np.asarray(np.log(shifted) if power == 0 else (shifted**power - 1) / power)
    raise Refused(
        f"没有名为 {how} 的变换。", f"There is no transformation called {how}."
    )  # pragma: no cover
