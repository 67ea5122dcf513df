"""Writing bodies into the register and keeping their cards."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, files, todos
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.namesake import folded_name
from chanjiao.organisations.choices import Kind, Verified
from chanjiao.organisations.credit import credit_code_fault, plain_credit_code
from chanjiao.organisations.models import Consortium, Organisation, OrganisationDomain
from chanjiao.organisations.namesakes import note_pairs_of, note_same_code
from chanjiao.organisations.policies import can_edit, can_govern, can_record, can_verify
from chanjiao.organisations.services.register import date_change, locked
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import ids_of

Evidence = tuple[str, bytes] | None
OWN_CARD = (
    "name_en", "scale", "ownership", "address", "website",
    "contact_name", "contact_phone", "contact_email",
)  # fmt: skip
OFFICE_CARD = (
    *OWN_CARD, "region_code", "note", "is_above_designated_size", "is_integration_enterprise",
)  # fmt: skip
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")


@transaction.atomic
def record_by_hand(
    actor: Actor, fields: Mapping[str, Any], evidence: Evidence = None
) -> Organisation:
    """Write one body into the register; without a right code only with reason and evidence."""
    require(can_record(actor))
    name = str(fields["name"]).strip()
    body = Organisation(
        name=name, name_key=folded_name(name), kind=Kind(fields["kind"]),
        created_by_id=actor.user_id,
    )  # fmt: skip
    _fill(body, fields, OFFICE_CARD)
    body.industry_id = _industry(fields.get("industry"))
    body.area_id = fields.get("area")
    _set_code(actor, body, fields, evidence)
    is_right = bool(body.credit_code) and not body.credit_code_reason
    body.verified = Verified.VERIFIED if is_right else Verified.UNVERIFIED
    body.save()
    note_pairs_of(body)
    audit.record(
        actor, "organisation.recorded", body,
        credit_code=body.credit_code or "", reason=body.credit_code_reason,
    )  # fmt: skip
    return body


@transaction.atomic
def edit_card(actor: Actor, organisation_id: int, fields: Mapping[str, Any]) -> Organisation:
    """Change the card; what a body changes itself waits for the office to look at it again."""
    body = locked(organisation_id)
    require(can_edit(actor, body))
    is_office = can_govern(actor, body)
    changed = _fill(body, fields, OFFICE_CARD if is_office else OWN_CARD)
    if is_office and "industry" in fields:
        changed += _set(body, "industry_id", _industry(fields["industry"]))
    if is_office and "area" in fields:
        changed += _move(actor, body, fields["area"])
    if not changed:
        return body
    if not is_office:
        body.verified = Verified.SELF_REPORTED
        _ask_to_verify(body)
    body.save()
    audit.record(actor, "organisation.card_changed", body, fields=changed)
    return body


@transaction.atomic
def verify(actor: Actor, organisation_id: int) -> Organisation:
    """Say that the office has checked the card against its papers."""
    body = locked(organisation_id)
    require(can_verify(actor) and can_govern(actor, body))
    body.verified = Verified.VERIFIED
    body.save()
    todos.done(_about(body))
    audit.record(actor, "organisation.verified", body)
    return body


@transaction.atomic
def correct_code(
    actor: Actor, organisation_id: int, fields: Mapping[str, Any], evidence: Evidence = None
) -> Organisation:
    """Give a body its code, or keep it without a right one for a reason that has evidence."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    before = body.credit_code or ""
    _set_code(actor, body, fields, evidence)
    body.save()
    if before != (body.credit_code or ""):
        date_change(actor, body, "code", before, body.credit_code or "", reason=fields["reason"])
    audit.record(
        actor, "organisation.code_corrected", body, before=before, after=body.credit_code or ""
    )
    return body


@transaction.atomic
def set_domains(actor: Actor, organisation_id: int, domains: Collection[str]) -> Organisation:
    """Replace the internet domains of a body; a domain belongs to one body only."""
    body = locked(organisation_id)
    require(can_govern(actor, body))
    wanted = {domain.strip().lower().removeprefix("www.") for domain in domains if domain.strip()}
    for domain in sorted(wanted):
        if not _DOMAIN.fullmatch(domain):
            raise Refused(
                _("“%(domain)s”不是域名，应如 example.com。") % {"domain": domain},
                code="not_a_domain", field="domains",
            )  # fmt: skip
    taken = OrganisationDomain.objects.filter(domain__in=wanted).exclude(organisation=body)
    if other := taken.select_related("organisation").first():
        raise Refused(
            _("域名 %(domain)s 已属于“%(name)s”。")
            % {"domain": other.domain, "name": other.organisation.name},
            code="domain_taken", field="domains",
        )  # fmt: skip
    body.domains.exclude(domain__in=wanted).delete()
    held = set(body.domains.values_list("domain", flat=True))
    OrganisationDomain.objects.bulk_create(
        [OrganisationDomain(organisation=body, domain=domain) for domain in sorted(wanted - held)]
    )
    audit.record(actor, "organisation.domains_changed", body, domains=sorted(wanted))
    return body


def _set_code(
    actor: Actor, body: Organisation, fields: Mapping[str, Any], evidence: Evidence
) -> None:
    code = plain_credit_code(str(fields.get("credit_code") or ""))
    fault = credit_code_fault(code) if code else _("没有填写统一社会信用代码。")
    reason = str(fields.get("credit_code_reason") or "").strip()
    if code:
        _refuse_taken(body, code)
    if fault is None:
        body.credit_code, body.credit_code_reason, body.credit_code_evidence = code, "", None
        return
    if not reason:
        raise Refused(
            _("%(fault)s确需这样登记的，请写明原因并附佐证文件。") % {"fault": fault},
            code="code_needs_reason", field="credit_code_reason",
        )  # fmt: skip
    if evidence is None and body.credit_code_evidence_id is None:
        raise Refused(
            _("请附上证明“%(reason)s”的文件。") % {"reason": reason},
            code="code_needs_evidence", field="evidence",
        )  # fmt: skip
    if evidence is not None:
        body.credit_code_evidence = files.keep(actor, evidence[1], evidence[0])
    body.credit_code, body.credit_code_reason = code or None, reason


def _refuse_taken(body: Organisation, code: str) -> None:
    other = Organisation.objects.filter(credit_code=code, merged_into=None).exclude(pk=body.pk)
    holder = other.first()
    if holder is None:
        return
    if body.pk:
        note_same_code(holder.pk, body.pk)
    raise Refused(
        _("代码 %(code)s 已由“%(name)s”登记；若是同一家，请合并两条记录。")
        % {"code": code, "name": holder.name},
        code="code_taken", field="credit_code",
    )  # fmt: skip


def _fill(
    body: Organisation, fields: Mapping[str, Any], allowed: tuple[str, ...]
) -> list[str]:  # fmt: skip
    changed: list[str] = []
    for name in allowed:
        if name in fields:
            changed += _set(body, name, fields[name])
    return changed


def _set(body: Organisation, name: str, value: Any) -> list[str]:
    if getattr(body, name) == value:
        return []
    setattr(body, name, value)
    return [name]


def _industry(code: Any) -> int | None:
    if not code:
        return None
    found = ids_of(System.INDUSTRY, [str(code)])
    if str(code) not in found:
        raise Refused(
            _("行业分类中没有代码 %(code)s。") % {"code": code}, code="unknown_code",
            field="industry",
        )  # fmt: skip
    return found[str(code)]


def _move(actor: Actor, body: Organisation, area_id: int | None) -> list[str]:
    if body.area_id == area_id:
        return []
    before = body.area.code if body.area else ""
    body.area_id = area_id
    after = body.area.code if body.area else ""
    date_change(actor, body, "area", before, after)
    return ["area"]


def _about(body: Organisation) -> str:
    return f"organisation.verify:{body.pk}"


def _ask_to_verify(body: Organisation) -> None:
    for office_id in set(Consortium.objects.values_list("office_id", flat=True)):
        todos.ask(
            office_id, _("核验“%(name)s”更新的机构信息") % {"name": body.name},
            title_en=f"Verify the card that {body.name_en or body.name} changed",
            url=f"/directory/organisations/{body.pk}/", about=_about(body), role="O",
        )  # fmt: skip
