"""The audit chain: every act leaves an entry that the next one seals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models, transaction

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditAnchor, AuditEntry, AuditHead
from chanjiao.engines.ledger import (
    GENESIS,
    Anchor,
    Entry,
    Fault,
    Verdict,
    entry_hash,
    verify,
    wording,
)


@transaction.atomic
def record(
    actor: Actor,
    act: str,
    thing: models.Model | None = None,
    *,
    is_success: bool = True,
    **details: Any,
) -> AuditEntry:
    """Append one entry in the caller's transaction; ``details`` must not carry personal data."""
    head, _created = AuditHead.objects.select_for_update().get_or_create(
        id=1, defaults={"hash": GENESIS}
    )
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=clock.now(),
        act=act,
        thing=thing._meta.label_lower if thing is not None else "",
        thing_id=str(thing.pk) if thing is not None else "",
        label=str(thing)[:200] if thing is not None else "",
        user_id=actor.user_id,
        user_name=actor.name[:80],
        organisation_id=actor.organisation_id,
        via=actor.via,
        is_success=is_success,
        details={key: _plain(value) for key, value in details.items()},
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(head.hash, entry.sequence, payload_of(entry), key=_key())
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save()
    return entry


def payload_of(entry: AuditEntry) -> Mapping[str, Any]:
    """What the hash of an entry covers: everything but the hashes themselves."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(),
        "act": entry.act,
        "thing": entry.thing,
        "thing_id": entry.thing_id,
        "label": entry.label,
        "user": entry.user_id,
        "user_name": entry.user_name,
        "organisation": entry.organisation_id,
        "via": entry.via,
        "success": entry.is_success,
        "details": entry.details,
    }


def verify_chain(outside: Iterable[Anchor] = ()) -> Verdict:
    """Walk the whole chain against its hashes, its head and every anchor.

    Anchors of the table are compared too, but only those given as ``outside`` are beyond the
    reach of somebody who can write the database.
    """
    told = {one.sequence: one.hash for one in outside}
    noted = list(AuditAnchor.objects.values_list("sequence", "hash"))
    noted += list(AuditHead.objects.filter(id=1).values_list("sequence", "hash"))
    disagreeing = sorted({n for n, seal in noted if told.setdefault(n, seal) != seal})
    anchors = [Anchor(sequence, seal) for sequence, seal in told.items() if sequence]
    verdict = verify(_entries(), anchors=anchors, key=_key())
    return _with_faults(verdict, [wording.wrong_anchor(n) for n in disagreeing])


def _with_faults(verdict: Verdict, more: list[Fault]) -> Verdict:
    if not more:
        return verdict
    faults = (*verdict.faults, *more)
    return replace(
        verdict,
        ok=False,
        first_fault=faults[0],
        faults=faults,
        fault_count=verdict.fault_count + len(more),
    )


def anchor(actor: Actor, told_to: str) -> AuditAnchor:
    """Note the present head as told to the outside; the caller carries it there."""
    with transaction.atomic():
        entry = record(actor, "audit.anchored", told_to=told_to)
        return AuditAnchor.objects.create(
            sequence=entry.sequence, hash=entry.hash, told_to=told_to, at=clock.now()
        )


def _entries() -> Iterator[Entry]:
    for row in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        yield Entry(row.sequence, row.previous_hash, row.hash, payload_of(row))


def _key() -> bytes | None:
    return settings.AUDIT_KEY.encode() if settings.AUDIT_KEY else None


def _plain(value: Any) -> Any:
    """JSON-ready and float-free, because the chain's canonical form has no floats."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    return str(value)
