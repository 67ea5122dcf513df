"""Who may draw chains, place bodies on them and judge a node by hand."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.industry.models import ChainNode


def can_shape(actor: Actor) -> bool:
    return actor.may_all("chain", Action.UPDATE)


def can_place(actor: Actor) -> bool:
    return actor.may_all("chain", Action.CREATE)


def can_review_override(actor: Actor, node: ChainNode) -> bool:
    """Whoever judged a node by hand does not review that judgement."""
    is_waiting = bool(node.override) and node.override_reviewed_at is None
    return is_waiting and can_shape(actor) and actor.user_id != node.override_by_id
