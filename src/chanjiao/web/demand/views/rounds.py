"""Pages of survey rounds: progress, silent companies, reminders, one-time links."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.demand.policies import can_hold_rounds, can_target, oversees_silence
from chanjiao.demand.queries import (
    links_visible_to,
    round_totals,
    rounds_visible_to,
    targets_of,
)
from chanjiao.demand.services import exporting, links as link_acts, rounds
from chanjiao.demand.services.round_flow import FLOW
from chanjiao.web.demand.lists import LINKS, ROUNDS, TARGET_COLUMNS, TARGET_FILTER
from chanjiao.web.demand.round_forms import FrameForm, RoundForm
from chanjiao.web.shared.http import ActorRequest, attempt, download, page, sent
from chanjiao.web.shared.listing import Listing, list_page
from chanjiao.web.shared.templatetags.chanjiao import is_english

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
MOST_WAITED_FOR = 20


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, ROUNDS)


@require_http_methods(SHOW_OR_SEND)
def new(request: ActorRequest) -> HttpResponse:
    form = RoundForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done, result = attempt(request, lambda: rounds.plan(request.actor, form.cleaned_data))
        if done:
            messages.success(request, _("已建立批次，请选定征集企业。"))
            return redirect("demand:round-targets", result.pk)
    return _form(request, form, _("新建征集批次"))


@require_http_methods(SHOW_OR_SEND)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    require(can_target(request.actor, found))
    initial = {name: getattr(found, name) for name in rounds.FIELDS}
    form = RoundForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        done, _result = attempt(
            request, lambda: rounds.revise(request.actor, pk, form.cleaned_data)
        )
        if done:
            messages.success(request, _("已保存。"))
            return redirect("demand:round", pk)
    return _form(request, form, _("修改征集批次"))


@require_http_methods(SHOW_OR_SEND)
def targets(request: ActorRequest, pk: int) -> HttpResponse:
    """Draw the sample: which companies are asked."""
    found = _visible(request, pk)
    require(can_target(request.actor, found))
    form = FrameForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done, added = attempt(request, lambda: rounds.target(request.actor, pk, form.cleaned_data))
        if done:
            messages.success(request, _("已加入 %(n)s 家企业。") % {"n": added})
            return redirect("demand:round", pk)
    return _form(request, form, _("选定征集企业"), submit=_("加入这些企业"), found=found)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Progress, and below it the companies asked with their answers; silent ones first."""
    found = _visible(request, pk)
    may_hold = can_hold_rounds(request.actor, found)
    listing = Listing(
        title=_("征集企业"),
        rows=lambda actor: targets_of(actor, found),
        filters=TARGET_FILTER,
        columns=TARGET_COLUMNS,
        row_url=lambda t: reverse("demand:list") + f"?round={pk}&q={t.company.name}",
        template="demand/round.html",
        empty=_empty(request, may_hold),
    )
    totals = round_totals(found)
    asked = sum(totals[s] for s in ("waiting", "answered", "nothing"))
    return list_page(
        request, listing,
        round=found, totals_of_round=totals, asked=asked, may_hold=may_hold,
        response=(totals["answered"] + totals["nothing"]) / asked if asked else None,
        offers=FLOW.offers(request.actor, found),
        may_target=can_target(request.actor, found),
        steps=FLOW.steps(pk) if may_hold else (),
        may_export=oversees_silence(request.actor),
    )  # fmt: skip


def _empty(request: ActorRequest, may_hold: bool) -> str:
    if may_hold:
        return _("还没有选定企业。")
    if oversees_silence(request.actor):
        return _("本批次没有向您所辖区域的企业征集。")
    return _("本批次没有向贵单位征集。")


@require_safe
def export(request: ActorRequest, pk: int) -> HttpResponse:
    """The companies that the filter row leaves, with what each answered, as a file."""
    found = _visible(request, pk)
    rows = TARGET_FILTER(request.GET, queryset=targets_of(request.actor, found)).qs
    out = exporting.export_companies(
        request.actor, found, rows,
        fmt="csv" if request.GET.get("format") == "csv" else "xlsx",
        language="en" if is_english() else "zh",
    )  # fmt: skip
    return download(out.content, out.name, out.content_type)


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    name = request.POST.get("move", "")
    if name not in {row.name for row in FLOW.moves}:
        messages.error(request, _("没有这个操作，请刷新页面后重试。"))
        return redirect("demand:round", pk)
    opinion = request.POST.get("opinion", "")
    done, _result = attempt(
        request,
        lambda: rounds.make_move(request.actor, found.pk, name, opinion, asks_now=False),
    )
    if done:
        messages.success(request, _("已办理：%(move)s。") % {"move": FLOW.move(name).label})
    return redirect("demand:round", pk)


@require_POST
def remind(request: ActorRequest, pk: int) -> HttpResponse:
    """Remind the silent within their load; says who was left alone and why."""
    found = _visible(request, pk)
    if rounds.silent_in(found) > MOST_WAITED_FOR:
        done, _run = attempt(request, lambda: rounds.remind_later(request.actor, found.pk))
        if done:
            messages.success(request, _("正在后台逐家提醒，刷新本页可看到进展。"))
        return redirect("demand:round", pk)
    done, sent = attempt(request, lambda: rounds.remind(request.actor, found.pk))
    if done:
        messages.success(request, _("已提醒 %(n)s 家企业。") % {"n": sent.asked})
        for name, why in sent.skipped[:5]:
            messages.warning(request, f"{name}：{why}")
        if len(sent.skipped) > 5:
            more = len(sent.skipped) - 5
            messages.warning(request, _("另有 %(n)s 家因次数上限等原因未提醒。") % {"n": more})
    return redirect("demand:round", pk)


@require_POST
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    company = request.POST.get("company", "")
    if company.isascii() and company.isdigit():
        attempt(request, lambda: rounds.drop_company(request.actor, found.pk, int(company)))
    return redirect("demand:round", pk)


@require_POST
def link(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a link for one company; its address is shown this once, with a code to scan."""
    found = _visible(request, pk)
    company_id = request.POST.get("company", "")
    target = get_object_or_404(
        targets_of(request.actor, found),
        company_id=int(company_id) if company_id.isascii() and company_id.isdigit() else 0,
    )
    issued = link_acts.issue(
        request.actor, target.company, survey_round=found, sends="send" in request.POST
    )
    return page(
        request,
        "demand/link.html",
        {
            "issued": issued,
            "round": found,
            "company": target.company,
            "code": segno.make(issued.url, error="m").svg_data_uri(scale=5, border=2),
        },
    )


@require_safe
def links(request: ActorRequest) -> HttpResponse:
    return list_page(request, LINKS)


@require_POST
def withdraw_link(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(links_visible_to(request.actor), pk=pk)
    done, _result = attempt(request, lambda: link_acts.withdraw(request.actor, found.pk))
    if done:
        messages.success(request, _("链接已停用。"))
    return redirect("demand:links")


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(rounds_visible_to(request.actor), pk=pk)


def _form(
    request: ActorRequest, form: Any, title: str, *, submit: str = "", found: Any = None
) -> HttpResponse:
    crumbs = [(_("征集批次"), reverse("demand:rounds"))]
    if found is not None:
        crumbs.append((found.title, reverse("demand:round", args=[found.pk])))
    context = {"form": form, "title": title, "submit_label": submit, "crumbs": crumbs}
    return page(request, "shared/form.html", context)
