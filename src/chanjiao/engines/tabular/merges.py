"""Merged cells: a name merged over several rows holds for each of them, a quantity does not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chanjiao.engines.tabular.cells import Cell, column_index

RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows are the spreadsheet's numbers; columns are zero-based; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


def parse_merges(references: Iterable[str]) -> list[Merge]:
    """Read ranges such as ``A1:C1``; what is no range is left out."""
    result = []
    for reference in references:
        if found := RANGE.fullmatch(reference):
            first, top, last, bottom = found.groups()
            result.append(Merge(int(top), column_index(first), int(bottom), column_index(last)))
    return result


@dataclass(slots=True)
class Filled:
    """``repeated``: first row and column of each block filled down; ``refused``: row → columns."""

    repeated: list[tuple[int, int]]
    refused: dict[int, set[int]]


def fill_down(
    rows: Sequence[tuple[int, list[Cell]]], merges: Sequence[Merge], quantity: Mapping[int, bool]
) -> Filled:
    """Copy the value of vertically merged cells into each row they cover, in place.

    ``quantity`` says for each column that is read whether its values add up; those are not copied
    but reported. Work is bounded: a sheet that claims to be one huge merged cell changes nothing.
    """
    places = {number: place for place, (number, _) in enumerate(rows)}
    filled = Filled([], {})
    budget = MOST_CELLS
    for merge in merges:
        columns = [index for index in quantity if merge.left <= index <= merge.right]
        if merge.bottom == merge.top or not columns or merge.top not in places:
            continue
        source = rows[places[merge.top]][1]
        value = source[merge.left] if merge.left < len(source) else ""
        if value == "":
            continue
        first = places[merge.top] + 1
        budget = fill_block(rows, first, merge, value, quantity, filled, budget) if first else 0
        if budget <= 0:
            break
    return filled


def fill_block(
    rows: Sequence[tuple[int, list[Cell]]],
    place: int,
    merge: Merge,
    value: Cell,
    quantity: Mapping[int, bool],
    filled: Filled,
    budget: int,
) -> int:
    index = merge.left
    if index not in quantity:
        return budget
    copied = False
    while place < len(rows) and rows[place][0] <= merge.bottom and budget > 0:
        number, cells = rows[place]
        place += 1
        budget -= 1
        if quantity[index]:
            filled.refused.setdefault(number, set()).add(index)
            continue
        if index >= len(cells):
            cells.extend([""] * (index + 1 - len(cells)))
        if cells[index] == "":
            cells[index] = value
            copied = True
    if copied:
        filled.repeated.append((merge.top, index))
    return budget
