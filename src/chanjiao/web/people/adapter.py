"""How allauth behaves in this house: by invitation, through the outbox, with an audit trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from chanjiao.core import audit, outbox
from chanjiao.core.actor import Actor
from chanjiao.core.models import Channel
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.two_factor import is_two_factor_required
from chanjiao.organisations.user_queries import user_with


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts begin with an invitation of an organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter; it holds a way into an account, so its text is wiped once sent."""
        given = {"request": current.request, "email": email, "current_site": None} | context
        letter = self.render_mail(template_prefix, email, given)
        for address in letter.to:
            outbox.put(
                Channel.EMAIL, address, letter.subject, letter.body,
                about=f"account:{template_prefix.rpartition('/')[2]}", is_secret=True,
            )  # fmt: skip

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        audit.record(actor_for(user), "user.signed_in", user)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            audit.record(actor_for(request.user), "user.signed_out", request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """An entry in either case, so that the answer takes as long for an unknown address."""
        super().authentication_failed(request, **credentials)
        user = user_with(str(credentials.get("email") or credentials.get("login") or ""))
        audit.record(Actor(via="web"), "user.sign_in_failed", user, is_success=False)


class GuardedMFAAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whoever must have a second factor keeps at least one."""
        user = authenticator.user
        if not is_two_factor_required(user):
            return True
        others = user.authenticator_set.exclude(pk=authenticator.pk)
        return others.exclude(type="recovery_codes").exists()
