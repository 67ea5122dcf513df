"""The number of a list, its next version, and what it would say at a given moment."""

from datetime import datetime

from chanjiao.publishing.gathering import gather
from chanjiao.publishing.lines import Material
from chanjiao.publishing.models import Quarter, Version
from chanjiao.publishing.snapshot import Edition, read, spell


def number_of(quarter: Quarter) -> str:
    """The public number: kind, year and quarter, short enough to be read out."""
    return f"RCXQ-{quarter.label}"


def next_version(quarter: Quarter) -> int:
    return Version.objects.filter(publication__quarter=quarter).count() + 1


def material_now(quarter: Quarter, at: datetime) -> Material:
    return gather(
        quarter,
        number=number_of(quarter),
        version=next_version(quarter),
        at=at,
        correction=quarter.correction,
    )


def edition_now(quarter: Quarter, at: datetime) -> Edition:
    """What the list would say if it were frozen at this moment."""
    return read(spell(material_now(quarter, at)))
