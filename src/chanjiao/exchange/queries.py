"""Reads of imports: one's own organisation's, or all for the office."""

from django.db.models import QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.core.sheets import SheetHandler, handlers
from chanjiao.exchange.models import ImportJob, ImportRow


def import_jobs_visible_to(actor: Actor) -> QuerySet[ImportJob]:
    """The office sees all, members their own; an auditor sees that they happened (no file)."""
    rows = ImportJob.objects.select_related("file", "organisation", "created_by", "run")
    reaches = actor.reaches("import_job")
    if Reach.ALL in reaches or Reach.MASKED in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def import_rows(job: ImportJob, kind: str) -> QuerySet[ImportRow]:
    return job.rows.filter(kind=kind)


def sheets_open_to(actor: Actor, action: Action) -> list[SheetHandler]:
    """Sheets the actor may bring in (create) or take out (read), in menu order."""
    return [h for h in handlers().values() if actor.may(h.thing, action)]


def sheet_named(name: str) -> SheetHandler | None:
    return handlers().get(name)
