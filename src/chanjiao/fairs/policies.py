"""Who holds fairs, who takes part, who sees whom; yes or no, from the actor and the record."""

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.fairs.choices import (
    BEFORE_THE_DAY,
    STANDING,
    TELLING_RESULTS,
    BoothState,
    FairState,
)
from chanjiao.fairs.models import Booth, Fair, Intention

TAKING_LATE = frozenset({FairState.INVITING, FairState.REVIEWING, FairState.PLACING})


def can_hold(actor: Actor, fair: Fair | None = None) -> bool:
    return actor.may_all("fair", Action.UPDATE)


def can_revise(actor: Actor, fair: Fair) -> bool:
    return fair.state in BEFORE_THE_DAY and can_hold(actor)


def can_invite(actor: Actor, fair: Fair) -> bool:
    return fair.state == FairState.INVITING and can_hold(actor)


def can_apply_for(actor: Actor, fair: Fair, company_id: int | None) -> bool:
    """A company until the list closes; the office for a latecomer until the doors open."""
    if not actor.may_here("booth", Action.CREATE, company_id):
        return False
    if can_hold(actor):
        return fair.state in TAKING_LATE
    return fair.takes_companies


def can_change_booth(actor: Actor, booth: Booth) -> bool:
    """The company while it waits or has been let in, and the fair is still ahead."""
    is_open = booth.state in STANDING and booth.fair.state in BEFORE_THE_DAY
    return is_open and actor.may_here("booth", Action.UPDATE, booth.company_id)


def can_decide(actor: Actor, booth: Booth) -> bool:
    return actor.may_all("booth", Action.APPROVE) and booth.fair.state in BEFORE_THE_DAY


def can_cancel(actor: Actor, booth: Booth) -> bool:
    """A company free of blame until the cut-off; after that only the office takes it out."""
    if booth.fair.state not in BEFORE_THE_DAY:
        return False
    if can_hold(actor):
        return True
    is_in_time = clock.today() <= booth.fair.cancel_until
    return is_in_time and actor.may_here("booth", Action.WITHDRAW, booth.company_id)


def can_check_in(actor: Actor, booth: Booth) -> bool:
    return booth.fair.state == FairState.RUNNING and can_hold(actor)


def can_see_representatives(actor: Actor, booth: Booth) -> bool:
    """Names and telephone numbers are for the company itself and for the office."""
    return can_hold(actor) or (
        booth.company_id == actor.organisation_id and actor.may("booth", Action.UPDATE)
    )


def is_coming(booth: Booth) -> bool:
    return booth.state in (BoothState.APPROVED, BoothState.PRESENT)


def can_tell_result(actor: Actor, intention: Intention) -> bool:
    """The company that was met, or the office, from the day of the fair on."""
    is_time = intention.fair.state in TELLING_RESULTS
    company_id = intention.post.booth.company_id
    return is_time and (
        can_hold(actor)
        or (company_id == actor.organisation_id and actor.may("intention", Action.UPDATE))
    )
