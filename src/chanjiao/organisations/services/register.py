"""Dated facts of the register: names, states and kinds, kept by the office."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.namesake import folded_name
from chanjiao.organisations.choices import ChangeKind, Kind, NameKind, Status
from chanjiao.organisations.models import Organisation, OrganisationName, RegisterChange
from chanjiao.organisations.namesakes import note_pairs_of
from chanjiao.organisations.policies import can_govern

SETTABLE = frozenset({Status.ACTIVE, Status.CLOSED, Status.DEREGISTERED, Status.MOVED})


def locked(organisation_id: int) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def date_change(
    actor: Actor, body: Organisation, kind: str, before: str, after: str,
    *, on: date | None = None, reason: str = "",
) -> RegisterChange:  # fmt: skip
    """Note in the register what changed and when, in the caller's transaction."""
    return RegisterChange.objects.create(
        organisation=body, kind=ChangeKind(kind), before=before[:120], after=after[:120],
        on=on or clock.today(), reason=reason[:200], created_by_id=actor.user_id,
    )  # fmt: skip


@transaction.atomic
def rename(
    actor: Actor, organisation_id: int, name: str, *, on: date, reason: str = ""
) -> Organisation:
    """Give a body its new name; the old one stays findable."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    new = name.strip()
    _refuse_future(on)
    if not new or new == body.name:
        raise Refused(_("请填写与现名不同的新名称。"), code="same_name", field="name")
    before, body.name, body.name_key = body.name, new, folded_name(new)
    body.save()
    keep_name(body, before, NameKind.FORMER, until=on)
    body.names.filter(name_key=body.name_key).delete()
    date_change(actor, body, ChangeKind.NAME, before, new, on=on, reason=reason)
    note_pairs_of(body)
    audit.record(actor, "organisation.renamed", body, before=before, after=new, on=on)
    return body


@transaction.atomic
def set_status(
    actor: Actor, organisation_id: int, status: str, *, on: date, reason: str
) -> Organisation:
    """Close, deregister, move away or reopen a body, from a day on and for a reason."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    _refuse_future(on)
    if status not in SETTABLE or status == body.status:
        raise Refused(_("请选择与现状态不同的状态。"), code="same_status", field="status")
    before, body.status = body.status, status
    body.save()
    date_change(actor, body, ChangeKind.STATUS, before, status, on=on, reason=reason)
    audit.record(actor, "organisation.status_set", body, before=before, after=status, on=on)
    return body


@transaction.atomic
def reclassify(
    actor: Actor, organisation_id: int, kind: str, *, on: date, reason: str
) -> Organisation:
    """A body became one of another kind, as when a sole trader turns into a company (个转企)."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    _refuse_future(on)
    if Kind(kind) == body.kind:
        raise Refused(_("请选择与现类别不同的类别。"), code="same_kind", field="kind")
    before, body.kind = body.kind, Kind(kind)
    body.save()
    date_change(actor, body, ChangeKind.KIND, before, kind, on=on, reason=reason)
    audit.record(actor, "organisation.reclassified", body, before=before, after=kind, on=on)
    return body


@transaction.atomic
def suspend(actor: Actor, organisation_id: int, *, is_suspended: bool, reason: str) -> Organisation:
    """Take a body's people off the platform, or let them back; its records stay."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    if not reason.strip():
        raise Refused(_("请填写原因。"), code="reason_missing", field="reason")
    if actor.organisation_id == body.pk:
        raise Refused(_("不能停用自己所在的机构。"), code="own_body")
    body.is_suspended = is_suspended
    body.save()
    act = "organisation.suspended" if is_suspended else "organisation.resumed"
    audit.record(actor, act, body, reason=reason)
    return body


@transaction.atomic
def add_short_name(actor: Actor, organisation_id: int, name: str) -> OrganisationName:
    body = locked(organisation_id)
    require(can_govern(actor, body))
    if not name.strip():
        raise Refused(_("请填写简称。"), code="name_missing", field="short_name")
    row = keep_name(body, name.strip(), NameKind.SHORT)
    audit.record(actor, "organisation.short_name_added", body, name=name.strip())
    return row


def keep_name(
    body: Organisation, name: str, kind: str, *, until: date | None = None
) -> OrganisationName:
    """Keep another name of a body; the same name is kept once."""
    row, _is_new = OrganisationName.objects.get_or_create(
        organisation=body, name_key=folded_name(name),
        defaults={"name": name, "kind": kind, "until": until},
    )  # fmt: skip
    return row


def _refuse_future(on: date) -> None:
    if on > clock.today():
        raise Refused(_("日期 %(on)s 还没有到。") % {"on": on}, code="in_the_future", field="on")
