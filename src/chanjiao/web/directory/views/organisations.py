"""Pages of bodies: the list, one body's page, its card and its years."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core import files
from chanjiao.core.refusals import require
from chanjiao.industry.queries import placements_of
from chanjiao.organisations import policies
from chanjiao.organisations.choices import ChangeKind
from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.organisations.register_queries import (
    changes_by_year,
    changes_of,
    domains_of,
    history_of,
    memberships_of,
    pairs_of,
    years_visible_to,
)
from chanjiao.organisations.services import bodies, years
from chanjiao.web.directory.forms import CardForm, OfficeCardForm, RecordForm, YearForm
from chanjiao.web.directory.lists import CHANGES, CHANGES_IN_PUBLIC, ORGANISATIONS
from chanjiao.web.directory.saving import form_page, saved
from chanjiao.web.directory.wording import act_word, value_of_change
from chanjiao.web.shared.http import ActorRequest, attempt, download, page
from chanjiao.web.shared.listing import list_page

CRUMB = (gettext_lazy("机构"), "directory:organisations")


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, ORGANISATIONS)


@require_safe
def changes(request: ActorRequest) -> HttpResponse:
    by_year = [
        {
            **row,
            "label": ChangeKind(row["kind"]).label,
            "word": value_of_change(row["kind"], row["after"]) if "after" in row else "",
        }
        for row in changes_by_year()
    ]
    sees_reasons = request.actor.may_all("organisation_internal")
    return list_page(request, CHANGES if sees_reasons else CHANGES_IN_PUBLIC, by_year=by_year)


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    actor, body = request.actor, found(request, pk)
    return page(
        request,
        "directory/organisation.html",
        {
            "organisation": body,
            "sees_internal": policies.can_see_internal(actor, body),
            "may_edit": policies.can_edit(actor, body),
            "may_govern": policies.can_govern(actor, body),
            "may_verify": policies.can_verify(actor) and body.verified != "office",
            "may_edit_years": policies.can_edit_years(actor, body),
            "names": body.names.all(),
            "domains": domains_of(actor, body),
            "years": years_visible_to(actor, body),
            "memberships": memberships_of(actor, body),
            "placements": placements_of(actor, body.pk),
            "changes": [
                (one, value_of_change(one.kind, one.before), value_of_change(one.kind, one.after))
                for one in changes_of(body)
            ],
            "pairs": pairs_of(actor, body),
            "history": [(one, act_word(one.act)) for one in history_of(actor, body)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ActorRequest) -> HttpResponse:
    """Write a body into the register by hand."""
    require(policies.can_record(request.actor))
    initial = {"name": request.GET.get("name", "")[:120]}
    form = RecordForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=initial
    )

    def save() -> Any:
        fields = dict(form.cleaned_data)
        return bodies.record_by_hand(request.actor, fields, fields.pop("evidence"))

    if request.method == "POST":
        body = saved(form, save)
        if body is not None:
            messages.success(request, _("已登记：%(name)s") % {"name": body.name})
            return redirect("directory:organisation", body.pk)
    return form_page(request, form, _("登记新机构"), [CRUMB], reverse("directory:organisations"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """The card: the body's own people see fewer fields than the office."""
    actor, body = request.actor, found(request, pk)
    require(policies.can_edit(actor, body))
    kind = OfficeCardForm if policies.can_govern(actor, body) else CardForm
    initial = {name: getattr(body, name, None) for name in kind.base_fields}
    initial["industry"] = body.industry.code if body.industry else ""
    initial["area"] = body.area_id or ""
    form = kind(request.POST or None, initial=initial, actor=actor)
    if request.method == "POST" and saved(
        form, lambda: bodies.edit_card(actor, body.pk, form.cleaned_data)
    ):
        messages.success(request, _("已保存。"))
        return redirect("directory:organisation", pk)
    return form_page(request, form, _("修改机构名片"), *place_of(body))


@require_POST
def verify(request: ActorRequest, pk: int) -> HttpResponse:
    body = found(request, pk)
    done, _result = attempt(request, lambda: bodies.verify(request.actor, body.pk))
    if done:
        messages.success(request, _("已核验。"))
    return redirect("directory:organisation", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: ActorRequest, pk: int) -> HttpResponse:
    """Yearly figures; ``?year=`` opens a year that stands already."""
    actor, body = request.actor, found(request, pk)
    require(policies.can_edit_years(actor, body))
    asked = request.GET.get("year", "")
    row = years_visible_to(actor, body).filter(year=asked).first() if asked.isdecimal() else None
    initial = {name: getattr(row, name) for name in YearForm.base_fields} if row else {}
    form = YearForm(request.POST or None, initial=initial)

    def save() -> Any:
        figures = dict(form.cleaned_data)
        return years.save_year(actor, body.pk, figures.pop("year"), figures)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已保存年度数据。"))
        return redirect("directory:organisation", pk)
    return form_page(request, form, _("年度数据"), *place_of(body))


@require_safe
def code_evidence(request: ActorRequest, pk: int) -> HttpResponse:
    """The paper on which a missing or wrong code rests."""
    body = found(request, pk)
    require(policies.can_see_internal(request.actor, body))
    stored = body.credit_code_evidence
    if stored is None:
        return redirect("directory:organisation", pk)
    return download(files.content(stored), stored.name, "application/octet-stream")


def found(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(organisations_visible_to(request.actor), pk=pk)


def place_of(body: Any) -> tuple[list[tuple[str, str]], str]:
    """Crumbs above a form about a body, and where cancelling leads."""
    url = reverse("directory:organisation", args=[body.pk])
    return [CRUMB, (body.name, url)], url
