"""From a signed-in user, a session's choice or an API token to the Actor everything asks."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.actor import ANONYMOUS, Actor
from chanjiao.core.roles import Role
from chanjiao.organisations.models import ApiToken, Area, RoleGrant


def grants_in_force(user: User) -> Sequence[RoleGrant]:
    """The user's grants that hold today, in the order the organisation switch shows them."""
    today = clock.today()
    rows = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        user=user,
        starts_on__lte=today,
        withdrawn_at=None,
        organisation__merged_into=None,
    )
    return list(rows.select_related("organisation", "area").order_by("organisation__name", "pk"))


def actor_for(
    user: User,
    *,
    organisation_id: int | None = None,
    grants: Sequence[RoleGrant] | None = None,
    via: str = "web",
) -> Actor:
    """The actor of one of the user's organisations: the chosen one, else the first.

    A suspended organisation leaves its people with what the public may see.
    """
    held = grants_in_force(user) if grants is None else grants
    if not user.is_active or not held:
        return Actor(user_id=user.pk, name=str(user), via=via)
    chosen = next((g for g in held if g.organisation_id == organisation_id), held[0])
    here = [g for g in held if g.organisation_id == chosen.organisation_id]
    is_open = not chosen.organisation.is_suspended
    return Actor(
        user_id=user.pk,
        name=str(user),
        organisation_id=chosen.organisation_id,
        organisation_name=chosen.organisation.name,
        roles=frozenset(Role(g.role) for g in here) if is_open else frozenset({Role.PUBLIC}),
        is_administrator=is_open and any(g.is_admin for g in here),
        area_ids=_areas_inside(_areas_of(user, here)) if is_open else frozenset(),
        via=via,
    )


def actor_of_token(secret: str) -> Actor | None:
    """The actor behind an API token: its organisation, with the roles its creator still has."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    token = (
        ApiToken.objects.select_related("owner")
        .filter(secret_hash=digest, withdrawn_at=None, expires_on__gte=clock.today())
        .first()
    )
    if token is None:
        return None
    grants = [g for g in grants_in_force(token.owner) if g.organisation_id == token.organisation_id]
    if not grants:
        return None
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=clock.now())
    actor = actor_for(token.owner, organisation_id=token.organisation_id, grants=grants, via="api")
    return replace(actor, only_things=frozenset(token.scope))


def anonymous() -> Actor:
    return ANONYMOUS


def _areas_of(user: User, grants: Sequence[RoleGrant]) -> list[Area]:
    """Areas named in the grants, and for a grid officer those he or she was put in charge of."""
    areas = [grant.area for grant in grants if grant.area]
    if any(grant.role == Role.GRID_OFFICER for grant in grants):
        areas += Area.objects.filter(officer=user)
    return areas


def _areas_inside(areas: Sequence[Area]) -> frozenset[int]:
    if not areas:
        return frozenset()
    inside = Q()
    for area in areas:
        inside |= Q(path=area.path) | Q(path__startswith=area.path + "/")
    return frozenset(Area.objects.filter(inside).values_list("pk", flat=True))
