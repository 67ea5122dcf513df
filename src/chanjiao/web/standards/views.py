from django.http import Http404, HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from chanjiao.core import clock
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_list
from chanjiao.standards.queries import (
    coverages_visible_to,
    found_codes,
    links_of,
    systems_visible_to,
    versions_of,
)
from chanjiao.web.shared.http import ActorRequest, page

MOST_HITS = 100


@require_safe
def systems(request: ActorRequest) -> HttpResponse:
    """All code lists; one search box that looks through one of them."""
    context = {
        "systems": systems_visible_to(request.actor),
        "coverages": coverages_visible_to(request.actor),
        "may_import": request.actor.may_all("standards", "U"),
    }
    return page(request, "standards/systems.html", context)


@require_safe
def browse(request: ActorRequest, system: str) -> HttpResponse:
    """A list as a tree, one level at a time, or the hits of a search."""
    found = code_list(_system(system))
    query, under = request.GET.get("q", "").strip(), request.GET.get("under", "")
    if under and under not in found:
        raise Http404
    day = parse_date(request.GET.get("on", "")) if request.GET.get("on") else None
    hits = found_codes(request.actor, system, query, limit=MOST_HITS, on=day) if query else []
    children = [item for item in found.children(under) if day is None or item.is_valid_on(day)]
    context = {
        "system": System(system),
        "query": query,
        "on": day,
        "hits": hits,
        "is_cut": len(hits) == MOST_HITS,
        "under": found.get(under),
        "path": found.ancestors(under)[::-1] if under else [],
        "children": [(item, len(found.children(item.code))) for item in children],
        "size": len(found),
        "today": clock.today(),
    }
    return page(request, "standards/browse.html", context)


@require_safe
def code(request: ActorRequest, system: str, code: str) -> HttpResponse:
    """One code with its versions, what stands above and below it, and what it is linked to."""
    versions = list(versions_of(request.actor, _system(system), code))
    if not versions:
        raise Http404
    found = code_list(system)
    ids = [version.pk for version in versions]
    context = {
        "system": System(system),
        "code": versions[0],
        "versions": versions,
        "path": found.ancestors(code)[::-1] if code in found else [],
        "children": found.children(code) if code in found else [],
        "links": list(links_of(request.actor, ids)) if request.actor.may("crosswalk") else [],
        "ids": ids,
        "today": clock.today(),
    }
    return page(request, "standards/code.html", context)


def _system(name: str) -> str:
    if name not in System.values:
        raise Http404
    return name
