"""A student at a fair: positions in an order that gives its reasons, applications, hours."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.fairs.advising import LONGEST, Advice, advise, posts_of_fair
from chanjiao.fairs.choices import TAKING_STUDENTS
from chanjiao.fairs.intention_queries import (
    free_slots,
    intentions_visible_to,
    own_intentions,
    student_of,
)
from chanjiao.fairs.services import intentions
from chanjiao.web.fairs.views.fairs import visible
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.paging import slice_of

PER_PAGE = 12


@require_safe
def mine(request: ActorRequest, pk: int) -> HttpResponse:
    """What one has applied for, and below it what suits, with the reasons and without a name."""
    fair = visible(request, pk)
    student = student_of(request.actor)
    require(student is not None)
    own = list(own_intentions(request.actor, fair))
    free = free_slots([one.post.booth_id for one in own])
    wants_advice = student.person.consent.get("advice", True)
    words = request.GET.get("q", "").strip()
    posts = posts_of_fair(fair)
    if words:
        posts = posts.filter(demand__title__icontains=words)
    listed: Any = list(posts)
    shown = advise(student, listed, limit=LONGEST) if wants_advice else _plain(listed)
    found = slice_of(shown, request.GET.get("page"), PER_PAGE)
    return page(
        request,
        "fairs/mine.html",
        {
            "fair": fair,
            "student": student,
            "must_confirm": fair.is_before_the_day and any(o.edition < fair.edition for o in own),
            "own": [(one, free.get(one.post.booth_id, ())) for one in own],
            "applied": {one.post_id for one in own},
            "slice": found,
            "total": len(listed),
            "wants_advice": wants_advice,
            "words": words,
            "takes": fair.state in TAKING_STUDENTS,
            "query": f"q={words}" if words else "",
        },
    )


@require_POST
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    post = get_object_or_404(posts_of_fair(fair), pk=_number(request.POST.get("post")))
    shares = request.POST.get("shares") == "yes"
    done, _made = attempt(
        request, lambda: intentions.apply(request.actor, post.pk, shares_contact=shares)
    )
    if done:
        messages.success(request, _("已投递“%(title)s”。") % {"title": post.demand.title})
    return redirect("fairs:mine", pk)


@require_POST
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose an hour, agree or no longer agree to be called, or take the application back."""
    found = get_object_or_404(intentions_visible_to(request.actor), pk=pk)
    act = request.POST.get("act", "")
    acts = {
        "slot": lambda: intentions.choose_slot(
            request.actor, found.pk, _number(request.POST.get("slot")) or None
        ),
        "share": lambda: intentions.share_contact(request.actor, found.pk),
        "hide": lambda: intentions.share_contact(request.actor, found.pk, shares=False),
        "give_up": lambda: intentions.give_up(request.actor, found.pk),
    }
    if act not in acts:
        messages.error(request, _("没有这个操作，请刷新页面后重试。"))
    elif attempt(request, acts[act])[0]:
        messages.success(request, _("已保存。"))
    return redirect("fairs:mine", found.fair_id)


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    if attempt(request, lambda: intentions.confirm(request.actor, fair.pk))[0]:
        messages.success(request, _("已确认按新的时间地点参加。"))
    return redirect("fairs:mine", pk)


@require_POST
def switch(request: ActorRequest, pk: int) -> HttpResponse:
    fair = visible(request, pk)
    is_on = request.POST.get("advice") == "on"
    attempt(request, lambda: intentions.switch_advice(request.actor, is_on=is_on))
    return redirect("fairs:mine", fair.pk)


def _plain(posts: list[Any]) -> list[Advice]:
    """All positions by company and title: the order of nobody's opinion."""
    ordered = sorted(posts, key=lambda p: (p.booth.company.name, p.demand.title, p.pk))
    return [Advice(post, 0.0, 0.0, False, int(post.demand.education)) for post in ordered]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
