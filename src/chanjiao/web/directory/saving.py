"""How a form of the directory is saved: a refusal lands on its field and nothing typed is lost."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from chanjiao.core.refusals import Refused
from chanjiao.web.shared.http import ActorRequest, page


def saved(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act gives, or None where the form or the service said no; the form says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return None


def form_page(
    request: ActorRequest, form: forms.Form, title: str,
    crumbs: Sequence[tuple[Any, str]], cancel_url: str,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A form on the site's own form page; a crumb is a label with an address or a route's name."""
    shown = [(label, url if url.startswith("/") else reverse(url)) for label, url in crumbs]
    status = 422 if form.is_bound and form.errors else 200
    return page(
        request,
        "shared/form.html",
        {"form": form, "title": title, "crumbs": shown, "cancel_url": cancel_url, **context},
        status=status,
    )
