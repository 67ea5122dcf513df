"""Files with identity numbers stay only as long as somebody still has to decide about them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from chanjiao.core import audit, clock, files
from chanjiao.core.actor import SYSTEM
from chanjiao.core.sheets import handlers
from chanjiao.exchange.choices import ImportState
from chanjiao.exchange.models import ImportJob
from chanjiao.exchange.policies import UNDO_FOR

ENDED = frozenset(
    {ImportState.APPLIED, ImportState.UNDONE, ImportState.CANCELLED, ImportState.FAILED}
)
UNDECIDED_FOR = timedelta(days=7)


def forget_file(job: ImportJob) -> bool:
    """Remove the bytes of a personal sheet, unless another job still has to read the same file."""
    handler = handlers().get(job.sheet)
    if handler is None or not handler.is_personal or not _is_free(job):
        return False
    files.forget(job.file)
    return True


def _is_free(job: ImportJob) -> bool:
    """Whether the bytes are there and no other job waits for them."""
    others = ImportJob.objects.filter(file__sha256=job.file.sha256).exclude(pk=job.pk)
    return files.is_kept(job.file) and not others.exclude(state__in=ENDED).exists()


def forget_personal() -> int:
    """Called by the worker's clock: what can't be undone or decided any more leaves no rows."""
    personal = [name for name, handler in handlers().items() if handler.is_personal]
    done = ImportJob.objects.filter(
        sheet__in=personal, state__in=ENDED, updated_at__lt=clock.now() - UNDO_FOR
    )
    silent = ImportJob.objects.filter(
        sheet__in=personal, updated_at__lt=clock.now() - UNDECIDED_FOR
    ).exclude(state__in=ENDED)
    return sum(_forget(pk) for pk in [*_pks(done), *_pks(silent)])


def _pks(jobs: QuerySet[ImportJob]) -> list[int]:
    return [
        job.pk for job in jobs.select_related("file")
        if job.rows.exists() or _is_free(job)
    ]  # fmt: skip


@transaction.atomic
def _forget(pk: int) -> int:
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("file").get(pk=pk)
    if job.state not in ENDED:
        job.state = ImportState.CANCELLED
    rows, _models = job.rows.all().delete()
    job.layout = {**job.layout, "preview": []}
    job.faults = job.warnings = []
    job.save()
    audit.record(SYSTEM, "import.forgotten", job, rows=rows)
    transaction.on_commit(lambda: forget_file(job))
    return 1
