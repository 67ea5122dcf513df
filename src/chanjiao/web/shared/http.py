"""What views take and give: the request with its actor, pages, files, refusals as messages."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused


class ActorRequest(HttpRequest):
    """A request after the middleware has said who is asking."""

    actor: Actor


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page of the site; the one door to ``render`` so that context stays uniform."""
    return render(request, template, dict(context or {}), status=status)


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep, never to run: attachment, no sniffing, a name in any script."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def attempt(request: HttpRequest, act: Callable[[], Any]) -> tuple[bool, Any]:
    """Run one act; a refusal becomes a message the person reads, and nothing has changed."""
    try:
        return True, act()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return False, refusal


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: a sent form is bound even when every field was left empty."""
    return request.POST if request.method == "POST" else None
