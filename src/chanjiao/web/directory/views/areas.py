"""The tree of areas and who is in charge of each grid."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chanjiao.core.refusals import require
from chanjiao.organisations.policies import can_shape_areas
from chanjiao.organisations.queries import area_tree, areas_visible_to, bodies_without_area
from chanjiao.organisations.services import areas
from chanjiao.web.directory.forms import AreaForm, OfficerForm
from chanjiao.web.directory.saving import form_page, saved
from chanjiao.web.shared.http import ActorRequest, page

CRUMB = (gettext_lazy("区域与网格"), "directory:areas")


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return page(
        request,
        "directory/areas.html",
        {
            "tree": area_tree(request.actor),
            "without": bodies_without_area(request.actor),
            "may_shape": can_shape_areas(request.actor),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    require(can_shape_areas(request.actor))
    initial = {"parent": request.GET.get("parent", ""), "kind": "grid"}
    form = AreaForm(request.POST or None, initial=initial, actor=request.actor)

    def save() -> Any:
        data = dict(form.cleaned_data)
        return areas.create_area(request.actor, parent_id=data.pop("parent"), **data)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已增加区域。"))
        return redirect("directory:areas")
    return form_page(request, form, _("增加区域"), [CRUMB], reverse("directory:areas"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape_areas(request.actor))
    area = get_object_or_404(areas_visible_to(request.actor), pk=pk)
    initial = {
        "kind": area.kind, "name": area.name, "name_en": area.name_en,
        "parent": area.parent_id or "",
    }  # fmt: skip
    form = AreaForm(request.POST or None, initial=initial, actor=request.actor, is_new=False)

    def save() -> Any:
        data = dict(form.cleaned_data)
        return areas.edit_area(request.actor, pk, parent_id=data.pop("parent"), **data)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已保存。"))
        return redirect("directory:areas")
    return form_page(request, form, area.name, [CRUMB], reverse("directory:areas"))


@require_http_methods(["GET", "HEAD", "POST"])
def officer(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape_areas(request.actor))
    area = get_object_or_404(areas_visible_to(request.actor), pk=pk)
    form = OfficerForm(request.POST or None, initial={"officer": area.officer_id})

    def save() -> Any:
        person = form.cleaned_data["officer"]
        return areas.assign_officer(request.actor, pk, person.pk if person else None)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已指定网格员。"))
        return redirect("directory:areas")
    title = _("%(area)s的网格员") % {"area": area.name}
    return form_page(request, form, title, [CRUMB], reverse("directory:areas"))
