from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.supply.policies import can_read_contact, can_write_students
from chanjiao.supply.queries import cohorts_visible_to, students_visible_to
from chanjiao.supply.services import students
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.supply.forms import StudentForm
from chanjiao.web.supply.lists import STUDENTS
from chanjiao.web.supply.saving import saved


@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    return list_page(request, STUDENTS)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    student = get_object_or_404(students_visible_to(request.actor), pk=pk)
    return _page(request, student, None)


@require_POST
def contact(request: ActorRequest, pk: int) -> HttpResponse:
    """The phone number, shown once and never in an address; the reading is recorded."""
    student = get_object_or_404(students_visible_to(request.actor), pk=pk)
    reason = request.POST.get("reason", "")
    is_done, found = attempt(request, lambda: students.read_contact(request.actor, pk, reason))
    return _page(request, student, found if is_done else None, reason)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    student = get_object_or_404(students_visible_to(request.actor), pk=pk)
    require(can_write_students(request.actor, student.school_id))
    classes = cohorts_visible_to(request.actor).filter(offering=student.offering_id)
    initial = {
        "name": student.person.name, "cohort": student.cohort_id, "status": student.status,
        "guardian_consent": student.guardian_consent,
    }  # fmt: skip
    form = StudentForm(request.POST or None, initial=initial, cohorts=classes)
    if saved(request, form, lambda: students.change(request.actor, pk, form.changes())):
        messages.success(request, _("已保存。"))
        return redirect("supply:student", pk)
    address = reverse("supply:student", args=[pk])
    crumbs = [(_("学生"), reverse("supply:students")), (student.number, address)]
    context = {"form": form, "title": _("修改学生"), "crumbs": crumbs, "cancel_url": address}
    return page(request, "shared/form.html", context)


def _page(request: ActorRequest, student: object, found: object, reason: str = "") -> HttpResponse:
    context = {
        "student": student,
        "contact": found,
        "reason": reason,
        "may_contact": can_read_contact(request.actor, student),
        "may_change": can_write_students(request.actor, student.school_id),
    }
    return page(request, "supply/student.html", context)
