"""Checking a file in the background: faults by row and column, or a preview of the difference."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from chanjiao.core import files, jobs
from chanjiao.core.actor import Actor
from chanjiao.core.logs import masked
from chanjiao.core.sheets import Change, SheetHandler, handlers
from chanjiao.engines.tabular import Fault, Problem, Reading, Row, column_letter, read
from chanjiao.exchange.choices import ImportState, RowKind
from chanjiao.exchange.models import ImportJob
from chanjiao.exchange.plans import Plan, plan
from chanjiao.exchange.services.imports import actor_of, store_rows

SHOWN_GONE = 2000
LONGEST_LIST = 1000
FEWEST_HEADINGS, WIDEST_GUESS = 2, 40


def check(job_id: int, run_id: int) -> None:
    """Read, judge and compare one file; one transaction takes the result, so a kill loses none."""
    tell = jobs.progress(run_id)
    job = ImportJob.objects.select_related("file").get(pk=job_id)
    if job.state not in (ImportState.RECEIVED, ImportState.CHECKING):
        return
    ImportJob.objects.filter(pk=job_id).update(state=ImportState.CHECKING)
    tell(10, 100, "")
    handler, actor = handlers()[job.sheet], actor_of(job)
    reading = read_file(handler, actor, files.content(job.file), job.file.name, job.mapping)
    tell(60, 100, "")
    found = judged(handler, actor, reading)
    tell(80, 100, "")
    with transaction.atomic():
        _record(handler, job_id, reading, found)


def read_file(
    handler: SheetHandler, actor: Actor, data: bytes, name: str, mapping: dict[str, str]
) -> Reading:
    """Read a file against a sheet and look at its rows side by side; needs no database."""
    reading = read(
        data, name, handler.sheet, mapping=mapping or None, checkers=handler.checkers(actor)
    )
    good = [row for row in reading.rows if not row.faulty]
    add_conflicts(reading, good, handler.across([row.values for row in good]))
    return reading


def judged(handler: SheetHandler, actor: Actor, reading: Reading) -> Plan | None:
    """What the database says: conflicts become faults of the reading, else there is a plan."""
    good = [row for row in reading.rows if not row.faulty]
    filled = handler.completed(actor, [row.values for row in good])
    for row, values in zip(good, filled, strict=True):
        row.values = dict(values)
    add_conflicts(reading, good, handler.conflicts(actor, [row.values for row in good]))
    if reading.outcome == "refused":
        return None
    return plan(actor, handler, good, [match.column for match in reading.matched])


def add_conflicts(
    reading: Reading, rows: Sequence[Row], conflicts: Sequence[tuple[int, Problem]]
) -> None:
    """Put problems that the handler found (index of row, problem) beside those of the reading."""
    places = {match.column: match for match in reading.matched}
    for index, problem in conflicts:
        match, row = places.get(problem.column), rows[index]
        column = reading.sheet.by_name[problem.column]
        place = match.letter if match else None
        where_zh = f"第 {row.number} 行「{column.zh}」："
        where_en = f"Row {row.number}, “{column.en}”: "
        fault = Fault(
            row.number, problem.column, place, match.heading if match else column.zh,
            None if column.personal else row.raw.get(problem.column), problem.code,
            where_zh + problem.zh, where_en + problem.en, problem.remedy_zh, problem.remedy_en,
        )  # fmt: skip
        counts = reading.warning_counts if problem.warning else reading.fault_counts
        shown = reading.warnings if problem.warning else reading.faults
        counts[problem.code] += 1
        if len(shown) < LONGEST_LIST:
            shown.append(fault)
        row.faulty = row.faulty or not problem.warning


def as_json(reading: Reading) -> dict[str, Any]:
    """The outcome as ``chanjiao check --json`` and the API give it."""
    return {
        "sheet": reading.sheet.name,
        "outcome": reading.outcome,
        "rows": len(reading.rows),
        "header_row": reading.header_row,
        "faults": [_fault(f) for f in reading.faults],
        "warnings": [_fault(f) for f in reading.warnings],
        "fault_total": reading.fault_total,
        "warning_total": reading.warning_total,
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "row": fault.row,
        "column": fault.letter,
        "field": fault.column,
        "code": fault.code,
        "value": fault.value,
        "message": fault.message("zh"),
        "message_en": fault.message("en"),
    }


def _record(handler: SheetHandler, job_id: int, reading: Reading, found: Plan | None) -> None:
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state != ImportState.CHECKING:
        return
    job.rows.all().delete()
    job.header_row = reading.header_row
    job.layout = _layout(reading, is_personal=handler.is_personal)
    job.faults = [asdict(fault) for fault in reading.faults]
    job.warnings = [asdict(fault) for fault in reading.warnings]
    job.fault_total, job.warning_total = reading.fault_total, reading.warning_total
    job.fault_counts = dict(Counter(reading.fault_counts))
    if found is None:
        is_unmapped = bool(job.layout["unmatched"]) and bool(
            reading.missing or "no_heading" in reading.fault_counts
        )
        job.state = ImportState.UNMAPPED if is_unmapped else ImportState.REFUSED
    else:
        job.state = ImportState.PREVIEWED
        job.new, job.changed = len(found.new), len(found.changed)
        job.unchanged, job.gone = found.unchanged, len(found.gone)
        store_rows(handler, job, found.new, RowKind.NEW)
        store_rows(handler, job, found.changed, RowKind.CHANGED)
        gone = [Change(0, key, None, None) for key in found.gone[:SHOWN_GONE]]
        store_rows(handler, job, gone, RowKind.GONE)
    job.save()


def _layout(reading: Reading, *, is_personal: bool) -> dict[str, Any]:
    """What was recognised; the first rows help to map headings, without personal data in them."""
    skipped = Counter(one.why for one in reading.skipped)
    shown = [
        [n, [masked(c) if is_personal else c for c in cells[:40]]]
        for n, cells in reading.preview[:8]
    ]
    return {
        "rows": len(reading.rows),
        "matched": [[m.heading, m.letter, m.column, m.how] for m in reading.matched],
        "unmatched": [
            [u.heading, u.letter or column_letter(u.index), list(u.suggestions)]
            for u in reading.unmatched
        ]
        or _guessed_headings(reading, is_personal=is_personal),
        "missing": list(reading.missing),
        "skipped": dict(skipped),
        "encoding": reading.encoding,
        "sheet_name": reading.sheet_name,
        "other_sheets": list(reading.other_sheets),
        "preview": shown,
    }


def _guessed_headings(reading: Reading, *, is_personal: bool) -> list[list[Any]]:
    """Where no word was known as a heading: the first of the widest rows, to be named by hand.

    It may hold data instead, so a sheet of personal data is left to the template.
    """
    if reading.header_row is not None or is_personal:
        return []
    widths = [sum(cell != "" for cell in cells) for _number, cells in reading.preview]
    if not widths or max(widths) < FEWEST_HEADINGS:
        return []
    cells = reading.preview[widths.index(max(widths))][1]
    return [[text, column_letter(i), []] for i, text in enumerate(cells) if text][:WIDEST_GUESS]
