"""Reads of users, grants, invitations and tokens; the first argument is who asks."""

import hashlib

from django.db.models import Q, QuerySet

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditEntry
from chanjiao.core.roles import Reach, Role
from chanjiao.organisations.models import ApiToken, Area, Invitation, Organisation, RoleGrant


def grants_visible_to(actor: Actor) -> QuerySet[RoleGrant]:
    """All for the office, the auditor and the system; a body's own; else one's own."""
    rows = RoleGrant.objects.select_related("user", "organisation", "area")
    reaches = actor.reaches("user_account")
    if Reach.ALL in reaches:
        return rows
    mine = Q(user_id=actor.user_id)
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(mine | Q(organisation_id=actor.organisation_id))
    return rows.filter(mine) if reaches and actor.is_signed_in else rows.none()


def in_force(rows: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
    """Those that hold today."""
    today = clock.today()
    return rows.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today, withdrawn_at=None
    )


def administrators_of(organisation_id: int) -> QuerySet[RoleGrant]:
    """Grants that keep a body able to act: administrator, open-ended, of a living account."""
    return in_force(RoleGrant.objects.all()).filter(
        organisation_id=organisation_id, is_admin=True, ends_on=None, user__is_active=True
    )


def history_of(grant: RoleGrant) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(
        thing=grant._meta.label_lower, thing_id=str(grant.pk)
    ).order_by("sequence")


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    rows = Invitation.objects.select_related("organisation", "area", "created_by")
    reaches = actor.reaches("user_account")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def invitation_behind(secret: str) -> Invitation | None:
    """The invitation a link was made for, whatever has become of it since."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    rows = Invitation.objects.select_related("organisation", "area", "created_by")
    return rows.filter(secret_hash=digest).first()


def user_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.select_related("owner", "organisation")
    reaches = actor.reaches("api_token")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def bodies_to_staff(actor: Actor) -> QuerySet[Organisation]:
    """Bodies whose users the actor may look after."""
    rows = Organisation.objects.order_by("name")
    if actor.may_all("user_account", "C"):
        return rows
    if actor.is_administrator and actor.may("user_account", "C"):
        return rows.filter(pk=actor.organisation_id)
    return rows.none()


def areas_to_grant() -> QuerySet[Area]:
    return Area.objects.order_by("path")


def has_role_in_force(user: User, role: Role, organisation_id: int) -> bool:
    mine = RoleGrant.objects.filter(user=user, role=role, organisation_id=organisation_id)
    return in_force(mine).exists()
