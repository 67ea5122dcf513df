from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chanjiao.core.permissions import OBJECT_NAMES, matrix
from chanjiao.core.roles import Action, Reach, Role
from chanjiao.web.shared.http import ActorRequest, page


@require_safe
def permissions(request: ActorRequest) -> HttpResponse:
    """The permission matrix in words, as everybody who looks after users may read it."""
    rows = [
        (OBJECT_NAMES.get(thing, thing), [(role, _words(cells[role])) for role in Role])
        for thing, cells in matrix().items()
    ]
    context = {"roles": list(Role), "rows": rows, "mine": request.actor.roles}
    return page(request, "people/permissions.html", context)


def _words(cell: Any) -> list[tuple[Any, str]]:
    """What may be done, each with how far; reaches from the widest to the narrowest."""
    return [
        (action.label, "、".join(str(reach.label) for reach in Reach if reach in cell[action]))
        for action in Action
        if action in cell
    ]
