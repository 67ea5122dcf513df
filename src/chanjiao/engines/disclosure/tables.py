"""What is published: cells, the sums that tie them together, and when a cell is too small."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

Key = tuple[str, ...]


class TableFault(ValueError):
    """The table is not what it says: a sum does not add up, or names a cell that is not there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of people and how many companies it comes from.

    ``contributors`` is ``None`` where no company stands behind the number (graduates of
    schools): then only the number itself can be too small. An ``is_estimate`` is worked out
    from other counts and is nobody's secret by itself, but may give theirs away.
    """

    value: int
    contributors: int | None = None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """``total`` is the sum of ``parts``; both are keys, and the reader knows that it is.

    With ``weights`` it is the weighted sum, rounded to whole people: graduates of majors going
    to an occupation by known shares. Rounding may then part the two by one person a part.
    """

    total: Key
    parts: tuple[Key, ...]
    weights: tuple[float, ...] = ()

    @property
    def slack(self) -> int:
        """How far rounding may take the total from its parts."""
        return len(self.parts) if self.weights else 0

    def in_order(self) -> "Sum":
        """The same sum with its parts in order."""
        if not self.weights:
            return Sum(self.total, tuple(sorted(self.parts)))
        pairs = sorted(zip(self.parts, self.weights, strict=True))
        return Sum(self.total, tuple(k for k, _ in pairs), tuple(w for _, w in pairs))


@dataclass(frozen=True, slots=True)
class Rule:
    """When a cell is too small to show, and how far a hidden one must stay in doubt.

    A hidden cell of value v stays open over at least ``min_value``, or ``share`` of v if that
    is more, so that two large companies are not laid bare to a few per cent.
    """

    min_contributors: int = 3
    min_value: int = 10
    share: float = 0.2

    def doubt(self, value: int) -> int:
        """How wide the range must remain that the published numbers leave for this value."""
        return max(self.min_value, ceil(self.share * value))


def sums_of(keys: Iterable[Key], *trees: Mapping[str, str]) -> list[Sum]:
    """All sums among ``keys`` when each part of a key is a node of a tree (child → parent).

    One tree gives a list with subtotals, two give a table with both kinds of totals. A sum is
    made where the parent's key is among ``keys`` and at least one child's; the children there
    must be all that are not zero.

    >>> area = {"东区": "全市", "西区": "全市"}
    >>> sums_of([("全市",), ("东区",), ("西区",)], area)
    [Sum(total=('全市',), parts=(('东区',), ('西区',)), weights=())]
    """
    known = set(keys)
    found: dict[tuple[Key, int], list[Key]] = {}
    for key in sorted(known):
        for place, tree in enumerate(trees):
            parent = tree.get(key[place])
            total = (*key[:place], parent, *key[place + 1 :]) if parent is not None else None
            if total in known:
                found.setdefault((total, place), []).append(key)
    return [Sum(total, tuple(parts)) for (total, _place), parts in sorted(found.items())]


def check(cells: Mapping[Key, Cell], sums: Sequence[Sum]) -> None:
    """Raise :class:`TableFault` unless all values are counts and all sums add up."""
    for key, cell in cells.items():
        if cell.value < 0:
            raise TableFault(
                f"单元格 {key} 的值 {cell.value} 须不小于 0。"
                f" Cell {key} holds {cell.value}; it must not be below 0."
            )
    for one in sums:
        missing = [key for key in (one.total, *one.parts) if key not in cells]
        if missing:
            raise TableFault(
                f"合计 {one.total} 用到的单元格 {missing} 不在表里。"
                f" The sum {one.total} names cells {missing} that are not in the table."
            )
        weights = one.weights or (1,) * len(one.parts)
        made = sum(cells[key].value * w for key, w in zip(one.parts, weights, strict=True))
        if abs(made - cells[one.total].value) > one.slack:
            raise TableFault(
                f"合计 {one.total} 为 {cells[one.total].value}，各部分之和为 {made}，须相等。"
                f" The sum {one.total} is {cells[one.total].value} but its parts make {made}."
            )
