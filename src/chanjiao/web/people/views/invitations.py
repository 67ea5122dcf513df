from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chanjiao.core.refusals import require
from chanjiao.organisations.granting import can_grant
from chanjiao.organisations.services import invitations
from chanjiao.organisations.user_queries import (
    bodies_to_staff,
    invitation_behind,
    invitations_visible_to,
    user_with,
)
from chanjiao.web.people.forms import AcceptForm, BodyForm, InviteForm
from chanjiao.web.people.lists import INVITATIONS, invitation_state
from chanjiao.web.shared.http import ActorRequest, attempt, page
from chanjiao.web.shared.listing import list_page


@require_safe
def invitation_list(request: ActorRequest) -> HttpResponse:
    return list_page(request, INVITATIONS)


@require_safe
def invitation(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    is_over = bool(found.accepted_at or found.withdrawn_at)
    may_act = can_grant(request.actor, found.organisation_id, found.role)
    return page(
        request,
        "people/invitation.html",
        {"invitation": found, "state": invitation_state(found), "may_act": may_act and not is_over},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest) -> HttpResponse:
    """Whom to invite, into which role; those who staff many bodies say first into which."""
    bodies = bodies_to_staff(request.actor)
    asked = request.POST.get("organisation") or request.GET.get("organisation")
    body = _body(bodies, asked, request.actor.organisation_id)
    require(body is not None)
    form = InviteForm(request.POST or None, actor=request.actor, organisation=body)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        is_done, result = attempt(
            request,
            lambda: invitations.invite(
                request.actor, body.pk, given["email"], form.offer(),
                name=given["name"], days=given["days"],
            ),
        )  # fmt: skip
        if is_done:
            messages.success(request, _("已向 %(email)s 发出邀请。") % {"email": given["email"]})
            return redirect("people:invitation", result[0].pk)
    return page(
        request,
        "people/invite.html",
        {
            "form": form,
            "body": body,
            "body_form": BodyForm(actor=request.actor, initial={"organisation": body})
            if request.actor.may_all("user_account", "C")
            else None,
        },
    )


@require_POST
def resend(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    is_done, _link = attempt(request, lambda: invitations.resend(request.actor, found.pk))
    if is_done:
        messages.success(request, _("已重新发送；旧链接不再有效。"))
    return redirect("people:invitation", pk)


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    is_done, _result = attempt(request, lambda: invitations.withdraw(request.actor, found.pk))
    if is_done:
        messages.success(request, _("邀请已撤回，链接不再有效。"))
    return redirect("people:invitation", pk)


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: ActorRequest, secret: str) -> HttpResponse:
    """The page behind the link; opening it does nothing, only the button accepts."""
    found = invitation_behind(secret)
    state = invitations.state_of(found) if found else _("链接无效，请确认已完整复制。")
    if found is None or state:
        return page(request, "people/invitation_over.html", {"state": state}, status=410)
    holder = user_with(found.email)
    form = AcceptForm(request.POST or None, initial={"name": found.name})
    is_mine = holder is not None and request.actor.user_id == holder.pk
    is_ready = is_mine or (holder is None and form.is_valid())
    if request.method == "POST" and is_ready:
        given = {} if is_mine else form.cleaned_data
        is_done, result = attempt(
            request,
            lambda: invitations.accept(
                request.actor, secret,
                name=given.get("name", ""), password=given.get("password1", ""),
            ),
        )  # fmt: skip
        if is_done:
            return _into_the_house(request, result, found, is_new=not is_mine)
    context = {"invitation": found, "form": form, "is_mine": is_mine, "has_account": holder}
    return page(request, "people/accept.html", context)


def _into_the_house(request: ActorRequest, user: Any, found: Any, *, is_new: bool) -> HttpResponse:
    if is_new:
        request.session.flush()
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["acting_for"] = found.organisation_id
    messages.success(request, _("欢迎！您已加入“%(body)s”。") % {"body": found.organisation.name})
    return redirect("home:workbench")


def _visible(request: ActorRequest, pk: int) -> Any:
    return get_object_or_404(invitations_visible_to(request.actor), pk=pk)


def _body(bodies: Any, asked: str | None, own: int | None) -> Any:
    """The body asked for when it may be staffed; one's own when none was asked for."""
    pk = int(asked) if asked and asked.isascii() and asked.isdigit() else own
    found = bodies.filter(pk=pk).first()
    return found if found or asked else bodies.first()
