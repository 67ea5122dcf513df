"""Who may code raw words, review crosswalks and change rule parameters."""

from chanjiao.core.actor import Actor
from chanjiao.core.models import RuleParameter
from chanjiao.core.roles import Action
from chanjiao.standards.models import CodeLink


def can_align(actor: Actor, organisation_id: int | None) -> bool:
    """An organisation codes its own words, the office everybody's."""
    return actor.may_here("alignment", Action.UPDATE, organisation_id)


def can_adopt_for_all(actor: Actor) -> bool:
    """What everybody's words mean is the office's decision."""
    return actor.may_all("alignment", Action.UPDATE)


def can_review_links(actor: Actor) -> bool:
    return actor.may_all("crosswalk", Action.APPROVE)


def can_review_link(actor: Actor, link: CodeLink) -> bool:
    """A link from an official catalogue stays as printed."""
    return can_review_links(actor) and not link.is_read_only


def can_change_codes(actor: Actor) -> bool:
    return actor.may_all("standards", Action.UPDATE)


def can_propose_parameter(actor: Actor) -> bool:
    return actor.may_all("rule_parameter", Action.UPDATE)


def can_approve_parameter(actor: Actor, row: RuleParameter) -> bool:
    """Nobody approves what they proposed."""
    is_own = row.created_by_id is not None and row.created_by_id == actor.user_id
    return actor.may_all("rule_parameter", Action.APPROVE) and not is_own
