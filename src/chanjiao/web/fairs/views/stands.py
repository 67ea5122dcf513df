"""The stand plan: halls drawn as grids, companies put on stands and swapped."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.fairs.policies import can_revise
from chanjiao.fairs.queries import booths_kept_by, hall_of, stand_of, stands_of, unplaced
from chanjiao.fairs.services import stands
from chanjiao.web.fairs.forms import HallForm
from chanjiao.web.fairs.views.fairs import form_page, visible
from chanjiao.web.shared.http import ActorRequest, attempt, page


@require_safe
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    places = list(stands_of(fair))
    halls = [
        (hall, [list(row) for _n, row in groupby(inside, key=lambda s: s.row)])
        for hall, inside in groupby(places, key=lambda s: s.hall)
    ]
    may_place = can_revise(request.actor, fair)
    return page(
        request,
        "fairs/plan.html",
        {
            "fair": fair,
            "halls": halls,
            "may_place": may_place,
            "waiting": unplaced(fair) if may_place else (),
            "form": HallForm() if may_place else None,
            "free": sum(1 for s in places if not s.is_closed and not hasattr(s, "booth")),
            "own": request.actor.organisation_id,
        },
    )


@require_POST
def lay_out(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    form = HallForm(request.POST)
    if not form.is_valid():
        return form_page(request, form, _("增加展厅"), fair=fair)
    given = form.cleaned_data
    done, hall = attempt(
        request,
        lambda: stands.lay_out(
            request.actor, fair.pk, given["name"], given["rows"], given["columns"]
        ),
    )
    if done:
        count = given["rows"] * given["columns"]
        messages.success(
            request, _("已布置“%(hall)s”：%(n)s 个展位。") % {"hall": hall.name, "n": count}
        )
    return redirect("fairs:plan", pk)


@require_POST
def take_down(request: ActorRequest, pk: int) -> HttpResponse:
    hall = get_object_or_404(hall_of(request.actor), pk=pk)
    done, _result = attempt(request, lambda: stands.take_down(request.actor, hall.pk))
    if done:
        messages.success(request, _("已移除“%(hall)s”。") % {"hall": hall.name})
    return redirect("fairs:plan", hall.fair_id)


@require_POST
def close(request: ActorRequest, pk: int) -> HttpResponse:
    stand = get_object_or_404(stand_of(request.actor), pk=pk)
    is_closed = request.POST.get("closed") == "yes"
    attempt(request, lambda: stands.close(request.actor, stand.pk, is_closed=is_closed))
    return redirect("fairs:plan", stand.hall.fair_id)


@require_POST
def place(request: ActorRequest, pk: int) -> HttpResponse:
    booth = get_object_or_404(booths_kept_by(request.actor), pk=pk)
    asked = request.POST.get("stand", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else None
    done, placed = attempt(request, lambda: stands.give(request.actor, booth.pk, number))
    if done and placed.stand:
        messages.success(
            request,
            _("%(company)s 的展位是 %(n)s。")
            % {"company": booth.company.name, "n": placed.stand.number},
        )
    return redirect("fairs:plan", booth.fair_id)


@require_POST
def place_all(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    done, result = attempt(request, lambda: stands.give_all(request.actor, fair.pk))
    if done:
        placed, without = result
        messages.success(request, _("已为 %(n)s 家企业排好展位。") % {"n": placed})
        if without:
            messages.warning(
                request, _("展位不够，还差 %(n)s 个；请增加展厅或启用停用的展位。") % {"n": without}
            )
    return redirect("fairs:plan", pk)
