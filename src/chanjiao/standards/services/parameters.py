"""Changing a rule: a new dated value is proposed, and somebody else lets it hold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import Confidence, ParameterState, RuleParameter
from chanjiao.core.refusals import Refused, require
from chanjiao.standards.policies import can_approve_parameter, can_propose_parameter


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value from a day on, with the paper it stands in."""

    value: Decimal
    valid_from: date
    source: str
    confidence: str = Confidence.READ


@transaction.atomic
def propose(actor: Actor, name: str, new: NewValue, *, region: str = "") -> RuleParameter:
    """Ask for a new value of a rule that exists; until approved the old one holds."""
    require(can_propose_parameter(actor))
    rows = RuleParameter.objects.select_for_update().filter(name=name, region=region)
    held = rows.order_by("-valid_from").first()
    if held is None:
        raise Refused(_("没有名为 %(name)s 的参数。") % {"name": name}, field="name")
    if rows.filter(valid_from=new.valid_from).exclude(state=ParameterState.REJECTED).exists():
        raise Refused(
            _("%(day)s 起已有一个值，请换一个生效日期。") % {"day": new.valid_from},
            field="valid_from",
        )
    if rows.filter(state=ParameterState.PROPOSED).exists():
        raise Refused(_("该参数已有一个新值待审核，请等审核后再提。"))
    row = RuleParameter.objects.create(
        name=name, region=region, title=held.title, title_en=held.title_en, unit=held.unit,
        value=new.value, valid_from=new.valid_from, source=new.source, confidence=new.confidence,
        state=ParameterState.PROPOSED, created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "parameter.proposed", row, before=held.value, after=row.value)
    return row


@transaction.atomic
def decide(actor: Actor, row_id: int, *, approves: bool, opinion: str = "") -> RuleParameter:
    """Let a proposed value hold, or send it back with the reason."""
    row = RuleParameter.objects.select_for_update(of=("self",)).get(pk=row_id)
    require(can_approve_parameter(actor, row))
    if row.state != ParameterState.PROPOSED:
        raise Refused(_("该值已审核，不能再次审核。"))
    if not approves and not opinion.strip():
        raise Refused(_("退回时请写明理由。"), field="opinion")
    row.state = ParameterState.IN_FORCE if approves else ParameterState.REJECTED
    row.approved_by_id, row.approved_at = actor.user_id, clock.now()
    row.opinion = opinion.strip()[:300]
    row.save()
    audit.record(actor, f"parameter.{'approved' if approves else 'rejected'}", row)
    return row
