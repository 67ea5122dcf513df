"""A form whose act may refuse: the refusal stands beside its field and no input is lost."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from chanjiao.core.refusals import Refused


def saved(request: HttpRequest, form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act gives for a valid POST; None before that, or with the refusal on the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        field = refusal.field.removesuffix("_id") if refusal.field else None
        form.add_error(field if field in form.fields else None, str(refusal.message))
        return None
