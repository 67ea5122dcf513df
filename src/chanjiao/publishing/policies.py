from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.publishing.models import Publication, Quarter


def can_close(actor: Actor, quarter: Quarter | None = None) -> bool:
    """The office leads a quarter through its steps up to the frozen list."""
    return actor.may_all("publication", Action.CREATE)


def can_publish(actor: Actor, quarter: Quarter) -> bool:
    """Whoever approves for the office; that it be another person is the workflow's own rule."""
    return actor.may_all("publication", Action.APPROVE)


def can_see_closing(actor: Actor) -> bool:
    """Closing shows internals (who is silent, what is not aligned), so not for the public."""
    return actor.may_all("publication")


def can_withdraw(actor: Actor, publication: Publication) -> bool:
    return actor.may_all("publication", Action.WITHDRAW) and not publication.is_withdrawn
