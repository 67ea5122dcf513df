from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chanjiao.core import clock
from chanjiao.core.refusals import require
from chanjiao.supply.policies import can_change, can_name_students_of
from chanjiao.supply.queries import (
    cohorts_visible_to,
    offerings_visible_to,
    students_of,
    teachers_of,
)
from chanjiao.supply.services import offerings
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.supply.forms import CohortForm
from chanjiao.web.supply.lists import COHORTS
from chanjiao.web.supply.saving import saved

SHOWN = 60


@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    return list_page(request, COHORTS)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A class; its students by name only for the school and the class's own teacher."""
    cohort = get_object_or_404(cohorts_visible_to(request.actor), pk=pk)
    may_name = can_name_students_of(request.actor, cohort)
    students = list(students_of(request.actor, cohort)[: SHOWN + 1]) if may_name else []
    return page(
        request,
        "supply/cohort.html",
        {
            "cohort": cohort,
            "may_change": can_change(request.actor, cohort.offering),
            "may_name": may_name,
            "students": students[:SHOWN],
            "has_more": len(students) > SHOWN,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest, pk: int) -> HttpResponse:
    offering = get_object_or_404(offerings_visible_to(request.actor), pk=pk)
    require(can_change(request.actor, offering))
    form = CohortForm(
        request.POST or None, teachers=teachers_of(offering.school_id),
        initial={"grade": clock.today().year},
    )  # fmt: skip
    made = saved(
        request, form, lambda: offerings.open_cohort(request.actor, pk, form.fields_to_save())
    )
    if made:
        messages.success(request, _("已登记班级 %(name)s。") % {"name": made})
        return redirect("supply:cohort", made.pk)
    return _form(request, form, _("登记班级"), reverse("supply:offering", args=[pk]), offering)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(cohorts_visible_to(request.actor), pk=pk)
    require(can_change(request.actor, cohort.offering))
    form = CohortForm(
        request.POST or None, teachers=teachers_of(cohort.offering.school_id),
        initial={name: getattr(cohort, name) for name in CohortForm.base_fields},
    )  # fmt: skip
    if saved(
        request, form, lambda: offerings.change_cohort(request.actor, pk, form.fields_to_save())
    ):
        messages.success(request, _("已保存。"))
        return redirect("supply:cohort", pk)
    address = reverse("supply:cohort", args=[pk])
    return _form(request, form, _("修改班级"), address, cohort.offering)


def _form(request: ActorRequest, form: Any, title: str, cancel: str, offering: Any) -> HttpResponse:
    crumbs = [
        (_("开设专业"), reverse("supply:offerings")),
        (offering.title, reverse("supply:offering", args=[offering.pk])),
    ]
    context = {"form": form, "title": title, "crumbs": crumbs, "cancel_url": cancel}
    return page(request, "shared/form.html", context)
