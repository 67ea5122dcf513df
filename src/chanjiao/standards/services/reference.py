"""Bringing the shipped code lists into the database; doing it again changes nothing."""

from collections.abc import Iterable

from django.db import transaction

from chanjiao.core import audit
from chanjiao.core.actor import SYSTEM
from chanjiao.engines.taxonomy import CodeItem
from chanjiao.standards.choices import System
from chanjiao.standards.loading import Loaded, load_items
from chanjiao.standards.models import Code
from chanjiao.standards.packaged import packaged, streets


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


def _above(items: Iterable[CodeItem]) -> list[str]:
    return [item.code for item in items]
