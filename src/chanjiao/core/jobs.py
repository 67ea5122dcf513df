"""Long work in the background, with a progress that a page can show.

How far a run is stands in a small file, not in its row: the work itself is one transaction,
and what is written inside it nobody else can see before it ends.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import JobRun, JobState
from chanjiao.core.roles import Reach

SILENT_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Progress:
    percent: int
    note: str


@transaction.atomic
def start(actor: Actor, kind: str, title: str, task: str, **arguments: Any) -> JobRun:
    """Queue a ``django.tasks`` task, named by its path, whose first argument is the run's id."""
    run = JobRun.objects.create(
        kind=kind,
        title=title[:200],
        organisation_id=actor.organisation_id,
        created_by_id=actor.user_id,
        heartbeat_at=clock.now(),
    )
    result = import_string(task).enqueue(run.pk, **arguments)
    JobRun.objects.filter(pk=run.pk).update(task_id=str(result.id))
    run.refresh_from_db()
    return run


def progress(run_id: int) -> Callable[[int, int, str], None]:
    """A callable (done, total, note) that keeps the run's progress, at most once a percent."""
    last = -1
    path = progress_file(run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    JobRun.objects.filter(pk=run_id).update(state=JobState.RUNNING, heartbeat_at=clock.now())

    def tell(done: int, total: int, note: str = "") -> None:
        nonlocal last
        step = done * 100 // total if total else 0
        if step == last and not note:
            return
        last = step
        draft = path.with_suffix(".part")
        draft.write_text(json.dumps({"percent": min(step, 99), "note": note}), encoding="utf-8")
        draft.replace(path)

    return tell


def progress_of(run: JobRun) -> Progress:
    """How far a run is: its end from the row, its middle from the file the worker keeps."""
    if run.state == JobState.DONE:
        return Progress(100, run.note)
    try:
        told = json.loads(progress_file(run.pk).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Progress(0, run.note)
    return Progress(int(told["percent"]), str(told["note"]))


def finish(run_id: int, *, note: str = "", failed: bool = False) -> None:
    JobRun.objects.filter(pk=run_id).update(
        state=JobState.FAILED if failed else JobState.DONE,
        note=note[:300],
        heartbeat_at=clock.now(),
        finished_at=clock.now(),
    )
    progress_file(run_id).unlink(missing_ok=True)


def mark_silent() -> int:
    """Say so of runs whose worker went away and did not come back; returns how many.

    Work inside one long transaction can't move its row; the file it keeps its progress in does.
    """
    before = clock.now() - SILENT_AFTER
    waiting = JobRun.objects.filter(
        state__in=[JobState.WAITING, JobState.RUNNING], heartbeat_at__lt=before
    )
    silent = [pk for pk in waiting.values_list("pk", flat=True) if _last_told(pk) < before]
    return JobRun.objects.filter(
        pk__in=silent, state__in=[JobState.WAITING, JobState.RUNNING]
    ).update(
        state=JobState.FAILED,
        note=_("执行进程中断，未完成；数据未改动，可重新提交。"),
        finished_at=clock.now(),
    )


def jobs_visible_to(actor: Actor) -> QuerySet[JobRun]:
    """All runs for the office, auditor and operator; one's organisation's for its people."""
    reaches = actor.reaches("job")
    if Reach.ALL in reaches:
        return JobRun.objects.all()
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return JobRun.objects.filter(organisation_id=actor.organisation_id)
    return JobRun.objects.none()


def progress_file(run_id: int) -> Path:
    return Path(settings.PROGRESS_FOLDER) / f"{run_id}.json"


def _last_told(run_id: int) -> datetime:
    try:
        return datetime.fromtimestamp(progress_file(run_id).stat().st_mtime, UTC)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
