"""What every answer of the API has in common: who asks, how often, and JSON whatever happens."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from chanjiao.api.failures import failure
from chanjiao.core.actor import ANONYMOUS
from chanjiao.organisations.actors import actor_of_token

PREFIX = "/api/v1/"
BEARER = re.compile(r"Bearer\s+(\S+)", re.IGNORECASE)
WINDOW_SECONDS = 60
CODES = {400: "bad_request", 404: "not_found", 405: "only_get", 500: "broken"}


class ApiMiddleware:
    """Stands between the actor's middleware and the door: a token decides before a session does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        header = request.headers.get("Authorization", "")
        if _is_too_often(request, header):
            refused = failure("too_often")
            refused["Retry-After"] = str(WINDOW_SECONDS)
            return refused
        if header and not _act_by_token(request, header):
            refused = failure("bad_token")
            refused["WWW-Authenticate"] = "Bearer"
            return refused
        return _tagged(request, _as_json(self.get_response(request)))


def _act_by_token(request: HttpRequest, header: str) -> bool:
    found = BEARER.fullmatch(header.strip())
    actor = actor_of_token(found[1]) if found else None
    request.actor = actor or ANONYMOUS
    if actor is None:
        return False
    if actor.only_things is not None:  # the description of the API is open to any token
        request.actor = replace(actor, only_things=actor.only_things | {"portal"})
    return True


def _is_too_often(request: HttpRequest, header: str) -> bool:
    """Counted for each token, or for each address where there is none; a fixed minute's window."""
    who = header or str(request.META.get("REMOTE_ADDR", ""))
    key = "api-rate:" + hashlib.sha256(who.encode()).hexdigest()[:32]
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > settings.API_PER_MINUTE
    except ValueError:  # the minute ended between the two calls
        return False


def _as_json(response: HttpResponse) -> HttpResponse:
    """Pages that Django answers with by itself (no such address, only GET) as JSON."""
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    code = CODES.get(response.status_code)
    if is_json or code is None or (is_page and response.status_code == 200):
        return response
    answer = failure(code)
    if "Allow" in response:
        answer["Allow"] = response["Allow"]
    return answer


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An ETag over what was answered: who has it already is not sent it again."""
    if response.status_code != 200 or response.streaming or request.method not in ("GET", "HEAD"):
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-cache" if request.actor.is_signed_in else "max-age=60"
    response["Vary"] = "Authorization, Cookie, Accept-Language"
    return get_conditional_response(request, etag=tag, response=response) or response
