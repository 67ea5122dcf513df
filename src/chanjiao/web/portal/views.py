from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chanjiao.organisations.queries import consortium_of_region, demo_sign_ins
from chanjiao.web.shared.http import ActorRequest, page


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """What anybody may see of the region, and the way in."""
    return page(
        request,
        "portal/home.html",
        {"consortium": consortium_of_region(), "demo_sign_ins": demo_sign_ins()},
    )
