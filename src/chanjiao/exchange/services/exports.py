"""Files out: what is exported can be imported again, in both formats and both languages."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from chanjiao.core import audit, files
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.core.sheets import SheetHandler, handlers
from chanjiao.engines.tabular import Fault, read, write_csv, write_xlsx
from chanjiao.exchange.models import ImportJob
from chanjiao.exchange.policies import can_export, can_import, can_see_content

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class FileOut:
    content: bytes
    name: str
    content_type: str


def export(
    actor: Actor, handler: SheetHandler, filters: Mapping[str, str], *, fmt: str, language: str
) -> FileOut:
    """All rows that the filters leave, as the sheet's own template; leaves an audit entry."""
    require(can_export(actor, handler))
    rows = list(handler.rows(actor, filters))
    audit.record(actor, "sheet.exported", sheet=handler.sheet.name, rows=len(rows))
    return _file(handler, rows, fmt, language)


def template(
    actor: Actor, handler: SheetHandler, *, with_data: bool, fmt: str, language: str
) -> FileOut:
    """An empty sheet with drop-downs and one example, or the present data to edit."""
    require(can_import(actor, handler))
    rows = list(handler.rows(actor, {})) if with_data else []
    return _file(handler, rows, fmt, language, example=not rows)


def error_workbook(actor: Actor, job: ImportJob, language: str) -> FileOut:
    """The file as it came with every faulty cell coloured and a list of what to do."""
    require(can_see_content(actor, job))
    handler = handlers()[job.sheet]
    reading = read(
        files.content(job.file), job.file.name, handler.sheet,
        mapping=job.mapping or None, checkers=handler.checkers(actor),
    )  # fmt: skip
    stored = [Fault(**one) for one in [*job.faults, *job.warnings]]
    out = io.BytesIO()
    write_xlsx(handler.sheet, reading.rows, out, language=language, faults=stored)
    return FileOut(out.getvalue(), f"{_stem(handler, language)}-errors.xlsx", XLSX)


def _file(
    handler: SheetHandler, rows: list[Mapping[str, object]], fmt: str, language: str,
    *, example: bool = False,
) -> FileOut:  # fmt: skip
    out = io.BytesIO()
    if fmt == "csv":
        write_csv(handler.sheet, rows, out, language=language)
        return FileOut(out.getvalue(), f"{_stem(handler, language)}.csv", CSV)
    write_xlsx(handler.sheet, rows, out, language=language, example=example)
    return FileOut(out.getvalue(), f"{_stem(handler, language)}.xlsx", XLSX)


def _stem(handler: SheetHandler, language: str) -> str:
    return handler.sheet.label(language).replace(" ", "-")
