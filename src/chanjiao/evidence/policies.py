"""Who may bring pages, decide about what they say, and stand for evidence; yes or no."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.evidence.choices import PageState
from chanjiao.evidence.models import EvidenceItem, PressPage


def can_bring(actor: Actor, organisation_id: int | None) -> bool:
    """A body for itself; the office for anybody."""
    return actor.may_here("press", Action.CREATE, organisation_id)


def can_bring_for_others(actor: Actor) -> bool:
    return actor.may_all("press", Action.CREATE)


def can_work(actor: Actor, page: PressPage) -> bool:
    """Mending, deciding and undoing on one page."""
    return actor.may_here("press", Action.UPDATE, page.organisation_id)


def can_discard(actor: Actor, page: PressPage) -> bool:
    is_at_rest = page.state not in (PageState.WAITING, PageState.READING)
    return is_at_rest and actor.may_here("press", Action.WITHDRAW, page.organisation_id)


def can_edit_item(actor: Actor, item: EvidenceItem) -> bool:
    """Its own body and the office, until it is verified."""
    return not item.is_verified and actor.may_here("evidence", Action.UPDATE, item.organisation_id)


def can_show_item(actor: Actor, item: EvidenceItem) -> bool:
    """Who may see it stays the owner's to say, also of what is verified."""
    return actor.may_here("evidence", Action.UPDATE, item.organisation_id)


def can_verify(actor: Actor, item: EvidenceItem) -> bool:
    return actor.may_all("evidence", Action.APPROVE)


def can_withdraw(actor: Actor, item: EvidenceItem) -> bool:
    return actor.may_here("evidence", Action.UPDATE, item.organisation_id)
