"""粘贴招聘启事: a vacancy's text in, the demand form filled; saving stays the form's own act."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chanjiao.demand import coding, pasting
from chanjiao.web.demand.forms import DemandForm, PasteForm
from chanjiao.web.demand.views.demands import SHOW_OR_SEND, acting_company
from chanjiao.web.shared.http import ActorRequest, page, sent


@require_http_methods(SHOW_OR_SEND)
def paste(request: ActorRequest) -> HttpResponse:
    """The empty box, or what was read from it in the form of a new demand; keeps nothing."""
    company = acting_company(request)
    form = PasteForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "title": _("粘贴招聘启事"), "submit_label": _("读出各项")}
        return page(request, "demand/paste.html", context)
    pasted = pasting.read_pasted(form.cleaned_data["text"], company)
    words = pasted.initial.get("title", "")
    return page(
        request,
        "demand/form.html",
        {
            "form": DemandForm(actor=request.actor, company=company, initial=pasted.initial),
            "title": _("填报岗位需求"),
            "company": company,
            "demand": None,
            "suggestions": coding.suggest(words, company.pk if company else None) if words else [],
            "chosen": pasted.initial.get("occupation", ""),
            "occupation": None,
            "pasted": pasted,
            "address": reverse("demand:new"),
        },
    )
