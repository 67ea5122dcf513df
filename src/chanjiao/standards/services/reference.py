"""Bringing the shipped code lists into the database; doing it again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from chanjiao.core import audit, clock
from chanjiao.core.actor import SYSTEM
from chanjiao.engines.taxonomy import CodeItem, spell
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import OPEN_START
from chanjiao.standards.models import Code
from chanjiao.standards.packaged import packaged, streets

BATCH = 1000
TEXTS = ("name", "name_en", "level", "aliases", "flags", "search_text", "parent_id")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many codes of one system were new, changed, and already as shipped."""

    system: str
    new: int
    changed: int
    same: int


@transaction.atomic
def load(systems: Iterable[str] = System.values, *, with_streets: bool = False) -> list[Loaded]:
    """Load the packaged lists; codes and versions that the office added stay as they are."""
    done = [load_items(system, list(packaged(system))) for system in systems]
    if with_streets:
        rows = [CodeItem(code, name, county, 4) for code, name, county in streets()]
        done.append(load_items(System.REGION, rows))
    touched = {row.system: [row.new, row.changed] for row in done if row.new or row.changed}
    if touched:
        audit.record(SYSTEM, "reference.loaded", systems=touched)
    return done


@transaction.atomic
def load_codes(system: str, codes: Iterable[str]) -> dict[str, Code]:
    """Load a few packaged codes with everything above them, and give them by code."""
    found, wanted = packaged(system), list(codes)
    needed = {code for leaf in wanted for code in [leaf, *_above(found.ancestors(leaf))]}
    load_items(system, [item for item in found if item.code in needed])
    rows = Code.objects.filter(system=system, code__in=wanted).order_by("valid_from")
    return {row.code: row for row in rows}


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


def _above(items: Iterable[CodeItem]) -> list[str]:
    return [item.code for item in items]
