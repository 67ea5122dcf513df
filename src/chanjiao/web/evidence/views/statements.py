"""Acts on one statement: by a plain form, or by htmx, which then exchanges the card alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chanjiao.core.refusals import Refused, require
from chanjiao.evidence.policies import can_work
from chanjiao.evidence.queries import statement_visible_to, statements_of
from chanjiao.evidence.services import statements
from chanjiao.web.evidence.cards import card_of, counts
from chanjiao.web.evidence.forms import StatementForm
from chanjiao.web.shared.http import ActorRequest, page


@require_POST
def accept(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: statements.accept(request.actor, pk), _("已采纳。"))


@require_POST
def reject(request: ActorRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(request, pk, lambda: statements.reject(request.actor, pk, reason), _("已否决。"))


@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: statements.undo(request.actor, pk), _("已撤销，重新待定。"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct and accept, or correct what was accepted already."""
    found = visible(request, pk)
    require(can_work(request.actor, found.article.page))
    fits = not statements.why_not_reported(found)
    is_reported = hasattr(found, "reported") if found.is_taken else fits
    form = StatementForm(
        request.POST or None, kind=found.kind, content=found.content,
        initial={"is_reported": is_reported},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form)
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal.message))
        else:
            return _answer(request, pk, _("已更正并采纳。"))
    context = {"form": form, "card": card_of(found), "press": found.article.page}
    template = "evidence/_edit.html" if request.htmx else "evidence/edit.html"
    status = 422 if form.errors and not request.htmx else 200
    return page(request, template, context, status=status)


def _save(request: ActorRequest, found: Any, form: StatementForm) -> None:
    reason = form.cleaned_data["reason"]
    if found.is_taken:
        statements.correct(request.actor, found.pk, form.changes(), reason)
        return
    statements.accept(
        request.actor, found.pk, form.changes(), reason=reason,
        is_reported=form.cleaned_data.get("is_reported"),
    )  # fmt: skip


def visible(request: ActorRequest, pk: int) -> Any:
    found = statement_visible_to(request.actor, pk)
    if found is None:
        raise Http404
    return found


def place_of(found: Any) -> str:
    """The statement's own place on its desk."""
    address = reverse("evidence:desk", args=[found.article.page_id])
    return f"{address}#s{found.pk}"


def _act(request: ActorRequest, pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    visible(request, pk)
    try:
        act()
    except Refused as refusal:
        return _answer(request, pk, str(refusal.message), is_error=True)
    return _answer(request, pk, done)


def _answer(request: ActorRequest, pk: int, said: str, *, is_error: bool = False) -> HttpResponse:
    """The card as it is now, with what to say; without scripts the desk at the card."""
    found = visible(request, pk)
    if not request.htmx:
        tell = messages.error if is_error else messages.success
        tell(request, said)
        return redirect(place_of(found))
    states = statements_of(found.article.page).values_list("state", flat=True)
    context = {
        "card": card_of(found), "said": said, "is_error": is_error, "counts": counts(states),
        "may_work": can_work(request.actor, found.article.page),
    }  # fmt: skip
    return page(request, "evidence/_answer.html", context)
