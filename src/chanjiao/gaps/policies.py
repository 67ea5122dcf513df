"""Who may run, check and publish a study."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.gaps.models import GapStudy


def can_create(actor: Actor) -> bool:
    return actor.may_all("gap", Action.CREATE)


def can_check(actor: Actor, study: GapStudy) -> bool:
    """Computing again changes nothing but is written down, and is the office's."""
    return study.is_done and actor.may_all("gap", Action.UPDATE)


def can_publish(actor: Actor, study: GapStudy) -> bool:
    return study.is_done and actor.may_all("gap", Action.APPROVE)
