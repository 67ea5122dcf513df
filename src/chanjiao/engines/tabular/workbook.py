"""From a workbook's bytes to the rows of the one sheet that is meant."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from chanjiao.engines.tabular.cells import Cell, Limits
from chanjiao.engines.tabular.cellstream import Emit, Numbers, SheetRows
from chanjiao.engines.tabular.gate import open_archive
from chanjiao.engines.tabular.marks import Wanted
from chanjiao.engines.tabular.parts import (
    Parts,
    Relationships,
    SheetPart,
    Strings,
    Styles,
    WorkbookPart,
)
from chanjiao.engines.tabular.refusals import Refused

PREVIEW_ROWS = 20
MOST_SHEETS_PREVIEWED = 30


class Enough(Exception):
    """Raised by a preview once it has seen its rows."""


@dataclass
class Found:
    """What the reader learnt beside the rows themselves; sent at the end of the stream."""

    format: str
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)
    similar_sheets: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    merges: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: list[list[int]] = field(default_factory=list)


def read_workbook(data: bytes, limits: Limits, wanted: Wanted, emit: Emit) -> Found:
    """Stream the rows of the sheet whose first rows show most of the wanted headings."""
    parts = Parts(open_archive(data, limits), limits)
    workbook, styles, strings = read_frame(parts)
    numbers = Numbers(styles.formats, from_1904=workbook.from_1904)

    def rows(sheet: SheetPart, out: Emit) -> SheetRows:
        reader = SheetRows(strings.strings, numbers, limits, out)
        parts.parse(sheet.part, reader)
        return reader

    def preview(sheet: SheetPart) -> int:
        seen: list[list[Cell]] = []

        def keep(_: int, cells: list[Cell]) -> None:
            seen.append(cells)
            if len(seen) >= PREVIEW_ROWS:
                raise Enough

        with contextlib.suppress(Enough, Refused):
            rows(sheet, keep)
        return wanted.best(seen) if seen else -1

    chosen, similar = choose(workbook.sheets, wanted, preview)
    reader = rows(chosen, emit)
    return Found(
        format="xlsx",
        sheet=chosen.name,
        other_sheets=[s.name for s in workbook.sheets if s is not chosen and not s.hidden],
        similar_sheets=similar,
        merges=reader.merges,
        hidden_rows=reader.hidden_rows,
        hidden_columns=reader.hidden_columns,
    )


def read_frame(parts: Parts) -> tuple[WorkbookPart, Styles, Strings]:
    """Read the parts that the sheets lean on."""
    package = Relationships("")
    if parts.has("_rels/.rels"):
        parts.parse("_rels/.rels", package)
    documents = [part for kind, part in package.targets.values() if kind == "officeDocument"]
    main = documents[0] if documents else "xl/workbook.xml"
    folder, _, name = main.rpartition("/")
    relations = Relationships(folder)
    parts.parse(f"{folder}/_rels/{name}.rels", relations)
    workbook = WorkbookPart(relations.targets)
    parts.parse(main, workbook)
    styles, strings = Styles(), Strings()
    for kind, part in relations.targets.values():
        if kind == "styles" and parts.has(part):
            parts.parse(part, styles)
        elif kind == "sharedStrings" and parts.has(part):
            parts.parse(part, strings)
    return workbook, styles, strings


def choose(
    sheets: list[SheetPart], wanted: Wanted, preview: Callable[[SheetPart], int]
) -> tuple[SheetPart, list[str]]:
    """Choose a sheet; also name the other visible ones whose headings fit as well.

    A lone sheet is taken unseen. A hidden sheet is taken only when there is no visible one.
    """
    visible = [sheet for sheet in sheets if not sheet.hidden] or sheets
    if not visible:
        raise Refused("no_rows")
    if len(visible) == 1:
        return visible[0], []
    scores = [preview(sheet) for sheet in visible[:MOST_SHEETS_PREVIEWED]]
    best = max(scores)
    equals = [s for s, score in zip(visible, scores, strict=False) if score == best]
    named = [sheet for sheet in equals if wanted.names_sheet(sheet.name)]
    chosen = (named or equals)[0]
    similar = [sheet.name for sheet in equals if sheet is not chosen] if best > 0 else []
    return chosen, similar
