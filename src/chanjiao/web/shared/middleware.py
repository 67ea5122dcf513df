"""Builds the actor once a request and stops views whose need the actor does not meet."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.files import StoreDamagedError
from chanjiao.organisations.actors import actor_for, grants_in_force
from chanjiao.organisations.two_factor import demands_two_factor, has_two_factor
from chanjiao.web.shared.http import page

log = logging.getLogger(__name__)

# Packages that guard their own views; everything else must be routed through ``route()``.
SELF_GUARDED = (
    "allauth.", "django.contrib.admin", "django.contrib.contenttypes",
    "chanjiao.config.repair_bench", "ninja.", "django.views.static", "whitenoise.",
)  # fmt: skip


class ActorMiddleware:
    """Sets ``request.actor`` and ``request.grants``; pages of signed-in people are not cached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.grants = ANONYMOUS, []
        if request.user.is_authenticated:
            request.grants = grants_in_force(request.user)
            chosen = request.session.get("acting_for")
            request.actor = actor_for(request.user, organisation_id=chosen, grants=request.grants)
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if request.actor.is_signed_in and not request.path.startswith(settings.STATIC_URL):
            add_never_cache_headers(response)
        return response


class AccessMiddleware:
    """Deny by default: a view without a declared need does not run for anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_unguarded_office(request) and not _is_way_to_second_factor(request, view):
            messages.warning(
                request, _("您的角色须启用两步验证。请先设置验证器应用或通行密钥，再继续办理。")
            )
            return redirect("mfa_index")
        needs = getattr(view, "needs", None)
        if needs is None:
            if view.__module__.startswith(SELF_GUARDED):
                return None
            raise LookupError(f"view {view.__module__}.{view.__name__} declares no need")
        if request.actor.may(needs.thing, needs.action):
            return None
        refused = getattr(view, "refused", None)  # programs are told, not sent to a sign-in page
        if refused is not None:
            return refused(request)
        if not request.actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied


class DamageMiddleware:
    """A stored file that is gone is told as such, with what to do, and logged for the operator."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, StoreDamagedError):
            return None
        log.error("damaged file store: %s", error)
        return page(request, "503.html", status=HTTPStatus.SERVICE_UNAVAILABLE)


def is_unguarded_office(request: HttpRequest) -> bool:
    """A role that decides about others, signed in with nothing but a password."""
    actor = request.actor
    return (
        actor.is_signed_in
        and actor.via == "web"
        and demands_two_factor(actor.roles)
        and not has_two_factor(request.user)
    )


def _is_way_to_second_factor(request: HttpRequest, view: Any) -> bool:
    """Public pages, one's own account and allauth's pages stay open, or nobody could comply."""
    needs = getattr(view, "needs", None)
    if needs is not None:
        return needs.thing in {"portal", "own_account"}
    return bool(view.__module__.startswith("allauth."))
