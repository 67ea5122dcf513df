"""Workbooks and csv files that can be read again, and in which no text becomes a formula."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from chanjiao.engines.tabular.cells import LONGEST_CELL, column_letter
from chanjiao.engines.tabular.cleaning import FORMULA, guard, guard_again
from chanjiao.engines.tabular.exporting import Record, cell_of, exported, heading
from chanjiao.engines.tabular.model import Column, Fault, Row, Sheet

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped]

type Target = str | Path | BinaryIO

LAST_ROW_WITH_A_LIST = 50_000
LONGEST_INLINE_LIST = 255
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
#: The same rows give the same bytes on any day.
MADE_ON = datetime(2000, 1, 1)  # noqa: DTZ001 — a fixed stamp, not a moment

TEXT = {"num_format": "@", "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "quoted": TEXT | {"quote_prefix": True},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "number": {"num_format": "General", "valign": "top"},
    "heading": {"bold": True, "bg_color": "#DCE6F2", "border": 1, "text_wrap": True},
    "required": {"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True},
    "example": TEXT | {"italic": True, "font_color": "#7F7F7F"},
    "wrapped": {"text_wrap": True, "valign": "top"},
}
FAULTY = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
WORDS = {
    "guide": ("填写说明", "Guide"),
    "lists": ("选项", "Choices"),
    "faults": ("问题清单", "Problem list"),
    "row": ("原行号", "Original row"),
    "problems": ("问题", "Problems"),
    "column": ("列名", "Column"),
    "value": ("值", "Value"),
    "remedy": ("怎么改", "Remedy"),
    "needed": ("是否必填", "Required"),
    "note": ("说明", "Note"),
    "choices": ("可选值", "Choices"),
    "example": ("示例", "Example"),
    "yes": ("是", "Yes"),
    "no": ("否", "No"),
    "letter": ("列", "Letter"),
}


def word(name: str, language: str) -> str:
    return WORDS[name][0 if language == "zh" else 1]


def write_xlsx(
    sheet: Sheet,
    rows: Iterable[Record],
    target: Target,
    *,
    language: str = "zh",
    drop_downs: bool = True,
    faults: Sequence[Fault] | None = None,
    example: bool = False,
) -> None:
    """Write rows (mappings, or ``Row`` as read) to a workbook that is an import template too.

    With ``faults`` the faulty cells are coloured, their rows say what is wrong at the right end,
    and a second sheet lists all faults. ``example`` puts a first row that reading skips.
    Raises ``ValueError`` for a text longer than a cell can hold.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    destination = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(destination, options) as book:
        book.set_properties({"created": MADE_ON})
        writer = Writer(book, sheet, language)
        writer.data(rows, faults, example=example)
        if drop_downs:
            writer.lists()
        if faults is None:
            writer.guide()
        else:
            writer.fault_list(faults)


class Writer:
    def __init__(self, book: "xlsxwriter.Workbook", sheet: Sheet, language: str) -> None:
        self.book = book
        self.sheet = sheet
        self.language = language
        self.styles = {name: book.add_format(style) for name, style in STYLES.items()}
        kinds = ("text", "quoted", "date", "number")
        self.faulty = {name: book.add_format(STYLES[name] | FAULTY) for name in kinds}
        name = FORBIDDEN_IN_NAMES.sub("", sheet.label(language)).strip()[:31]
        self.page = book.add_worksheet(name or sheet.name[:31])

    def word(self, name: str) -> str:
        return word(name, self.language)

    def data(
        self, rows: Iterable[Record], faults: Sequence[Fault] | None, *, example: bool
    ) -> None:
        columns = self.sheet.columns
        self.headings(with_faults=faults is not None)
        if example:
            for index, column in enumerate(columns):
                self.page.write_string(1, index, column.example, self.styles["example"])
        marks = marks_of(faults or ())
        for place, record in enumerate(rows, 2 if example else 1):
            wrong = marks.get(record.number, {}) if isinstance(record, Row) else {}
            for index, column in enumerate(columns):
                value = cell_of(column, record, self.language)
                if value != "" or column.name in wrong:
                    self.cell(place, index, value, self.faulty if column.name in wrong else None)
            if faults is not None and isinstance(record, Row):
                self.remarks(place, record, wrong)

    def headings(self, *, with_faults: bool) -> None:
        columns = self.sheet.columns
        for index, column in enumerate(columns):
            style = self.styles["required" if column.required else "heading"]
            self.page.write_string(0, index, heading(column, self.language), style)
            self.page.set_column(index, index, width(column), self.styles[style_of(column)])
        self.page.freeze_panes(1, 0)
        if with_faults:
            end = len(columns)
            self.page.write_string(0, end, self.word("row"), self.styles["heading"])
            self.page.write_string(0, end + 1, self.word("problems"), self.styles["heading"])
            self.page.set_column(end + 1, end + 1, 60)

    def cell(self, row: int, index: int, value: object, styles: dict[str, Any] | None) -> None:
        styles = styles or self.styles
        if isinstance(value, date):
            self.page.write_datetime(row, index, value, styles["date"])
        elif isinstance(value, int | Decimal):
            self.page.write_number(row, index, value, styles["number"])
        else:
            self.text(row, index, str(value), styles)

    def text(self, row: int, index: int, text: str, styles: dict[str, Any]) -> None:
        text = guard_again(text)
        if len(text) > LONGEST_CELL:
            raise ValueError(f"row {row + 1}, column {index + 1}: longer than a cell can hold")
        style = styles["quoted" if FORMULA.match(text) else "text"]
        if text:
            self.page.write_string(row, index, text, style)
        else:
            self.page.write_blank(row, index, None, style)

    def remarks(self, place: int, record: Row, wrong: dict[str, list[Fault]]) -> None:
        end = len(self.sheet.columns)
        self.page.write_number(place, end, record.number, self.styles["number"])
        told = [one.message(self.language) for many in wrong.values() for one in many]
        if told:
            self.page.write_string(
                place, end + 1, "\n".join(told)[:LONGEST_CELL], self.styles["wrapped"]
            )

    def lists(self) -> None:
        """Offer choices in the cells; a long list moves to a hidden sheet, as Excel requires."""
        hidden: Any = None
        for index, column in enumerate(self.sheet.columns):
            words = offered(column, self.language)
            source: Any = words
            if sum(len(one) + 1 for one in words) > LONGEST_INLINE_LIST:
                if hidden is None:
                    hidden = self.book.add_worksheet(self.word("lists"))
                    hidden.hide()
                hidden.write_column(0, index, words)
                name = self.word("lists")
                letter = column_letter(index)
                source = f"='{name}'!${letter}$1:${letter}${len(words)}"
            self.validate(index, column, source)

    def validate(self, index: int, column: Column, source: Any) -> None:
        note = column.note_zh if self.language == "zh" else column.note_en
        options: dict[str, Any] = {"validate": "list", "source": source}
        if not source:
            if not note:
                return
            options = {"validate": "any"}
        if note:
            options["input_title"] = column.label(self.language)[:32]
            options["input_message"] = note[:255]
        options["error_type"] = "warning"
        self.page.data_validation(1, index, LAST_ROW_WITH_A_LIST, index, options)

    def guide(self) -> None:
        """A second sheet explains each column."""
        page = self.book.add_worksheet(self.word("guide"))
        names = ("column", "needed", "choices", "example", "note")
        for index, name in enumerate(names):
            page.write_string(0, index, self.word(name), self.styles["heading"])
        page.set_column(0, 4, 24, self.styles["wrapped"])
        for row, column in enumerate(self.sheet.columns, 1):
            note = column.note_zh if self.language == "zh" else column.note_en
            texts = (
                heading(column, self.language),
                self.word("yes" if column.required else "no"),
                "、".join(offered(column, self.language, several=True)),
                column.example,
                note,
            )
            for index, text in enumerate(texts):
                page.write_string(row, index, text, self.styles["wrapped"])

    def fault_list(self, faults: Sequence[Fault]) -> None:
        page = self.book.add_worksheet(self.word("faults"))
        for index, name in enumerate(("row", "letter", "column", "value", "problems", "remedy")):
            page.write_string(0, index, self.word(name), self.styles["heading"])
        page.set_column(2, 5, 30)
        chinese = self.language == "zh"
        for place, fault in enumerate(faults, 1):
            if fault.row is not None:
                page.write_number(place, 0, fault.row)
            texts = (
                fault.letter or "",
                fault.heading or "",
                fault.value or "",
                fault.zh if chinese else fault.en,
                fault.remedy_zh if chinese else fault.remedy_en,
            )
            for index, text in enumerate(texts, 1):
                page.write_string(place, index, text, self.styles["wrapped"])


def marks_of(faults: Iterable[Fault]) -> dict[int, dict[str, list[Fault]]]:
    """Row → column → faults; a fault without a column stands under ``""``."""
    marks: dict[int, dict[str, list[Fault]]] = defaultdict(lambda: defaultdict(list))
    for fault in faults:
        if fault.row is not None:
            marks[fault.row][fault.column or ""].append(fault)
    return marks


def style_of(column: Column) -> str:
    if column.kind == "date":
        return "date"
    return "number" if column.kind in ("integer", "decimal", "money_wan", "yuan") else "text"


def width(column: Column) -> int:
    """Columns of text wide enough for a name, the rest for their heading."""
    floor = {"text": 24, "uscc": 22, "identity_number": 22, "date": 12, "email": 24}
    return max(floor.get(column.kind, 12), 2 * len(column.zh) + 4)


def offered(column: Column, language: str, *, several: bool = False) -> list[str]:
    if column.kind == "boolean":
        return [word("yes", language), word("no", language)]
    if column.kind == "choice" or (several and column.kind == "multi_choice"):
        return [str(exported_choice(column, value, language)) for value in column.choices or {}]
    return []


def exported_choice(column: Column, value: str, language: str) -> str:
    one: object = (value,) if column.kind == "multi_choice" else value
    return str(exported(column, one, language))


def write_csv(
    sheet: Sheet,
    rows: Iterable[Record],
    target: Target,
    *,
    language: str = "zh",
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
) -> None:
    """Write rows as delimited text; a text that a spreadsheet would calculate gets an apostrophe.

    The byte-order mark of the default encoding makes Excel read the Chinese rightly.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow([heading(column, language) for column in sheet.columns])
    for record in rows:
        cells = [cell_of(column, record, language) for column in sheet.columns]
        writer.writerow([csv_text(cell) for cell in cells])
    data = buffer.getvalue().encode(encoding)
    if isinstance(target, str | Path):
        Path(target).write_bytes(data)
    else:
        target.write(data)


def csv_text(value: str | int | Decimal | date) -> str:
    if isinstance(value, str):
        return guard(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)
