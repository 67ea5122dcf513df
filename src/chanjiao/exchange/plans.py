"""What importing a file would do: new, changed, unchanged and gone rows, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import Change, Key, SheetHandler, Values
from chanjiao.engines.tabular import Column, Row
from chanjiao.exchange.packing import same


@dataclass
class Plan:
    """Changes in file order; ``gone`` keys stand in the database and not in the file."""

    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[Key] = field(default_factory=list)
    unchanged: int = 0

    def to_apply(self, *, updates_existing: bool) -> list[Change]:
        return [*self.new, *self.changed] if updates_existing else list(self.new)


def key_of(handler: SheetHandler, values: Values) -> Key:
    return tuple("" if (v := values.get(name)) is None else str(v) for name in handler.sheet.key)


def plan(actor: Actor, handler: SheetHandler, rows: Sequence[Row], given: Sequence[str]) -> Plan:
    """Compare rows with what stands; only filled cells of columns ``given`` can change anything.

    A blank cell is absent from ``after``, so a None there (an undo) always means to take away.
    """
    columns = [handler.sheet.by_name[name] for name in given]
    keyed = [(key_of(handler, row.values), row) for row in rows]
    existing = handler.existing(actor, [key for key, _row in keyed])
    made = Plan()
    for key, row in keyed:
        after = {n: v for n in given if not _is_blank(v := row.values.get(n))}
        before = existing.get(key)
        if before is None:
            made.new.append(Change(row.number, key, None, after))
        elif differing(columns, before, after):
            made.changed.append(Change(row.number, key, dict(before), after))
        else:
            made.unchanged += 1
    named = {key for key, _row in keyed}
    made.gone = [key for key in handler.keys(actor) if key not in named]
    return made


def differing(columns: Sequence[Column], before: Values, after: Values) -> list[Column]:
    """Columns in which ``after`` says something else; a blank cell takes nothing away."""
    return [
        column
        for column in columns
        if not _is_blank(after.get(column.name))
        and not same(column, before.get(column.name), after.get(column.name))
    ]


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or value == ()
