from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.organisations.granting import can_change, can_disable, roles_open_to
from chanjiao.organisations.services import grants
from chanjiao.organisations.user_queries import grants_visible_to, history_of
from chanjiao.web.people.forms import ChangeGrantForm, GrantForm, ReasonForm
from chanjiao.web.people.lists import USERS, grant_state
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page


@require_safe
def users(request: ActorRequest) -> HttpResponse:
    return list_page(request, USERS)


@require_safe
def grant(request: ActorRequest, pk: int) -> HttpResponse:
    """One grant: what it is, what became of it, and what may be done about it."""
    return _grant_page(request, _visible(request, pk))


@require_POST
def change(request: ActorRequest, pk: int) -> HttpResponse:
    held = _visible(request, pk)
    form = ChangeGrantForm(request.POST)
    if not form.is_valid():
        return _grant_page(request, held, change_form=form)
    given = form.cleaned_data
    is_done, _result = attempt(request, lambda: grants.change(request.actor, held.pk, **given))
    if is_done:
        messages.success(request, _("已保存授权。"))
        return redirect("people:grant", pk)
    return _grant_page(request, held, change_form=form)


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    held = _visible(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _grant_page(request, held, reason_form=form)
    reason = form.cleaned_data["reason"]
    is_done, _result = attempt(request, lambda: grants.withdraw(request.actor, held.pk, reason))
    if is_done:
        messages.success(request, _("已收回，对方的下一次操作即失效。"))
        return redirect("people:grant", pk)
    return _grant_page(request, held, reason_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: ActorRequest, pk: int) -> HttpResponse:
    """Another role for the person behind a grant, in the same body."""
    held = _visible(request, pk)
    require(bool(roles_open_to(request.actor, held.organisation)))
    form = GrantForm(request.POST or None, actor=request.actor, organisation=held.organisation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        is_done, result = attempt(
            request,
            lambda: grants.grant(
                request.actor, held.user_id, held.organisation_id, given["role"],
                is_admin=given["is_admin"], area_id=form.area_id(), ends_on=given["ends_on"],
            ),
        )  # fmt: skip
        if is_done:
            messages.success(request, _("已授予角色。"))
            return redirect("people:grant", result.pk)
    return page(
        request,
        "shared/form.html",
        {
            "form": form,
            "title": _("给 %(user)s 授予角色") % {"user": held.user},
            "crumbs": [
                (_("用户与授权"), reverse("people:users")),
                (str(held.user), reverse("people:grant", args=[pk])),
            ],
            "submit_label": _("授予"),
            "cancel_url": reverse("people:grant", args=[pk]),
        },
    )


@require_POST
def disable(request: ActorRequest, pk: int) -> HttpResponse:
    return _switch_account(request, pk, grants.disable_account, _("账户已停用。"))


@require_POST
def enable(request: ActorRequest, pk: int) -> HttpResponse:
    return _switch_account(request, pk, grants.enable_account, _("账户已恢复。"))


def _switch_account(request: ActorRequest, pk: int, act: Any, done: str) -> HttpResponse:
    held = _visible(request, pk)
    require(can_disable(request.actor))
    reason = request.POST.get("reason", "")
    is_done, _result = attempt(request, lambda: act(request.actor, held.user_id, reason))
    if is_done:
        messages.success(request, done)
    return redirect("people:grant", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(grants_visible_to(request.actor), pk=pk)


def _grant_page(request: ActorRequest, held: Any, **forms: Any) -> HttpResponse:
    may_change = can_change(request.actor, held.organisation_id, held.role)
    is_held = held.withdrawn_at is None
    others = grants_visible_to(request.actor).filter(user_id=held.user_id).exclude(pk=held.pk)
    return page(
        request,
        "people/grant.html",
        {
            "grant": held,
            "state": grant_state(held),
            "others": [(other, grant_state(other)) for other in others],
            "history": history_of(held) if may_change or request.actor.may_all("audit_log") else [],
            "may_change": may_change and is_held,
            "may_give": bool(roles_open_to(request.actor, held.organisation)),
            "may_disable": can_disable(request.actor) and held.user_id != request.actor.user_id,
            "change_form": ChangeGrantForm(
                initial={"is_admin": held.is_admin, "ends_on": held.ends_on}
            ),
            "reason_form": ReasonForm(prefix=None),
            **forms,
        },
        status=422 if forms else 200,
    )
