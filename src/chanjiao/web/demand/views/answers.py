"""The page behind a one-time link: no account, a phone's width, and nothing done by GET."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from chanjiao.core.refusals import Refused
from chanjiao.demand import coding
from chanjiao.demand.queries import lines_to_say_again, receipt_of
from chanjiao.demand.services import links
from chanjiao.demand.trace import trace
from chanjiao.web.demand.answer_forms import NONE_FITS, LineFormSet
from chanjiao.web.demand.forms import NothingForm
from chanjiao.web.demand.throttle import is_too_often
from chanjiao.web.shared.http import ActorRequest, attempt, page

MOST_TRIES = 30


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: ActorRequest, token: str) -> HttpResponse:
    """Show the form, the receipt, or why the link no longer works; take an answer by POST."""
    response = _answer(request, token)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": with it a browser names no origin, and the form's own POST is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _answer(request: ActorRequest, token: str) -> HttpResponse:
    if is_too_often(request, "intake", MOST_TRIES):
        return page(request, "demand/answer_wait.html", status=429)
    link = links.find(token)
    if link is None:
        raise Http404
    if link.used_at:
        return _receipt(request, link)
    if not link.is_usable:
        return page(request, "demand/answer_over.html", {"link": link}, status=410)
    return _take(request, link, token) if request.method == "POST" else _form(request, link)


def _take(request: ActorRequest, link: Any, token: str) -> HttpResponse:
    act = _say_nothing if "nothing" in request.POST else _say_lines
    return act(request, link, token)


def _say_lines(request: ActorRequest, link: Any, token: str) -> HttpResponse:
    """First the lines, then the codes suggested for them; only the second press answers."""
    lines = LineFormSet(request.POST, prefix="l", initial=_initial(link))
    if not lines.is_valid():
        return _form(request, link, lines=lines, status=422)
    said = lines.said()
    if "back" in request.POST:
        return _form(request, link, lines=lines)
    if "send" not in request.POST:
        return page(request, "demand/answer_review.html", _review(link, lines, said))
    try:
        links.state_demands(token, [form.stated() for form in said])
    except Refused as refusal:
        return _refused(request, link, lines, said, refusal)
    return redirect("demand:answer", token)


def _refused(
    request: ActorRequest, link: Any, lines: Any, said: list[Any], refusal: Refused
) -> HttpResponse:
    """Back to the form with what was typed, and the refusal beside the line it is about."""
    number = refusal.numbers.get("line")
    if number is not None and number < len(said):
        field = refusal.field if refusal.field in said[number].fields else "title"
        said[number].add_error(field, str(refusal.message))
    else:
        messages.error(request, str(refusal.message))
    return _form(request, link, lines=lines, status=422)


def _say_nothing(request: ActorRequest, link: Any, token: str) -> HttpResponse:
    form = NothingForm(request.POST, company=link.company, prefix="n")
    if not form.is_valid():
        return _form(request, link, nothing=form, status=422)
    given = form.cleaned_data
    done, _result = attempt(
        request, lambda: links.state_nothing(token, given["reason"], given["note"])
    )
    return redirect("demand:answer", token) if done else _form(request, link, nothing=form)


def _form(
    request: ActorRequest, link: Any, *, lines: Any = None, nothing: Any = None, status: int = 200
) -> HttpResponse:
    lines = lines or LineFormSet(prefix="l", initial=_initial(link))
    return page(
        request,
        "demand/answer.html",
        {
            "link": link,
            "lines": lines,
            "known": [form for form in lines if form.is_known],
            "fresh": [form for form in lines if not form.is_known],
            "nothing": nothing or NothingForm(company=link.company, prefix="n"),
            "is_nothing": nothing is not None,
        },
        status=status,
    )


def _review(link: Any, lines: Any, said: list[Any]) -> dict[str, Any]:
    rows = []
    for form in said:
        given = form.cleaned_data
        needs_code = not given.get("pk") and not form.is_leaving
        found = coding.suggest(given["title"], link.company_id)
        rows.append((form, found if needs_code else []))
    return {"link": link, "lines": lines, "rows": rows, "none_fits": NONE_FITS}


def _initial(link: Any) -> list[dict[str, Any]]:
    """Last time's lines, as they can be said again."""
    return [
        {
            "pk": d.pk, "word": links.KEEP, "title": d.title, "headcount": d.headcount,
            "pay_min_yuan": d.pay_min_yuan, "pay_max_yuan": d.pay_max_yuan,
            "education": d.education, "description": d.description, "intents": d.intents,
            "closes_on": d.closes_on if not d.is_past else None,
        }
        for d in lines_to_say_again(link.company_id)
    ]  # fmt: skip


def _receipt(request: ActorRequest, link: Any) -> HttpResponse:
    """The private page of whoever holds the link: what was said and what became of it."""
    found = receipt_of(link)
    return page(
        request,
        "demand/answer_receipt.html",
        {
            "link": link,
            "demands": [(demand, trace(demand)) for demand in found.demands],
            "nothing": found.nothing,
        },
    )
