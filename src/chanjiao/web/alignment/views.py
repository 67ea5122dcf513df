from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.core.refusals import Refused
from chanjiao.standards.policies import can_adopt_for_all, can_align
from chanjiao.standards.queries import alignments_visible_to
from chanjiao.standards.queue import QueueSource, sources
from chanjiao.standards.services import alignments
from chanjiao.web.alignment.bench import bench_for
from chanjiao.web.alignment.lists import MEMORY, organisation_names
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page

TRAIL = "alignment_trail"  # what this session decided, for undo
TRAIL_LENGTH = 50
NONE = "none"  # what the button "none fits" sends


@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """The line at hand; without scripts every choice is a plain form."""
    if not sources():
        return page(request, "alignment/queue.html", {"bench": None})  # nothing registered
    source = _source(request.GET.get("source", ""))
    query = request.GET.get("q", "")
    bench = bench_for(request.actor, source, _number(request.GET.get("at")), query)
    return page(
        request,
        "alignment/queue.html",
        {
            "bench": bench,
            "query": query,
            "tabs": [(each, each.total(request.actor)) for each in sources().values()],
            "may_adopt": can_adopt_for_all(request.actor),
            "for_all": request.session.get("alignment_for_all", False),
            "note": request.session.pop("alignment_note", None),
            "can_undo": bool(request.session.get(TRAIL)),
        },
    )


@require_POST
def choose(request: ActorRequest) -> HttpResponse:
    source = _source(request.POST.get("source", ""))
    raw, code = request.POST.get("raw", ""), request.POST.get("code", "")
    organisation_id = _number(request.POST.get("organisation"))
    for_all = "for_all" in request.POST and can_adopt_for_all(request.actor)
    request.session["alignment_for_all"] = for_all
    if not organisation_id or not raw or not code:
        raise Http404  # a form that lost its button must not mean "none fits"
    try:
        held, count = alignments.choose(
            request.actor, source, raw, organisation_id, "" if code == NONE else code,
            for_all=for_all,
        )  # fmt: skip
    except Refused as refusal:
        _note(request, str(refusal.message), is_error=True)
    else:
        request.session[TRAIL] = [*request.session.get(TRAIL, []), held.pk][-TRAIL_LENGTH:]
        _note(request, _said(held, count))
    return redirect(_address(source, request.POST.get("at")))


@require_POST
def undo(request: ActorRequest) -> HttpResponse:
    """Take back the last decision of this session."""
    source = _source(request.POST.get("source", ""))
    trail = list(request.session.get(TRAIL, []))
    if not trail:
        _note(request, _("没有可以撤销的选择。"))
        return redirect(_address(source, request.POST.get("at")))
    try:
        held, count = alignments.take_back(request.actor, trail.pop())
    except Refused as refusal:
        _note(request, str(refusal.message), is_error=True)
    else:
        words = _("已撤销“%(raw)s”的选择，%(n)s 条记录重新待对齐。")
        _note(request, words % {"raw": held.raw, "n": count})
    request.session[TRAIL] = trail
    return redirect(_address(source, request.POST.get("at")))


@require_safe
def memory(request: ActorRequest) -> HttpResponse:
    return list_page(request, MEMORY)


@require_safe
def decision(request: ActorRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(alignments_visible_to(request.actor), pk=pk)
    may_undo = (
        can_adopt_for_all(request.actor)
        if held.is_global
        else can_align(request.actor, held.organisation_id)
    )
    names = organisation_names(request.actor, [held.organisation_id])
    context = {"held": held, "may_undo": may_undo, "organisation": names.get(held.organisation_id)}
    return page(request, "alignment/decision.html", context)


@require_POST
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(alignments_visible_to(request.actor), pk=pk)
    is_done, result = attempt(request, lambda: alignments.take_back(request.actor, held.pk))
    if is_done:
        messages.success(request, _("已撤回，%(n)s 条记录重新待对齐。") % {"n": result[1]})
    return redirect("alignment:memory")


def _source(name: str) -> QueueSource:
    held = sources()
    found = held.get(name) if name else next(iter(held.values()), None)
    if found is None:
        raise Http404
    return found


def _note(request: ActorRequest, text: str, *, is_error: bool = False) -> None:
    """Said inside the queue's own part of the page, which is all that is exchanged."""
    request.session["alignment_note"] = [text, is_error]


def _number(text: Any) -> int:
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() else 0


def _address(source: QueueSource, at: Any) -> str:
    return reverse("alignment:queue") + "?" + urlencode({"source": source.name, "at": _number(at)})


def _said(held: Any, count: int) -> str:
    if held.chosen is None:
        return _("“%(raw)s”：都不合适，已记下。") % {"raw": held.raw}
    return _("“%(raw)s” → %(name)s（%(code)s），%(n)s 条记录。") % {
        "raw": held.raw, "name": held.chosen.name, "code": held.chosen.code, "n": count,
    }  # fmt: skip
