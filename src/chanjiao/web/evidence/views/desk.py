"""The desk: a page beside its repair, and what it says beside its quotes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chanjiao.core.jobs import progress_of
from chanjiao.core.refusals import Refused, require
from chanjiao.evidence.choices import StatementKind, StatementState
from chanjiao.evidence.policies import can_discard, can_work
from chanjiao.evidence.queries import articles_of, statements_of
from chanjiao.evidence.reading.reasons import note, sentence
from chanjiao.evidence.services import statements
from chanjiao.web.evidence import marking
from chanjiao.web.evidence.cards import cards_of, counts
from chanjiao.web.evidence.lists import page_state
from chanjiao.web.evidence.views.pages import visible
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.templatetags.chanjiao import is_english

MOST_TOGETHER = 100


@require_safe
def desk(request: ActorRequest, pk: int) -> HttpResponse:
    """What the page says; ``?kind=`` one kind of statement, ``?open=1`` those that wait."""
    found = visible(request, pk)
    if not found.is_ready:
        return _waiting(request, found)
    articles = articles_of(found)
    rows = [one for article in articles for one in article.statements.all()]
    facts = _facts(request, found, articles, rows)
    return page(request, "evidence/facts.html", {**_frame(request, found, rows), **facts})


@require_safe
def repair(request: ActorRequest, pk: int) -> HttpResponse:
    """The page as it came beside what it reads like now, with every edit and every doubt."""
    found = visible(request, pk)
    if not found.is_ready:
        return _waiting(request, found)
    articles = articles_of(found)
    rows = [one for article in articles for one in article.statements.all()]
    context = _frame(request, found, rows) | {
        "view": "repair", "lines": marking.original(found), "flags": _flags(found),
        "articles": marking.repaired(found, articles),
    }  # fmt: skip
    return page(request, "evidence/repair.html", context)


def _waiting(request: ActorRequest, found: Any) -> HttpResponse:
    context = _head(request, found)
    context["progress"] = progress_of(found.run) if found.run else None
    context["refusal"] = sentence(found.refusal, _language()) if found.refusal else ""
    return page(request, "evidence/waiting.html", context)


def _head(request: ActorRequest, found: Any) -> dict[str, Any]:
    return {
        "press": found,
        "state": page_state(found),
        "may_work": can_work(request.actor, found),
        "may_discard": can_discard(request.actor, found),
        "notes": [note(one, _language()) for one in found.notes],
    }


def _frame(request: ActorRequest, found: Any, rows: list[Any]) -> dict[str, Any]:
    return {
        **_head(request, found),
        "view": "facts",
        "counts": counts(one.state for one in rows),
        "is_decided": any(one.state != StatementState.PROPOSED for one in rows),
        "together": _together_count(rows),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: ActorRequest, pk: int) -> HttpResponse:
    """Statements that lack nothing or little, one under the other; accepted as they were seen."""
    found = visible(request, pk)
    require(can_work(request.actor, found))
    try:
        lowest = statements.bulk_from()
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("evidence:desk", pk)
    if request.method == "POST":
        return _accept_seen(request, pk)
    rows = statements_of(found).filter(state=StatementState.PROPOSED, score__gte=lowest)
    shown = list(rows[:MOST_TOGETHER])
    marks = [statements.mark_of(one) for one in shown]
    context = {
        "press": found, "lowest": lowest, "rows": list(zip(cards_of(shown), marks, strict=True)),
    }  # fmt: skip
    return page(request, "evidence/together.html", context)


def _accept_seen(request: ActorRequest, pk: int) -> HttpResponse:
    chosen = {int(n) for n in request.POST.getlist("take") if n.isascii() and n.isdigit()}
    seen = {n: request.POST.get(f"mark-{n}", "") for n in sorted(chosen)[:MOST_TOGETHER]}
    if not seen:
        messages.error(request, _("没有选中任何事实。"))
        return redirect("evidence:together", pk)
    done = statements.accept_seen(request.actor, pk, seen)
    messages.success(request, _("已采纳 %(n)s 条。") % {"n": done.accepted})
    if done.changed:
        messages.warning(
            request, _("%(n)s 条在您查看之后有变动，未采纳，请再看一遍。") % {"n": done.changed}
        )
    return redirect("evidence:desk", pk)


def _flags(found: Any) -> list[dict[str, Any]]:
    """Each doubt once, however often its words stand on the page."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for flag in found.flags:
        one = told.setdefault(
            (flag["kind"], flag["quote"]),
            {**flag, "label": marking.FLAG_KINDS.get(flag["kind"], flag["kind"]), "times": 0},
        )
        one["times"] += 1
    return list(told.values())


def _facts(
    request: ActorRequest, found: Any, articles: list[Any], rows: list[Any]
) -> dict[str, Any]:
    kind, is_open = request.GET.get("kind", ""), request.GET.get("open") == "1"
    shown = [
        one
        for one in rows
        if (kind not in StatementKind.values or one.kind == kind)
        and (not is_open or one.state == StatementState.PROPOSED)
    ]
    by_article: dict[int, list[Any]] = {}
    for one in shown:
        by_article.setdefault(one.article_id, []).append(one)
    kinds = [(k.value, k.label, sum(1 for r in rows if r.kind == k)) for k in StatementKind]
    return {
        "articles": marking.quoted(found, articles, by_article),
        "cards": cards_of(shown), "kinds": kinds, "kind": kind, "is_open": is_open,
    }  # fmt: skip


def _together_count(rows: list[Any]) -> int:
    try:
        lowest = statements.bulk_from()
    except Refused:
        return 0
    return sum(1 for r in rows if r.state == StatementState.PROPOSED and r.score >= lowest)


def _language() -> str:
    return "en" if is_english() else "zh"
