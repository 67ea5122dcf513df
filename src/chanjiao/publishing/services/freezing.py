"""Freezing: what stands now becomes bytes that never change, with every file made from them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from chanjiao.core import clock, files
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.publishing import documents
from chanjiao.publishing.choices import CONTENT_TYPES, Format
from chanjiao.publishing.correcting import pack
from chanjiao.publishing.editions import material_now
from chanjiao.publishing.models import Quarter, Snapshot, SnapshotFile, SnapshotRow
from chanjiao.publishing.snapshot import Edition, read, spell
from chanjiao.publishing.table import rows_in


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition with its files, made before anything is locked or written."""

    edition: Edition
    material: bytes
    files: dict[str, bytes]
    at: datetime


def prepare(quarter: Quarter) -> Draft:
    """Edition and files; takes seconds, so it runs before the lock that ``store`` needs."""
    at = clock.now()
    material = material_now(quarter, at)
    edition = read(spell(material))
    made = {fmt: documents.make(edition, fmt) for fmt in Format.values}
    return Draft(edition, pack(material), made, at)


def store(actor: Actor, quarter: Quarter, draft: Draft) -> Snapshot:
    """Keep the draft, if the records still say what it says; part of the caller's transaction."""
    now = material_now(quarter, draft.at)
    if (spell(now), pack(now)) != (draft.edition.content, draft.material):
        raise Refused(
            _("冻结时数据又有变动，没有冻结任何内容。请重新核对后再冻结。"), code="moved_meanwhile"
        )
    snapshot = _snapshot(actor, draft)
    for fmt, content in draft.files.items():
        name = documents.file_name(draft.edition, fmt)
        kept = files.keep(actor, content, name, CONTENT_TYPES[Format(fmt)])
        SnapshotFile.objects.create(snapshot=snapshot, format=fmt, file=kept, seal=kept.sha256)
    SnapshotRow.objects.bulk_create(
        [SnapshotRow(snapshot=snapshot, **values) for values in rows_in(draft.edition)],
        batch_size=1000,
    )
    return snapshot


def _snapshot(actor: Actor, draft: Draft) -> Snapshot:
    data = draft.edition.data
    kept = files.keep(
        actor, draft.edition.content, f"{data['number']}-snapshot.json", "application/json"
    )
    return Snapshot.objects.create(
        seal=draft.edition.seal,
        content=kept,
        material=files.keep(
            actor, draft.material, f"{data['number']}-material.json", "application/json"
        ),
        number=data["number"],
        version=data["version"],
        as_of=date.fromisoformat(data["as_of"]),
        headcount=data["totals"]["headcount"],
        companies=data["totals"]["companies"],
        lines=data["totals"]["lines"],
        posts=len(draft.edition.posts),
        rows=len(draft.edition.rows),
        asked=data["coverage"]["asked"],
        answered=data["coverage"]["answered"],
        tools=documents.tools(),
        frozen_at=draft.at,
        frozen_by_id=actor.user_id,
    )
