"""Who may bring files in, decide about them and take them back."""

from datetime import datetime, timedelta

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.core.sheets import SheetHandler
from chanjiao.exchange.choices import ImportState
from chanjiao.exchange.models import ImportJob

UNDO_FOR = timedelta(hours=24)
DECIDABLE = frozenset({ImportState.UNMAPPED, ImportState.REFUSED, ImportState.PREVIEWED})


def can_import(actor: Actor, handler: SheetHandler) -> bool:
    """Whoever may create both import jobs and the things on the sheet."""
    return actor.may("import_job", Action.CREATE) and actor.may(handler.thing, Action.CREATE)


def can_export(actor: Actor, handler: SheetHandler) -> bool:
    """Personal data leaves only with a right of its own; the rest goes with reading."""
    if handler.is_personal:
        return actor.may(handler.thing, Action.EXPORT) or actor.may(handler.thing, Action.UPDATE)
    return bool(actor.reaches(handler.thing) - {Reach.AGGREGATE, Reach.MASKED})


def can_decide(actor: Actor, job: ImportJob) -> bool:
    return job.state in DECIDABLE and _is_theirs(actor, job)


def can_undo(actor: Actor, job: ImportJob, now: datetime) -> bool:
    """For a day after the import, by the organisation that made it or the office."""
    is_fresh = job.applied_at is not None and now - job.applied_at <= UNDO_FOR
    return job.state == ImportState.APPLIED and is_fresh and _is_theirs(actor, job)


def can_see_content(actor: Actor, job: ImportJob) -> bool:
    """The auditor knows that a file came in, not what stands in it."""
    return _is_theirs(actor, job)


def _is_theirs(actor: Actor, job: ImportJob) -> bool:
    return actor.may_here("import_job", Action.UPDATE, job.organisation_id)
