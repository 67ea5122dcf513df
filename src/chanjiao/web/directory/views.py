from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.web.directory.lists import MEMBERS, ORGANISATIONS
from chanjiao.web.shared.http import ActorRequest, page
from chanjiao.web.shared.listing import list_page


@require_safe
def organisations(request: ActorRequest) -> HttpResponse:
    return list_page(request, ORGANISATIONS)


@require_safe
def organisation(request: ActorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(organisations_visible_to(request.actor), pk=pk)
    return page(request, "directory/organisation.html", {"organisation": found})


@require_safe
def members(request: ActorRequest) -> HttpResponse:
    return list_page(request, MEMBERS)
