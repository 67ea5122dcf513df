"""No list page asks the database more often for fifty rows than for one."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.core.permissions import matrix
from chanjiao.core.roles import Action, Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.web.directory.lists import ORGANISATIONS
from chanjiao.web.shared.paging import page_of
from tests.web.crowds import BY_HAND, by_itself

FEW, MANY = 1, 50
ROLES = (Role.OFFICE, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SCHOOL_ADMIN, Role.COMPANY_HR)


def addresses(resolver=None, space=""):
    """Names of all pages that need no argument and no more than reading."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            needs, name = getattr(entry.callback, "needs", None), f"{space}{entry.name}"
            if needs and needs.action == Action.READ and has_address(name):
                yield name, needs


def has_address(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


PAGES = dict(addresses())


@pytest.fixture
def reader(sign_up, make_organisation):
    """A function giving an actor of the first role that may open a page, and its browser."""

    def make(needs) -> tuple[Actor, Client]:
        role = next((r for r in ROLES if Action.READ in matrix()[needs.thing].get(r, {})), None)
        assert role, f"no role of {ROLES} reads {needs.thing}"
        user = sign_up(role, make_organisation(f"单位{role}", "government"))
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        return actor_for(user), client

    return make


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return answer, [query["sql"] for query in asked]


@pytest.mark.parametrize("name", PAGES)
def test_a_list_page_asks_as_often_for_fifty_rows_as_for_one(name, reader, monkeypatch):
    monkeypatch.setattr("chanjiao.web.shared.listing.page_of", wide)
    actor, client = reader(PAGES[name])
    address = reverse(name)
    answer, _ = queries(client, address)
    assert answer.status_code < 500
    if answer.context is None or "slice" not in answer.context:
        return
    crowd = BY_HAND.get(name) or by_itself(actor, answer.context["listing"].rows)
    crowd(FEW)
    _, few = queries(client, address)
    crowd(MANY - FEW)
    answer, many = queries(client, address)
    assert len(answer.context["slice"].rows) >= MANY - FEW, "the made-up rows are not shown"
    assert len(many) == len(few), "\n".join(sorted(set(many) - set(few)))


def test_the_count_notices_a_query_for_each_row(reader, monkeypatch):
    """The control: the same page, reading each row's industry and area one by one."""
    careless = replace(
        ORGANISATIONS, rows=lambda actor: organisations_visible_to(actor).select_related(None)
    )
    monkeypatch.setattr("chanjiao.web.directory.views.organisations.ORGANISATIONS", careless)
    _actor, client = reader(PAGES["directory:organisations"])
    address = reverse("directory:organisations")
    BY_HAND["directory:organisations"](FEW)
    _, few = queries(client, address)
    BY_HAND["directory:organisations"](MANY - FEW)
    _, many = queries(client, address)
    assert len(many) > len(few)


def wide(rows, asked, size=MANY):
    return page_of(rows, asked, MANY)
