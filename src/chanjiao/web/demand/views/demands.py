"""Pages of positions: list, form, detail with trace, and the acts on one of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import Refused, require
from chanjiao.core.roles import Action
from chanjiao.demand import coding, wording
from chanjiao.demand.policies import can_code, can_edit, can_see_pay, can_withdraw, owns
from chanjiao.demand.queries import company_of, demands_visible_to, duplicates_of
from chanjiao.demand.services import demands, statements
from chanjiao.demand.services.lifecycle import FLOW, WITHOUT_BUTTON
from chanjiao.demand.trace import trace
from chanjiao.web.demand.forms import (
    NONE_FITS,
    DemandForm,
    FillForm,
    NothingForm,
    read_occupation,
)
from chanjiao.web.demand.lists import DEMANDS
from chanjiao.web.demand.views.workbench import above_list
from chanjiao.web.shared.http import ActorRequest, attempt, page, sent
from chanjiao.web.shared.listing import list_page

SHOW_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    return list_page(request, DEMANDS, **above_list(request))


@require_http_methods(SHOW_OR_SEND)
def new(request: ActorRequest) -> HttpResponse:
    """One page, four fields; codes are suggested as soon as the title stands."""
    actor = request.actor
    company = acting_company(request)
    form = DemandForm(sent(request), actor=actor, company=company)
    if request.method == "POST" and form.is_valid():
        body = company or form.cleaned_data["company"]
        is_draft = "draft" in request.POST
        done, result = attempt(
            request, lambda: demands.declare(actor, body.pk, form.stated(), submits=not is_draft)
        )
        if done:
            words = _("已存为草稿。") if is_draft else _("已提交，编号 %(number)s。")
            messages.success(request, words % {"number": result.number})
            return redirect("demand:detail", result.pk)
        _point_at(form, result)
    return _form_page(request, form, company, _("填报岗位需求"))


@require_http_methods(SHOW_OR_SEND)
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    demand = _visible(request, pk)
    require(can_edit(request.actor, demand))
    form = DemandForm(
        sent(request), actor=request.actor, company=demand.company, initial=_initial(demand)
    )
    if request.method == "POST" and form.is_valid():
        done, result = attempt(request, lambda: demands.revise(request.actor, pk, form.stated()))
        if done:
            messages.success(request, _("已保存，并记为今天确认。"))
            return redirect("demand:detail", pk)
        _point_at(form, result)
    return _form_page(request, form, demand.company, _("修改岗位需求"), demand)


@require_safe
def suggest(request: ActorRequest) -> HttpResponse:
    """The fragment with two or three codes for a title, each with its reason."""
    title = request.GET.get("title", "").strip()[:120]
    found = coding.suggest(title, request.actor.organisation_id) if len(title) > 1 else []
    return page(
        request, "demand/_suggestions.html",
        {"suggestions": found, "title": title, "chosen": request.GET.get("occupation", "")},
    )  # fmt: skip


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What is wanted, what may be done now, and what has happened to it."""
    actor, demand = request.actor, _visible(request, pk)
    demands.note_look(actor, demand)
    is_own = owns(actor, demand)
    return page(
        request,
        "demand/detail.html",
        {
            "demand": demand,
            "shows_pay": can_see_pay(actor, demand),
            "offers": [o for o in FLOW.offers(actor, demand) if o.move.name not in WITHOUT_BUTTON],
            "may_edit": can_edit(actor, demand),
            "may_code": can_code(actor, demand),
            "suggestions": _suggestions(demand) if can_code(actor, demand) else [],
            "none_fits": NONE_FITS,
            "fill_form": FillForm() if is_own and demand.is_counted_state else None,
            "twins": list(duplicates_of(demand)) if can_withdraw(actor, demand) else [],
            "trace": trace(demand) if is_own else [],
            "is_own": is_own,
            "due_on": FLOW.due_on(demand.pk) if demand.state == "submitted" else None,
        },
    )


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    demand = _visible(request, pk)
    name, opinion = request.POST.get("move", ""), request.POST.get("opinion", "")
    if name not in {row.name for row in FLOW.moves} - WITHOUT_BUTTON:
        messages.error(request, _("没有这个操作，请刷新页面后重试。"))
        return redirect("demand:detail", pk)
    done, _result = attempt(
        request, lambda: demands.make_move(request.actor, demand.pk, name, opinion)
    )
    if done:
        messages.success(request, _("已办理：%(move)s。") % {"move": FLOW.move(name).label})
    return redirect("demand:detail", pk)


@require_POST
def code(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose one of the suggested codes, another one by its number, or none."""
    demand = _visible(request, pk)
    asked = request.POST.get("occupation", "").strip() or request.POST.get("other", "").strip()
    try:
        chosen = read_occupation(asked)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("demand:detail", pk)
    if not asked:
        messages.error(request, _("请选择一个职业代码，或选“都不合适”。"))
        return redirect("demand:detail", pk)
    occupation = None if chosen == NONE_FITS else chosen
    done, _result = attempt(
        request, lambda: demands.choose_code(request.actor, demand.pk, occupation)
    )
    if done:
        messages.success(request, _("已记录职业代码。"))
    return redirect("demand:detail", pk)


@require_POST
def fill(request: ActorRequest, pk: int) -> HttpResponse:
    demand = _visible(request, pk)
    form = FillForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}：{errors[0]}")
        return redirect("demand:detail", pk)
    given = form.cleaned_data
    done, _result = attempt(
        request,
        lambda: demands.record_fill(
            request.actor, demand.pk, given["people"], given["filled_on"],
            school_id=given["school"].pk if given["school"] else None, note=given["note"],
        ),
    )  # fmt: skip
    if done:
        messages.success(request, _("已登记到岗 %(n)s 人。") % {"n": given["people"]})
    return redirect("demand:detail", pk)


@require_POST
def merge(request: ActorRequest, pk: int) -> HttpResponse:
    demand = _visible(request, pk)
    into = get_object_or_404(
        demands_visible_to(request.actor), pk=_number(request.POST.get("into"))
    )
    done, _result = attempt(request, lambda: demands.merge(request.actor, demand.pk, into.pk))
    if done:
        messages.success(request, _("已并入 %(number)s。") % {"number": into.number})
    return redirect("demand:detail", into.pk if done else pk)


@require_http_methods(SHOW_OR_SEND)
def nothing(request: ActorRequest) -> HttpResponse:
    """“Nothing this year, because …”: one choice and one button."""
    company = acting_company(request)
    form = NothingForm(sent(request), company=company)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        body = company or given["company"]
        done, result = attempt(
            request,
            lambda: statements.say_nothing(request.actor, body.pk, given["reason"], given["note"]),
        )
        if done:
            messages.success(
                request, _("已记录：%(name)s %(year)s 年暂无需求。谢谢答复。")
                % {"name": body.name, "year": result.year},
            )  # fmt: skip
            return redirect("demand:list")
        if result.field:
            form.add_error(result.field, str(result.message))
    return page(
        request, "demand/nothing.html", {"form": form, "title": _("暂无需求"), "company": company}
    )


def _visible(request: ActorRequest, pk: int) -> Any:
    rows = demands_visible_to(request.actor).select_related("round", "node", "merged_into")
    return get_object_or_404(rows, pk=pk)


def acting_company(request: ActorRequest) -> Any:
    """The body a company's own people state for; the office names one in the form."""
    if request.actor.may_all("demand", Action.CREATE):
        return None
    return company_of(request.actor)


def _form_page(
    request: ActorRequest, form: DemandForm, company: Any, title: str, demand: Any = None
) -> HttpResponse:
    chosen = form["occupation"].value() or ""
    words = form["title"].value() or ""
    body = company.pk if company else None
    return page(
        request,
        "demand/form.html",
        {
            "form": form,
            "title": title,
            "company": company,
            "demand": demand,
            "suggestions": coding.suggest(words, body) if words else [],
            "chosen": chosen,
            "occupation": demand.occupation if demand else None,
        },
    )


def _suggestions(demand: Any) -> list[coding.Suggestion]:
    return coding.suggest(demand.title, demand.company_id)


def _initial(demand: Any) -> dict[str, Any]:
    plain = {name: getattr(demand, name) for name in demands.STATED}
    return {
        **plain,
        "majors_text": "、".join(m.name for m in demand.majors.all()),
        "skills_text": wording.skills_as_text([(s.name, s.degree) for s in demand.skills.all()]),
        "occupation": demand.occupation.code if demand.occupation else "",
    }


def _point_at(form: Any, refusal: Refused) -> None:
    """Put a refusal beside the field it is about, so that nothing typed is lost."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal.message))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
