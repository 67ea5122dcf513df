"""The ledger of asks: asked once, answered with three buttons, taken back by the asker."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.demand.choices import Answer
from chanjiao.demand.policies import can_answer, can_ask, can_take_back
from chanjiao.demand.queries import asks_visible_to
from chanjiao.demand.services import asks
from chanjiao.web.demand.forms import AskForm
from chanjiao.web.demand.lists import ASKS
from chanjiao.web.shared.http import ActorRequest, attempt, page, sent
from chanjiao.web.shared.listing import list_page


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, ASKS)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    asked = _visible(request, pk)
    return page(
        request,
        "demand/ask.html",
        {
            "ask": asked,
            "may_answer": can_answer(request.actor, asked),
            "may_take_back": can_take_back(request.actor, asked),
            "answers": Answer.choices,
            "load": asks.load_of(asked.company),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Ask a company; a refusal names who asked before, or the month's load."""
    require(can_ask(request.actor))
    form = AskForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, result = attempt(
            request,
            lambda: asks.ask(
                request.actor, given["company"].pk, given["kind"], given["subject"],
                due_on=given["due_on"],
            ),
        )  # fmt: skip
        if done:
            messages.success(request, _("已记入台账，并放进企业的待办。"))
            return redirect("demand:ask", result.pk)
    context = {"form": form, "title": _("询问企业"), "submit_label": _("发出询问")}
    return page(request, "demand/ask_form.html", context)


@require_POST
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    asked = _visible(request, pk)
    word = request.POST.get("answer", "")
    if word not in Answer.values:
        messages.error(request, _("请从三个答复中选一个。"))
        return redirect("demand:ask", pk)
    done, _result = attempt(
        request,
        lambda: asks.answer(request.actor, asked.pk, word, request.POST.get("note", "")),
    )
    if done:
        messages.success(request, _("已答复，谢谢。"))
    return redirect("demand:asks")


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    asked = _visible(request, pk)
    done, _result = attempt(request, lambda: asks.take_back(request.actor, asked.pk))
    if done:
        messages.success(request, _("已撤回，不再计入该企业本月次数。"))
    return redirect("demand:ask", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(asks_visible_to(request.actor), pk=pk)
