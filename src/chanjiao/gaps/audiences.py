"""Whose eyes see which numbers and rows."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.gaps.choices import Audience, Side


def audience_of(actor: Actor) -> Audience:
    """The office sees small cells, marked; everybody else sees them hidden."""
    return Audience.OFFICE if actor.may_all("gap", Action.UPDATE) else Audience.OTHERS


def sees_all_lines(actor: Actor, side: str) -> bool:
    """Whether rows of every single body are open to the actor, or only those of its own.

    The matrix says so of demand and of supply apart: schools read each other's demand lists,
    but not each other's classes.
    """
    return actor.may_all("demand" if side == Side.DEMAND else "supply")
