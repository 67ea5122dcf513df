"""Pages for strangers answer 304 while nothing behind them has changed."""

import hashlib
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from chanjiao.organisations.queries import members_stamp
from chanjiao.publishing.queries import published_stamp
from chanjiao.web.shared.http import ActorRequest

FOR_EVER = "public, max-age=31536000, immutable"
View = Callable[..., HttpResponse]


def anonymous_etag(view: View) -> View:
    """Ask before building: language, address and all that was published make the tag.

    The reader's own form token is part of the page, so it is part of the tag and the page is
    for that reader's cache only. People who are signed in, and messages, are never tagged.
    """

    @wraps(view)
    def answer(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.is_signed_in or settings.DEBUG or len(get_messages(request)):
            return view(request, *args, **kwargs)
        etag = _tag(request)
        known = get_conditional_response(request, etag=etag)
        if known is not None:
            return _tagged(known, etag)
        response = view(request, *args, **kwargs)
        return _tagged(response, etag) if response.status_code == 200 else response

    return answer


def _tagged(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _tag(request: ActorRequest) -> str:
    parts = (
        request.get_full_path(),
        get_language(),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        version("chanjiao"),
        published_stamp(),
        members_stamp(),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
