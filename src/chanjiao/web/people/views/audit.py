import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from chanjiao.core.audit import verify_chain
from chanjiao.core.audit_queries import anchors, entries_visible_to, head, sees_contents
from chanjiao.core.refusals import require
from chanjiao.web.people.audit_list import ENTRIES, act_words, thing_words
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.listing import list_page


@require_safe
def entries(request: ActorRequest) -> HttpResponse:
    return list_page(request, ENTRIES, may_verify=request.actor.may_all("audit_log"))


@require_safe
def entry(request: ActorRequest, sequence: int) -> HttpResponse:
    """One entry: who did what when, from which value to which, and the seal on it."""
    found = get_object_or_404(entries_visible_to(request.actor), sequence=sequence)
    may_see = sees_contents(request.actor)
    return page(
        request,
        "people/audit_entry.html",
        {
            "entry": found,
            "act": act_words(found),
            "thing": thing_words(found),
            "may_see": may_see,
            "details": _details(found.details) if may_see else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: ActorRequest) -> HttpResponse:
    """Head and anchors of the chain; POST walks it from the first entry to the last."""
    require(request.actor.may_all("audit_log"))
    verdict = verify_chain() if request.method == "POST" else None
    is_english = (get_language() or "").startswith("en")
    return page(
        request,
        "people/audit_chain.html",
        {
            "head": head(),
            "anchors": anchors()[:50],
            "verdict": verdict,
            "faults": [f.en if is_english else f.zh for f in verdict.faults] if verdict else [],
        },
    )


def _details(details: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Lines of (field, before, after); what has no before stands under after alone."""
    before, after = details.get("before"), details.get("after")
    lines = []
    if isinstance(before, dict) or isinstance(after, dict):
        old, new = before if isinstance(before, dict) else {}, after or {}
        names = [*old, *(name for name in new if name not in old)]
        lines = [(name, _shown(old.get(name)), _shown(new.get(name))) for name in names]
        details = {k: v for k, v in details.items() if k not in {"before", "after"}}
    elif "before" in details and "after" in details:
        lines = [("", _shown(before), _shown(after))]
        details = {k: v for k, v in details.items() if k not in {"before", "after"}}
    return lines + [(name, "", _shown(value)) for name, value in details.items()]


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
