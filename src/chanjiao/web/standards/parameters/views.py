from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.standards.policies import can_approve_parameter, can_propose_parameter
from chanjiao.standards.queries import parameters_visible_to
from chanjiao.standards.services import parameters
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.shared.templatetags.chanjiao import by_language
from chanjiao.web.standards.parameters.lists import PARAMETERS, value_of


class NewValueForm(forms.Form):
    """A new value from a day on, with the paper it stands in."""

    value = forms.DecimalField(label=gettext_lazy("新值"), max_digits=16, decimal_places=6)
    valid_from = forms.DateField(
        label=gettext_lazy("生效日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.CharField(
        label=gettext_lazy("出处"), max_length=300,
        help_text=gettext_lazy("文件名、文号与条款，或会议决议。"),
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label=gettext_lazy("可信度"),
        choices=[
            ("read", gettext_lazy("已读原文")),
            ("believed", gettext_lazy("待核实")),
            ("default", gettext_lazy("默认值")),
        ],
    )


@require_safe
def parameter_list(request: ActorRequest) -> HttpResponse:
    return list_page(request, PARAMETERS)


@require_safe
def parameter(request: ActorRequest, pk: int) -> HttpResponse:
    """One value with all values the rule ever had."""
    row = _visible(request, pk)
    history = parameters_visible_to(request.actor).filter(name=row.name, region=row.region)
    return page(
        request,
        "standards/parameter.html",
        {
            "row": row,
            "value": value_of(row),
            "history": [(each, value_of(each)) for each in history.order_by("-valid_from", "-pk")],
            "may_propose": can_propose_parameter(request.actor),
            "may_decide": row.state == "proposed" and can_approve_parameter(request.actor, row),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_propose_parameter(request.actor))
    row = _visible(request, pk)
    form = NewValueForm(request.POST or None, initial={"value": row.value.normalize()})
    if request.method == "POST" and form.is_valid():
        new = parameters.NewValue(**form.cleaned_data)
        is_done, made = attempt(
            request,
            lambda: parameters.propose(request.actor, row.name, new, region=row.region),
        )
        if is_done:
            messages.success(request, _("新值已提交，审核通过后自生效日期起适用。"))
            return redirect("standards:parameter", made.pk)
    context = {
        "form": form,
        "title": _("新值：%(title)s") % {"title": by_language(row, "title")},
        "crumbs": [(_("规则参数"), reverse("standards:parameters"))],
        "submit_label": _("提交审核"),
        "cancel_url": reverse("standards:parameter", args=[row.pk]),
    }
    return page(request, "shared/form.html", context)


@require_POST
def decide(request: ActorRequest, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    approves = request.POST.get("decision") == "approve"
    opinion = request.POST.get("opinion", "")
    is_done, _row = attempt(
        request,
        lambda: parameters.decide(request.actor, row.pk, approves=approves, opinion=opinion),
    )
    if is_done:
        messages.success(request, _("已通过。") if approves else _("已退回。"))
    return redirect("standards:parameter", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(parameters_visible_to(request.actor), pk=pk)
