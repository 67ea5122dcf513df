"""Acts of the office on one body's register entry, each with a form of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from chanjiao.core.actor import Actor
from chanjiao.core.refusals import require
from chanjiao.organisations.policies import can_govern
from chanjiao.organisations.services import bodies, register
from chanjiao.web.directory.forms import (
    CorrectCodeForm,
    KindForm,
    NamesForm,
    RenameForm,
    StatusForm,
    SuspendForm,
)
from chanjiao.web.directory.saving import form_page, saved
from chanjiao.web.directory.views.organisations import found, place_of
from chanjiao.web.shared.http import ActorRequest

Save = Callable[[Actor, Any, Mapping[str, Any]], Any]


def _rename(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    return register.rename(actor, body.pk, data["name"], on=data["on"], reason=data["reason"])


def _status(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    return register.set_status(actor, body.pk, data["status"], on=data["on"], reason=data["reason"])


def _kind(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    return register.reclassify(actor, body.pk, data["kind"], on=data["on"], reason=data["reason"])


def _suspend(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    return register.suspend(
        actor, body.pk, is_suspended=bool(data["is_suspended"]), reason=data["reason"]
    )


def _code(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    return bodies.correct_code(actor, body.pk, data, data["evidence"])


def _names(actor: Actor, body: Any, data: Mapping[str, Any]) -> Any:
    if data["short_name"]:
        register.add_short_name(actor, body.pk, data["short_name"])
    return bodies.set_domains(actor, body.pk, data["domains"].splitlines())


ACTS: dict[str, tuple[Any, type[forms.Form], Save]] = {
    "rename": (gettext_lazy("更名"), RenameForm, _rename),
    "status": (gettext_lazy("变更状态"), StatusForm, _status),
    "kind": (gettext_lazy("变更类别"), KindForm, _kind),
    "code": (gettext_lazy("更正代码"), CorrectCodeForm, _code),
    "names": (gettext_lazy("简称与域名"), NamesForm, _names),
    "suspend": (gettext_lazy("停用或恢复"), SuspendForm, _suspend),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    if name not in ACTS:
        raise Http404
    title, kind, save = ACTS[name]
    body = found(request, pk)
    require(can_govern(request.actor, body))
    form = kind(request.POST or None, request.FILES or None, initial=_initial(body, name))
    if request.method == "POST" and saved(
        form, lambda: save(request.actor, body, form.cleaned_data)
    ):
        messages.success(request, _("已办理：%(act)s") % {"act": title})
        return redirect("directory:organisation", pk)
    return form_page(request, form, f"{title} · {body.name}", *place_of(body))


def _initial(body: Any, name: str) -> dict[str, Any]:
    if name == "names":
        return {"domains": "\n".join(one.domain for one in body.domains.all())}
    return {
        "name": body.name, "status": body.status, "kind": body.kind,
        "credit_code": body.credit_code, "credit_code_reason": body.credit_code_reason,
        "is_suspended": "" if body.is_suspended else "1",
    }  # fmt: skip
