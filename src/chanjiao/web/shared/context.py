"""What every page knows: who is here, the menu, how many to-dos wait."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.todos import todos_visible_to
from chanjiao.web.shared.menu import menu_for


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; the counts are fetched only where a template shows them."""
    actor = getattr(request, "actor", ANONYMOUS)
    return {
        "actor": actor,
        "site_name": settings.SITE_NAME,
        "is_demo": settings.IS_DEMO,
        "is_english": (get_language() or "").startswith("en"),
        "menu": SimpleLazyObject(lambda: menu_for(actor)),
        "todo_count": SimpleLazyObject(
            lambda: todos_visible_to(actor).count() if actor.organisation_id else 0
        ),
        "my_organisations": SimpleLazyObject(
            lambda: list({g.organisation for g in getattr(request, "grants", [])})
        ),
    }
