"""Columns of people and positions: single codes, sets of codes with weights, numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching.faults import fault

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sets:
    """For each row a set of codes, as one list of codes cut at ``start`` (rows + 1 places).

    ``code`` points into ``names``; ``weight`` (0–1 a code) is absent where all weigh the same.
    Large markets give their columns in this form, small ones as lists of names.
    """

    start: Longs
    code: Ints
    names: tuple[str, ...]
    weight: Floats | None = None

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def sizes(self) -> Longs:
        return np.diff(self.start)

    def rows(self, chosen: npt.NDArray[Any]) -> "Sets":
        """The chosen rows in the order given."""
        sizes = self.sizes[chosen]
        start = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        place = np.repeat(self.start[:-1][chosen] - start[:-1], sizes) + np.arange(start[-1])
        weight = None if self.weight is None else self.weight[place]
        return Sets(start, self.code[place], self.names, weight)

    def renamed(self, names: tuple[str, ...]) -> "Sets":
        """The same sets with codes that point into ``names``, ascending in each row."""
        if names != self.names:
            place = {name: n for n, name in enumerate(names)}
            table = np.array([place[name] for name in self.names], np.int32)
            code = table[self.code] if len(self.code) else self.code
        else:
            code = self.code
        row = np.repeat(np.arange(len(self)), self.sizes)
        order = np.lexsort((code, row))
        weight = None if self.weight is None else self.weight[order]
        return Sets(self.start, code[order].astype(np.int32), names, weight)

    def named(self, row: int) -> list[str]:
        return [self.names[c] for c in self.code[self.start[row] : self.start[row + 1]]]


def as_sets(values: Any, column: str) -> Sets:
    """Read a column of names, of iterables of names, or of mappings name → weight.

    An empty text, ``None`` and an empty collection are the empty set.
    """
    if isinstance(values, Sets):
        return values
    cells = [_cell(value, column) for value in values]
    flat = list(chain.from_iterable(cells))
    names = tuple(sorted({name for name, _weight in flat}))
    place = {name: n for n, name in enumerate(names)}
    start = np.concatenate(([0], np.cumsum([len(c) for c in cells]))).astype(np.int64)
    code = np.array([place[name] for name, _weight in flat], np.int32)
    weight = np.array([w for _name, w in flat], np.float64)
    if len(weight) and not (np.isfinite(weight).all() and weight.min() >= 0):
        bad = next(n for n, w in flat if not w >= 0 or w == np.inf)
        raise fault(f"列 {column} 中 {bad} 的权重须不小于 0。", f"{column}: {bad} weighs below 0.")
    return Sets(start, code, names, None if (weight == 1).all() else weight)


def sound(sets: Sets, column: str) -> Sets:
    """Sets that were given as such; raises ``MarketFault`` where they are unsound."""
    code, weight = sets.code, sets.weight
    whole = sets.start[0] == 0 and sets.start[-1] == len(code) and (sets.sizes >= 0).all()
    row = np.repeat(np.arange(len(sets)), sets.sizes) if whole else code * 0
    order = np.lexsort((code, row))
    again = (np.diff(code[order]) == 0) & (np.diff(row[order]) == 0)
    inside = len(code) == 0 or (code.min() >= 0 and code.max() < len(sets.names))
    weighed = weight is None or (
        len(weight) == len(code) and bool(np.isfinite(weight).all()) and (weight >= 0).all()
    )
    if not whole or not inside or not weighed or again.any():
        raise fault(
            f"列 {column} 的集合不成立：编码须在名称表内、每行不重复，权重不小于 0。",
            f"The sets of {column} are unsound: codes within names, once a row, weights 0 or more.",
        )
    return sets


def _cell(value: Any, column: str) -> list[tuple[str, float]]:
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return []
    if isinstance(value, Mapping):
        return sorted((str(name), float(weight)) for name, weight in value.items())
    if isinstance(value, str | int | np.integer):
        return [(str(value), 1.0)]
    if isinstance(value, Iterable):
        return [(name, 1.0) for name in sorted({str(each) for each in value})]
    raise fault(f"列 {column} 的值 {value!r} 不是名称。", f"{column}: {value!r} is no name.")


def shared(one: Sets, other: Sets) -> tuple[Sets, Sets]:
    """Both columns over one list of names, sorted, so that codes can be compared."""
    alike = one.names == other.names
    names = one.names if alike else tuple(sorted({*one.names, *other.names}))
    return one.renamed(names), other.renamed(names)


def single(sets: Sets, column: str) -> Ints:
    """The one code of each row; -1 where there is none."""
    if len(sets.code) and sets.sizes.max() > 1:
        row = int(np.argmax(sets.sizes > 1))
        raise fault(
            f"列 {column} 每行只能有一个值，第 {row + 1} 行有 {sets.named(row)}。",
            f"{column} takes one value a row; row {row + 1} has {sets.named(row)}.",
        )
    found = np.full(len(sets), -1, np.int32)
    found[sets.sizes == 1] = sets.code
    return found


def as_numbers(values: Any, column: str) -> Floats:
    """Numbers with NaN where nothing is known."""
    try:
        loose = not (isinstance(values, np.ndarray) and values.dtype.kind in "fiub")
        cells = [np.nan if v is None or v == "" else v for v in values] if loose else values
        found = np.asarray(cells, np.float64)
    except (TypeError, ValueError) as wrong:
        raise fault(f"列 {column} 须为数字：{wrong}。", f"{column} must hold numbers.") from wrong
    if found.ndim != 1 or np.isinf(found).any():
        raise fault(f"列 {column} 须为有限的数。", f"{column} must hold finite numbers.")
    return found


def as_masks(sets: Sets, *, empty_is_all: bool) -> Words:
    """Each set as bits, 32 to a word: shape (rows, words)."""
    words = max(1, -(-len(sets.names) // 32))
    found = np.zeros((len(sets), words), np.uint32)
    row = np.repeat(np.arange(len(sets)), sets.sizes)
    bit = np.left_shift(np.uint32(1), (sets.code % 32).astype(np.uint32))
    np.bitwise_or.at(found, (row, sets.code // 32), bit)
    if empty_is_all:
        found[sets.sizes == 0] = np.uint32(0xFFFFFFFF)
    return found


@dataclass(frozen=True)
class Table:
    """One side of a market: ids without repetition and columns of the same length.

    A column is a list of names, of collections of names (sets), of mappings name → weight, of
    numbers, or ``Sets``.
    """

    ids: Sequence[Any] | npt.NDArray[Any]
    columns: Mapping[str, Any]

    def column(self, name: str, side: str) -> Any:
        if name not in self.columns:
            there = "、".join(self.columns) or "—"
            raise fault(
                f"{side}没有列 {name}，有：{there}。",
                f"No column {name}; there are: {', '.join(self.columns) or 'none'}.",
            )
        return self.columns[name]
