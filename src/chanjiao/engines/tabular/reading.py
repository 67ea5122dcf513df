"""From bytes to a ``Reading``: open, find the headings, judge each cell, row and key."""

import re
from collections.abc import Mapping, Sequence

from chanjiao.engines.tabular import filewords
from chanjiao.engines.tabular.cells import Cell, Limits, shown
from chanjiao.engines.tabular.headings import Header, NumberedRow, find_header, unmatched
from chanjiao.engines.tabular.marks import Wanted, folded
from chanjiao.engines.tabular.merges import Merge, fill_down, parse_merges
from chanjiao.engines.tabular.model import (
    QUANTITIES,
    Checker,
    Match,
    Problem,
    Reading,
    Row,
    Sheet,
    Skipped,
)
from chanjiao.engines.tabular.opening import Grid, Runner, grid
from chanjiao.engines.tabular.placing import Placer
from chanjiao.engines.tabular.values import Converter

PREVIEW_ROWS = 20
TOTAL = re.compile(
    r"\s*([合总小共累]\s*计|汇\s*总|本页合计|(sub|grand )?total|sum)[\s:：]*",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"[*※]?\s*((注|备注|说明|(填表|填写|填报)(说明|须知|要求)|填表人|制表人|审核人|填报人|填报单位|"
    r"单位负责人|负责人|联系人|示例|例如?|note|example)\s*[:：].*|填(表|写|报)说明|示例|必填|选填)",
    re.IGNORECASE | re.DOTALL,
)
MOST_CELLS_OF_A_NOTE = 4


def read(
    data: bytes,
    filename: str,
    sheet: Sheet,
    *,
    mapping: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    checkers: Mapping[str, Checker] | None = None,
    runner: Runner | None = None,
) -> Reading:
    """Read a file against a sheet; whatever the bytes hold, the answer is a ``Reading``.

    ``mapping`` (heading → column name, ``""`` to ignore one) outranks what headings say.
    ``checkers`` (column name → callable) are asked once for each distinct value.
    ``runner`` replaces the child process, for tests only.
    """
    limits = limits or Limits()
    wanted = Wanted.of([*sheet.headings(), *(mapping or {})], (sheet.name, sheet.zh, sheet.en))
    opened = grid(data, filename, limits, wanted=wanted, runner=runner)
    reading = Reading(sheet, format=opened.format, encoding=opened.encoding)
    placer = Placer(reading, limits.max_faults)
    if opened.refusal is not None:
        placer.file(filewords.from_refusal(opened.refusal))
        return reading
    describe(reading, opened, placer)
    merges = parse_merges(opened.merges)
    header = find_header(opened.rows, sheet, mapping, merges)
    if header is None:
        placer.file(filewords.no_heading(sheet))
        return reading
    take_header(reading, header, opened, placer, mapping)
    body = Body(reading, placer, header, limits, checkers or {})
    body.run(opened.rows[header.last + 1 :], merges)
    return reading


def describe(reading: Reading, opened: Grid, placer: Placer) -> None:
    reading.sheet_name = opened.sheet
    reading.other_sheets = opened.other_sheets
    reading.delimiter = opened.delimiter
    for number, cells in opened.rows[:PREVIEW_ROWS]:
        reading.preview.append((number, [shown(cell) for cell in cells]))
    if opened.encoding == "big5":
        placer.file(filewords.big5())
    if opened.hidden_rows:
        placer.file(filewords.hidden_rows(opened.hidden_rows))
    if opened.similar_sheets:
        placer.file(filewords.similar_sheets(opened.sheet, opened.similar_sheets))


def take_header(
    reading: Reading,
    header: Header,
    opened: Grid,
    placer: Placer,
    mapping: Mapping[str, str] | None,
) -> None:
    """Record what the headings say, and complain of what is missing, double or left over."""
    sheet = reading.sheet
    reading.header_row = opened.rows[header.last][0]
    reading.matched = header.matches
    for number, cells in opened.rows[: header.first]:
        text = next((shown(cell) for cell in cells if cell != ""), "")
        reading.skipped.append(Skipped(number, "title", text[:80]))
    for kept, other in header.rivals:
        column = sheet.by_name[other.column]
        placer.heading(reading.header_row, other, filewords.rival(kept, other, column))
    names = {one.column for one in header.matches}
    reading.unmatched = unmatched(header, sheet, mapping)
    for column in sheet.columns:
        if column.required and column.name not in names:
            reading.missing.append(column.name)
            near = [u.heading for u in reading.unmatched if column.name in u.suggestions]
            placer.file(filewords.missing_column(column, near), column.name)
    for one in header.matches:
        if any(first <= one.index <= last for first, last in opened.hidden_columns):
            placer.heading(reading.header_row, one, filewords.hidden_column(one))


class Body:
    """The rows below the headings."""

    def __init__(
        self,
        reading: Reading,
        placer: Placer,
        header: Header,
        limits: Limits,
        checkers: Mapping[str, Checker],
    ) -> None:
        self.reading = reading
        self.sheet = reading.sheet
        self.placer = placer
        self.limits = limits
        self.width = len(header.headings)
        self.fold = [folded(heading) for heading in header.headings]
        self.plan = [
            (one, Converter(self.sheet.by_name[one.column], one.unit, checkers.get(one.column)))
            for one in header.matches
        ]
        self.slots = [(one.column, one.index, conv, conv.known) for one, conv in self.plan]
        self.matches = {one.column: one for one in header.matches}
        self.absent = {c.name: None for c in self.sheet.columns if c.name not in self.matches}
        self.required = [m.index for m in header.matches if self.sheet.by_name[m.column].required]
        self.examples = {m.index: self.sheet.by_name[m.column].example for m in header.matches}
        self.leftover = {u.index for u in reading.unmatched}
        self.with_values: set[int] = set()
        self.bare: int | None = None
        self.keys: dict[tuple[object, ...], Row] = {}
        self.refused: dict[int, set[int]] = {}

    def run(self, rows: Sequence[NumberedRow], merges: Sequence[Merge]) -> None:
        reading = self.reading
        self.merge(rows, merges)
        previous = reading.header_row or 0
        for number, cells in rows:
            reading.blank_rows += number - previous - 1
            previous = number
            why = self.no_data(cells)
            if why == "blank":
                reading.blank_rows += 1
            elif why:
                text = next(shown(cell) for cell in cells if cell != "")
                reading.skipped.append(Skipped(number, why, text[:80]))
            else:
                self.take(number, cells)
            if len(reading.rows) > self.limits.max_rows:
                self.placer.file(filewords.too_many_rows(self.limits.max_rows))
                reading.rows.clear()
                return
        if not reading.rows:
            self.placer.file(filewords.no_data())
        self.report_leftovers()

    def merge(self, rows: Sequence[NumberedRow], merges: Sequence[Merge]) -> None:
        kinds = {one.index: self.sheet.by_name[one.column].kind for one, _ in self.plan}
        quantity = {index: kind in QUANTITIES for index, kind in kinds.items()}
        filled = fill_down(rows, merges, quantity)
        self.refused = filled.refused
        at = {one.index: one for one, _ in self.plan}
        for number, index in filled.repeated:
            self.placer.cell(number, at[index], filewords.filled_down(), None)

    def no_data(self, cells: Sequence[Cell]) -> str:
        """Say why a row is no data; ``""`` when it is."""
        full = [(index, cell) for index, cell in enumerate(cells) if cell != ""]
        first = shown(full[0][1]).strip()
        if TOTAL.fullmatch(first) or (
            first.isdecimal() and len(full) > 1 and TOTAL.fullmatch(shown(full[1][1]))
        ):
            return "total"
        if len(full) <= MOST_CELLS_OF_A_NOTE and self.lacks_required(cells) and NOTE.match(first):
            return "note"
        if folded(first) == self.fold[full[0][0]] if full[0][0] < self.width else False:
            texts = [folded(shown(cell)) for _, cell in full]
            if texts == [self.fold[index] for index, _ in full if index < self.width]:
                return "heading"
        mine = [(i, c) for i, c in full if i in self.examples and shown(c).strip()]
        if not mine:
            return "" if any(index >= self.width for index, _ in full) else "blank"
        example = len(mine) > 1 and all(shown(c) == self.examples[i] for i, c in mine)
        return "example" if example else ""

    def lacks_required(self, cells: Sequence[Cell]) -> bool:
        return any(index >= len(cells) or cells[index] == "" for index in self.required)

    def take(self, number: int, cells: list[Cell]) -> None:
        row = Row(number, dict(self.absent), {})
        width = len(cells)
        values, raw = row.values, row.raw
        wrong: set[str] = set()
        for name, index, convert, known in self.slots:
            cell = cells[index] if index < width else ""
            raw[name] = cell if type(cell) is str else shown(cell)
            value = known[cell] if cell in known else convert(cell)
            if type(value) is Problem:
                if not value.warning:
                    wrong.add(name)
                self.placer.cell(number, self.matches[name], value, raw[name])
                value = value.value
            values[name] = value
        if number in self.refused:
            self.refuse_merged(number, wrong)
        if width > self.width or self.leftover:
            self.note_leftovers(number, cells, wrong)
        self.check_row(row, wrong)
        row.faulty = bool(wrong)
        self.keep(row)

    def refuse_merged(self, number: int, wrong: set[str]) -> None:
        for one, _ in self.plan:
            if one.index in self.refused[number]:
                wrong.add(one.column)
                self.placer.cell(number, one, filewords.merged_quantity(), None)

    def note_leftovers(self, number: int, cells: list[Cell], wrong: set[str]) -> None:
        """Values outside the known columns are never dropped in silence."""
        for index in [i for i in self.leftover if i < len(cells) and cells[i] != ""]:
            self.with_values.add(index)
            self.leftover.discard(index)
        beyond = [i for i in range(self.width, len(cells)) if cells[i] != ""]
        if not beyond:
            return
        if self.reading.format == "text":
            wrong.add("")
            self.placer.row(number, beyond[0], filewords.extra_cells(self.width, len(cells)))
        elif self.bare is None:
            self.bare = beyond[0]
            self.placer.row(number, beyond[0], filewords.no_heading_above())

    def check_row(self, row: Row, wrong: set[str]) -> None:
        for check in self.sheet.checks:
            for problem in check(row.values):
                if problem.column in wrong:
                    continue
                if not problem.warning:
                    wrong.add(problem.column)
                one = self.matches.get(problem.column)
                self.placer.cell(row.number, one, problem, row.raw.get(problem.column))

    def keep(self, row: Row) -> None:
        """Add the row unless its key was seen before."""
        key = tuple(row.values.get(name) for name in self.sheet.key)
        first = None
        if key and None not in key:
            first = self.keys.setdefault(key, row)
        if first is None or first is row:
            self.reading.rows.append(row)
            return
        same = first.values == row.values
        lenient = same or self.sheet.duplicates == "warn"
        labels = [self.sheet.by_name[name] for name in self.sheet.key]
        problem = filewords.duplicate(labels, first.number, same=same, warning=lenient)
        one: Match | None = self.matches.get(self.sheet.key[0])
        self.placer.cell(row.number, one, problem, row.raw.get(self.sheet.key[0]))
        if lenient:
            text = " ".join(row.raw.get(name, "") for name in self.sheet.key)
            self.reading.skipped.append(Skipped(row.number, "duplicate", text[:80]))
        else:
            row.faulty = True
            self.reading.rows.append(row)

    def report_leftovers(self) -> None:
        updated = []
        for one in self.reading.unmatched:
            if one.index in self.with_values:
                self.placer.leftover(self.reading.header_row, one, filewords.unknown_column(one))
                one = type(one)(one.heading, one.index, one.letter, one.suggestions, True)
            updated.append(one)
        self.reading.unmatched = updated
