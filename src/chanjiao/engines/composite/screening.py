"""Step 2: units of which too little is known are left out, and the table says which."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from chanjiao.engines.composite.decisions import Decisions, Part, joined
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.table import Flags, Floats, Ints, Table

By = Literal["missing", "zeros", "both"]


@dataclass(frozen=True, slots=True)
class Screen:
    """Keep rows with at least ``known`` of their values and ``nonzero`` of those not 0.

    ``by`` chooses which of the two counts; ``force`` keeps (``True``) or drops a unit whatever
    its data. The defaults are COINr's.
    """

    by: By = "missing"
    known: float = 2 / 3
    nonzero: float = 0.05
    force: Mapping[str, bool] = field(default_factory=dict)


def screen(table: Table, step: Screen) -> tuple[Table, Decisions, Ints]:
    """The rows that stay, the decisions about those that go, and the places of the first.

    >>> table = Table.of("ab", ["x", "y"], [[1, 2], [None, 3]])
    >>> kept, told, rows = screen(table, Screen(known=0.6))
    >>> kept.units, told.by_rule(), rows.tolist()
    (('a',), {'too_few_values': 1}, [0])
    """
    strangers = sorted(set(step.force) - set(table.units))
    if strangers:
        raise Refused(
            f"要强制保留或去掉的单位 {'、'.join(strangers)} 不在数据里。",
            f"Units {', '.join(strangers)} are to be forced in or out but are not in the data.",
        )
    known, nonzero = _shares(table.values)
    too_few = known < step.known
    too_zero = nonzero < step.nonzero
    few = too_few if step.by in ("missing", "both") else np.zeros_like(too_few)
    zero = too_zero if step.by in ("zeros", "both") else np.zeros_like(too_zero)
    inside, outside = (
        np.array([step.force.get(unit) is wanted for unit in table.units], dtype=bool)
        for wanted in (True, False)
    )
    goes = ((few | zero) & ~inside) | outside
    rows = np.flatnonzero(~goes)
    parts = [
        _whole("forced_out", outside, known, step.known),
        _whole("too_few_values", few & ~inside & ~outside, known, step.known),
        _whole("too_many_zeros", zero & ~few & ~inside & ~outside, nonzero, step.nonzero),
        _whole("forced_in", (few | zero) & inside, known, step.known),
    ]
    told = joined(parts, table.units, table.periods, table.codes)
    return table.taking(rows), told, rows


def _shares(values: Floats) -> tuple[Floats, Floats]:
    """Of each row: share of values known, and share of those that are not 0."""
    count = values.shape[1]
    known = (~np.isnan(values)).sum(axis=1)
    zeros = (values == 0).sum(axis=1)
    # 1 - missing/count rather than known/count: the rounding COINr compares with a threshold.
    share = 1 - (count - known) / count
    with np.errstate(invalid="ignore", divide="ignore"):
        return share, 1 - zeros / known


def _whole(rule: str, where: Flags, share: Floats, threshold: float) -> Part:
    rows = np.flatnonzero(where)
    everything = np.full(len(rows), -1)
    return Part(rule, rows, everything, share[rows], np.full(len(rows), threshold))
