"""Pages coming in: the list, the form, what they are called, progress, mending, taking away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core import files
from chanjiao.core.jobs import progress_of
from chanjiao.core.refusals import Refused, require
from chanjiao.evidence.policies import can_bring_for_others, can_work
from chanjiao.evidence.queries import press_pages_visible_to
from chanjiao.evidence.services import pages
from chanjiao.web.evidence.forms import AboutForm, BringForm
from chanjiao.web.evidence.lists import PAGES
from chanjiao.web.shared.http import ActorRequest, attempt, download, page
from chanjiao.web.shared.listing import list_page


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, PAGES)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: ActorRequest) -> HttpResponse:
    """Choose a file or paste a text; the reading goes on by itself on the page's own desk."""
    for_others = can_bring_for_others(request.actor)
    form = BringForm(request.POST or None, request.FILES or None, for_others=for_others)
    status = 200
    if request.method == "POST":
        if form.is_valid() and (answer := _received(request, form)):
            return answer
        status = 422
    return page(request, "evidence/bring.html", {"form": form}, status=status)


def _received(request: ActorRequest, form: BringForm) -> HttpResponse | None:
    """Where to go on, or None where the service said no and the form says why."""
    body = form.cleaned_data.get("organisation")
    organisation_id = body.pk if body else request.actor.organisation_id
    data, name = form.content()
    try:
        made = pages.receive(
            request.actor, organisation_id, data, name, form.about(), is_pasted=form.is_pasted
        )
    except Refused as refusal:
        if refusal.code == "already_here":
            messages.info(request, str(refusal.message))
            return redirect("evidence:desk", refusal.numbers["page"])
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return None
    return redirect("evidence:desk", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: ActorRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    require(can_work(request.actor, found))
    initial = {name: getattr(found, name) for name in AboutForm.base_fields}
    form = AboutForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            pages.describe(request.actor, pk, form.about())
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            messages.success(request, _("已保存。"))
            return redirect("evidence:desk", pk)
    context = {
        "form": form, "title": _("修改稿件说明"), "cancel_url": reverse("evidence:desk", args=[pk]),
        "crumbs": [
            (_("采编台"), reverse("evidence:press")),
            (found.title, reverse("evidence:desk", args=[pk])),
        ],
    }  # fmt: skip
    return page(request, "shared/form.html", context, status=422 if form.errors else 200)


@require_safe
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """A fragment polled while the page is read; when that has ended the page reloads itself."""
    found = visible(request, pk)
    told = progress_of(found.run) if found.run else None
    response = page(request, "evidence/_progress.html", {"press": found, "progress": told})
    if not found.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def original(request: ActorRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    if not files.is_kept(found.file):
        raise Http404
    return download(files.content(found.file), found.file.name, "application/octet-stream")


@require_POST
def again(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: pages.read_again(request.actor, pk))


@require_POST
def mend(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a flag right; ``choice`` is a candidate's button, ``after`` what was typed."""
    place = request.POST.get("place", "")
    after = request.POST.get("choice") or request.POST.get("after", "")
    number = int(place) if place.isascii() and place.isdigit() else -1
    return _act(request, pk, lambda: pages.mend(request.actor, pk, number, after))


@require_POST
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    is_done, _result = attempt(request, lambda: pages.discard(request.actor, pk))
    if not is_done:
        return redirect("evidence:desk", pk)
    messages.success(request, _("已移除：%(title)s") % {"title": found.title})
    return redirect("evidence:press")


def visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(press_pages_visible_to(request.actor), pk=pk)


def _act(request: ActorRequest, pk: int, act: Callable[[], Any]) -> HttpResponse:
    visible(request, pk)
    attempt(request, act)
    return redirect("evidence:desk", pk)
