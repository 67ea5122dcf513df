"""A spreadsheet loaded at once, without a preview: for the command line and the demo region."""

from typing import Any

from django.db import transaction

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.sheets import SheetHandler
from chanjiao.exchange.services.checking import as_json, judged, read_file


def load(
    actor: Actor, handler: SheetHandler, data: bytes, name: str, *, updates_existing: bool = False
) -> dict[str, Any]:
    """Read, judge and apply one file in one transaction: all rows or none.

    Gives what ``chanjiao check`` prints and, where the file was accepted, how many rows are new,
    updated, kept as they stood and unchanged. A refused file changes nothing.
    """
    reading = read_file(handler, actor, data, name, {})
    with transaction.atomic():
        made = judged(handler, actor, reading)
        if made is None:
            return as_json(reading)
        changes = made.to_apply(updates_existing=updates_existing)
        handler.apply(actor, changes, lambda done, total, note="": None)
        updated = len(made.changed) if updates_existing else 0
        audit.record(
            actor, "import.loaded", sheet=handler.sheet.name, new=len(made.new), changed=updated
        )
    return {
        **as_json(reading),
        "new": len(made.new),
        "updated": updated,
        "kept": len(made.changed) - updated,
        "unchanged": made.unchanged,
    }
