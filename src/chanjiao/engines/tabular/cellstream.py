"""A worksheet as a stream of rows: memory does not depend on where cells lie, nor on their number.

A stray cell in the last row and column costs as little as one in A1, because nothing is laid out
as a grid; the dimension that a sheet declares is not read at all.
"""

import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from chanjiao.engines.tabular.cells import LONGEST_CELL, Cell, Limits, Marked, column_index
from chanjiao.engines.tabular.parts import Attributes, Handler, unescaped
from chanjiao.engines.tabular.refusals import Refused

DIGITS = "0123456789"
LAST_SERIAL = 2_958_465  # 9999-12-31
LEAP_THAT_NEVER_WAS = 60  # Excel counts a 29 February 1900
DDE = re.compile(r"\|.*!")
MOST_MERGED_CELLS = 1_000_000

type Emit = Callable[[int, list[Cell]], None]


class Numbers:
    """Turns the digits that the file stores into cells, each distinct number once."""

    def __init__(self, formats: list[str], *, from_1904: bool) -> None:
        self.formats = formats
        self.from_1904 = from_1904
        self.known: dict[tuple[str, str], Cell] = {}

    def cell(self, raw: str, style: str) -> Cell:
        found = self.known.get((raw, style))
        if found is None:
            found = self.known[raw, style] = self.make(raw, style)
        return found

    def make(self, raw: str, style: str) -> Cell:
        place = int(style) if style.isascii() and style.isdigit() else 0
        form = self.formats[place] if place < len(self.formats) else ""
        try:
            value = float(raw)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            return Marked("error", raw[:40])
        if form in ("date", "time"):
            return self.moment(value, form)
        if abs(value) >= 1e15:
            return Marked("lost", raw)
        text = canonical(value)
        return Marked("percent", text) if form == "percent" else padded(text, form)

    def moment(self, serial: float, form: str) -> Cell:
        if form == "time" and 0 <= serial < 1:
            moment = datetime(1900, 1, 1) + timedelta(seconds=round(serial * 86_400))  # noqa: DTZ001
            return Marked("time", moment.time().isoformat())
        day = int(serial)
        impossible = day == LEAP_THAT_NEVER_WAS and not self.from_1904
        if serial < 0 or serial > LAST_SERIAL or impossible:
            return Marked("error", f"#DATE({canonical(serial)})")
        if self.from_1904:
            start = datetime(1904, 1, 1)  # noqa: DTZ001 — a sheet's dates have no zone
        else:
            start = datetime(1899, 12, 31 if day < LEAP_THAT_NEVER_WAS else 30)  # noqa: DTZ001
        try:
            moment = start + timedelta(days=day, seconds=round((serial - day) * 86_400))
        except OverflowError:
            return Marked("error", f"#DATE({canonical(serial)})")
        text = moment.isoformat()
        return Marked("date", text.removesuffix("T00:00:00"))


def padded(text: str, form: str) -> Marked:
    """A format of noughts (``000000``) shows a code as it was typed."""
    return Marked("number", text.zfill(len(form)))


def canonical(value: float) -> str:
    """Write a number with the 15 digits that Excel shows, never in scientific form.

    >>> canonical(8000.0), canonical(0.1 + 0.2), canonical(1e-7)
    ('8000', '0.3', '0.0000001')
    """
    if value.is_integer():
        return str(int(value))
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


class SheetRows(Handler):
    """Calls ``emit(row number, cells)`` for each row with content, trailing blanks cut off."""

    def __init__(self, strings: list[str], numbers: Numbers, limits: Limits, emit: Emit) -> None:
        super().__init__()
        self.strings = strings
        self.numbers = numbers
        self.limits = limits
        self.emit = emit
        self.columns: dict[str, int] = {}
        self.merges: list[str] = []
        self.hidden_columns: list[list[int]] = []
        self.hidden_rows = 0
        self.row = 0
        self.row_hidden = False
        self.cells: list[Cell] = []
        self.ref = ""
        self.form = "n"
        self.style = ""
        self.value: str | None = None
        self.formula = False
        self.in_reading = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            get = attributes.get
            self.ref = get("r", "")
            self.form = get("t", "n")
            self.style = get("s", "")
            self.value = None
            self.formula = False
            self.chunks.clear()
        elif name in ("v", "t", "f"):
            self.chunks.clear()
        elif name == "row":
            self.open_row(attributes)
        else:
            self.start_rare(name, attributes)

    def start_rare(self, name: str, attributes: Attributes) -> None:
        if name == "rPh":
            self.in_reading = True
        elif name == "mergeCell":
            self.merges.append(attributes.get("ref", ""))
            if len(self.merges) > MOST_MERGED_CELLS // 10:
                raise Refused("too_many_merges", limit=MOST_MERGED_CELLS)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(self.hidden_columns) < 1000:
                self.hidden_columns.append([int(first[:6]) - 1, int(last[:6]) - 1])

    def end(self, name: str) -> None:
        if name == "v":
            self.value = "".join(self.chunks)
        elif name == "c":
            self.close_cell()
        elif name == "row":
            self.close_row()
        elif name == "t":
            if not self.in_reading:
                self.value = (self.value or "") + "".join(self.chunks)
        elif name == "f":
            self.close_formula()
        elif name == "rPh":
            self.in_reading = False
        self.chunks.clear()

    def close_formula(self) -> None:
        self.formula = True
        if DDE.search("".join(self.chunks)):
            raise Refused("dde_formula", cell=self.ref or "?")

    def open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self.row + 1
        if number is not None:
            row = int(number) if number.isdecimal() and len(number) < 8 else 0
        if row <= self.row:
            raise Refused("broken_workbook", part="sheet", detail=f"row {number} out of order")
        self.row = row
        self.row_hidden = attributes.get("hidden") in ("1", "true")
        self.cells = []

    def close_row(self) -> None:
        cells = self.cells
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            self.hidden_rows += self.row_hidden
            self.emit(self.row, cells)

    def place(self) -> int:
        """Give the cell's column; a cell without a reference follows the one before."""
        if not self.ref:
            return len(self.cells)
        letters = self.ref.rstrip(DIGITS)
        index = self.columns.get(letters)
        if index is None:
            index = self.columns[letters] = column_index(letters)
        return index

    def close_cell(self) -> None:
        value = self.value
        if value is None:
            if self.formula:
                self.put(Marked("formula", ""))
            elif not self.ref:
                self.cells.append("")
        elif self.form == "s":
            self.put(self.shared(value))
        elif self.form == "n":
            self.put(self.numbers.cell(value, self.style) if value else "")
        else:
            self.put(self.other(value))

    def put(self, cell: Cell) -> None:
        index = self.place()
        cells = self.cells
        gap = index - len(cells)
        if gap < 0:
            raise Refused("broken_workbook", part="sheet", detail=f"cell {self.ref} out of order")
        if index >= self.limits.max_columns:
            if cell == "":
                return
            where = self.ref or f"#{index + 1}"
            raise Refused("too_many_columns", cell=where, limit=self.limits.max_columns)
        if gap:
            cells.extend([""] * gap)
        cells.append(cell)

    def shared(self, value: str) -> str:
        try:
            index = int(value)
        except ValueError:
            index = -1
        if 0 <= index < len(self.strings):
            return self.strings[index]
        detail = f"cell {self.ref}: no shared text {value[:20]}"
        raise Refused("broken_workbook", part="sheet", detail=detail)

    def other(self, value: str) -> Cell:
        if self.form == "b":
            return Marked("boolean", "1" if value.strip() in ("1", "true") else "0")
        if self.form == "e":
            return Marked("error", value[:40])
        if self.form == "d":
            return Marked("date", value[:40].removesuffix("T00:00:00"))
        if len(value) > LONGEST_CELL:
            raise Refused("cell_too_long", row=self.row, limit=LONGEST_CELL)
        return unescaped(value)
