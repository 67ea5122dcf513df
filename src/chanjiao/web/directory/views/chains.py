"""Pages of chains: the list, the map with its table, nodes, judgements and placements."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.industry.policies import can_place, can_review_override, can_shape
from chanjiao.industry.queries import (
    chain_map,
    chains_visible_to,
    nodes_visible_to,
    placements_on,
    placements_visible_to,
    status_counts,
    years_of,
)
from chanjiao.industry.services import chains, placements
from chanjiao.web.directory.chain_forms import (
    CarryForm,
    ChainForm,
    JudgeForm,
    NewChainForm,
    NodeForm,
    PlaceForm,
)
from chanjiao.web.directory.filters import PlacementFilter
from chanjiao.web.directory.saving import form_page, saved
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.paging import page_of

CRUMB = (gettext_lazy("产业链"), "directory:chains")
PER_PAGE = 50


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    rows = list(chains_visible_to(request.actor))
    counts = status_counts([row.pk for row in rows])
    return page(
        request,
        "directory/chains.html",
        {
            "chains": [(row, counts.get(row.pk, {}).items()) for row in rows],
            "may_shape": can_shape(request.actor),
        },
    )


@require_safe
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The map and the table of one year; ``?year=`` asks for another."""
    actor, chain = request.actor, _chain(request, pk)
    years = years_of(chain)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else years[0]
    rows = placements_on(actor, chain, year)
    if node := request.GET.get("node", ""):
        rows = rows.filter(node_id=node) if node.isdecimal() else rows.none()
    filtered = PlacementFilter(request.GET, queryset=rows, request=request)
    drawn = chain_map(chain, year)
    return page(
        request,
        "directory/chain.html",
        {
            "chain": chain,
            "map": drawn,
            "years": years,
            "year": year,
            "node": node,
            "filter": filtered,
            "slice": page_of(filtered.qs, request.GET.get("page"), PER_PAGE),
            "query": _query(request),
            "may_shape": can_shape(actor),
            "may_place": can_place(actor),
            "waiting": [
                (one.node, can_review_override(actor, one.node))
                for one in drawn.nodes
                if one.node.override and not one.node.is_override_in_force
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    require(can_shape(request.actor))
    form = NewChainForm(request.POST or None)

    def save() -> Any:
        fields = {**form.fields_to_save(), "code": form.cleaned_data["code"]}
        return chains.create_chain(request.actor, fields, form.first_node())

    if request.method == "POST":
        chain = saved(form, save)
        if chain is not None:
            messages.success(request, _("已新建产业链：%(name)s") % {"name": chain.name})
            return redirect("directory:chain", chain.pk)
    return form_page(request, form, _("新建产业链"), [CRUMB], reverse("directory:chains"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape(request.actor))
    chain = _chain(request, pk)
    initial = {name: getattr(chain, name) for name in ("name", "name_en", "summary")}
    for name in ("leader", "head_company"):
        body = getattr(chain, name)
        initial[name] = body.credit_code or body.name if body else ""
    form = ChainForm(request.POST or None, initial=initial)
    if request.method == "POST" and saved(
        form, lambda: chains.edit_chain(request.actor, pk, form.fields_to_save())
    ):
        messages.success(request, _("已保存。"))
        return redirect("directory:chain", pk)
    return form_page(request, form, _("修改产业链"), *_place(chain))


@require_http_methods(["GET", "HEAD", "POST"])
def node_new(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape(request.actor))
    chain = _chain(request, pk)
    form = NodeForm(request.POST or None, nodes=list(chain.nodes.all()))
    if request.method == "POST" and saved(
        form, lambda: chains.add_node(request.actor, pk, form.fields_to_save())
    ):
        messages.success(request, _("已增加环节。"))
        return redirect("directory:chain", pk)
    return form_page(request, form, _("增加环节"), *_place(chain))


@require_http_methods(["GET", "HEAD", "POST"])
def node_edit(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape(request.actor))
    node = _node(request, pk)
    others = [one for one in node.chain.nodes.all() if one.pk != node.pk]
    initial = {
        "name": node.name, "name_en": node.name_en, "position": node.position,
        "parent": node.parent_id or "", "order": node.order,
        "industries": "，".join(code.code for code in node.industries.all()),
        "products": "、".join(node.products), "techs": "、".join(node.techs),
    }  # fmt: skip
    form = NodeForm(request.POST or None, initial=initial, nodes=others)
    if request.method == "POST" and saved(
        form, lambda: chains.edit_node(request.actor, pk, form.fields_to_save())
    ):
        messages.success(request, _("已保存。"))
        return redirect("directory:chain", node.chain_id)
    return form_page(request, form, _("修改环节"), *_place(node.chain))


@require_POST
def node_remove(request: ActorRequest, pk: int) -> HttpResponse:
    node = _node(request, pk)
    done, _result = attempt(request, lambda: chains.remove_node(request.actor, pk))
    if done:
        messages.success(request, _("已删除环节：%(name)s") % {"name": node.name})
    return redirect("directory:chain", node.chain_id)


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_shape(request.actor))
    node = _node(request, pk)
    initial = {"status": node.override, "reason": node.override_reason}
    form = JudgeForm(request.POST or None, initial=initial)

    def save() -> Any:
        data = form.cleaned_data
        return chains.judge_node(request.actor, pk, data["status"], data["reason"])

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("判定已提交，由另一人复核后生效。"))
        return redirect("directory:chain", node.chain_id)
    title = _("人工判定：%(name)s") % {"name": node.name}
    return form_page(request, form, title, *_place(node.chain))


@require_POST
def review(request: ActorRequest, pk: int) -> HttpResponse:
    node, is_right = _node(request, pk), request.POST.get("agree") == "yes"
    done, _result = attempt(
        request, lambda: chains.review_judgement(request.actor, pk, is_right=is_right)
    )
    if done:
        messages.success(request, _("已复核。"))
    return redirect("directory:chain", node.chain_id)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: ActorRequest, pk: int) -> HttpResponse:
    """Place a body on a node."""
    require(can_place(request.actor))
    node = _node(request, pk)
    form = PlaceForm(request.POST or None, request.FILES or None)

    def save() -> Any:
        data = dict(form.cleaned_data)
        body = data.pop("organisation")
        return placements.place(request.actor, pk, body.pk, data, data.pop("evidence"))

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已登记到环节“%(name)s”。") % {"name": node.name})
        return redirect("directory:chain", node.chain_id)
    title = _("登记企业：%(name)s") % {"name": node.name}
    return form_page(request, form, title, *_place(node.chain))


@require_http_methods(["GET", "HEAD", "POST"])
def placement_edit(request: ActorRequest, pk: int) -> HttpResponse:
    require(can_place(request.actor))
    row = get_object_or_404(placements_visible_to(request.actor), pk=pk)
    initial = {"role": row.role, "product": row.product, "basis": row.basis}
    form = PlaceForm(request.POST or None, request.FILES or None, initial=initial, is_new=False)

    def save() -> Any:
        data = dict(form.cleaned_data)
        return placements.edit_placement(request.actor, pk, data, data.pop("evidence"))

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("已保存。"))
        return redirect("directory:chain", row.node.chain_id)
    return form_page(request, form, str(row), *_place(row.node.chain))


@require_POST
def placement_remove(request: ActorRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(placements_visible_to(request.actor), pk=pk)
    done, _result = attempt(request, lambda: placements.remove_placement(request.actor, pk))
    if done:
        messages.success(request, _("已移出。"))
    return redirect("directory:chain", row.node.chain_id)


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: ActorRequest, pk: int) -> HttpResponse:
    """Start a year with the placements of an earlier one."""
    require(can_place(request.actor))
    chain = _chain(request, pk)
    latest = years_of(chain)[0]
    form = CarryForm(request.POST or None, initial={"from_year": latest, "to_year": latest + 1})

    def save() -> Any:
        data = form.cleaned_data
        written = placements.carry_over(request.actor, pk, data["from_year"], data["to_year"])
        messages.success(request, _("已沿用 %(n)s 条登记。") % {"n": written})
        return True

    if request.method == "POST" and saved(form, save):
        return redirect("directory:chain", pk)
    return form_page(request, form, _("沿用上年登记"), *_place(chain))


def _chain(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(chains_visible_to(request.actor), pk=pk)


def _node(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(nodes_visible_to(request.actor), pk=pk)


def _place(chain: Any) -> tuple[list[tuple[Any, str]], str]:
    url = reverse("directory:chain", args=[chain.pk])
    return [CRUMB, (chain.name, url)], url


def _query(request: ActorRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
