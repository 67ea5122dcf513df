"""One-time links: a company answers without an account, by POST only, once, until a day."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, outbox
from chanjiao.core.actor import Actor
from chanjiao.core.models import Channel
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Role
from chanjiao.demand.choices import COUNTED, DemandState, LinkPurpose, TargetState
from chanjiao.demand.models import Ask, IntakeLink, JobDemand, SurveyRound
from chanjiao.demand.policies import can_send_links
from chanjiao.demand.services import answering, demands, statements
from chanjiao.organisations.models import Organisation

SIGNER = signing.Signer(salt="chanjiao.demand.intake")
LINK_DAYS = "intake_link_days"
KEEP, FILLED, DROP = "keep", "filled", "drop"


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh link; the address exists here and in the message only, never in the database."""

    link: IntakeLink
    url: str


@transaction.atomic
def issue(
    actor: Actor, company: Organisation, purpose: str = LinkPurpose.DECLARE, *,
    survey_round: SurveyRound | None = None, ask: Ask | None = None, sends: bool = True,
) -> Issued:  # fmt: skip
    """Make a link for a company and send it to the contact on its card."""
    require(actor.is_system or can_send_links(actor))
    secret = secrets.token_urlsafe(24)
    link = IntakeLink.objects.create(
        company=company, purpose=purpose, round=survey_round, ask=ask,
        secret_hash=_digest(secret), created_by_id=actor.user_id,
        expires_at=clock.now() + timedelta(days=parameter(LINK_DAYS).whole),
    )  # fmt: skip
    url = settings.SITE_URL + reverse("demand:answer", args=[SIGNER.sign(secret)])
    if sends:
        link.sent_to = _send(company, link, url)
        link.save(update_fields=["sent_to"])
    audit.record(actor, "intake_link.issued", link, company=company.pk)
    return Issued(link, url)


@transaction.atomic
def withdraw(actor: Actor, link_id: int) -> IntakeLink:
    require(can_send_links(actor))
    link = IntakeLink.objects.select_for_update(of=("self",)).get(pk=link_id)
    if link.used_at:
        raise Refused(_("该链接已于 %(day)s 使用，无法停用。") % {"day": link.used_at.date()})
    link.withdrawn_at = link.withdrawn_at or clock.now()
    link.save()
    audit.record(actor, "intake_link.withdrawn", link)
    return link


def find(token: str) -> IntakeLink | None:
    """The link behind a token; a forged one is refused before any database is asked."""
    try:
        secret = SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    rows = IntakeLink.objects.select_related("company", "company__area", "round", "ask")
    return rows.filter(secret_hash=_digest(secret)).first()


def actor_of(link: IntakeLink) -> Actor:
    """The company, as its holder of the link: may state its own demand and nothing else here."""
    return Actor(
        name=_("填报链接 %(n)s") % {"n": link.pk},
        organisation_id=link.company_id,
        organisation_name=link.company.name,
        roles=frozenset({Role.COMPANY_HR}),
        via="link",
    )


@transaction.atomic
def state_demands(token: str, lines: Sequence[Mapping[str, Any]]) -> IntakeLink:
    """Answer with positions: new ones are declared, known ones (``pk``) revised and confirmed."""
    link = _take(token)
    actor = actor_of(link)
    kept = []
    for number, line in enumerate(lines):
        stated = dict(line)
        if link.round_id:
            stated["round_id"] = link.round_id
        pk = stated.pop("pk", None)
        try:
            kept.append(_keep_line(actor, link, pk, stated))
        except Refused as refusal:
            refusal.numbers = {**refusal.numbers, "line": number}
            raise
    _close(actor, link, {"demands": [d.pk for d in kept]}, TargetState.ANSWERED)
    return link


@transaction.atomic
def state_nothing(token: str, reason: str, note: str = "") -> IntakeLink:
    """Answer that nobody is needed this year, and why."""
    link = _take(token)
    actor = actor_of(link)
    said = statements.say_nothing(actor, link.company_id, reason, note, survey_round=link.round)
    _close(actor, link, {"nothing": said.pk}, TargetState.NOTHING)
    return link


def _keep_line(
    actor: Actor, link: IntakeLink, pk: int | None, stated: Mapping[str, Any]
) -> JobDemand:
    """A line without ``pk`` is new; a known one is kept, filled or dropped, as its word says."""
    words = {name: value for name, value in stated.items() if name != "word"}
    if pk is None:
        return demands.declare(actor, link.company_id, words)
    demand = JobDemand.objects.filter(pk=pk, company_id=link.company_id).first()
    if demand is None or demand.state == DemandState.WITHDRAWN:
        raise Refused(_("没有找到需求 %(pk)s，请刷新页面后重试。") % {"pk": pk})
    if stated.get("word") == DROP:
        return demands.make_move(actor, pk, "withdraw", _("企业经链接答复：不再需要。"))
    if stated.get("word") == FILLED:
        return _fill(actor, demand)
    if demand.state == DemandState.EXPIRED:
        demands.make_move(actor, pk, "renew")
    return demands.revise(actor, pk, words)


def _fill(actor: Actor, demand: JobDemand) -> JobDemand:
    """Everybody has come; a line that lapsed meanwhile stands again for that."""
    if demand.state == DemandState.EXPIRED:
        demand = demands.make_move(actor, demand.pk, "renew")
    if demand.state not in COUNTED:
        return demands.make_move(actor, demand.pk, "withdraw", _("企业经链接答复：已招满。"))
    return demands.record_fill(actor, demand.pk, demand.wanted, clock.today())


def _take(token: str) -> IntakeLink:
    """Lock an open link for its one use; two at the same moment end as one."""
    link = find(token)
    if link is None:
        raise Refused(_("链接无效。"), code="link_unknown")
    link = (
        IntakeLink.objects.select_for_update(of=("self",))
        .select_related("company", "round", "ask")
        .get(pk=link.pk)
    )
    if link.used_at:
        raise Refused(_("该链接已使用过一次，未重复提交。"), code="link_used")
    if not link.is_usable:
        raise Refused(_("链接已过期或已停用，请联系联合体办公室重新获取。"), code="link_closed")
    return link


def _close(actor: Actor, link: IntakeLink, receipt: dict[str, Any], state: str) -> None:
    link.used_at, link.receipt = clock.now(), receipt
    link.save(update_fields=["used_at", "receipt", "updated_at"])
    answering.note_answer(link.company_id, link.round_id, state)
    if link.ask_id:
        answering.close_ask(link.ask_id, state)
    audit.record(actor, "intake_link.used", link, **receipt)


def _send(company: Organisation, link: IntakeLink, url: str) -> str:
    """Mail before SMS; without either the office hands the address over itself."""
    subject = _("请填报人才需求（约 5 分钟，无需登录）")
    body = _(
        "%(name)s：\n请在 %(day)s 前打开下面的链接填报人才需求；没有需求也请点一下“暂无需求”。\n"
        "链接只可提交一次，请勿转发。\n%(url)s"
    ) % {"name": company.name, "day": link.expires_at.date(), "url": url}
    for channel, address in (
        (Channel.EMAIL, company.contact_email),
        (Channel.SMS, company.contact_phone),
    ):
        if address:
            outbox.put(
                channel, address, subject, body, about=f"intake_link:{link.pk}",
                organisation_id=company.pk, is_secret=True,
            )  # fmt: skip
            return f"{channel}:{address[:2]}***"
    return ""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
