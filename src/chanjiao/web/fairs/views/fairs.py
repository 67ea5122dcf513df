"""Pages of a fair: the calendar, its steps, its date, whom it invites."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import Refused, require
from chanjiao.fairs.intention_queries import funnel_of, student_of
from chanjiao.fairs.policies import can_apply_for, can_hold, can_invite, can_revise
from chanjiao.fairs.queries import booths_of, fairs_visible_to, own_booth, totals_of
from chanjiao.fairs.services import fairs
from chanjiao.fairs.services.fair_flow import FLOW
from chanjiao.web.fairs.filters import BoothFilter
from chanjiao.web.fairs.forms import FairForm, InviteForm, MoveForm
from chanjiao.web.fairs.lists import BOOTH_COLUMNS, FAIRS
from chanjiao.web.shared.http import ActorRequest, attempt, page, sent
from chanjiao.web.shared.listing import Listing, list_page

SHOW_OR_SEND = ["GET", "HEAD", "POST"]
SKIPPED_SHOWN = 5


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, FAIRS)


@require_http_methods(SHOW_OR_SEND)
def new(request: ActorRequest) -> HttpResponse:
    form = FairForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done, result = attempt(request, lambda: fairs.plan(request.actor, form.cleaned_data))
        if done:
            messages.success(request, _("已建立。接下来布置展厅，然后开始招展。"))
            return redirect("fairs:fair", result.pk)
    return form_page(request, form, _("新建对接会"))


@require_http_methods(SHOW_OR_SEND)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    require(can_revise(request.actor, fair))
    initial = {name: getattr(fair, name) for name in fairs.FIELDS}
    initial["chains"] = [chain.pk for chain in fair.chains.all()]
    is_free = not totals_of(fair).companies and not totals_of(fair).waiting
    form = FairForm(sent(request), initial=initial, may_move=is_free)
    if request.method == "POST" and form.is_valid():
        done, _result = attempt(request, lambda: fairs.revise(request.actor, pk, form.cleaned_data))
        if done:
            messages.success(request, _("已保存。"))
            return redirect("fairs:fair", pk)
    return form_page(request, form, _("修改对接会"), fair=fair)


@require_http_methods(SHOW_OR_SEND)
def change_date(request: ActorRequest, pk: int) -> HttpResponse:
    """Move the fair; nobody's registration is lost, everybody is asked again."""
    fair = visible(request, pk)
    require(can_revise(request.actor, fair))
    initial = {name: getattr(fair, name) for name in fairs.MOVES_A_FAIR}
    form = MoveForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, result = attempt(
            request, lambda: fairs.move_to(request.actor, pk, given, given["reason"])
        )
        if done:
            messages.success(
                request, _("已改期。报名、投递和时段全部保留，已请企业和学生重新确认。")
            )
            return redirect("fairs:fair", pk)
        point_at(form, result)
    return form_page(request, form, _("改期或换地点"), fair=fair, submit=_("改期并通知"))


@require_http_methods(SHOW_OR_SEND)
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask companies within their load; who was not asked is named with the reason."""
    fair = visible(request, pk)
    require(can_invite(request.actor, fair))
    form = InviteForm(sent(request), initial={"due_on": fair.apply_until})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        company = given["company"]
        ids = [company.pk] if company else fairs.inside(request.actor, given)
        done, asked = attempt(
            request, lambda: fairs.invite(request.actor, pk, ids, given["due_on"])
        )
        if done:
            _tell(request, asked)
            return redirect("fairs:fair", pk)
    return form_page(request, form, _("邀请企业"), fair=fair, submit=_("发出邀请"))


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What the fair is, how far it has come, and its companies."""
    fair, actor = visible(request, pk), request.actor
    holds = can_hold(actor, fair)
    mine = own_booth(actor, fair)
    listing = Listing(
        title=_("参展企业"),
        rows=lambda who: booths_of(who, fair),
        filters=BoothFilter,
        columns=BOOTH_COLUMNS,
        row_url=lambda b: reverse("fairs:booth", args=[b.pk]),
        template="fairs/fair.html",
        empty=_("还没有企业报名。"),
    )
    return list_page(
        request, listing,
        fair=fair, holds=holds, totals_of_fair=totals_of(fair), mine=mine,
        offers=FLOW.offers(actor, fair), steps=FLOW.steps(pk) if holds else (),
        may_revise=can_revise(actor, fair), may_invite=can_invite(actor, fair),
        may_apply=mine is None and can_apply_for(
            actor, fair, None if holds else actor.organisation_id
        ),
        must_confirm=mine is not None and mine.edition < fair.edition and fair.is_before_the_day,
        dates=fair.dates.all(),
        is_student=student_of(actor) is not None,
        funnel=funnel_of(fair) if holds and fair.intentions.exists() else None,
    )  # fmt: skip


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    name = request.POST.get("move", "")
    if name not in {row.name for row in FLOW.moves}:
        messages.error(request, _("没有这个操作，请刷新页面后重试。"))
        return redirect("fairs:fair", pk)
    opinion = request.POST.get("opinion", "")
    done, _result = attempt(request, lambda: fairs.make_move(request.actor, fair.pk, name, opinion))
    if done:
        messages.success(request, _("已办理：%(move)s。") % {"move": FLOW.move(name).label})
    return redirect("fairs:fair", pk)


def visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(fairs_visible_to(request.actor), pk=pk)


def form_page(
    request: ActorRequest, form: Any, title: str, *, fair: Any = None, submit: str = "",
    template: str = "shared/form.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    crumbs = [(_("对接会"), reverse("fairs:list"))]
    if fair is not None:
        crumbs.append((str(fair), reverse("fairs:fair", args=[fair.pk])))
    return page(
        request, template,
        {
            "form": form, "title": title, "submit_label": submit, "crumbs": crumbs,
            "cancel_url": crumbs[-1][1], "fair": fair, **context,
        },
    )  # fmt: skip


def point_at(form: Any, refusal: Refused) -> None:
    """Put a refusal beside the field it is about, so that nothing typed is lost."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal.message))


def _tell(request: ActorRequest, sent: fairs.Invited) -> None:
    messages.success(request, _("已邀请 %(n)s 家企业。") % {"n": sent.asked})
    for name, why in sent.skipped[:SKIPPED_SHOWN]:
        messages.warning(request, f"{name}：{why}")
    if len(sent.skipped) > SKIPPED_SHOWN:
        more = len(sent.skipped) - SKIPPED_SHOWN
        messages.warning(request, _("另有 %(n)s 家因次数上限等原因未邀请。") % {"n": more})
