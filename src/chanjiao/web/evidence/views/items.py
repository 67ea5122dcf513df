"""Evidence: the list, one item with its quotes and its past, who sees it, what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.core import files
from chanjiao.core.roles import Action
from chanjiao.evidence.policies import can_show_item
from chanjiao.evidence.queries import items_visible_to, press_pages_visible_to, quotes_of
from chanjiao.evidence.services import items
from chanjiao.web.evidence.forms import ShowForm
from chanjiao.web.evidence.lists import ITEMS, STATEMENTS, VALUES, item_state
from chanjiao.web.evidence.quoting import Quote, quote_of
from chanjiao.web.shared.http import ActorRequest, attempt, download, page
from chanjiao.web.shared.listing import list_page


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, ITEMS)


@require_safe
def statements(request: ActorRequest) -> HttpResponse:
    return list_page(request, STATEMENTS)


@require_safe
def values(request: ActorRequest) -> HttpResponse:
    return list_page(request, VALUES)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What proves what: each quote in its sentence, with a way back to its place on the desk."""
    found = visible(request, pk)
    may_show = can_show_item(request.actor, found)
    quotes = [quote_of(one) for one in quotes_of(found)]
    at_desk = _pages_at_desk(request, quotes)
    is_office = request.actor.may_all("evidence", Action.APPROVE)
    sees_names = may_show or request.actor.may_all("audit_log")
    context = {
        "item": found, "state": item_state(found), "may_show": may_show,
        "quotes": [(one, one.statement.article.page_id in at_desk) for one in quotes],
        "form": ShowForm(initial={"visibility": found.visibility}) if may_show else None,
        "offers": items.FLOW.offers(request.actor, found),
        "steps": items.FLOW.steps(found.pk), "sees_names": sees_names, "is_office": is_office,
        "has_file": files.is_kept(found.file),
    }  # fmt: skip
    return page(request, "evidence/item.html", context)


@require_safe
def original(request: ActorRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if not files.is_kept(found.file):
        raise Http404
    return download(files.content(found.file), found.file.name, "application/octet-stream")


@require_POST
def show(request: ActorRequest, pk: int) -> HttpResponse:
    visible(request, pk)
    asked = request.POST.get("visibility", "")
    is_done, item = attempt(request, lambda: items.show_to(request.actor, pk, asked))
    if is_done:
        messages.success(
            request, _("公开级别已改为“%(level)s”。") % {"level": item.get_visibility_display()}
        )
    return redirect("evidence:item", pk)


@require_POST
def move(request: ActorRequest, pk: int, move: str) -> HttpResponse:
    visible(request, pk)
    if move not in {one.name for one in items.FLOW.moves}:
        raise Http404
    opinion = request.POST.get("opinion", "")
    is_done, item = attempt(request, lambda: items.make_move(request.actor, pk, move, opinion))
    if is_done:
        messages.success(request, str(item.get_state_display()))
    return redirect("evidence:item", pk)


def visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(items_visible_to(request.actor), pk=pk)


def _pages_at_desk(request: ActorRequest, quotes: list[Quote]) -> set[int]:
    """Of the pages quoted, those whose desk the reader may open."""
    if not request.actor.may("press"):
        return set()
    wanted = {one.statement.article.page_id for one in quotes}
    rows = press_pages_visible_to(request.actor).filter(pk__in=wanted)
    return set(rows.values_list("pk", flat=True))
