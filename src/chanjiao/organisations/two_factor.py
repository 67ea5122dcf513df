"""Who must sign in with a second factor, and whether they have one."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from chanjiao.accounts.models import User
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import grants_in_force


def demands_two_factor(roles: frozenset[Role]) -> bool:
    """The demo lets everybody look around; anywhere else these roles need a second factor."""
    return not settings.IS_DEMO and bool(roles.intersection(settings.TWO_FACTOR_ROLES))


def is_two_factor_required(user: User) -> bool:
    return demands_two_factor(frozenset(Role(g.role) for g in grants_in_force(user)))


def has_two_factor(user: User) -> bool:
    """Recovery codes alone are a spare key, not a lock."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
