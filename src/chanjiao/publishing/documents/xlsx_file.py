"""The list as a workbook: pooled rows, named positions, supply beside demand, and notes."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from chanjiao.publishing.documents.columns import CELLS, GAP, POSTS, Column
from chanjiao.publishing.documents.notes import notes
from chanjiao.publishing.snapshot import Edition

# Text stays text: no formula, link or number is guessed from what a company wrote.
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def make(edition: Edition) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _AS_WRITTEN)
    book.set_properties(
        {
            "title": edition.data["title"]["zh"],
            "author": edition.data["publisher"]["zh"],
            "created": datetime.fromisoformat(edition.data["frozen_at"]).replace(tzinfo=None),
        }
    )
    _table(book, "清单", CELLS, edition.rows)
    _table(book, "公开岗位", POSTS, edition.posts)
    if edition.data["gap"]:
        _table(book, "供需对照", GAP, edition.data["gap"]["lines"])
    _about(book, edition)
    book.close()
    return out.getvalue()


def _table(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], rows: Sequence[Any]
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8F1FA", "border": 1}
    )
    sheet.set_row(0, 42)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, f"{column.zh}\n{column.en}", head)
    for down, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            value = column.value(row)
            if isinstance(value, int):
                sheet.write_number(down, at, value)
            elif value:
                sheet.write_string(down, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _about(book: xlsxwriter.Workbook, edition: Edition) -> None:
    sheet = book.add_worksheet("说明")
    title = book.add_format({"bold": True, "font_size": 14})
    label = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, edition.data["title"]["zh"], title)
    down = 1
    for key, value in notes(edition):
        sheet.write_string(down, 0, key, label)
        sheet.write_string(down, 1, value, text)
        down += 1
    sheet.write_string(down, 0, "English", label)
    sheet.write_string(
        down, 1, f"{edition.data['title']['en']}. {edition.data['method']['en']}", text
    )
