"""Operations that say what they need, so that the door and the matrix test see them as pages."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import Router

from chanjiao.api.failures import failure
from chanjiao.api.schemas import Failure
from chanjiao.core.permissions import Needs, matrix
from chanjiao.core.roles import Action, Reach, Role

REFUSALS = {400: Failure, 401: Failure, 403: Failure, 404: Failure, 429: Failure}
NEEDS: dict[str, Needs] = {}


def get(router: Router, path: str, *, name: str, thing: str, response: Any) -> Callable[..., Any]:
    """A reading operation under its name, open to the public where the matrix says so."""
    if thing not in matrix():
        raise LookupError(f"operation {name!r} names {thing!r}, which has no permission row")
    NEEDS[name] = Needs(thing)
    public = matrix()[thing][Role.PUBLIC].get(Action.READ, frozenset())
    extra = {
        "x-needs": thing,
        "x-open": "all" if Reach.ALL in public else "part" if public else "token",
        "security": [{}, {"token": []}] if public else [{"token": []}],
    }
    return router.get(
        path, url_name=name, response={200: response, **REFUSALS}, openapi_extra=extra,
        operation_id=name.replace("-", "_"), exclude_none=False,
    )  # fmt: skip


def guarded(patterns: list[URLPattern]) -> Iterator[URLPattern]:
    """The patterns with the need of each on its view; what describes the API is for everybody."""
    for pattern in patterns:
        needs = NEEDS.get(str(pattern.name), Needs("portal"))
        pattern.callback = _with_needs(pattern.callback, needs)
        yield pattern


def _with_needs(view: Callable[..., Any], needs: Needs) -> Callable[..., Any]:
    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    guarded_view.needs = needs  # type: ignore[attr-defined]
    guarded_view.refused = refused  # type: ignore[attr-defined]
    guarded_view.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded_view


def refused(request: HttpRequest) -> HttpResponse:
    """What the door says here instead of sending a program to a sign-in page."""
    if request.actor.is_signed_in:
        return failure("not_allowed")
    answer = failure("token_needed")
    answer["WWW-Authenticate"] = "Bearer"
    return answer
