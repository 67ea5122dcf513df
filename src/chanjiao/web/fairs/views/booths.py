"""Pages of a company's booth: applying from the ledger, deciding, confirming, cancelling."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.demand.queries import company_named, company_of
from chanjiao.fairs.policies import (
    can_apply_for,
    can_change_booth,
    can_hold,
    can_see_representatives,
)
from chanjiao.fairs.queries import (
    absences_of,
    booths_kept_by,
    booths_visible_to,
    free_stands,
    posts_of,
    posts_to_bring,
    readable_of,
)
from chanjiao.fairs.services import booths
from chanjiao.fairs.services.booth_flow import FLOW
from chanjiao.web.fairs.forms import BoothForm
from chanjiao.web.fairs.views.fairs import form_page, point_at, visible
from chanjiao.web.shared.http import ActorRequest, attempt, page, sent

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW_OR_SEND)
def new(request: ActorRequest, pk: int) -> HttpResponse:
    """Apply: the ledger's open positions stand ready, nothing is typed again."""
    fair = visible(request, pk)
    company = _whose(request)
    require(can_apply_for(request.actor, fair, company.pk if company else None))
    if company is None:
        return page(
            request, "fairs/whose.html",
            {"fair": fair, "asked": request.GET.get("company", ""), "title": _("代企业报名")},
        )  # fmt: skip
    offered = list(posts_to_bring(company.pk))
    form = BoothForm(sent(request), offered=offered)
    if request.method == "POST" and form.is_valid():
        done, result = attempt(
            request, lambda: booths.apply(request.actor, pk, company.pk, form.stated())
        )
        if done:
            messages.success(request, _("已报名，等待办公室审核。"))
            return redirect("fairs:booth", result.pk)
        point_at(form, result)
    return _booth_form(request, form, _("报名参展"), fair, company)


@require_http_methods(SHOW_OR_SEND)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    booth = _kept(request, pk)
    require(can_change_booth(request.actor, booth))
    brought = list(posts_of(booth))
    offered = list(posts_to_bring(booth.company_id, booth))
    initial = {
        "people_text": "\n".join(f"{p['name']} {p['phone']}" for p in booth.representatives),
        "tables": booth.tables,
        "wish": booth.wish,
    }
    form = BoothForm(sent(request), offered=offered, brought=brought, initial=initial)
    if request.method == "POST" and form.is_valid():
        done, _result = attempt(request, lambda: booths.revise(request.actor, pk, form.stated()))
        if done:
            messages.success(request, _("已保存。"))
            return redirect("fairs:booth", pk)
    return _booth_form(request, form, _("修改参展信息"), booth.fair, booth.company)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    actor = request.actor
    booth = get_object_or_404(booths_visible_to(actor), pk=pk)
    holds = can_hold(actor)
    posts = list(posts_of(booth))
    return page(
        request,
        "fairs/booth.html",
        {
            "booth": booth,
            "posts": posts,
            "readable": readable_of(actor, posts),
            "offers": FLOW.offers(actor, booth),
            "may_edit": can_change_booth(actor, booth),
            "shows_people": can_see_representatives(actor, booth),
            "must_confirm": can_change_booth(actor, booth) and booth.edition < booth.fair.edition,
            "absences": absences_of(booth.company_id) if holds else None,
            "stands": free_stands(booth.fair) if holds and booth.fair.is_before_the_day else (),
            "steps": FLOW.steps(pk) if holds else (),
        },
    )


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    booth = _kept(request, pk)
    name, opinion = request.POST.get("move", ""), request.POST.get("opinion", "")
    if name not in {row.name for row in FLOW.moves}:
        messages.error(request, _("没有这个操作，请刷新页面后重试。"))
        return redirect("fairs:booth", pk)
    done, _result = attempt(
        request, lambda: booths.make_move(request.actor, booth.pk, name, opinion)
    )
    if done:
        messages.success(request, _("已办理：%(move)s。") % {"move": FLOW.move(name).label})
    return redirect("fairs:booth", pk)


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    booth = _kept(request, pk)
    done, _result = attempt(request, lambda: booths.confirm(request.actor, booth.pk))
    if done:
        messages.success(request, _("已确认按新的时间地点参加。"))
    return redirect("fairs:booth", pk)


@require_POST
def approve_all(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    done, count = attempt(request, lambda: booths.approve_all(request.actor, fair.pk))
    if done:
        messages.success(request, _("已通过 %(n)s 家企业。") % {"n": count})
    return redirect("fairs:fair", pk)


@require_POST
def pardon(request: ActorRequest, pk: int) -> HttpResponse:
    booth = _kept(request, pk)
    statement = request.POST.get("statement", "")
    done, _result = attempt(
        request, lambda: booths.pardon(request.actor, booth.company_id, statement)
    )
    if done:
        messages.success(request, _("已恢复该企业的参展资格。"))
    return redirect("fairs:booth", pk)


def _whose(request: ActorRequest) -> Any:
    """The company one acts for; the office names one, by its code or name, in the address."""
    if not can_hold(request.actor):
        return company_of(request.actor)
    words = request.GET.get("company", "").strip()
    found = company_named(words) if words else None
    if words and found is None:
        messages.error(
            request,
            _("没有找到“%(text)s”，请填写 18 位统一社会信用代码或登记的全称。") % {"text": words},
        )
    return found


def _kept(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(booths_kept_by(request.actor), pk=pk)


def _booth_form(
    request: ActorRequest, form: BoothForm, title: str, fair: Any, company: Any
) -> HttpResponse:
    return form_page(
        request, form, title, fair=fair, template="fairs/booth_form.html", company=company
    )
