"""Which body a name on the page means: suggestions, a search, or a request to register it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chanjiao.core.refusals import require
from chanjiao.evidence.policies import can_work
from chanjiao.evidence.services import bodies
from chanjiao.organisations.queries import bodies_named, organisations_visible_to
from chanjiao.web.evidence.cards import card_of
from chanjiao.web.evidence.views.statements import place_of, visible
from chanjiao.web.shared.http import ActorRequest, attempt, page

HITS = 8


@require_http_methods(["GET", "HEAD", "POST"])
def body(request: ActorRequest, pk: int) -> HttpResponse:
    """``organisation`` says which body it is; empty that it is none of the register."""
    found = visible(request, pk)
    require(can_work(request.actor, found.article.page))
    if request.method == "POST":
        return _resolve(request, found)
    query = request.GET.get("q", "").strip()
    is_body = found.kind == "organisation"
    context = {
        "card": card_of(found), "press": found.article.page, "query": query, "is_body": is_body,
        "suggestions": bodies.suggestions(found) if is_body and not query else [],
        "hits": bodies_named(query, HITS) if query else [],
    }  # fmt: skip
    return page(request, "evidence/body.html", context)


@require_POST
def ask(request: ActorRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    is_done, _result = attempt(request, lambda: bodies.ask_to_register(request.actor, pk))
    if is_done:
        messages.success(request, _("已提请办公室登记“%(name)s”。") % _named(found))
    return redirect(place_of(found))


def _resolve(request: ActorRequest, found: Any) -> HttpResponse:
    asked = request.POST.get("organisation", "")
    chosen = None
    if asked:
        number = int(asked) if asked.isascii() and asked.isdigit() else 0
        chosen = organisations_visible_to(request.actor).filter(pk=number).first()
        if chosen is None:
            messages.error(request, _("没有这个机构。"))
            return redirect(place_of(found))
    is_done, count = attempt(
        request,
        lambda: bodies.resolve(request.actor, found.pk, chosen.pk if chosen else None),
    )
    if is_done and chosen:
        told = _("“%(name)s”是%(body)s，%(n)s 条随之对上。")
        messages.success(request, told % {**_named(found), "body": chosen.name, "n": count})
    elif is_done:
        messages.success(request, _("“%(name)s”不对应任何登记的机构。") % _named(found))
    return redirect(place_of(found))


def _named(found: Any) -> dict[str, str]:
    return {"name": found.content["name"]}
