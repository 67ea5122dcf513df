"""Long work in the background, with a progress row that a page can show."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import JobRun, JobState

SILENT_AFTER = timedelta(minutes=10)


@transaction.atomic
def start(actor: Actor, kind: str, title: str, task: Any, **arguments: Any) -> JobRun:
    """Queue ``task`` (a ``django.tasks`` task whose first argument is the run's id)."""
    run = JobRun.objects.create(
        kind=kind,
        title=title[:200],
        organisation_id=actor.organisation_id,
        created_by_id=actor.user_id,
        heartbeat_at=clock.now(),
    )
    result = task.enqueue(run.pk, **arguments)
    run.task_id = str(result.id)
    JobRun.objects.filter(pk=run.pk).update(task_id=run.task_id)
    run.refresh_from_db()
    return run


def progress(run_id: int) -> Callable[[int, int, str], None]:
    """A callable (done, total, note) that keeps the run's row fresh at most once a percent."""
    last = -1

    def tell(done: int, total: int, note: str = "") -> None:
        nonlocal last
        step = done * 100 // total if total else 0
        if step == last and not note:
            return
        last = step
        JobRun.objects.filter(pk=run_id).update(
            state=JobState.RUNNING, done=done, total=total, note=note[:300],
            heartbeat_at=clock.now(),
        )  # fmt: skip

    return tell


def finish(run_id: int, *, note: str = "", failed: bool = False) -> None:
    JobRun.objects.filter(pk=run_id).update(
        state=JobState.FAILED if failed else JobState.DONE,
        note=note[:300],
        heartbeat_at=clock.now(),
        finished_at=clock.now(),
    )


def mark_silent() -> int:
    """Say so of runs whose worker went away and did not come back; returns how many."""
    silent = JobRun.objects.filter(
        state__in=[JobState.WAITING, JobState.RUNNING],
        heartbeat_at__lt=clock.now() - SILENT_AFTER,
    )
    return silent.update(
        state=JobState.FAILED, note="执行进程中断，未完成；数据未改动，可重新提交。",
        finished_at=clock.now(),
    )  # fmt: skip
