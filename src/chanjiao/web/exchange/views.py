from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core import clock, files
from chanjiao.core.jobs import progress_of
from chanjiao.core.refusals import require
from chanjiao.core.roles import Action
from chanjiao.core.sheets import SheetHandler
from chanjiao.exchange.policies import can_decide, can_export, can_import, can_see_content, can_undo
from chanjiao.exchange.queries import import_jobs_visible_to, sheet_named, sheets_open_to
from chanjiao.exchange.services import exports, imports
from chanjiao.web.exchange.forms import UploadForm
from chanjiao.web.exchange.lists import JOBS
from chanjiao.web.exchange.preview import preview_of
from chanjiao.web.shared.http import ActorRequest, attempt, download, page
from chanjiao.web.shared.listing import list_page

UNDER_WAY = frozenset({"received", "checking", "applying"})


@require_safe
def jobs(request: ActorRequest) -> HttpResponse:
    sheets = [
        {
            "name": h.sheet.name,
            "label": h.sheet.label(_language()),
            "may_import": can_import(request.actor, h),
            "may_export": can_export(request.actor, h),
        }
        for h in sheets_open_to(request.actor, Action.READ)
    ]
    return list_page(request, JOBS, sheets=sheets)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest, sheet: str) -> HttpResponse:
    """Choose a file or paste cells; what happens next is on the job's own page."""
    handler = _sheet(sheet)
    require(can_import(request.actor, handler))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data, name = form.content()
        job = imports.receive(
            request.actor, handler, data, name,
            updates_existing=form.cleaned_data["updates_existing"],
        )  # fmt: skip
        return redirect("exchange:job", job.pk)
    context = {"form": form, "handler": handler, "label": handler.sheet.label(_language())}
    return page(request, "exchange/upload.html", context)


@require_safe
def template(request: ActorRequest, sheet: str) -> HttpResponse:
    out = exports.template(
        request.actor, _sheet(sheet), with_data="data" in request.GET,
        fmt=request.GET.get("format", "xlsx"), language=_language(),
    )  # fmt: skip
    return download(out.content, out.name, out.content_type)


@require_safe
def export(request: ActorRequest, sheet: str) -> HttpResponse:
    filters = {k: v for k, v in request.GET.items() if k not in {"format", "page", "sort"}}
    out = exports.export(
        request.actor, _sheet(sheet), filters,
        fmt=request.GET.get("format", "xlsx"), language=_language(),
    )  # fmt: skip
    return download(out.content, out.name, out.content_type)


@require_safe
def job(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    may_see = can_see_content(request.actor, found)
    handler = _sheet(found.sheet)
    return page(
        request,
        "exchange/job.html",
        {
            "job": found,
            "label": handler.sheet.label(_language()),
            "is_under_way": found.state in UNDER_WAY,
            "progress": progress_of(found.run) if found.run else None,
            "may_see": may_see,
            "has_file": may_see and files.is_kept(found.file),
            "may_decide": can_decide(request.actor, found),
            "may_undo": can_undo(request.actor, found, clock.now()),
            "preview": preview_of(request, found, handler) if may_see else None,
        },
    )


@require_safe
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """A fragment polled while work is under way; when it has ended the page reloads itself."""
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    response = page(
        request,
        "exchange/_progress.html",
        {"job": found, "progress": progress_of(found.run) if found.run else None},
    )
    if found.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def errors(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    if not files.is_kept(found.file):
        raise Http404
    out = exports.error_workbook(request.actor, found, _language())
    return download(out.content, out.name, out.content_type)


@require_safe
def original(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    require(can_see_content(request.actor, found))
    if not files.is_kept(found.file):
        raise Http404
    return download(files.content(found.file), found.file.name, "application/octet-stream")


@require_POST
def mapping(request: ActorRequest, pk: int) -> HttpResponse:
    """Headings mapped by hand: ``map-<n>`` gives the column (or nothing) of the n-th heading."""
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    headings = request.POST.getlist("heading")
    chosen = {
        heading: request.POST.get(f"map-{n}", "")
        for n, heading in enumerate(headings)
        if heading and f"map-{n}" in request.POST
    }
    return _act(request, pk, lambda: imports.check_again(request.actor, found.pk, chosen))


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    is_update = request.POST.get("updates_existing") == "on"
    return _act(
        request, pk,
        lambda: imports.confirm(request.actor, found.pk, updates_existing=is_update),
    )  # fmt: skip


@require_POST
def cancel(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    return _act(
        request,
        pk,
        lambda: imports.cancel(request.actor, found.pk),
        _("已取消，没有写入任何数据。"),
    )


@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(import_jobs_visible_to(request.actor), pk=pk)
    return _act(
        request, pk, lambda: imports.undo(request.actor, found.pk), _("已撤销，数据恢复到导入前。")
    )


def _act(request: ActorRequest, pk: int, act: Callable[[], Any], done: str = "") -> HttpResponse:
    is_done, _result = attempt(request, act)
    if is_done and done:
        messages.success(request, done)
    return redirect("exchange:job", pk)


def _sheet(name: str) -> SheetHandler:
    handler = sheet_named(name)
    if handler is None:
        raise Http404
    return handler


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
