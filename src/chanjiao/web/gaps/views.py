from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.jobs import progress_of
from chanjiao.gaps.audiences import audience_of, sees_all_lines
from chanjiao.gaps.choices import Audience, Side, View
from chanjiao.gaps.policies import can_check, can_create, can_publish
from chanjiao.gaps.queries import (
    figure_visible_to,
    figures_visible_to,
    latest_study,
    lines_behind,
    lines_of,
    names_of_codes,
    path_of,
    studies_visible_to,
)
from chanjiao.gaps.services import exporting, studies
from chanjiao.web.gaps import comparing, explaining, showing
from chanjiao.web.gaps.forms import StudyForm
from chanjiao.web.gaps.lists import STUDIES, figures_listing
from chanjiao.web.gaps.naming import band_tag, figure_url, source_url
from chanjiao.web.shared.http import ActorRequest, attempt, download, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.shared.paging import page_of

UNDER_WAY = frozenset({"waiting", "running"})
LINES = 20


@require_safe
def latest(request: ActorRequest) -> HttpResponse:
    """The latest finished study; where there is none, what to do about it."""
    found = latest_study(request.actor)
    if found is None:
        return page(request, "gaps/none.html", {"may_create": can_create(request.actor)})
    return _study_page(request, found)


@require_safe
def studies_list(request: ActorRequest) -> HttpResponse:
    return list_page(request, STUDIES, may_create=can_create(request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_done, result = attempt(
            request, lambda: studies.create(request.actor, **form.cleaned_data)
        )
        if is_done:
            return redirect("gaps:detail", result.pk)
        form.add_error(result.field or None, str(result.message))
    context = {
        "form": form, "title": _("新建缺口分析"), "submit_label": _("开始计算"),
        "crumbs": [(_("供需缺口"), reverse("gaps:study"))], "cancel_url": reverse("gaps:studies"),
    }  # fmt: skip
    return page(request, "shared/form.html", context)


@require_safe
def study(request: ActorRequest, pk: int) -> HttpResponse:
    return _study_page(request, _visible(request, pk))


@require_safe
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """A fragment polled while the study is computed; then the page reloads itself."""
    found = _visible(request, pk)
    context = {"study": found, "progress": progress_of(found.run) if found.run else None}
    response = page(request, "gaps/_progress.html", context)
    if found.state not in UNDER_WAY:
        response["HX-Refresh"] = "true"
    return response


@require_safe
def figure(request: ActorRequest, pk: int) -> HttpResponse:
    """One figure's permanent address: what it is made of, and the rows it opens."""
    found = _visible(request, pk)
    view, key = request.GET.get("view", View.OCCUPATION), request.GET.get("key", "")
    one = figure_visible_to(request.actor, found, view, key, request.GET.get("key2", ""))
    if one is None:
        raise Http404
    side = Side.SUPPLY if request.GET.get("side") == Side.SUPPLY else Side.DEMAND
    behind = lines_behind(request.actor, found, one, side).values_list("pk", flat=True)
    rows = page_of(behind, request.GET.get("page"), LINES)
    within = figures_visible_to(request.actor, found, view)
    tree = "major" if side == Side.SUPPLY else "occupation"
    names, areas = names_of_codes(found, tree), names_of_codes(found, "area")
    context = {
        "study": found,
        "figure": one,
        "band": band_tag(one),
        "worked": explaining.worked(one, found),
        "path": path_of(within, one) if not one.key2 else [],
        "children": within.filter(parent=one.key).exclude(key="")[:60] if not one.key2 else [],
        "side": side,
        "slice": rows,
        "lines": [
            (line, source_url(line), names.get(line.code, line.code), areas.get(line.area, ""))
            for line in lines_of(rows.rows)
        ],
        "query": _query(request),
        "permalink": request.build_absolute_uri(figure_url(one)),
        "is_office": _is_office(request),
        "sees_all": sees_all_lines(request.actor, side),
    }
    return page(request, "gaps/figure.html", context)


@require_safe
def method(request: ActorRequest, pk: int) -> HttpResponse:
    """How the study was made: ground, rules with their sources, what was left out and why."""
    found = _visible(request, pk)
    return page(
        request,
        "gaps/method.html",
        {
            "study": found,
            "left_out": [
                {**row, "label": _left_out_label(row)} for row in found.totals.get("left_out", [])
            ],
            "is_office": _is_office(request),
        },
    )


@require_safe
def compare(request: ActorRequest, pk: int) -> HttpResponse:
    after = _visible(request, pk)
    others = studies_visible_to(request.actor).filter(state="done").exclude(pk=pk)
    asked = request.GET.get("with", "")
    chosen = others.filter(pk=int(asked)).first() if asked.isdigit() else others.first()
    view = _view(request)
    rows = comparing.changes(request.actor, chosen, after, view) if chosen else []
    return page(
        request,
        "gaps/compare.html",
        {
            "study": after,
            "other": chosen,
            "others": others[:50],
            "view": view,
            "tabs": _tabs(request, view),
            "slice": comparing.page_of_list(rows, request.GET.get("page"), LINES),
            "query": _query(request),
            "is_same_ground": chosen is not None and chosen.inputs_hash == after.inputs_hash,
        },
    )


@require_safe
def export(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    view = request.GET.get("view", View.OCCUPATION)
    if view not in View.values:
        raise Http404
    language = "en" if (get_language() or "").startswith("en") else "zh"
    fmt = "csv" if request.GET.get("format") == "csv" else "xlsx"
    out = exporting.export(request.actor, found, view, fmt=fmt, language=language)
    return download(out.content, out.name, out.content_type)


@require_POST
def check(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    if studies.check(request.actor, found.pk):
        messages.success(request, _("已从冻结的明细重新计算，结果逐项一致。"))
    else:
        messages.error(
            request, _("重新计算的结果与保存的不一致，请勿使用这份分析，并查看审计日志。")
        )
    return redirect("gaps:method", pk)


@require_POST
def publish(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, studies.publish, _("已公开，小单元对外不显示。"))


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    return _act(request, pk, studies.withdraw, _("已撤下，公众不再看到。"))


def _study_page(request: ActorRequest, found: Any) -> HttpResponse:
    if not found.is_done:
        context = {"study": found, "progress": progress_of(found.run) if found.run else None,
                   "is_under_way": found.state in UNDER_WAY}  # fmt: skip
        return page(request, "gaps/waiting.html", context)
    view, is_office = _view(request), _is_office(request)
    listing = figures_listing(found, view, is_office=is_office)
    chains = showing.chains_of(request.actor, found) if view == View.CHAIN else []
    chain = showing.chosen_chain(chains, request.GET.get("chain", ""))
    return list_page(
        request,
        listing,
        study=found,
        view=view,
        tabs=_tabs(request, view),
        cards=showing.cards(request.actor, found),
        shown=showing.shown(request.actor, found, view, chains, chain),
        chains=chains,
        chain=chain,
        is_filtered=any(request.GET.get(name) for name in ("name", "band", "level")),
        is_office=is_office,
        may_publish=can_publish(request.actor, found),
        may_check=can_check(request.actor, found),
        may_create=can_create(request.actor),
    )


def _act(
    request: ActorRequest, pk: int, act: Callable[[Any, int], Any], done: str
) -> HttpResponse:  # fmt: skip
    found = _visible(request, pk)
    is_done, _result = attempt(request, lambda: act(request.actor, found.pk))
    if is_done:
        messages.success(request, done)
    return redirect("gaps:detail", pk)


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(studies_visible_to(request.actor), pk=pk)


def _view(request: ActorRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in showing.TABS else View.OCCUPATION


def _tabs(request: ActorRequest, view: str) -> list[tuple[str, str, bool]]:
    return [(tab.value, str(tab.label), tab == view) for tab in showing.TABS]


def _is_office(request: ActorRequest) -> bool:
    return audience_of(request.actor) == Audience.OFFICE


def _query(request: ActorRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _left_out_label(row: dict[str, Any]) -> str:
    labels = {
        ("demand", "uncoded"): _("还没有职业代码"),
        ("demand", "expired"): _("已过有效期，未再确认"),
        ("demand", "unverified"): _("已提交，待核实"),
        ("demand", "filled"): _("已满足"),
        ("demand", "withdrawn"): _("已撤销"),
        ("supply", "uncoded"): _("专业代码不在目录中"),
        ("supply", "stale"): _("学校久未确认"),
        ("supply", "no_cohort"): _("该年没有毕业班级或没有填人数"),
    }
    return labels.get((row["side"], row["reason"]), row["reason"])
