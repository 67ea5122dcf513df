"""Choose which cells are hidden: the small ones first, then as little else as protects them.

For a small cell that the rest would give away, a linear programme looks for the cheapest other
table that a reader could believe in: same sums, nothing negative, this cell larger by the doubt
it needs. Whatever differs from the real table is hidden too; then the reader cannot tell the
two apart. This is the linear relaxation of cell suppression after Fischetti and Salazar
(Management Science 47, 2001), applied cell by cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log1p

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]

from chanjiao.engines.disclosure.tables import Cell, Key, Rule, Sum, check

# A drawn-out difference below this is arithmetic noise, not a person.
NOISE = 1e-6
# A total is dearer to hide than its parts, a total of totals dearer still.
DEARER_A_LEVEL = 8.0


class Reason(StrEnum):
    FEW_CONTRIBUTORS = "few_contributors"
    FEW_PEOPLE = "few_people"
    GIVES_AWAY = "gives_away"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a cell is hidden; ``protects`` names the small cells it would have given away."""

    reason: Reason
    protects: tuple[Key, ...] = ()


def suppress(
    cells: Mapping[Key, Cell], sums: Sequence[Sum], rule: Rule | None = None
) -> dict[Key, Hidden]:
    """The cells not to show, each with its reason; a cell of nobody is shown as nobody.

    The same table gives the same answer in whatever order it comes. Afterwards no reader of
    the rest can narrow a small cell to less than ``rule.doubt`` of its value, nor work out any
    hidden cell exactly. Raises :class:`TableFault` when the sums do not add up.

    >>> cells = {("全市",): Cell(105, 9), ("东区",): Cell(60, 5), ("西区",): Cell(45, 2)}
    >>> hidden = suppress(cells, [Sum(("全市",), (("东区",), ("西区",)))])
    >>> {key[0]: h.reason.value for key, h in hidden.items()}
    {'东区': 'gives_away', '西区': 'few_contributors'}
    """
    check(cells, sums)
    rule = rule or Rule()
    sums = sorted({one.in_order() for one in sums})
    primary = {key: r for key, cell in cells.items() if (r := reason_of(cell, rule)) is not None}
    search = _Search(cells, sums, set(primary))
    order = sorted(primary, key=lambda key: (-rule.doubt(cells[key].value), key))
    for key in order:
        search.protect(key, rule.doubt(cells[key].value))
    hidden = {key: Hidden(reason) for key, reason in primary.items()}
    for key, protects in search.helpers.items():
        hidden[key] = Hidden(Reason.GIVES_AWAY, tuple(sorted(protects)))
    return dict(sorted(hidden.items()))


def reason_of(cell: Cell, rule: Rule) -> Reason | None:
    """Why a cell alone may not be shown, or ``None``."""
    if cell.value == 0 or cell.is_estimate:
        return None
    if cell.contributors is not None and cell.contributors < rule.min_contributors:
        return Reason.FEW_CONTRIBUTORS
    if cell.value < rule.min_value:
        return Reason.FEW_PEOPLE
    return None


class _Search:
    """The growing set of hidden cells with the other tables found so far."""

    def __init__(self, cells: Mapping[Key, Cell], sums: Sequence[Sum], hidden: set[Key]) -> None:
        rounded = {one.total for one in sums if one.weights}
        keys = sorted(key for key, cell in cells.items() if cell.value > 0 or key in rounded)
        self.keys = keys
        self.place = {key: n for n, key in enumerate(keys)}
        self.values = np.array([cells[key].value for key in keys], dtype=float)
        self.matrix = equations(sums, self.place)
        self.price = self._prices(sums)
        self.reach = 1 / min((w for one in sums for w in one.weights if w > 0), default=1.0)
        self.hidden = hidden
        self.helpers: dict[Key, set[Key]] = {}
        # How far below and above the truth each cell has been seen in a believable table.
        self.below = np.zeros(len(keys))
        self.above = np.zeros(len(keys))

    def protect(self, key: Key, doubt: int) -> None:
        """Hide whatever is needed to leave ``key`` open over a range of ``doubt``."""
        at = self.place[key]
        if self.below[at] + self.above[at] >= doubt - NOISE:
            return
        move = self._cheapest_move(at, doubt)
        for n in np.flatnonzero(np.abs(move) > NOISE):
            moved = self.keys[n]
            if moved in self.hidden and moved not in self.helpers:
                continue
            self.hidden.add(moved)
            self.helpers.setdefault(moved, set()).add(key)
        self.above = np.maximum(self.above, move)
        self.below = np.maximum(self.below, -move)

    def _cheapest_move(self, at: int, doubt: int) -> np.ndarray:
        """Changes to the table, ``doubt`` more at one place, that keep every sum."""
        size = len(self.keys)
        price = np.array(
            [0.0 if key in self.hidden else self.price[n] for n, key in enumerate(self.keys)]
        )
        up = np.zeros((size, 2))
        up[:, 1] = doubt * max(1.0, self.reach)
        down = np.zeros((size, 2))
        down[:, 1] = np.minimum(self.values, up[:, 1])
        up[at, 0], up[at, 1], down[at, 1] = doubt, doubt, 0.0
        found = linprog(
            np.concatenate([price, price]),
            A_eq=hstack([self.matrix, -self.matrix], format="csr"),
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.concatenate([up, down]),
            method="highs-ds",
        )
        if found.x is None:
            raise ArithmeticError(f"no other table for {self.keys[at]}: {found.message}")
        return np.asarray(found.x[:size] - found.x[size:])

    def _prices(self, sums: Sequence[Sum]) -> np.ndarray:
        """Few people are cheap to hide, totals dear; a trace of order breaks ties."""
        height = _heights(sums, self.keys)
        count = max(1, len(self.keys))
        return np.array([
            (1 + log1p(self.values[n])) * DEARER_A_LEVEL ** height[key] + n / count * 1e-3
            for n, key in enumerate(self.keys)
        ])  # fmt: skip


def equations(sums: Sequence[Sum], place: Mapping[Key, int]) -> csr_matrix:
    """One row a sum, over the cells that are not nobody: parts minus total is nothing."""
    rows, columns, data = [], [], []
    for n, one in enumerate(sums):
        weights = one.weights or (1.0,) * len(one.parts)
        for key, sign in ((one.total, -1.0), *zip(one.parts, weights, strict=True)):
            if key in place:
                rows.append(n)
                columns.append(place[key])
                data.append(sign)
    return csr_matrix((data, (rows, columns)), shape=(len(sums), len(place)))


def _heights(sums: Sequence[Sum], keys: Sequence[Key]) -> dict[Key, int]:
    """How many levels of totals stand below a cell, over all its sums together."""
    height = dict.fromkeys(keys, 0)
    for _ in range(len(sums)):
        before = dict(height)
        for one in sums:
            if one.total in height:
                below = max((height.get(part, 0) for part in one.parts), default=0)
                height[one.total] = max(height[one.total], below + 1)
        if before == height:
            break
    return height
