"""What a consortium is: its level, its park, who leads and who keeps office."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.choices import AreaKind, ConsortiumKind, MembershipState
from chanjiao.organisations.models import Area, Consortium, Organisation
from chanjiao.organisations.policies import can_shape_consortium

FIELDS = (
    "name", "name_en", "kind", "level", "park_id", "office_id", "lead_school_id",
    "lead_company_id", "founded_on",
)  # fmt: skip


@transaction.atomic
def save_consortium(
    actor: Actor, fields: Mapping[str, Any], consortium_id: int | None = None
) -> Consortium:
    """Create or change a consortium; once it has members its leads must be among them."""
    require(can_shape_consortium(actor))
    if consortium_id is None:
        row = Consortium(created_by_id=actor.user_id)
    else:
        row = Consortium.objects.select_for_update(of=("self",)).get(pk=consortium_id)
    before = row.level
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    _check(row)
    row.save()
    act = "consortium.created" if consortium_id is None else "consortium.changed"
    audit.record(actor, act, row, level_before=before, level=row.level)
    return row


def _check(row: Consortium) -> None:
    park = Area.objects.filter(pk=row.park_id).first()
    if row.kind == ConsortiumKind.MUNICIPAL and (park is None or park.kind != AreaKind.PARK):
        raise Refused(_("市域产教联合体须依托一个园区。"), code="no_park", field="park")
    school = Organisation.objects.get(pk=row.lead_school_id)
    if not school.is_school:
        raise Refused(
            _("“%(name)s”不是学校，不能作牵头学校。") % {"name": school.name},
            code="not_a_school", field="lead_school",
        )  # fmt: skip
    company = Organisation.objects.filter(pk=row.lead_company_id).first()
    if company is not None and not company.is_company:
        raise Refused(
            _("“%(name)s”不是企业，不能作牵头企业。") % {"name": company.name},
            code="not_a_company", field="lead_company",
        )  # fmt: skip
    if row.pk:
        _check_members(row, {"lead_school": school, "lead_company": company})


def _check_members(row: Consortium, leads: Mapping[str, Organisation | None]) -> None:
    active = set(
        row.memberships.filter(state=MembershipState.ACTIVE).values_list(
            "organisation_id", flat=True
        )
    )
    for field, body in leads.items():
        if active and body is not None and body.pk not in active:
            raise Refused(
                _("“%(name)s”不是在册成员，不能牵头。") % {"name": body.name},
                code="lead_is_no_member", field=field,
            )  # fmt: skip
