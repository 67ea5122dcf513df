"""What a cell can be once the file's own ways of storing it are behind us."""

from dataclasses import dataclass
from typing import NamedTuple

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: Excel's own limit; a longer cell was not made by a spreadsheet program.
LONGEST_CELL = 32_767


class Marked(NamedTuple):
    """A cell that is not plain text.

    ``kind`` is one of ``number`` (canonical digits), ``percent`` (the fraction: 12 % is ``0.12``),
    ``date`` (ISO date or date-time), ``time``, ``boolean`` (``1``/``0``), ``error`` (``#REF!``),
    ``formula`` (no stored result), ``lost`` (a number beyond the 15 digits that Excel keeps).
    """

    kind: str
    text: str


#: Plain text, ``""`` for an empty cell, or a :class:`Marked` value.
type Cell = str | Marked


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost; the defaults are those that the import page states.

    ``max_rows`` counts rows with data. ``max_seconds`` and ``max_memory`` bind the child process.
    ``max_text`` bounds the bytes of all cells together: a workbook may repeat one long string.
    """

    max_bytes: int = 20 * 2**20
    max_unpacked: int = 200 * 2**20
    max_rows: int = 50_000
    max_columns: int = 200
    max_seconds: float = 20
    max_memory: int = 512 * 2**20
    max_entries: int = 2000
    max_ratio: int = 100
    max_text: int = 100 * 2**20
    max_faults: int = 1000


def column_letter(index: int) -> str:
    """Name a column as Excel does.

    >>> column_letter(0), column_letter(26), column_letter(16383)
    ('A', 'AA', 'XFD')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = LETTERS[rest] + name
    return name


def column_index(letters: str) -> int:
    """Give the zero-based place of a column; −1 when ``letters`` name none.

    >>> column_index("A"), column_index("XFD"), column_index("a1")
    (0, 16383, -1)
    """
    index = 0
    for letter in letters:
        place = LETTERS.find(letter)
        if place < 0:
            return -1
        index = index * 26 + place + 1
    return index - 1


def shown(cell: Cell) -> str:
    """Give the text a person would read in the cell."""
    if isinstance(cell, str):
        return cell
    if cell.kind == "boolean":
        return "TRUE" if cell.text == "1" else "FALSE"
    if cell.kind == "date":
        return cell.text.replace("T", " ")
    return "" if cell.kind == "formula" else cell.text
