"""The six steps as the page shows them: what is told, what is missing, which button there is."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from chanjiao.core.actor import Actor
from chanjiao.core.workflow import Offer
from chanjiao.publishing.readiness import Step, steps_of
from chanjiao.publishing.services.quarters import WORKFLOW


@dataclass(frozen=True, slots=True)
class Shown:
    """A step with the address of its work and, when it is next, the move that finishes it."""

    step: Step
    number: int
    url: str
    offer: Offer | None

    @property
    def blocked(self) -> str | None:
        """The workflow's own reason counts; where there is no button, the step's."""
        return self.offer.blocked if self.offer else self.step.missing


def shown_steps(actor: Actor, quarter: Any) -> tuple[list[Shown], list[Offer]]:
    """The steps, and the moves that are no step forward (send back, correct)."""
    offers = {offer.move.name: offer for offer in WORKFLOW.offers(actor, quarter)}
    steps = [
        Shown(step, n, _address(step), offers.pop(step.move, None))
        for n, step in enumerate(steps_of(quarter), start=1)
    ]
    return steps, list(offers.values())


def _address(step: Step) -> str:
    if step.place is None:
        return ""
    name, argument, query = step.place
    try:
        return reverse(name, args=[argument] if argument else None) + query
    except NoReverseMatch:
        return ""
