"""Reads of bodies, members and areas; the first argument is who asks."""

from django.conf import settings
from django.db.models import QuerySet

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.organisations.choices import MembershipState, Status
from chanjiao.organisations.models import Consortium, Membership, Organisation, RoleGrant

DEMO_DOMAIN = "demo.chanjiao.example"


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Public cards of all bodies; merged ones are reached through their heir."""
    return Organisation.objects.exclude(status=Status.MERGED).select_related("area", "industry")


def members_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Applications are the office's business; everybody else sees who is a member."""
    rows = Membership.objects.select_related("organisation", "consortium")
    if actor.may_all("membership", "A"):
        return rows
    return rows.filter(state=MembershipState.ACTIVE)


def consortium_of_region() -> Consortium | None:
    """The first consortium of this installation, whose name the portal carries."""
    return Consortium.objects.select_related("lead_school", "park").first()


def demo_sign_ins() -> list[RoleGrant]:
    """One grant per demo account for its one-click sign-in; empty anywhere but in the demo."""
    if not settings.IS_DEMO:
        return []
    rows = RoleGrant.objects.filter(
        user__email__endswith="@" + DEMO_DOMAIN, ends_on=None
    ).select_related("user", "organisation")
    seen: dict[int, RoleGrant] = {}
    for grant in rows.order_by("pk"):
        seen.setdefault(grant.user_id, grant)
    return list(seen.values())


def demo_user(email: str) -> User | None:
    if not settings.IS_DEMO or not email.endswith("@" + DEMO_DOMAIN):
        return None
    return User.objects.filter(email=email, is_active=True).first()
