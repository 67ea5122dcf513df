"""Who may state, verify, answer and ask; yes or no, from the actor and the record alone."""

from typing import Any

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.demand.choices import COUNTED, AskState, DemandState, RoundState
from chanjiao.demand.models import Ask, JobDemand, SurveyRound

EDITABLE = frozenset({DemandState.DRAFT, DemandState.RETURNED, DemandState.SUBMITTED, *COUNTED})


def can_declare_for(actor: Actor, company_id: int) -> bool:
    """A company for itself; the office for a company that told it so."""
    return actor.may_here("demand", Action.CREATE, company_id)


def owns(actor: Actor, demand: JobDemand) -> bool:
    """The company's own people, or the office on its behalf."""
    return actor.may_here("demand", Action.UPDATE, demand.company_id)


def can_edit(actor: Actor, demand: JobDemand) -> bool:
    return demand.state in EDITABLE and owns(actor, demand)


def can_code(actor: Actor, demand: JobDemand) -> bool:
    """Choosing an occupation: whoever may edit, and whoever works the alignment queue."""
    may_align = actor.may_here("alignment", Action.UPDATE, demand.company_id)
    return demand.is_open and (owns(actor, demand) or may_align)


def can_verify(actor: Actor, demand: JobDemand) -> bool:
    return actor.may_all("demand", Action.APPROVE)


def can_withdraw(actor: Actor, demand: JobDemand) -> bool:
    return actor.may_here("demand", Action.WITHDRAW, demand.company_id)


def can_see_pay(actor: Actor, demand: JobDemand) -> bool:
    """What a company pays is for members; the public sees it in aggregates only."""
    return actor.is_signed_in and actor.may_here("demand", Action.READ, demand.company_id)


def is_the_system(actor: Actor, thing: Any) -> bool:
    return actor.is_system


def can_hold_rounds(actor: Actor, survey_round: SurveyRound | None = None) -> bool:
    return actor.may_all("survey_round", Action.UPDATE)


def oversees_silence(actor: Actor) -> bool:
    """Whoever follows up silent companies: the office everywhere, an officer in the own area."""
    return can_hold_rounds(actor) or Reach.AREA in actor.reaches("ask")


def can_target(actor: Actor, survey_round: SurveyRound) -> bool:
    is_open = survey_round.state in (
        RoundState.DESIGN, RoundState.ANNOUNCED, RoundState.COLLECTING,
    )  # fmt: skip
    return is_open and can_hold_rounds(actor)


def can_ask(actor: Actor) -> bool:
    return actor.organisation_id is not None and actor.may("ask", Action.CREATE)


def can_answer(actor: Actor, ask: Ask) -> bool:
    """The company that was asked; its answer stays open to change until the ask is closed."""
    is_asked = ask.company_id == actor.organisation_id
    return is_asked and ask.state == AskState.ASKED and actor.may("ask", Action.UPDATE)


def can_take_back(actor: Actor, ask: Ask) -> bool:
    is_asker = ask.asker_id == actor.organisation_id and actor.may("ask", Action.CREATE)
    return ask.state == AskState.ASKED and (is_asker or actor.may_all("ask", Action.WITHDRAW))


def can_send_links(actor: Actor) -> bool:
    """Whoever holds rounds may hand a company its link."""
    return actor.may_all("survey_round", Action.UPDATE)
