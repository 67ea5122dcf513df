from datetime import date, timedelta

from django.utils import timezone

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.publishing.models import Objection, Publication, Quarter, Version


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


def last_day_to_object(version: Version, days: int) -> date:
    return timezone.localtime(version.published_at).date() + timedelta(days=days)


def can_object(actor: Actor, version: Version, today: date, days: int) -> bool:
    """People of a member body, while the time for objections runs and the list stands."""
    is_open = today <= last_day_to_object(version, days) and not version.publication.is_withdrawn
    return is_open and actor.may_here("objection", Action.CREATE, actor.organisation_id)


def can_answer_objection(actor: Actor, objection: Objection) -> bool:
    return actor.may_all("objection", Action.UPDATE) and not objection.answer
