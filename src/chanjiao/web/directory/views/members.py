"""Pages of members and the consortium: applying, deciding, seats, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.core.roles import Action
from chanjiao.organisations import policies
from chanjiao.organisations.queries import (
    consortia_visible_to,
    consortium_of_region,
    member_counts,
    members_visible_to,
)
from chanjiao.organisations.services import consortia, memberships
from chanjiao.web.directory.forms import ApplyForm, ConsortiumForm, PledgeForm, SeatForm
from chanjiao.web.directory.lists import MEMBERS
from chanjiao.web.directory.saving import form_page, saved
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page

CRUMB = (gettext_lazy("联合体成员"), "directory:members")
OPEN = ("applied", "screened", "active")


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, MEMBERS)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    actor, member = request.actor, _found(request, pk)
    workflow = memberships.WORKFLOW
    is_theirs = policies.can_withdraw_membership(actor, member)
    return page(
        request,
        "directory/member.html",
        {
            "member": member,
            "offers": workflow.offers(actor, member),
            "act_url": reverse("directory:member-move", args=[pk]),
            "steps": [
                (step, workflow.label(step.from_state), workflow.label(step.to_state))
                for step in (workflow.steps(pk) if is_theirs or actor.may("audit_log") else ())
            ],
            "due_on": workflow.due_on(pk) if is_theirs else None,
            "is_theirs": is_theirs and member.state in OPEN,
            "may_seat": policies.can_shape_consortium(actor) and member.state == "active",
        },
    )


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    member = _found(request, pk)
    name, opinion = request.POST.get("move", ""), request.POST.get("opinion", "")
    if name not in {row.name for row in memberships.WORKFLOW.moves}:
        messages.error(request, _("没有这个办理动作。"))
        return redirect("directory:member", pk)
    done, _row = attempt(request, lambda: memberships.move(request.actor, member.pk, name, opinion))
    if done:
        label = memberships.WORKFLOW.move(name).label
        messages.success(request, _("已办理：%(act)s") % {"act": label})
    return redirect("directory:member", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ActorRequest) -> HttpResponse:
    """Ask for a seat: for one's own body, or as the office for one that applied on paper."""
    actor, consortium = request.actor, consortium_of_region()
    if consortium is None:
        messages.error(request, _("还没有登记联合体，请先由办公室登记。"))
        return redirect("directory:consortia")
    is_office = actor.may_all("membership", Action.CREATE)
    form = ApplyForm(request.POST or None, is_office=is_office)

    def save() -> Any:
        data = form.cleaned_data
        body_id = data["organisation"].pk if is_office else actor.organisation_id
        return memberships.apply(
            actor, consortium.pk, body_id, seat=data["seat"], pledge=data["pledge"]
        )

    if request.method == "POST":
        row = saved(form, save)
        if row is not None:
            messages.success(request, _("申请已提交，办公室将在 5 个工作日内初审。"))
            return redirect("directory:member", row.pk)
    return form_page(
        request, form, _("申请加入%(name)s") % {"name": consortium.name}, [CRUMB],
        reverse("directory:members"), submit_label=_("提交申请"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: ActorRequest, pk: int) -> HttpResponse:
    member = _found(request, pk)
    require(policies.can_shape_consortium(request.actor))
    form = SeatForm(request.POST or None, initial={"seat": member.seat})

    def save() -> Any:
        data = form.cleaned_data
        return memberships.change_seat(request.actor, pk, data["seat"], reason=data["reason"])

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("席位已变更。"))
        return redirect("directory:member", pk)
    return form_page(request, form, _("变更席位"), *_place(member))


@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: ActorRequest, pk: int) -> HttpResponse:
    member = _found(request, pk)
    require(policies.can_withdraw_membership(request.actor, member) and member.state in OPEN)
    form = PledgeForm(request.POST or None, initial={"pledge": member.pledge})
    if request.method == "POST" and saved(
        form, lambda: memberships.edit_pledge(request.actor, pk, form.cleaned_data["pledge"])
    ):
        messages.success(request, _("已保存。"))
        return redirect("directory:member", pk)
    return form_page(request, form, _("承诺事项"), *_place(member))


@require_safe
def consortia_index(request: ActorRequest) -> HttpResponse:
    rows, flow = list(consortia_visible_to(request.actor)), memberships.WORKFLOW
    counts = member_counts(rows)
    return page(
        request,
        "directory/consortia.html",
        {
            "consortia": [(row, counts.get(row.pk, [])) for row in rows],
            "may_shape": policies.can_shape_consortium(request.actor),
            "moves": [
                (move, [flow.label(one) for one in move.sources], flow.label(move.target))
                for move in flow.moves
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consortium_new(request: ActorRequest) -> HttpResponse:
    return _consortium_form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def consortium_edit(request: ActorRequest, pk: int) -> HttpResponse:
    return _consortium_form(request, get_object_or_404(consortia_visible_to(request.actor), pk=pk))


def _consortium_form(request: ActorRequest, row: Any) -> HttpResponse:
    require(policies.can_shape_consortium(request.actor))
    initial = {}
    if row is not None:
        plain = ("name", "name_en", "kind", "level", "founded_on")
        initial = {name: getattr(row, name) for name in plain}
        initial["park"] = row.park_id or ""
        for name in ("office", "lead_school", "lead_company"):
            body = getattr(row, name)
            initial[name] = body.credit_code or body.name if body else ""
    form = ConsortiumForm(request.POST or None, initial=initial, actor=request.actor)
    if request.method == "POST" and saved(
        form,
        lambda: consortia.save_consortium(
            request.actor, form.fields_to_save(), row.pk if row else None
        ),
    ):
        messages.success(request, _("已保存。"))
        return redirect("directory:consortia")
    title = _("修改联合体") if row else _("登记联合体")
    crumbs = [CRUMB, (_("联合体"), "directory:consortia")]
    return form_page(request, form, title, crumbs, reverse("directory:consortia"))


def _found(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(members_visible_to(request.actor), pk=pk)


def _place(member: Any) -> tuple[list[tuple[Any, str]], str]:
    url = reverse("directory:member", args=[member.pk])
    return [CRUMB, (member.organisation.name, url)], url
