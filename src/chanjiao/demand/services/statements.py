"""“Nothing this year, because …”: an answer of its own, kept apart from silence."""

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.demand.choices import COUNTED, NothingReason, TargetState
from chanjiao.demand.models import JobDemand, NothingNeeded, SurveyRound
from chanjiao.demand.policies import can_declare_for
from chanjiao.demand.services import answering


@transaction.atomic
def say_nothing(
    actor: Actor, company_id: int, reason: str, note: str = "", *,
    survey_round: SurveyRound | None = None,
) -> NothingNeeded:  # fmt: skip
    """State that the company needs nobody this year; said again, the last word stands."""
    require(can_declare_for(actor, company_id))
    if reason == NothingReason.OTHER and not note.strip():
        raise Refused(_("选择“其他”时请写明原因。"), field="note")
    standing = JobDemand.objects.filter(company_id=company_id, state__in=COUNTED)
    if count := standing.count():
        raise Refused(
            _("该企业还有 %(n)s 条有效需求，请先撤回或标为已满足，再声明暂无需求。") % {"n": count},
            code="still_wants",
        )
    survey_round = survey_round or answering.round_asking(company_id)
    year = survey_round.year if survey_round else clock.today().year
    said, _created = NothingNeeded.objects.update_or_create(
        company_id=company_id, year=year, withdrawn_on=None,
        defaults={
            "round": survey_round, "reason": reason, "note": note.strip()[:300],
            "stated_on": clock.today(), "created_by_id": actor.user_id,
        },
    )  # fmt: skip
    answering.note_answer(
        company_id, survey_round.pk if survey_round else None, TargetState.NOTHING
    )
    audit.record(actor, "demand.nothing_needed", said, company=company_id, reason=reason)
    return said


def take_back(company_id: int, year: int) -> None:
    """A demand stated later ends the statement that there was none."""
    NothingNeeded.objects.filter(company_id=company_id, year=year, withdrawn_on=None).update(
        withdrawn_on=clock.today()
    )
