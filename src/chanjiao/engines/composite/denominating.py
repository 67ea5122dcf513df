"""Step 1: extensive indicators are divided by what they depend on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.decisions import Decisions, Part, joined
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.table import Table


@dataclass(frozen=True, slots=True)
class By:
    """Divide by ``base``; the result is multiplied by ``factor``."""

    base: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Denominate:
    """Which indicator is divided by which base column."""

    by: Mapping[str, By]


def denominate(table: Table, step: Denominate) -> tuple[Table, Decisions]:
    """Divide the indicators named; a missing base makes a gap, a base of 0 is refused.

    >>> table = Table.of("ab", ["x"], [[6], [8]], bases={"people": np.array([3.0, np.nan])})
    >>> denominate(table, Denominate({"x": By("people", 100)}))[0].values.ravel().tolist()
    [200.0, nan]
    """
    values = table.values.copy()
    parts = []
    for code, by in step.by.items():
        if code not in table.codes:
            continue  # left out of this run
        base = table.bases.get(by.base)
        if base is None:
            raise Refused(
                f"指标 {code} 要除以 {by.base}，数据里没有这一列。",
                f"Indicator {code} is to be divided by {by.base}, a column the data lack.",
            )
        place = table.codes.index(code)
        old = table.values[:, place]
        zero = np.flatnonzero((base == 0) & ~np.isnan(old))
        if len(zero):
            raise Refused(
                f"单位 {table.units[zero[0]]} 的 {by.base} 为 0，指标 {code} 不能除以它。",
                f"Unit {table.units[zero[0]]} has {by.base} = 0; {code} cannot be divided by it.",
            )
        values[:, place] = old / (base / by.factor)
        rows = np.flatnonzero(~np.isnan(old))
        columns = np.full(len(rows), place)
        parts.append(Part(f"÷ {by.base}", rows, columns, old[rows], values[rows, place]))
    return table.with_values(values), joined(parts, table.units, table.periods, table.codes)
