"""What happens to a list after it is public: objections and withdrawal."""

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.publishing.choices import PublicationState
from chanjiao.publishing.models import Publication
from chanjiao.publishing.policies import can_withdraw


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
