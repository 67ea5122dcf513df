"""Reads of lists, versions and rows. What is published is for everybody; closing is not."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, Prefetch, QuerySet

from chanjiao.core import files
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Reach
from chanjiao.publishing.choices import Format, PublicationState
from chanjiao.publishing.models import (
    Objection,
    Publication,
    Quarter,
    Snapshot,
    SnapshotFile,
    SnapshotRow,
    Version,
)
from chanjiao.publishing.snapshot import Edition, read

CELL, POST = "cell", "post"


def published_lists() -> QuerySet[Publication]:
    """Every list that was ever public, newest quarter first, each with its versions.

    Withdrawn ones stay in as tombstones: their number answers, their rows do not.
    """
    versions = Version.objects.select_related("snapshot", "published_by").order_by("-number")
    return (
        Publication.objects.select_related("quarter")
        .prefetch_related(Prefetch("versions", versions))
        .order_by("-quarter__year", "-quarter__number", "-number")
    )


def publications_visible_to(actor: Actor) -> QuerySet[Publication]:
    """All publications: each is public from the moment its row exists."""
    return published_lists() if actor.may("publication") else Publication.objects.none()


def versions_of(publication: Publication) -> list[Version]:
    """Newest first; free when the publication came from ``published_lists``."""
    return list(publication.versions.all())


def current_version(publication: Publication) -> Version:
    return versions_of(publication)[0]


def latest_list() -> Publication | None:
    """The newest list that still stands."""
    return published_lists().filter(state=PublicationState.PUBLISHED).first()


def list_numbered(number: str) -> Publication | None:
    """A list by its public number, as people type it."""
    return published_lists().filter(number__iexact=number.strip()).first()


def version_numbered(publication: Publication, number: int | None) -> Version | None:
    """One version of a list; the current one when no number is given."""
    found = versions_of(publication)
    if number is None:
        return found[0]
    return next((version for version in found if version.number == number), None)


def rows_of(version: Version) -> QuerySet[SnapshotRow]:
    """The pooled rows of a published version, in the order of the list."""
    return SnapshotRow.objects.filter(snapshot=version.snapshot_id, kind=CELL).order_by("position")


def posts_of(version: Version) -> QuerySet[SnapshotRow]:
    """Positions that companies let stand under their own name."""
    return SnapshotRow.objects.filter(snapshot=version.snapshot_id, kind=POST).order_by("position")


def edition_of(snapshot: Snapshot) -> Edition:
    """The snapshot's content, read from the store and checked against its seal."""
    return _edition(snapshot.seal, snapshot.content_id)


@lru_cache(maxsize=16)
def _edition(seal: str, content_id: int) -> Edition:
    """A seal names one content for ever, so what was read once need not be read again."""
    found = read(files.content(Snapshot.objects.select_related("content").get(seal=seal).content))
    if found.seal != seal:
        raise files.StoreDamagedError(f"snapshot {seal} holds other bytes ({found.seal})")
    return found


def quarters_visible_to(actor: Actor) -> QuerySet[Quarter]:
    """Quarters being closed: internals of the office, seen also by viewer and auditor."""
    rows = Quarter.objects.select_related("snapshot")
    return rows if actor.may_all("publication") else rows.none()


def next_quarter(today: date) -> tuple[int, int]:
    """(year, quarter) to close next: the one that ended last, or the first after it not begun."""
    begun = set(Quarter.objects.values_list("year", "number"))
    year, number = today.year, (today.month - 1) // 3
    if number == 0:
        year, number = year - 1, 4
    while (year, number) in begun:
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
    return year, number


def published_stamp() -> tuple[object, ...]:
    """Changes whenever anything that readers see of the lists changes; one small query."""
    return tuple(
        Publication.objects.aggregate(
            changed=Max("updated_at"), versions=Max("versions__pk"), count=Count("pk")
        ).values()
    )


def file_of(version: Version, fmt: str) -> SnapshotFile | None:
    """A file as it was handed out on the day of publication."""
    return version.snapshot.files.filter(format=fmt).select_related("file").first()


def files_of(version: Version) -> list[SnapshotFile]:
    """All files of a version in the order in which readers ask for them."""
    return files_of_all([version])[version.pk]


def files_of_all(versions: Sequence[Version]) -> dict[int, list[SnapshotFile]]:
    """The files of many versions by version, in that order; one query for all."""
    ids = {version.snapshot_id: version.pk for version in versions}
    found: dict[int, list[SnapshotFile]] = {version.pk: [] for version in versions}
    kept = SnapshotFile.objects.filter(snapshot__in=ids).select_related("file", "snapshot")
    for one in sorted(kept, key=lambda file: Format.values.index(file.format)):
        found[ids[one.snapshot_id]].append(one)
    return found


def objections_visible_to(actor: Actor, publication: Publication) -> QuerySet[Objection]:
    """The office and the auditor see all; a body sees its own."""
    rows = Objection.objects.filter(version__publication=publication).select_related(
        "organisation", "version", "answered_by"
    )
    reaches = actor.reaches("objection")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(organisation=actor.organisation_id)
    return rows.none()
