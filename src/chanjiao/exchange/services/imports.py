"""Bringing a file in: receive, check, map, confirm, apply, undo; each step whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chanjiao.accounts.models import User
from chanjiao.core import audit, clock, files, jobs
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.models import JobRun, JobState
from chanjiao.core.refusals import Refused, require
from chanjiao.core.sheets import Change, SheetHandler, handlers
from chanjiao.engines.tabular import Limits
from chanjiao.exchange.choices import ImportState, RowKind
from chanjiao.exchange.models import ImportJob, ImportRow
from chanjiao.exchange.packing import packed, unpacked
from chanjiao.exchange.plans import differing
from chanjiao.exchange.policies import can_decide, can_import, can_undo
from chanjiao.exchange.services.forgetting import forget_file
from chanjiao.organisations.actors import actor_for

BATCH = 2000
LIMIT = Limits().max_bytes
CHECK = "chanjiao.exchange.tasks.check_import"
APPLY = "chanjiao.exchange.tasks.apply_import"


@transaction.atomic
def receive(
    actor: Actor, handler: SheetHandler, data: bytes, name: str, *, updates_existing: bool = False
) -> ImportJob:
    """Keep the file as it came and queue its check; nothing is written to the register yet."""
    require(can_import(actor, handler))
    if len(data) > LIMIT:
        raise Refused(
            _("文件有 %(size).1f MB，超过 20 MB。请拆成几份再上传。") % {"size": len(data) / 2**20},
            field="file",
        )
    job = ImportJob.objects.create(
        sheet=handler.sheet.name,
        organisation_id=actor.organisation_id,
        file=files.keep(actor, data, name),
        updates_existing=updates_existing,
        created_by_id=actor.user_id,
    )
    _queue(actor, job, CHECK, _("检查 %(name)s") % {"name": job.file.name})
    audit.record(actor, "import.received", job, sheet=job.sheet, sha256=job.file.sha256)
    return job


@transaction.atomic
def check_again(actor: Actor, job_id: int, mapping: Mapping[str, str]) -> ImportJob:
    """Check the same file once more with headings mapped by hand."""
    job = _locked(job_id)
    require(can_decide(actor, job))
    job.mapping, job.state = dict(mapping), ImportState.RECEIVED
    job.save()
    _queue(actor, job, CHECK, _("检查 %(name)s") % {"name": job.file.name})
    return job


@transaction.atomic
def confirm(actor: Actor, job_id: int, *, updates_existing: bool) -> ImportJob:
    """Say yes to a preview: its rows are written in the background, all of them or none."""
    job = _locked(job_id)
    require(can_decide(actor, job))
    if job.state != ImportState.PREVIEWED:
        raise Refused(_("文件有 %(n)s 处错误，更正后才能导入。") % {"n": job.fault_total})
    if not job.new and not (updates_existing and job.changed):
        raise Refused(_("没有可写入的变化：%(n)s 行与现有数据相同。") % {"n": job.unchanged})
    job.updates_existing, job.state = updates_existing, ImportState.APPLYING
    job.save()
    _queue(actor, job, APPLY, _("写入 %(name)s") % {"name": job.file.name})
    return job


@transaction.atomic
def cancel(actor: Actor, job_id: int) -> ImportJob:
    job = _locked(job_id)
    require(can_decide(actor, job))
    job.state = ImportState.CANCELLED
    job.rows.all().delete()
    job.save()
    audit.record(actor, "import.cancelled", job)
    transaction.on_commit(lambda: forget_file(job))
    return job


def apply(job_id: int, run_id: int) -> None:
    """Write a confirmed preview; called by the worker, safe to call again after a crash.

    Rows that changed since the preview stop everything: a person must look again.
    """
    with transaction.atomic():
        job = _locked(job_id)
        if job.state != ImportState.APPLYING:
            return
        handler, actor = handlers()[job.sheet], actor_of(job)
        changes = stored_changes(handler, job, updates_existing=job.updates_existing)
        _refuse_if_moved(actor, handler, changes, expect="before")
        try:
            with transaction.atomic():
                handler.apply(actor, changes, jobs.progress(run_id))
        except IntegrityError as error:
            raise Refused(_("写入时与现有数据冲突，未做任何改动。请重新上传后再试。")) from error
        job.state, job.applied_at = ImportState.APPLIED, clock.now()
        job.note = ""
        job.save()
        audit.record(
            actor, "import.applied", job, sheet=job.sheet, sha256=job.file.sha256,
            new=job.new, changed=job.changed if job.updates_existing else 0,
        )  # fmt: skip
        transaction.on_commit(lambda: forget_file(job))


@transaction.atomic
def undo(actor: Actor, job_id: int) -> ImportJob:
    """Put everything back as it was before the import, unless somebody has worked on since."""
    job = _locked(job_id)
    require(can_undo(actor, job, clock.now()))
    handler = handlers()[job.sheet]
    changes = stored_changes(handler, job, updates_existing=job.updates_existing)
    _refuse_if_moved(actor, handler, changes, expect="after")
    back = [Change(c.number, c.key, _full(c), c.before) for c in reversed(changes)]
    handler.apply(actor, back, _silent)
    job.state, job.undone_at = ImportState.UNDONE, clock.now()
    job.save()
    audit.record(actor, "import.undone", job, rows=len(back))
    return job


def fail(job_id: int, note: str) -> None:
    """Say that work on a job ended without effect; the person may try again."""
    ImportJob.objects.filter(
        pk=job_id, state__in=[ImportState.RECEIVED, ImportState.CHECKING, ImportState.APPLYING]
    ).update(state=ImportState.FAILED, note=note[:300])


def reconcile() -> int:
    """Give jobs whose run was lost an honest end; called by the worker's clock."""
    jobs.mark_silent()
    lost = ImportJob.objects.filter(
        state__in=[ImportState.RECEIVED, ImportState.CHECKING, ImportState.APPLYING],
        run__state=JobState.FAILED,
    )
    return lost.update(state=ImportState.FAILED, note=_("执行进程中断，数据未改动，请重新上传。"))


def stored_changes(
    handler: SheetHandler, job: ImportJob, *, updates_existing: bool
) -> list[Change]:
    kinds = [RowKind.NEW, RowKind.CHANGED] if updates_existing else [RowKind.NEW]
    rows = job.rows.filter(kind__in=kinds).order_by("pk")
    return [
        Change(
            row.number or 0,
            tuple(row.key),
            unpacked(handler.sheet, row.before) if row.before is not None else None,
            unpacked(handler.sheet, row.after) if row.after is not None else None,
        )
        for row in rows.iterator(chunk_size=BATCH)
    ]


def store_rows(handler: SheetHandler, job: ImportJob, changes: Sequence[Change], kind: str) -> None:
    rows = [
        ImportRow(
            job=job,
            number=change.number or None,
            kind=kind,
            key=list(change.key),
            before=packed(handler.sheet, change.before) if change.before is not None else None,
            after=packed(handler.sheet, change.after) if change.after is not None else None,
        )
        for change in changes
    ]
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)


def actor_of(job: ImportJob) -> Actor:
    """The person who brought the file, with the rights they hold today."""
    user = User.objects.filter(pk=job.created_by_id).first()
    if user is None:
        return SYSTEM
    return actor_for(user, organisation_id=job.organisation_id)


def _refuse_if_moved(
    actor: Actor, handler: SheetHandler, changes: Sequence[Change], *, expect: str
) -> None:
    present = handler.existing(actor, [change.key for change in changes])
    moved = [c for c in changes if not _stands(handler, present.get(c.key), getattr(c, expect))]
    if moved:
        shown = "、".join(" ".join(c.key) for c in moved[:3])
        raise Refused(
            _("有 %(n)s 行在此期间已被改动（如 %(rows)s），未做任何改动。请核对后重新上传。")
            % {"n": len(moved), "rows": shown},
            code="moved",
        )


def _stands(handler: SheetHandler, present: Any, expected: Any) -> bool:
    if present is None or expected is None:
        return present is None and expected is None
    columns = [c for c in handler.sheet.columns if c.name in expected and c.name in present]
    return not differing(columns, present, expected)


def _full(change: Change) -> dict[str, Any]:
    return {**(change.before or {}), **(change.after or {})}


def _locked(job_id: int) -> ImportJob:
    return ImportJob.objects.select_for_update(of=("self",)).select_related("file").get(pk=job_id)


def _queue(actor: Actor, job: ImportJob, task: str, title: str) -> None:
    run: JobRun = jobs.start(actor, "import", title, task, job_id=job.pk)
    ImportJob.objects.filter(pk=job.pk).update(run=run)
    job.refresh_from_db()


def _silent(done: int, total: int, note: str = "") -> None:
    return None
