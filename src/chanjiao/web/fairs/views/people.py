"""Who came to a booth: what a company may see of them, and what became of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.fairs.choices import FUNNEL, Loss, Stage
from chanjiao.fairs.intention_queries import (
    intentions_at,
    intentions_visible_to,
    slots_of,
)
from chanjiao.fairs.policies import can_change_booth, can_tell_result
from chanjiao.fairs.queries import booths_kept_by
from chanjiao.fairs.services import intentions, slots
from chanjiao.web.fairs.forms import SlotsForm
from chanjiao.web.fairs.views.fairs import form_page
from chanjiao.web.shared.http import ActorRequest, attempt, page, sent
from chanjiao.web.shared.paging import page_of

PER_PAGE = 30


@require_safe
def index(request: ActorRequest, pk: int) -> HttpResponse:
    booth = get_object_or_404(booths_kept_by(request.actor), pk=pk)
    found = page_of(intentions_at(request.actor, booth), request.GET.get("page"), PER_PAGE)
    may_tell = any(can_tell_result(request.actor, one) for one in found.rows[:1])
    return page(
        request,
        "fairs/people.html",
        {
            "booth": booth,
            "slice": found,
            "slots": slots_of(booth),
            "may_tell": may_tell,
            "may_lay_out": can_change_booth(request.actor, booth),
            "stages": [stage for stage in FUNNEL if stage not in (Stage.SEEN, Stage.APPLIED)],
            "losses": Loss.choices,
            "lost": Stage.LOST,
            "query": "",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: ActorRequest, pk: int) -> HttpResponse:
    """Cut the morning into interviews."""
    booth = get_object_or_404(booths_kept_by(request.actor), pk=pk)
    require(can_change_booth(request.actor, booth))
    form = SlotsForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done, count = attempt(
            request,
            lambda: slots.lay_out(request.actor, booth.pk, given["minutes"], given["seats"]),
        )
        if done:
            messages.success(request, _("已排出 %(n)s 个面试时段。") % {"n": count})
            return redirect("fairs:people", pk)
    return form_page(request, form, _("面试时段"), fair=booth.fair)


@require_POST
def advance(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(intentions_visible_to(request.actor), pk=pk)
    stage, loss = request.POST.get("stage", ""), request.POST.get("loss", "")
    done, _result = attempt(
        request, lambda: intentions.advance(request.actor, found.pk, stage, loss)
    )
    if done:
        messages.success(request, _("已登记。"))
    return redirect("fairs:people", found.post.booth_id)
