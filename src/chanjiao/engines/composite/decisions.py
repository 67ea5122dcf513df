"""What each step decided about which cell: the audit trail of a build, kept as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from chanjiao.engines.composite.table import Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: in ``unit`` (and ``period``), ``code`` went from ``old`` to ``new`` by ``rule``.

    An empty unit means the whole column, an empty code the whole row.
    """

    unit: str
    period: str
    code: str
    rule: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decision table of one step; -1 in ``rows`` or ``columns`` stands for all of them.

    ``measures`` are numbers about columns that the decision leaned on, such as skewness.
    """

    rules: tuple[str, ...] = ()
    rows: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    columns: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    kinds: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    old: Floats = field(default_factory=lambda: np.empty(0))
    new: Floats = field(default_factory=lambda: np.empty(0))
    units: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    measures: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Decision]:
        for row, column, kind, old, new in zip(
            self.rows.tolist(), self.columns.tolist(), self.kinds.tolist(),
            self.old.tolist(), self.new.tolist(), strict=True,
        ):  # fmt: skip
            yield Decision(
                self.units[row] if row >= 0 else "",
                self.periods[row] if row >= 0 and self.periods else "",
                self.codes[column] if column >= 0 else "",
                self.rules[kind],
                old,
                new,
            )

    def by_rule(self) -> dict[str, int]:
        """How often each rule was used."""
        counts = np.bincount(self.kinds, minlength=len(self.rules))
        return {rule: int(n) for rule, n in zip(self.rules, counts, strict=True) if n}


@dataclass(frozen=True, slots=True)
class Part:
    """Decisions of one rule before they are joined: which cells, with old and new values."""

    rule: str
    rows: Ints
    columns: Ints
    old: Floats
    new: Floats


def part(rule: str, where: Flags, old: Floats, new: Floats) -> Part:
    """The cells of ``where`` (rows × columns), with what stood there before and after."""
    rows, columns = np.nonzero(where)
    return Part(rule, rows, columns, old[rows, columns], new[rows, columns])


def joined(
    parts: Sequence[Part],
    units: tuple[str, ...],
    periods: tuple[str, ...],
    codes: tuple[str, ...],
    measures: Mapping[str, Floats] | None = None,
) -> Decisions:
    """One decision table of several rules' cells."""
    kept = [one for one in parts if len(one.rows)]
    if not kept:
        return Decisions(units=units, periods=periods, codes=codes, measures=measures or {})
    rules = tuple(dict.fromkeys(one.rule for one in kept))
    kinds = [np.full(len(one.rows), rules.index(one.rule)) for one in kept]
    return Decisions(
        rules,
        np.concatenate([one.rows for one in kept]),
        np.concatenate([one.columns for one in kept]),
        np.concatenate(kinds),
        np.concatenate([one.old for one in kept]),
        np.concatenate([one.new for one in kept]),
        units,
        periods,
        codes,
        measures or {},
    )
