"""API tokens: shown once, kept as a hash, limited to a scope, ended by a click."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.permissions import API_THINGS
from chanjiao.core.refusals import Refused, require
from chanjiao.organisations.granting import can_issue_token, can_withdraw_token
from chanjiao.organisations.models import ApiToken

MAX_DAYS = 366
PREFIX = "cj_"


@transaction.atomic
def issue(
    actor: Actor, title: str, scope: Collection[str], expires_on: date
) -> tuple[ApiToken, str]:
    """A new token for the actor's body and its secret, which is shown now and never again."""
    require(can_issue_token(actor, actor.organisation_id))
    unknown = set(scope) - set(scopes_open_to(actor))
    if unknown or not scope:
        raise Refused(_("请在您可查看的范围内至少选一项。"), field="scope")
    latest = clock.today() + timedelta(days=MAX_DAYS)
    if not clock.today() <= expires_on <= latest:
        raise Refused(_("有效期须在今天与 %(day)s 之间。") % {"day": latest}, field="expires_on")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation_id=actor.organisation_id, owner_id=actor.user_id, title=title.strip()[:80],
        prefix=secret[:10], secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
        scope=sorted(scope), expires_on=expires_on, created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "api_token.issued", token, scope=sorted(scope), expires_on=expires_on)
    return token, secret


@transaction.atomic
def withdraw(actor: Actor, token_id: int) -> ApiToken:
    """Stop a token at once."""
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    require(can_withdraw_token(actor, token.organisation_id))
    if token.withdrawn_at is not None:
        raise Refused(_("这个令牌已停用。"))
    token.withdrawn_at = clock.now()
    token.save()
    audit.record(actor, "api_token.withdrawn", token)
    return token


def scopes_open_to(actor: Actor) -> list[str]:
    """What a token of this actor could read: never more than the actor."""
    return [thing for thing in API_THINGS if actor.may(thing)]
