"""Reads of the audit chain; the first argument is who asks."""

from django.db.models import QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditAnchor, AuditEntry, AuditHead
from chanjiao.core.roles import Reach


def entries_visible_to(actor: Actor) -> QuerySet[AuditEntry]:
    """The auditor sees everything; a body's administrator what its people did; others their own."""
    rows = AuditEntry.objects.order_by("-sequence")
    reaches = actor.reaches("audit_log")
    if Reach.ALL in reaches:
        return rows
    if Reach.MASKED in reaches and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    if Reach.OWN in reaches and actor.is_signed_in:
        return rows.filter(user_id=actor.user_id)
    return rows.none()


def sees_contents(actor: Actor) -> bool:
    """Whether before and after are shown, or only that something was done."""
    return bool(actor.reaches("audit_log") & {Reach.ALL, Reach.OWN})


def anchors() -> QuerySet[AuditAnchor]:
    return AuditAnchor.objects.order_by("-sequence")


def head() -> AuditHead | None:
    return AuditHead.objects.filter(id=1).first()
