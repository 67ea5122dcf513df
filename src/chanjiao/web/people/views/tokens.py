from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.organisations.granting import can_issue_token, can_withdraw_token
from chanjiao.organisations.services import tokens
from chanjiao.organisations.user_queries import tokens_visible_to
from chanjiao.web.people.forms import TokenForm
from chanjiao.web.people.lists import TOKENS, scope_words, token_state
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page


@require_safe
def token_list(request: ActorRequest) -> HttpResponse:
    return list_page(request, TOKENS)


@require_safe
def token(request: ActorRequest, pk: int) -> HttpResponse:
    return _token_page(request, _visible(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: ActorRequest) -> HttpResponse:
    """A new token; its secret is on the answer to this one request and nowhere else."""
    require(can_issue_token(request.actor, request.actor.organisation_id))
    form = TokenForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        is_done, result = attempt(request, lambda: tokens.issue(request.actor, **form.cleaned_data))
        if is_done:
            made, secret = result
            return _token_page(request, made, secret=secret)
    return page(
        request,
        "shared/form.html",
        {
            "form": form,
            "title": _("新建接口令牌"),
            "crumbs": [(_("接口令牌"), reverse("people:tokens"))],
            "submit_label": _("新建"),
            "cancel_url": reverse("people:tokens"),
        },
    )


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    is_done, _result = attempt(request, lambda: tokens.withdraw(request.actor, found.pk))
    if is_done:
        messages.success(request, _("令牌已停用，下一次请求即失效。"))
    return redirect("people:token", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(tokens_visible_to(request.actor), pk=pk)


def _token_page(request: ActorRequest, found: Any, secret: str = "") -> HttpResponse:
    may_withdraw = can_withdraw_token(request.actor, found.organisation_id)
    return page(
        request,
        "people/token.html",
        {
            "token": found,
            "state": token_state(found),
            "scope": scope_words(found),
            "secret": secret,
            "may_withdraw": may_withdraw and found.withdrawn_at is None,
        },
    )
