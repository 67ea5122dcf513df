from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.standards.choices import Relation
from chanjiao.standards.policies import can_review_link, can_review_links
from chanjiao.standards.queries import coverages_visible_to, links_visible_to
from chanjiao.standards.services import crosswalk as links
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page
from chanjiao.web.standards.reviewing.forms import LinkForm, ReviewForm
from chanjiao.web.standards.reviewing.lists import LINKS

PROPOSED_FOR = (Relation.MAJOR_OCCUPATION, Relation.OCCUPATION_INDUSTRY)


@require_safe
def crosswalk(request: ActorRequest) -> HttpResponse:
    return list_page(
        request,
        LINKS,
        coverages=coverages_visible_to(request.actor),
        may_review=can_review_links(request.actor),
        relations=PROPOSED_FOR,
    )


@require_safe
def link(request: ActorRequest, pk: int) -> HttpResponse:
    return _link_page(request, _visible(request, pk))


@require_POST
def review(request: ActorRequest, pk: int) -> HttpResponse:
    """Accept, reject or weigh; afterwards the next link that waits."""
    found = _visible(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _link_page(request, found, form)
    is_done, row = attempt(
        request, lambda: links.review(request.actor, found.pk, **form.cleaned_data)
    )
    if not is_done:
        return _link_page(request, found, form)
    messages.success(
        request, _("%(link)s：%(state)s。") % {"link": row, "state": row.get_state_display()}
    )
    following = _next(request, row)
    return redirect("standards:link", following) if following else redirect("standards:crosswalk")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest) -> HttpResponse:
    require(can_review_links(request.actor))
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_done, row = attempt(request, lambda: links.add(request.actor, **form.cleaned_data))
        if is_done:
            messages.success(request, _("已新增对照：%(link)s。") % {"link": row})
            return redirect("standards:link", row.pk)
    context = {
        "form": form,
        "title": _("新增对照"),
        "crumbs": [(_("对照表"), reverse("standards:crosswalk"))],
        "cancel_url": reverse("standards:crosswalk"),
    }
    return page(request, "shared/form.html", context)


@require_POST
def propose(request: ActorRequest) -> HttpResponse:
    """Propose links by likeness for codes that have none."""
    wanted = request.POST.get("relation", "")
    relation = wanted if wanted in PROPOSED_FOR else PROPOSED_FOR[0]
    is_done, count = attempt(request, lambda: links.propose(request.actor, relation))
    if is_done:
        messages.success(request, _("生成 %(n)s 条建议，请逐条复核。") % {"n": count})
    return redirect(f"{reverse('standards:crosswalk')}?relation={relation}&state=proposed")


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(links_visible_to(request.actor), pk=pk)


def _next(request: ActorRequest, row: Any) -> int | None:
    waiting = links_visible_to(request.actor).filter(relation=row.relation, state="proposed")
    return waiting.order_by("source__code", "-strength", "pk").values_list("pk", flat=True).first()


def _link_page(request: ActorRequest, found: Any, form: ReviewForm | None = None) -> HttpResponse:
    same_source = links_visible_to(request.actor).filter(
        relation=found.relation, source=found.source_id
    )
    context = {
        "link": found,
        "form": form or ReviewForm(initial={"strength": found.strength, "reason": found.reason}),
        "may_review": can_review_link(request.actor, found),
        "others": list(same_source.exclude(pk=found.pk).order_by("-strength", "pk")[:10]),
    }
    return page(request, "standards/link.html", context)
