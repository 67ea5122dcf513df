"""Bodies that may be one: the queue, the two side by side, merging and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.organisations.register_queries import (
    merges_visible_to,
    moved_rows,
    pairs_visible_to,
    weight_of,
)
from chanjiao.organisations.services import duplicates, merging
from chanjiao.web.directory.lists import DUPLICATES, MERGES, PAIR_KINDS
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Open pairs unless another state is asked for."""
    if "state" not in request.GET:
        request.GET = request.GET.copy()
        request.GET["state"] = "open"
    return list_page(request, DUPLICATES)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    pair = _found(request, pk)
    sides = [(body, weight_of(body)) for body in (pair.first, pair.second)]
    is_alive = all(body.merged_into_id is None for body, _weight in sides)
    heavier = max(sides, key=lambda side: sum(n for _label, n in side[1]))[0]
    return page(
        request,
        "directory/duplicate.html",
        {
            "pair": pair,
            "pair_kind": PAIR_KINDS[pair.state],
            "sides": sides,
            "heavier": heavier,
            "is_alive": is_alive,
        },
    )


@require_POST
def merge(request: ActorRequest, pk: int) -> HttpResponse:
    """Merge a pair; ``kept`` names the body that stays."""
    pair = _found(request, pk)
    both = {str(pair.first_id): pair.first, str(pair.second_id): pair.second}
    kept = both.get(request.POST.get("kept", ""))
    if kept is None:
        messages.error(request, _("请选择保留哪一条记录。"))
        return redirect("directory:duplicate", pk)
    gone = pair.second if kept == pair.first else pair.first
    done, result = attempt(request, lambda: merging.merge(request.actor, kept.pk, gone.pk))
    if not done:
        return redirect("directory:duplicate", pk)
    messages.success(request, _("已合并到“%(name)s”，随时可以撤销。") % {"name": kept.name})
    return redirect("directory:merge", result.pk)


@require_POST
def different(request: ActorRequest, pk: int) -> HttpResponse:
    pair, note = _found(request, pk), request.POST.get("note", "")
    done, _result = attempt(request, lambda: duplicates.not_the_same(request.actor, pair.pk, note))
    if done:
        messages.success(request, _("已记住：不是同一家，不再提示。"))
    return redirect("directory:duplicates")


@require_POST
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    pair = _found(request, pk)
    attempt(request, lambda: duplicates.look_again(request.actor, pair.pk))
    return redirect("directory:duplicate", pk)


@require_POST
def search(request: ActorRequest) -> HttpResponse:
    done, found = attempt(request, lambda: duplicates.search_register(request.actor))
    if done:
        messages.success(request, _("查找完成，新发现 %(n)s 对。") % {"n": found})
    return redirect("directory:duplicates")


@require_safe
def merges(request: ActorRequest) -> HttpResponse:
    return list_page(request, MERGES)


@require_safe
def merge_detail(request: ActorRequest, pk: int) -> HttpResponse:
    done = get_object_or_404(merges_visible_to(request.actor), pk=pk)
    return page(
        request,
        "directory/merge.html",
        {"merge": done, "moved": moved_rows(done.moved), "stayed": moved_rows(done.stayed)},
    )


@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(merges_visible_to(request.actor), pk=pk)
    done, _result = attempt(request, lambda: merging.undo(request.actor, row.pk))
    if done:
        messages.success(request, _("已撤销合并，两条记录恢复原样。"))
    return redirect("directory:merge", pk)


def _found(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(pairs_visible_to(request.actor), pk=pk)
