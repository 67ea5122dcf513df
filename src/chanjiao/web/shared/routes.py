"""Routes that say what they need: without a declared need a view does not run."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.urls import URLPattern, path

from chanjiao.core.permissions import Needs, matrix
from chanjiao.core.roles import Action


def route(
    pattern: str,
    view: Callable[..., Any],
    *,
    name: str,
    thing: str,
    action: Action = Action.READ,
) -> URLPattern:
    """A path whose view runs only for actors the permission matrix lets at ``thing``.

    The matrix decides whether the page exists for a role; which rows it shows is decided by
    the query behind it. A thing the matrix does not know is a mistake found at start.
    """
    if thing not in matrix():
        raise LookupError(f"route {name!r} names {thing!r}, which has no permission row")
    return path(pattern, _guarded(view, Needs(thing, action)), name=name)


def _guarded(view: Callable[..., Any], needs: Needs) -> Callable[..., Any]:
    """The view together with its need, as the middleware and the matrix test read it."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    guarded.needs = needs  # type: ignore[attr-defined]
    return guarded
