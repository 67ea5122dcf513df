"""What a job's page shows of its rows: faults, warnings, or the difference, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from chanjiao.core.sheets import SheetHandler
from chanjiao.engines.tabular import Column, Fault
from chanjiao.exchange.packing import same, unpacked
from chanjiao.exchange.queries import import_rows
from chanjiao.web.shared.http import ActorRequest
from chanjiao.web.shared.paging import Slice, page_of

TABS = ("new", "changed", "gone")


@dataclass(frozen=True, slots=True)
class CellDiff:
    before: Any
    after: Any
    is_changed: bool

    @property
    def is_said(self) -> bool:
        """Whether there is anything to read; columns that say nothing on a page are left out."""
        return bool(self.before or self.after)


@dataclass(frozen=True, slots=True)
class Preview:
    """``tab`` is the kind shown; ``columns`` labels; ``rows`` (number, cells) or fault rows."""

    tab: str
    columns: list[str]
    rows: list[tuple[int | None, list[CellDiff]]]
    slice: Slice | None
    faults: list[tuple[Fault, str]]
    warnings: list[tuple[Fault, str]]
    choices: list[tuple[str, str]]


def preview_of(request: ActorRequest, job: Any, handler: SheetHandler) -> Preview:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    asked = request.GET.get("tab", "")
    default = next((tab for tab in TABS if getattr(job, tab)), "new")
    tab = asked if asked in TABS else default
    given = _given(job, handler)
    found = page_of(import_rows(job, tab), request.GET.get("page"), 20)
    columns = [
        handler.sheet.by_name[name] for name in (handler.sheet.key if tab == "gone" else given)
    ]
    rows = [(row.number, _cells(handler, columns, row, language)) for row in found.rows]
    said = [n for n in range(len(columns)) if any(cells[n].is_said for _number, cells in rows)]
    return Preview(
        tab,
        [columns[n].label(language) for n in said],
        [(number, [cells[n] for n in said]) for number, cells in rows],
        found,
        [(f, f.message(language)) for f in (Fault(**one) for one in job.faults[:200])],
        [(f, f.message(language)) for f in (Fault(**one) for one in job.warnings[:50])],
        [(column.name, column.label(language)) for column in handler.sheet.columns],
    )


def _given(job: Any, handler: SheetHandler) -> list[str]:
    matched = [one[2] for one in job.layout.get("matched", [])]
    return [c.name for c in handler.sheet.columns if c.name in matched]


def _cells(handler: SheetHandler, columns: list[Column], row: Any, language: str) -> list[CellDiff]:
    if row.kind == "gone":
        return [CellDiff(part, part, False) for part in row.key]
    before = unpacked(handler.sheet, row.before) if row.before is not None else {}
    after = unpacked(handler.sheet, row.after) if row.after is not None else {}
    cells = []
    for column in columns:
        one, other = before.get(column.name), after.get(column.name)
        is_changed = (
            row.kind == "changed" and other not in (None, "", ()) and not same(column, one, other)
        )
        cells.append(
            CellDiff(_shown(column, one, language), _shown(column, other, language), is_changed)
        )
    return cells


def _shown(column: Column, value: Any, language: str) -> str:
    """A value in words; personal ones masked, because a preview is read over shoulders."""
    if value in (None, "", ()):
        return ""
    if column.personal:
        text = str(value)
        return text[:1] + "＊" * min(6, max(1, len(text) - 1))
    values = value if isinstance(value, tuple | list) else [value]
    return "、".join(_word(column, one, language) for one in values)


def _word(column: Column, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if language == "zh" else ("Yes" if value else "No")
    words = (column.choices or {}).get(str(value))
    if words:
        return words[0] if language == "zh" or len(words) < 2 else words[1]
    return str(value)
