import json

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chanjiao.organisations.own_data import own_data
from chanjiao.organisations.queries import demo_user
from chanjiao.web.shared.http import ActorRequest, download, page


@require_POST
def switch(request: ActorRequest) -> HttpResponse:
    """Act for another of one's organisations; one at a time."""
    asked = request.POST.get("organisation", "")
    mine = {str(grant.organisation_id) for grant in request.grants}
    if asked not in mine:
        raise Http404
    request.session["acting_for"] = int(asked)
    return redirect("home:workbench")


@require_safe
def account(request: ActorRequest) -> HttpResponse:
    return page(request, "people/account.html", {"grants": request.grants})


@require_safe
def my_data(request: ActorRequest) -> HttpResponse:
    """What the platform holds about the one who asks, as JSON to keep."""
    held = json.dumps(own_data(request.actor), ensure_ascii=False, indent=2)
    return download(held.encode(), _("我的数据") + ".json", "application/json")


@require_POST
def demo_sign_in(request: ActorRequest) -> HttpResponse:
    """One click into the invented region; exists only where the demo settings say so."""
    if not settings.IS_DEMO:
        raise Http404
    user = demo_user(request.POST.get("email", ""))
    if user is None:
        raise Http404
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home:workbench")
