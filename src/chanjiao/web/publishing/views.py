from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import in_force
from chanjiao.core.refusals import require
from chanjiao.core.roles import Action
from chanjiao.publishing import previews
from chanjiao.publishing.documents.pictures import pictures
from chanjiao.publishing.policies import can_object, can_withdraw, last_day_to_object
from chanjiao.publishing.queries import (
    files_of,
    next_quarter,
    objections_visible_to,
    publications_visible_to,
    quarters_visible_to,
)
from chanjiao.publishing.services import preparing, publications as acts, quarters
from chanjiao.web.publishing.forms import OpenQuarterForm, WithdrawForm
from chanjiao.web.publishing.lists import PUBLICATIONS
from chanjiao.web.publishing.steps import shown_steps
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.shared.templatetags.chanjiao import is_english

SPECIAL_MOVES: dict[str, Callable[..., Any]] = {
    "freeze": quarters.freeze,
    "publish": quarters.publish,
}
# What a step has done with one click, and what the person is told afterwards.
ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "remind-silent": (
        preparing.remind_silent,
        gettext_lazy("已催报 %(reminded)s 家；%(spared)s 家本月已达询问上限或刚被询问，未催。"),
    ),
    "order-study": (preparing.order_study, gettext_lazy("已开始测算，完成后刷新本页。")),
}


@require_safe
def publications(request: ActorRequest) -> HttpResponse:
    may_close = request.actor.may_all("publication", Action.CREATE)
    return list_page(
        request,
        PUBLICATIONS,
        quarters=quarters_visible_to(request.actor).exclude(state="published"),
        form=OpenQuarterForm(proposed=next_quarter(clock.today())) if may_close else None,
    )


@require_POST
def open_quarter(request: ActorRequest) -> HttpResponse:
    form = OpenQuarterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("年度须为 2000 至 2100 的整数，季度须为 1 至 4。"))
        return redirect("publishing:list")
    asked = form.cleaned_data
    is_done, made = attempt(
        request, lambda: quarters.open_quarter(request.actor, asked["year"], asked["number"])
    )
    return redirect("publishing:quarter", made.pk) if is_done else redirect("publishing:list")


@require_safe
def quarter(request: ActorRequest, pk: int) -> HttpResponse:
    """The closing of a quarter as six steps, and the log of who took them."""
    found = get_object_or_404(quarters_visible_to(request.actor), pk=pk)
    steps, others = shown_steps(request.actor, found)
    return page(
        request,
        "publishing/quarter.html",
        {
            "quarter": found,
            "steps": steps,
            "others": others,
            "log": [
                (step, quarters.WORKFLOW.move(step.move).label)
                for step in quarters.WORKFLOW.steps(found.pk)
            ],
            "publication": publications_visible_to(request.actor).filter(quarter=found).first(),
            "due_on": quarters.WORKFLOW.due_on(found.pk),
            "kept_opinion": _kept_opinion(request, found.pk),
        },
    )


@require_safe
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The list as it would be frozen now: checks, rows, and what changed since the last one."""
    found = get_object_or_404(quarters_visible_to(request.actor), pk=pk)
    try:
        shown = previews.preview(found)
    except LookupError as missing:
        messages.error(request, _("规则参数没有载入：%(what)s") % {"what": missing})
        return redirect("publishing:quarter", pk)
    return page(
        request,
        "publishing/preview.html",
        {
            "quarter": found,
            "preview": shown,
            "data": shown.edition.data,
            "rows": shown.edition.rows[:200],
            "posts": shown.edition.posts[:100],
            "pictures": pictures(shown.edition, "en" if is_english() else "zh"),
        },
    )


@require_POST
def move(request: ActorRequest, pk: int, move: str) -> HttpResponse:
    """One step, by POST; a refusal keeps the opinion that was typed."""
    found = get_object_or_404(quarters_visible_to(request.actor), pk=pk)
    opinion = request.POST.get("opinion", "")
    if move == "correct":
        do = partial(quarters.correct, positions=request.POST.get("positions", ""))
    elif move in quarters.PLAIN_MOVES:
        do = partial(_make, move)
    elif move in SPECIAL_MOVES:
        do = SPECIAL_MOVES[move]
    else:
        raise Http404
    is_done, _result = attempt(request, lambda: do(request.actor, found.pk, opinion))
    if is_done:
        label = quarters.WORKFLOW.move(move).label
        messages.success(request, _("已办理：%(what)s。") % {"what": label})
    elif opinion:
        request.session["opinion"] = {"quarter": found.pk, "text": opinion[:500]}
    return redirect("publishing:quarter", found.pk)


def _make(move: str, actor: Actor, pk: int, opinion: str) -> Any:
    return quarters.make(actor, pk, move, opinion)


@require_POST
def act(request: ActorRequest, pk: int, act: str) -> HttpResponse:
    """Work of a step that is done from here: it does not end the step."""
    found = get_object_or_404(quarters_visible_to(request.actor), pk=pk)
    if act not in ACTS:
        raise Http404
    do, told = ACTS[act]
    is_done, result = attempt(request, lambda: do(request.actor, found.pk))
    if is_done:
        numbers = {name: getattr(result, name, "") for name in ("reminded", "spared")}
        messages.success(request, str(told) % numbers)
    return redirect("publishing:quarter", found.pk)


@require_safe
def publication(request: ActorRequest, number: str) -> HttpResponse:
    """A publication with its versions, files, corrections and objections."""
    found = _publication(request, number)
    current = found.versions.all()[0]
    rule = next(iter(in_force(["publication_objection_days"])), None)
    days = int(rule.value) if rule else 0
    return page(
        request,
        "publishing/publication.html",
        {
            "publication": found,
            "current": current,
            "files": files_of(current),
            "objections": objections_visible_to(request.actor, found),
            "may_object": can_object(request.actor, current, clock.today(), days),
            "may_answer": request.actor.may_all("objection", Action.UPDATE),
            "object_until": last_day_to_object(current, days),
            "may_withdraw": can_withdraw(request.actor, found),
            "may_correct": request.actor.may_all("publication", Action.CREATE)
            and not found.is_withdrawn
            and found.quarter.state == "published",
            "may_see_closing": request.actor.may_all("publication"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, number: str) -> HttpResponse:
    found = _publication(request, number)
    require(can_withdraw(request.actor, found))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        is_done, _result = attempt(request, lambda: acts.withdraw(request.actor, found.pk, reason))
        if is_done:
            messages.success(request, _("已撤回 %(number)s。") % {"number": found.number})
            return redirect("publishing:detail", found.number)
    context = {
        "form": form,
        "title": _("撤回 %(number)s") % {"number": found.number},
        "crumbs": [(PUBLICATIONS.title, reverse("publishing:list"))],
        "submit_label": _("撤回"),
        "cancel_url": reverse("publishing:detail", args=[found.number]),
    }
    return page(request, "shared/form.html", context)


@require_POST
def make_objection(request: ActorRequest, number: str) -> HttpResponse:
    found = _publication(request, number)
    text = request.POST.get("text", "")
    current = found.versions.all()[0]
    is_done, _result = attempt(request, lambda: acts.object_to(request.actor, current.pk, text))
    if is_done:
        messages.success(request, _("已提交，联合体办公室会答复。"))
    return redirect(f"{reverse('publishing:detail', args=[found.number])}#objections")


@require_POST
def answer_objection(request: ActorRequest, number: str, pk: int) -> HttpResponse:
    found = _publication(request, number)
    objection = get_object_or_404(objections_visible_to(request.actor, found), pk=pk)
    text = request.POST.get("answer", "")
    is_done, _result = attempt(request, lambda: acts.answer(request.actor, objection.pk, text))
    if is_done:
        messages.success(request, _("已答复。"))
    return redirect(f"{reverse('publishing:detail', args=[found.number])}#objections")


def _publication(request: ActorRequest, number: str) -> Any:
    return get_object_or_404(publications_visible_to(request.actor), number__iexact=number)


def _kept_opinion(request: ActorRequest, quarter_id: int) -> str:
    """What was typed before a refusal, given back once."""
    kept = request.session.pop("opinion", None)
    return kept["text"] if kept and kept["quarter"] == quarter_id else ""
