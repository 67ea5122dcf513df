"""Who may see and change what the register says of bodies, areas and the consortium."""

from dataclasses import dataclass

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Consortium, Membership, Organisation

UNDER_WAY = frozenset({MembershipState.APPLIED, MembershipState.SCREENED})


@dataclass(frozen=True, slots=True)
class InternalReach:
    """Whose internal data (headcount, contact, yearly figures) an actor sees: decided once.

    Cooperating partners get a reach of their own when cooperation exists; until then none.
    """

    is_all: bool
    organisation_id: int | None
    area_ids: frozenset[int]

    def covers(self, organisation_id: int, area_id: int | None) -> bool:
        if self.is_all or organisation_id == self.organisation_id:
            return True
        return area_id is not None and area_id in self.area_ids


def internal_reach(actor: Actor, action: Action = Action.READ) -> InternalReach:
    found = actor.reaches("organisation_internal", action)
    return InternalReach(
        Reach.ALL in found,
        actor.organisation_id if Reach.ORGANISATION in found else None,
        actor.area_ids if Reach.AREA in found else frozenset(),
    )


def can_see_internal(actor: Actor, organisation: Organisation) -> bool:
    return internal_reach(actor).covers(organisation.pk, organisation.area_id)


def can_record(actor: Actor) -> bool:
    """Writing a body into the register by hand is the office's."""
    return actor.may_all("organisation", Action.CREATE)


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """The office edits any card, a body's own people theirs; a merged one is history."""
    is_history = organisation.merged_into_id is not None
    return not is_history and actor.may_here("organisation", Action.UPDATE, organisation.pk)


def can_govern(actor: Actor, organisation: Organisation) -> bool:
    """Names, codes, states and kinds are facts of the register, kept by the office alone."""
    return organisation.merged_into_id is None and actor.may_all("organisation", Action.UPDATE)


def can_verify(actor: Actor) -> bool:
    return actor.may_all("organisation", Action.APPROVE)


def can_edit_years(actor: Actor, organisation: Organisation) -> bool:
    reach = internal_reach(actor, Action.UPDATE)
    is_history = organisation.merged_into_id is not None
    return not is_history and reach.covers(organisation.pk, None)


def can_merge(actor: Actor) -> bool:
    return actor.may_all("organisation", Action.UPDATE)


def can_shape_areas(actor: Actor) -> bool:
    return actor.may_all("area", Action.UPDATE)


def can_shape_consortium(actor: Actor, consortium: Consortium | None = None) -> bool:
    return actor.may_all("membership", Action.UPDATE)


def can_apply_for(actor: Actor, organisation_id: int) -> bool:
    """A body applies for itself; the office may note an application that came on paper."""
    return actor.may_here("membership", Action.CREATE, organisation_id)


def can_decide_membership(actor: Actor, membership: Membership) -> bool:
    return actor.may_all("membership", Action.APPROVE)


def can_withdraw_membership(actor: Actor, membership: Membership) -> bool:
    return actor.may_here("membership", Action.UPDATE, membership.organisation_id)


def can_leave(actor: Actor, membership: Membership) -> bool:
    return actor.may_here("membership", Action.UPDATE, membership.organisation_id)
