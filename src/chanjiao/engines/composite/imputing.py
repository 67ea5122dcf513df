"""Step 3: gaps are filled only where a rule says how, and every filling is on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from chanjiao.engines.composite.decisions import Decisions, joined, part
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.moments import least, mean_of, most
from chanjiao.engines.composite.table import Floats, Ints, Table

How = Literal["mean", "median", "group_mean", "group_median", "last", "none"]


@dataclass(frozen=True, slots=True)
class Impute:
    """``how`` gaps are filled, down columns or ``across`` a row's other indicators.

    ``group`` names the label of rows that group methods use. Across rows, indicators are first
    put on 0–1 by the range of the column (``scaled``), turned by ``directions``, and
    ``within`` says which indicators belong together (code → name of the lot). ``last`` takes
    the unit's latest earlier period, at most ``reach`` periods back.
    """

    how: How = "mean"
    group: str = ""
    across: bool = False
    scaled: bool | None = None
    directions: Mapping[str, int] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    reach: int | None = None


def impute(table: Table, step: Impute) -> tuple[Table, Decisions]:
    """Fill gaps; what the rule cannot know (an empty column or group) stays a gap.

    >>> table = Table.of("abc", ["x"], [[1], [None], [3]], groups={"size": ("S", "S", "L")})
    >>> impute(table, Impute("group_mean", "size"))[0].values.ravel().tolist()
    [1.0, 1.0, 3.0]
    """
    gaps = np.isnan(table.values)
    if step.how == "none" or not gaps.any():
        return table, joined([], table.units, table.periods, table.codes)
    values = table.values.copy()
    if step.how == "last":
        values = _last(table, step.reach)
    else:
        for _period, rows in table.blocks():
            values[rows] = _block(table, rows, step)
    filled = gaps & ~np.isnan(values)
    values[~gaps] = table.values[~gaps]
    rule = f"{step.how}_across" if step.across else step.how
    told = joined(
        [part(rule, filled, table.values, values)], table.units, table.periods, table.codes
    )
    return table.with_values(values), told


def _block(table: Table, rows: Ints, step: Impute) -> Floats:
    block = table.values[rows]
    centre: Callable[[Floats], Floats] = mean_of if step.how.endswith("mean") else median_of
    if step.across:
        return _across(block, table.codes, step, centre)
    if not step.how.startswith("group"):
        return np.where(np.isnan(block), centre(block), block)
    everybody = _labels(table, step.group)
    labels = [everybody[n] for n in rows.tolist()]
    filled = block.copy()
    for label in set(labels) - {None}:
        same = np.array([one == label for one in labels])
        lot = block[same]
        filled[same] = np.where(np.isnan(lot), centre(lot), lot)
    return filled


def _labels(table: Table, group: str) -> tuple[str | None, ...]:
    if group not in table.groups:
        there = "、".join(table.groups) or "无"
        raise Refused(
            f"补缺要按分组 {group or '（未写）'}，数据里的分组有：{there}。",
            f"Gaps are to be filled by the group {group or '(none named)'}; the data have: "
            f"{', '.join(table.groups) or 'none'}.",
        )
    return table.groups[group]


def _across(
    block: Floats, codes: tuple[str, ...], step: Impute, centre: Callable[[Floats], Floats]
) -> Floats:
    """Each row's gap from the row's other values, on a common 0–1 scale unless told not to."""
    scaled = True if step.scaled is None else step.scaled
    turn = np.array([float(step.directions.get(code, 1)) for code in codes])
    turned = block * turn if scaled else block
    low = least(turned) if scaled else np.zeros(len(codes))
    span = most(turned) - low if scaled else np.ones(len(codes))
    with np.errstate(invalid="ignore", divide="ignore"):
        common = (turned - low) / span
    filled = block.copy()
    lots = [step.within.get(code, "") for code in codes]
    for lot in dict.fromkeys(lots):
        columns = np.array([n for n, one in enumerate(lots) if one == lot])
        middle = centre(common[:, columns].T)[:, None]
        back = middle * span[columns] + low[columns]
        back = back * turn[columns] if scaled else back
        filled[:, columns] = np.where(np.isnan(block[:, columns]), back, block[:, columns])
    return filled


def median_of(values: Floats) -> Floats:
    """The median of known values of each column, NaN where none is known."""
    in_order = np.sort(values, axis=0)
    n = (~np.isnan(values)).sum(axis=0)
    columns = np.arange(values.shape[1])
    upper = in_order[np.minimum(n // 2, len(values) - 1), columns]
    lower = in_order[np.maximum((n - 1) // 2, 0), columns]
    return np.where(n > 0, (lower + upper) / 2, np.nan)


def _last(table: Table, reach: int | None) -> Floats:
    """The unit's own value of the latest earlier period within reach."""
    if not table.periods:
        raise Refused(
            "“取最近一期”要有多期数据（Time 列）。",
            "Filling from the last period needs a panel (a Time column).",
        )
    blocks = table.blocks()
    known: list[dict[str, int]] = []
    values = table.values.copy()
    for _period, rows in blocks:
        for row in rows.tolist():
            back = known[::-1] if reach is None else known[::-1][:reach]
            for earlier in back:
                source = earlier.get(table.units[row])
                if source is not None:
                    values[row] = np.where(np.isnan(values[row]), table.values[source], values[row])
        known.append({table.units[row]: row for row in rows.tolist()})
    return values
