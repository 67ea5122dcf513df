"""Reads of bodies, members and areas; the first argument is who asks."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.organisations.choices import MembershipState, Status
from chanjiao.organisations.models import (
    Area,
    Consortium,
    Membership,
    Organisation,
    OrganisationName,
    OrganisationYear,
    RoleGrant,
)
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_list

DEMO_DOMAIN = "demo.chanjiao.example"


def organisations_visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Public cards of all bodies; merged ones are reached through their heir."""
    return Organisation.objects.exclude(status=Status.MERGED).select_related("area", "industry")


def with_latest_staff(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Adds ``latest_staff``: the head count of the newest year that has one."""
    years = OrganisationYear.objects.filter(organisation=OuterRef("pk"), staff__isnull=False)
    return rows.annotate(latest_staff=Subquery(years.order_by("-year").values("staff")[:1]))


def _by_text(text: str) -> Q:
    return (
        Q(name__icontains=text)
        | Q(credit_code__istartswith=text)
        | Q(name_en__icontains=text)
        | Q(pk__in=OrganisationName.objects.filter(name__icontains=text).values("organisation"))
    )


def _in_area(pk: str) -> Q:
    """Bodies of an area and of everything inside it."""
    area = Area.objects.filter(pk=pk).first() if pk.isdecimal() else None
    if area is None:
        return Q(pk__in=[])
    return Q(area=area) | Q(area__path__startswith=area.path + "/")


def _in_industry(text: str) -> Q:
    """Bodies of an industry, given as people write codes, and of all below it."""
    item = code_list(System.INDUSTRY).resolve(text)
    return Q(industry__code__startswith=item.code) if item else Q(pk__in=[])


MATCHES: dict[str, Callable[[str], Q]] = {
    "q": lambda text: _by_text(text.strip()),
    "kind": lambda value: Q(kind=value),
    "status": lambda value: Q(status=value),
    "verified": lambda value: Q(verified=value),
    "area": _in_area,
    "industry": _in_industry,
    "is_above_designated_size": lambda value: Q(is_above_designated_size=value == "true"),
    "is_integration_enterprise": lambda value: Q(is_integration_enterprise=value == "true"),
    "no_code": lambda value: Q(credit_code__isnull=value == "true"),
    "no_area": lambda value: Q(area__isnull=value == "true"),
}


def organisations_matching(
    rows: QuerySet[Organisation], filters: Mapping[str, str]
) -> QuerySet[Organisation]:
    """What the filter row of the list page and the export both mean by their words."""
    for name, value in filters.items():
        if value and name in MATCHES:
            rows = rows.filter(MATCHES[name](value))
    return rows


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


def members_stamp() -> tuple[object, ...]:
    """Changes whenever what strangers see of the consortium and its members changes."""
    members = Membership.objects.filter(state=MembershipState.ACTIVE).aggregate(
        changed=Max("updated_at"), count=Count("pk")
    )
    return (*members.values(), Consortium.objects.aggregate(changed=Max("updated_at"))["changed"])
