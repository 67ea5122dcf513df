"""What stands above the list: many lines verified or confirmed with one button."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Action
from chanjiao.demand.queries import demands_to_verify, demands_visible_to, lapsing_of
from chanjiao.demand.services import demands, telling, verifying
from chanjiao.web.demand.filters import DemandFilter
from chanjiao.web.shared.http import ActorRequest, attempt

REASONS = {"own": _("由您提交，须由他人核实"), "past": _("招聘截止日期已过")}
MOST_AT_ONCE = 200


def above_list(request: ActorRequest) -> dict[str, Any]:
    """Counts for the buttons, capped; only for those who may press them."""
    found: dict[str, Any] = {"filter_query": request.GET.urlencode()}
    waiting = demands_to_verify(request.actor)
    if request.GET.get("state") == "submitted":
        filtered = DemandFilter(request.GET, queryset=waiting).qs
        found["to_verify"] = filtered.order_by()[: verifying.MOST_AT_ONCE].count()
    if not request.actor.may_all("demand", Action.UPDATE):  # the office has no lines of its own
        found["lapsing"] = lapsing_of(request.actor)[:MOST_AT_ONCE].count()
    return found


@require_POST
def verify(request: ActorRequest) -> HttpResponse:
    """Verify all submitted lines that the list's filters leave."""
    asked = QueryDict(request.POST.get("filters", ""))
    rows = DemandFilter(asked, queryset=demands_to_verify(request.actor)).qs
    ids = list(rows.values_list("pk", flat=True)[: verifying.MOST_AT_ONCE])
    done, found = attempt(request, lambda: verifying.verify_many(request.actor, ids))
    if done:
        telling.verified()
        messages.success(request, _("已核实 %(n)s 条。") % {"n": found.done})
        for reason, n in found.refused.items():
            messages.warning(
                request, _("%(n)s 条未核实：%(why)s。") % {"n": n, "why": REASONS[reason]}
            )
    return redirect("demand:list")


@require_POST
def confirm(request: ActorRequest) -> HttpResponse:
    """Say of all one's lines about to lapse that they still stand."""
    moves = {"valid": "confirm", "partly": "confirm_rest"}
    kept = 0
    for pk, state in lapsing_of(request.actor).values_list("pk", "state")[:MOST_AT_ONCE]:
        try:
            demands.make_move(request.actor, pk, moves[state])
        except Refused as refusal:
            title = demands_visible_to(request.actor).get(pk=pk).title
            messages.error(request, f"{title}：{refusal.message}")
        else:
            kept += 1
    if kept:
        messages.success(request, _("已确认 %(n)s 条仍然有效。") % {"n": kept})
    return redirect("demand:list")
