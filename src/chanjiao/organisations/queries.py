"""Reads of bodies, members and areas; the first argument is who asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.containing import containing
from chanjiao.core.labels import Entry, Labels
from chanjiao.core.roles import Action, Role
from chanjiao.engines.namesake import folded_name
from chanjiao.organisations.choices import Kind, MembershipState, Status
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
        containing("name", text)
        | Q(credit_code__istartswith=text)
        | Q(name_en__icontains=text)
        | Q(pk__in=OrganisationName.objects.filter(containing("name", text)).values("organisation"))
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


def bodies_named(text: str, limit: int = 6) -> list[Organisation]:
    """Bodies meant by a name, a former name or a credit code: exact ones, else those like it."""
    rows = Organisation.objects.exclude(status=Status.MERGED)
    wanted = text.strip()
    key = folded_name(wanted)
    exact = Q(credit_code=wanted.upper()) | Q(name_key=key) | Q(name=wanted)
    alias = OrganisationName.objects.filter(name_key=key).values("organisation")
    found = list(rows.filter(exact)[:limit]) or list(rows.filter(pk__in=alias)[:limit])
    return found or list(rows.filter(_by_text(wanted)).order_by("name")[:limit])


def members_visible_to(actor: Actor) -> QuerySet[Membership]:
    """Who is a member is seen by all; an application by the office and by the body that made it."""
    rows = Membership.objects.select_related("organisation", "consortium").filter(
        organisation__merged_into=None
    )
    if not actor.may("membership"):
        return rows.none()
    if actor.may_all("membership", Action.APPROVE):
        return rows
    is_own = Q(organisation=actor.organisation_id) if actor.organisation_id else Q(pk__in=[])
    return rows.filter(Q(state=MembershipState.ACTIVE) | is_own)


def consortia_visible_to(actor: Actor) -> QuerySet[Consortium]:
    return Consortium.objects.select_related("park", "office", "lead_school", "lead_company")


def member_counts(consortia: Iterable[Consortium]) -> dict[int, list[tuple[str, int]]]:
    """Active members of each kind by consortium, the largest kind first; one query for all."""
    rows = Membership.objects.filter(
        consortium__in=consortia, state=MembershipState.ACTIVE, organisation__merged_into=None
    )
    counted = (
        rows.order_by().values_list("consortium", "organisation__kind").annotate(n=Count("pk"))
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for consortium, kind, n in sorted(counted, key=lambda row: -row[2]):
        found.setdefault(consortium, []).append((str(Kind(kind).label), n))
    return found


def areas_visible_to(actor: Actor) -> QuerySet[Area]:
    """All areas in the order of the tree, each with the number of bodies right in it."""
    rows = Area.objects.select_related("officer", "parent")
    living = Q(organisations__status=Status.ACTIVE)
    return rows.annotate(bodies=Count("organisations", filter=living)).order_by("path")


def path_of_area(code: str) -> str:
    """The path that everything inside the area begins with; one that nothing has where unknown."""
    return Area.objects.filter(code=code).values_list("path", flat=True).first() or "-"


def area_labels() -> Labels:
    """What areas are called; grids of several sub-districts may share a name."""
    rows = Area.objects.order_by("path").values_list("pk", "name", "name_en", "code")
    return Labels(Entry(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class AreaInTree:
    """An area with its depth and the bodies in it and below it."""

    area: Area
    depth: int
    own: int
    all: int


def area_tree(actor: Actor) -> list[AreaInTree]:
    """The whole tree in order, each area with the sum of what lies inside: one query."""
    areas = list(areas_visible_to(actor))
    sums = dict.fromkeys((area.path for area in areas), 0)
    for area in areas:
        parts = area.path.split("/")
        for size in range(1, len(parts) + 1):
            above = "/".join(parts[:size])
            if above in sums:
                sums[above] += area.bodies
    return [AreaInTree(area, area.path.count("/"), area.bodies, sums[area.path]) for area in areas]


def bodies_without_area(actor: Actor) -> int:
    """Companies in business that are in no area yet; nobody walks to them."""
    rows = organisations_visible_to(actor).filter(kind=Kind.COMPANY, status=Status.ACTIVE)
    return rows.filter(area=None).count()


def officers() -> QuerySet[User]:
    """People who may be put in charge of a grid: those with the role today."""
    today = clock.today()
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        role=Role.GRID_OFFICER, starts_on__lte=today, withdrawn_at=None,
    )  # fmt: skip
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


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
