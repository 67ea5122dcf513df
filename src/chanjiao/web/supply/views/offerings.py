from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core import clock
from chanjiao.core.refusals import require
from chanjiao.supply.coverage import coverage_of
from chanjiao.supply.metrics import outlook
from chanjiao.supply.policies import can_change, can_see_figures, can_write_for
from chanjiao.supply.queries import (
    cohorts_visible_to,
    offerings_visible_to,
    school_year,
    years_visible_to,
)
from chanjiao.supply.services import filing, offerings
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.supply.forms import OfferingForm, YearForm
from chanjiao.web.supply.lists import OFFERINGS
from chanjiao.web.supply.saving import saved

FORM = "supply/form.html"


@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    found = None
    if can_write_for(actor, actor.organisation_id):
        found = _coverage(actor)
    return list_page(request, OFFERINGS, coverage=found)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    offering = _visible(request, pk)
    actor = request.actor
    sees = can_see_figures(actor, offering.school_id)
    offers = filing.FILING.offers(actor, offering)
    context = {
        "offering": offering,
        "sees_figures": sees,
        "may_change": can_change(actor, offering),
        "offers": offers,
        "move_url": "supply:offering-move" if can_change(actor, offering) else OFFICE,
        "steps": filing.FILING.steps(pk) if sees else [],
        "years": years_visible_to(actor).filter(offering=pk),
        "cohorts": cohorts_visible_to(actor).filter(offering=pk),
        "outlook": _outlook(pk) if sees else None,
    }
    return page(request, "supply/offering.html", context)


OFFICE = "supply:offering-decide"


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    require(can_write_for(request.actor, request.actor.organisation_id))
    form = OfferingForm(request.POST or None, initial={"duration": 3, "level": "college"})
    made = saved(request, form, lambda: offerings.create(request.actor, form.cleaned_data))
    if made:
        messages.success(request, _("已登记 %(name)s。") % {"name": made})
        return redirect("supply:offering", made.pk)
    title = _("新建专业")
    return _form(request, form, title, reverse("supply:offerings"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    offering = _visible(request, pk)
    require(can_change(request.actor, offering))
    initial = {name: getattr(offering, name) for name in OfferingForm.base_fields}
    form = OfferingForm(request.POST or None, initial=initial)
    if saved(request, form, lambda: offerings.change(request.actor, pk, form.cleaned_data)):
        messages.success(request, _("已保存，并记为今天确认。"))
        return redirect("supply:offering", pk)
    return _form(request, form, _("修改专业"), reverse("supply:offering", args=[pk]), offering)


@require_http_methods(["GET", "HEAD", "POST"])
def report_year(request: ActorRequest, pk: int) -> HttpResponse:
    offering = _visible(request, pk)
    form = YearForm(request.POST or None, initial={"year": school_year(clock.today())})
    return _year(request, offering, form, _("填报学年数据"))


@require_http_methods(["GET", "HEAD", "POST"])
def correct_year(request: ActorRequest, pk: int) -> HttpResponse:
    old = get_object_or_404(years_visible_to(request.actor), pk=pk)
    initial = {name: getattr(old, name) for name in YearForm.base_fields}
    form = YearForm(request.POST or None, initial=initial)
    return _year(request, old.offering, form, _("%(year)s 学年数据") % {"year": old.year})


def _year(request: ActorRequest, offering: Any, form: YearForm, title: str) -> HttpResponse:
    require(can_change(request.actor, offering))
    made = saved(
        request, form,
        lambda: offerings.report_year(
            request.actor, offering.pk, form.cleaned_data["year"], form.figures()
        ),
    )  # fmt: skip
    if made:
        messages.success(request, _("已保存 %(year)s 学年数据。") % {"year": made.year})
        return redirect("supply:offering", offering.pk)
    address = reverse("supply:offering", args=[offering.pk])
    return _form(request, form, title, address, offering)


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    _visible(request, pk)
    is_done, _result = attempt(request, lambda: offerings.confirm(request.actor, pk))
    if is_done:
        messages.success(request, _("已确认仍按现状开设。"))
    return redirect("supply:offering", pk)


@require_POST
def confirm_all(request: ActorRequest) -> HttpResponse:
    is_done, count = attempt(request, lambda: offerings.confirm_all(request.actor))
    if is_done:
        messages.success(request, _("已确认 %(n)s 个在办专业。") % {"n": count})
    return redirect("supply:offerings")


@require_POST
def move(request: ActorRequest, pk: int, move: str) -> HttpResponse:
    _visible(request, pk)
    if move not in {row.name for row in filing.FILING.moves}:
        raise Http404
    opinion = request.POST.get("opinion", "")
    is_done, result = attempt(request, lambda: filing.make(request.actor, pk, move, opinion))
    if is_done:
        state = result.get_state_display()
        messages.success(request, _("已办理，现为“%(state)s”。") % {"state": state})
    return redirect("supply:offering", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(offerings_visible_to(request.actor), pk=pk)


def _coverage(actor: Any) -> Any:
    """None where the rule parameters have not been loaded: no figure without its rule."""
    today = clock.today()
    try:
        return coverage_of(
            actor, actor.organisation_id, actor.organisation_name, school_year(today), today
        )
    except LookupError:
        return None


def _outlook(pk: int) -> Any:
    try:
        return outlook(pk, clock.today())
    except LookupError:
        return None


def _form(
    request: ActorRequest, form: Any, title: str, cancel: str, offering: Any = None
) -> HttpResponse:
    crumbs = [(_("开设专业"), reverse("supply:offerings"))]
    if offering is not None:
        crumbs.append((offering.title, reverse("supply:offering", args=[offering.pk])))
    context = {"form": form, "title": title, "crumbs": crumbs, "cancel_url": cancel}
    return page(request, "shared/form.html", context)
