from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from chanjiao.core.todos import todos_visible_to
from chanjiao.web.home.figures import figures_for
from chanjiao.web.home.panels import running_round, sharpest_shortages
from chanjiao.web.home.searching import search_everything
from chanjiao.web.shared.http import ActorRequest, page


@require_safe
def workbench(request: ActorRequest) -> HttpResponse:
    """What waits for this person today, and the figures of their role."""
    return page(
        request,
        "home/workbench.html",
        {
            "todos": todos_visible_to(request.actor)[:50],
            "figures": figures_for(request.actor),
            "survey": running_round(request.actor),
            "shortages": sharpest_shortages(request.actor),
        },
    )


@require_safe
def search(request: ActorRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    return page(
        request,
        "home/search.html",
        {"search_text": text, "groups": search_everything(request.actor, text) if text else []},
    )


@require_POST
def language(request: ActorRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where the person was."""
    asked = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    if asked in dict(settings.LANGUAGES):
        translation.activate(asked)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, asked, max_age=365 * 24 * 3600, samesite="Lax"
        )
    return response
