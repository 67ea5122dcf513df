"""The values an index is made of: units down, indicators across, gaps as NaN."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.composite.faults import Refused

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Table:
    """``values`` is units × indicators; a gap is NaN and stays one until a step fills it.

    In a panel each row is a unit in a period and ``periods`` names it. ``groups`` are labels of
    rows (``None`` unknown), ``bases`` the columns that indicators may be divided by.

    >>> table = Table.of(["甲", "乙"], ["A1"], [[0.5], [None]])
    >>> table.values
    array([[0.5],
           [nan]])
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]
    values: Floats
    periods: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    bases: Mapping[str, Floats] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        units: Iterable[str],
        codes: Iterable[str],
        rows: Sequence[Sequence[float | None]] | Floats,
        **more: Any,
    ) -> "Table":
        """From rows of numbers in which ``None`` is a gap. Raises :class:`Refused` on misfits."""
        units, codes = tuple(units), tuple(codes)
        try:
            values = np.array(rows, dtype=float).reshape(len(units), len(codes))
        except (TypeError, ValueError):
            raise Refused(
                f"数值须为 {len(units)} 个单位 × {len(codes)} 个指标的数，缺的写 None。",
                f"Values must be numbers for {len(units)} units × {len(codes)} indicators, "
                "None where missing.",
            ) from None
        table = cls(units, codes, values, **more)
        table.check()
        return table

    def check(self) -> None:
        """Raise :class:`Refused` for doubled rows or columns, and for infinite values."""
        rows = list(zip(self.units, self.periods, strict=True)) if self.periods else self.units
        for what_zh, what_en, names in (
            ("单位", "unit", rows),
            ("指标", "indicator", self.codes),
        ):
            if len(set(names)) != len(names):
                twice = next(name for n, name in enumerate(names) if name in names[:n])
                raise Refused(
                    f"{what_zh} {twice} 出现了两次。", f"The {what_en} {twice} stands twice."
                )
        bad = np.argwhere(np.isinf(self.values))
        if len(bad):
            row, column = bad[0]
            raise Refused(
                f"单位 {self.units[row]} 的指标 {self.codes[column]} 是无穷大。",
                f"Unit {self.units[row]} has an infinite {self.codes[column]}.",
            )

    def __len__(self) -> int:
        return len(self.units)

    def column(self, code: str) -> Floats:
        return self.values[:, self.codes.index(code)]

    def with_values(self, values: Floats) -> "Table":
        return replace(self, values=values)

    def taking(self, rows: Ints) -> "Table":
        """Only these rows, in this order."""
        where = rows.tolist()
        return Table(
            tuple(self.units[n] for n in where),
            self.codes,
            self.values[rows],
            tuple(self.periods[n] for n in where) if self.periods else (),
            {name: tuple(labels[n] for n in where) for name, labels in self.groups.items()},
            {name: column[rows] for name, column in self.bases.items()},
        )

    def choosing(self, codes: Sequence[str]) -> "Table":
        """Only these indicators, in this order. Raises :class:`Refused` for one not there."""
        if tuple(codes) == self.codes:
            return self
        place = {code: n for n, code in enumerate(self.codes)}
        lost = [code for code in codes if code not in place]
        if lost:
            raise Refused(
                f"数据里没有指标 {'、'.join(lost)}。",
                f"The data have no column for {', '.join(lost)}.",
            )
        return replace(
            self, codes=tuple(codes), values=self.values[:, [place[code] for code in codes]]
        )

    def blocks(self) -> list[tuple[str, Ints]]:
        """Rows of each period, periods in order; one block without a name if it is no panel."""
        if not self.periods:
            return [("", np.arange(len(self.units)))]
        labels = np.array(self.periods)
        return [(str(one), np.flatnonzero(labels == one)) for one in ordered(set(self.periods))]


def ordered(periods: Iterable[str]) -> list[str]:
    """Periods as numbers where all are, else as text: 9 comes before 10."""
    listed = list(periods)
    try:
        return sorted(listed, key=float)
    except ValueError:
        return sorted(listed)
