"""Writing items of a code list into its table: what is new, what changed, what stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chanjiao.core import clock
from chanjiao.engines.taxonomy import CodeItem, spell
from chanjiao.standards.codebook import OPEN_START
from chanjiao.standards.models import Code

BATCH = 1000
TEXTS = ("name", "name_en", "level", "aliases", "flags", "search_text", "parent_id")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many codes of one system were new, changed, and already as shipped."""

    system: str
    new: int
    changed: int
    same: int


def load_items(system: str, items: Sequence[CodeItem]) -> Loaded:
    """Write items of one list, parents before children; an item's parent may stand already."""
    held = {(row.code, row.valid_from): row for row in Code.objects.filter(system=system)}
    ids = {code: row.pk for (code, _starts), row in sorted(held.items())}
    new = changed = 0
    for level in sorted({item.level for item in items}):
        fresh: list[Code] = []
        stale: list[Code] = []
        for item in items:
            if item.level != level:
                continue
            row = held.get((item.code, item.valid_from or OPEN_START))
            if row is None:
                fresh.append(Code(**_fields(system, item, ids)))
            elif _update(row, _fields(system, item, ids)):
                stale.append(row)
        for row in Code.objects.bulk_create(fresh, batch_size=BATCH):
            ids[row.code] = row.pk
        Code.objects.bulk_update(stale, [*TEXTS, "valid_to", "changed_at"], batch_size=BATCH)
        new, changed = new + len(fresh), changed + len(stale)
    return Loaded(system, new, changed, len(items) - new - changed)


def search_text(code: str, name: str, aliases: Iterable[str]) -> str:
    """What a search in the database looks through: code, names, pinyin and its initials."""
    texts = [name, *aliases]
    readings = {reading for text in texts for reading in spell(text)[:2]}
    return " ".join([code, code.replace("-", ""), *texts, *sorted(readings)]).lower()


def _fields(system: str, item: CodeItem, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "system": system,
        "code": item.code,
        "name": item.name,
        "name_en": item.name_en,
        "parent_id": ids[item.parent] if item.parent else None,
        "level": item.level,
        "aliases": list(item.aliases),
        "flags": "|".join(sorted(item.flags)),
        "search_text": search_text(item.code, item.name, item.aliases),
        "valid_from": item.valid_from or OPEN_START,
        "valid_to": item.valid_to,
    }


def _update(row: Code, fields: dict[str, Any]) -> bool:
    """Take over what differs; an end that the office set is not taken back."""
    names = [*TEXTS, *(["valid_to"] if fields["valid_to"] else [])]
    different = [name for name in names if getattr(row, name) != fields[name]]
    for name in different:
        setattr(row, name, fields[name])
    row.changed_at = clock.now()
    return bool(different)
