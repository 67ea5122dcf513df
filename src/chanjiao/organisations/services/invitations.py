"""Inviting somebody into a body: a secret link by mail, used once, by POST, within its days."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.accounts.models import User
from chanjiao.core import audit, clock, outbox
from chanjiao.core.actor import Actor
from chanjiao.core.models import Channel
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.granting import can_grant
from chanjiao.organisations.models import Invitation, Organisation, RoleGrant
from chanjiao.organisations.services.grants import check_fits
from chanjiao.organisations.services.invitation_mail import letter
from chanjiao.organisations.user_queries import user_with

DAYS = 7
MAX_DAYS = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is invited to be."""

    role: str
    is_admin: bool = False
    area_id: int | None = None


@transaction.atomic
def invite(
    actor: Actor,
    organisation_id: int,
    email: str,
    offer: Offer,
    *,
    name: str = "",
    days: int = DAYS,
) -> tuple[Invitation, str]:
    """Offer a role by mail; returns the invitation and its link, which is kept nowhere."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    require(can_grant(actor, organisation_id, offer.role))
    email = email.strip().lower()
    check_fits(organisation, user_with(email), offer.role, offer.area_id)
    if _open_ones(organisation_id, email, offer.role).exists():
        raise Refused(
            _("已向 %(email)s 发出同样的邀请且仍有效。可在邀请列表里重新发送或撤回。")
            % {"email": email},
            code="invited_already",
            field="email",
        )
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email, name=name.strip(), role=offer.role, organisation=organisation,
        area_id=offer.area_id, is_admin=offer.is_admin, secret_hash=_digest(secret),
        created_by_id=actor.user_id,
        expires_at=clock.now() + timedelta(days=min(max(days, 1), MAX_DAYS)),
    )  # fmt: skip
    link = _send(actor, invitation, secret)
    audit.record(
        actor, "invitation.sent", invitation,
        role=offer.role, is_admin=offer.is_admin, organisation=organisation_id,
    )  # fmt: skip
    return invitation, link


@transaction.atomic
def resend(actor: Actor, invitation_id: int, days: int = DAYS) -> str:
    """Send a new link; the one before stops working."""
    invitation = _locked(invitation_id)
    require(can_grant(actor, invitation.organisation_id, invitation.role))
    _require_open(invitation, may_be_expired=True)
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = _digest(secret)
    invitation.expires_at = clock.now() + timedelta(days=min(max(days, 1), MAX_DAYS))
    invitation.save()
    audit.record(actor, "invitation.resent", invitation)
    return _send(actor, invitation, secret)


@transaction.atomic
def withdraw(actor: Actor, invitation_id: int) -> Invitation:
    invitation = _locked(invitation_id)
    require(can_grant(actor, invitation.organisation_id, invitation.role))
    _require_open(invitation, may_be_expired=True)
    invitation.withdrawn_at = clock.now()
    invitation.save()
    audit.record(actor, "invitation.withdrawn", invitation)
    return invitation


@transaction.atomic
def accept(actor: Actor, secret: str, *, name: str = "", password: str = "") -> User:
    """Take up the offer: with the account of that address, or with a new one.

    Whoever holds the link reads that mailbox, so a new account's address counts as confirmed.
    """
    rows = Invitation.objects.select_related("organisation")
    invitation = rows.select_for_update(of=("self",)).filter(secret_hash=_digest(secret)).first()
    if invitation is None:
        raise Refused(_("链接无效，请向发出邀请的机构索取新的链接。"), code="unknown_link")
    _require_open(invitation)
    user = user_with(invitation.email)
    if user is None:
        user = _new_account(invitation, name, password)
    elif actor.user_id != user.pk:
        raise Refused(
            _("这份邀请发给 %(email)s。请先用该邮箱的账户登录，再接受邀请。")
            % {"email": invitation.email},
            code="other_account",
        )
    check_fits(invitation.organisation, user, invitation.role, invitation.area_id)
    given = RoleGrant.objects.create(
        user=user, organisation=invitation.organisation, role=invitation.role,
        area_id=invitation.area_id, is_admin=invitation.is_admin, starts_on=clock.today(),
        created_by_id=invitation.created_by_id,
    )  # fmt: skip
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save()
    who = replace(
        actor, user_id=user.pk, name=str(user), organisation_id=invitation.organisation_id
    )
    audit.record(who, "invitation.accepted", invitation, grant=given.pk, role=given.role)
    return user


def is_open(invitation: Invitation) -> bool:
    return not state_of(invitation)


def state_of(invitation: Invitation) -> str:
    """Why the link no longer works; empty while it does."""
    if invitation.accepted_at:
        return _("这份邀请已被接受，链接只能用一次。")
    if invitation.withdrawn_at:
        return _("这份邀请已被撤回。")
    if invitation.expires_at <= clock.now():
        return _("这份邀请已过期。")
    return ""


def _require_open(invitation: Invitation, *, may_be_expired: bool = False) -> None:
    state = state_of(invitation)
    is_over = bool(invitation.accepted_at or invitation.withdrawn_at)
    if state and (is_over or not may_be_expired):
        raise Refused(state, code="not_open")


def _open_ones(organisation_id: int, email: str, role: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        organisation_id=organisation_id, email=email, role=role,
        accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now(),
    )  # fmt: skip


def _new_account(invitation: Invitation, name: str, password: str) -> User:
    if not name.strip():
        raise Refused(_("请填写姓名。"), field="name")
    if not password:
        raise Refused(_("请设置密码。"), field="password1")
    user = User.objects.create_user(invitation.email, password, name=name.strip()[:80])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _send(actor: Actor, invitation: Invitation, secret: str) -> str:
    link = settings.SITE_URL.rstrip("/") + reverse("people:accept", args=[secret])
    subject, body = letter(invitation, actor.name if actor.user_id else "", link)
    outbox.put(
        Channel.EMAIL, invitation.email, subject, body, about=f"invitation:{invitation.pk}",
        organisation_id=invitation.organisation_id, is_secret=True,
    )  # fmt: skip
    return link


def _locked(invitation_id: int) -> Invitation:
    rows = Invitation.objects.select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=invitation_id)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
