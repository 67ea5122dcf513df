"""Rows of the region through the same sheets that people fill in, so that the demo proves them."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import handlers
from chanjiao.exchange.services.loading import load


class SheetRefusedError(Exception):
    """A sheet of the region was refused: a fault of the demo, shown with its first faults."""


def load_sheet(
    actor: Actor, sheet: str, rows: Iterable[Mapping[str, Any]], *, updates_existing: bool = False
) -> dict[str, Any]:
    """Rows keyed by column name, written as the template's csv and loaded as a file would be."""
    handler = handlers()[sheet]
    outcome = load(
        actor, handler, _csv(sheet, list(rows)), f"{sheet}.csv", updates_existing=updates_existing
    )
    if outcome["outcome"] == "refused":
        first = "\n".join(fault["message"] for fault in outcome["faults"][:5])
        raise SheetRefusedError(f"{sheet}: {first}")
    return outcome


def _csv(sheet: str, rows: list[Mapping[str, Any]]) -> bytes:
    labels = {column.name: column.zh for column in handlers()[sheet].sheet.columns}
    unknown = {name for row in rows for name in row} - set(labels)
    if unknown:
        raise KeyError(f"sheet {sheet} has no columns {sorted(unknown)}")
    used = [name for name in labels if any(row.get(name) not in (None, "") for row in rows)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([labels[name] for name in used])
    writer.writerows([[row.get(name, "") for name in used] for row in rows])
    return text.getvalue().encode("utf-8")
