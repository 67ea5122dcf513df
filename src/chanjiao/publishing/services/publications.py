"""What happens to a list after it is public: objections and withdrawal."""

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, todos
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.organisations.queries import consortium_of_region
from chanjiao.publishing.choices import PublicationState
from chanjiao.publishing.models import Objection, Publication, Version
from chanjiao.publishing.policies import can_answer_objection, can_object, can_withdraw


@transaction.atomic
def withdraw(actor: Actor, publication_id: int, reason: str) -> Publication:
    """Take a list back: its number, date and reason stay for everybody, its rows do not."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
    require(can_withdraw(actor, publication))
    reason = reason.strip()
    if not reason:
        raise Refused(_("撤回须说明原因。"), code="reason_missing", field="reason")
    publication.state = PublicationState.WITHDRAWN
    publication.withdrawn_at = clock.now()
    publication.withdrawal_reason = reason[:500]
    publication.save()
    audit.record(actor, "publication.withdrawn", publication, reason=reason)
    return publication


@transaction.atomic
def object_to(actor: Actor, version_id: int, text: str) -> Objection:
    """Say that something in a list is wrong; the office has it among its to-dos."""
    version = Version.objects.select_related("publication").get(pk=version_id)
    days = parameter("publication_objection_days").whole
    require(can_object(actor, version, clock.today(), days))
    text = text.strip()
    if not text:
        raise Refused(_("请写明哪一行、有什么不对。"), code="text_missing", field="text")
    objection = Objection.objects.create(
        version=version,
        organisation_id=actor.organisation_id,
        text=text[:1000],
        created_by_id=actor.user_id,
    )
    audit.record(actor, "objection.made", objection)
    _ask_office(objection)
    return objection


@transaction.atomic
def answer(actor: Actor, objection_id: int, text: str) -> Objection:
    """Answer an objection once; a correction of the list is an act of its own."""
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection_id)
    require(can_answer_objection(actor, objection))
    text = text.strip()
    if not text:
        raise Refused(_("请填写答复。"), code="answer_missing", field="answer")
    objection.answer = text[:1000]
    objection.answered_at = clock.now()
    objection.answered_by_id = actor.user_id
    objection.save()
    todos.done(_about(objection))
    audit.record(actor, "objection.answered", objection)
    return objection


def _about(objection: Objection) -> str:
    return f"publishing.objection:{objection.pk}"


def _ask_office(objection: Objection) -> None:
    consortium = consortium_of_region()
    if consortium is None:
        return
    number = objection.version.publication.number
    todos.ask(
        consortium.office_id,
        f"答复对 {number} 的异议（{objection.organisation.name}）"[:200],
        title_en=f"Answer the objection to {number}",
        url=f"/publishing/{number}/#objections",
        about=_about(objection),
        role=Role.OFFICE,
    )
