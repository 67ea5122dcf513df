"""Every address × every role × own and another body: the matrix is what the site really does.

A route without a declared need fails, and so does a route with arguments without an example; a
403 beyond the matrix is written down in ``NARROWER`` with its reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from chanjiao.core.actor import Actor
from chanjiao.core.permissions import matrix
from chanjiao.core.roles import Reach, Role
from chanjiao.organisations.models import RoleGrant
from chanjiao.web.people.views import users
from chanjiao.web.shared.middleware import AccessMiddleware
from tests.web.access.routes import (
    FORM_NAMES_IT,
    NARROWER,
    PLACES,
    Example,
    Route,
    example_of,
    routes,
)
from tests.web.access.scene import Scene, build

pytestmark = pytest.mark.django_db

GUARDED = sorted((r for r in routes() if r.needs), key=lambda r: r.name)
SIGNED_IN = [role for role in Role if role is not Role.PUBLIC]

# Reaches under which somebody else's record may be seen in part; what of it, the crawl checks.
PARTIAL = {Reach.ALL, Reach.PUBLISHED, Reach.AREA, Reach.PARTNER, Reach.MASKED, Reach.AGGREGATE,
           Reach.CONSENTED}  # fmt: skip
OPEN_TO_OWN = {Reach.ALL, Reach.ORGANISATION}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), _undone():
        yield build()


@pytest.fixture(scope="module")
def clients(scene: Scene) -> dict[Role, Client]:
    cache.clear()
    found = {Role.PUBLIC: Client(raise_request_exception=False)}
    for role in SIGNED_IN:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(scene.user(role))
    return found


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_route_declares_a_need_or_is_guarded_by_its_package():
    bare = [r.pattern for r in routes() if not r.needs and not r.is_self_guarded]
    assert bare == [], "route these through web.shared.routes.route()"


def test_every_route_has_a_name_of_its_own():
    names = [r.name for r in GUARDED]
    assert sorted(set(names)) == names


def test_every_route_with_arguments_has_an_example():
    missing = [r.pattern for r in GUARDED if example_of(r) is None]
    assert missing == [], "add the record to PLACES of tests/web/access/routes.py"


def test_no_exception_outlives_its_route():
    names, patterns = {r.name for r in GUARDED}, [r.pattern for r in GUARDED]
    assert {*NARROWER, *FORM_NAMES_IT} - names == set()
    assert [b for b in PLACES if not any(p.startswith(b) for p in patterns)] == []


@pytest.mark.parametrize("route", GUARDED, ids=lambda r: r.name)
def test_a_route_answers_as_the_matrix_says(
    route: Route, scene: Scene, clients: dict[Role, Client]
):
    faults = [
        f"{role.name} {whose} {address}: {status}, {wanted}"
        for role in Role
        for whose, address in _addresses(route, scene, role)
        for status in [_refusal(route, role) or _status(clients[role], address)]
        for wanted in [_wrong(route, role, whose, status)]
        if wanted
    ]
    assert faults == []


def _addresses(route: Route, scene: Scene, role: Role) -> list[tuple[str, str]]:
    example = example_of(route) or Example()
    if not example.table:
        return [("any", example.address(route.name, {}))]
    own = scene.tenants["company_a"] if role is Role.PUBLIC else scene.home(role)
    other = scene.tenants["school_b" if own.mark == "c" else "company_b"]
    shared = scene.shared.made
    if example.table in shared:
        return [("any", example.address(route.name, shared))]
    return [
        ("own", example.address(route.name, own.made)),
        ("other", example.address(route.name, other.made)),
    ]


def _refusal(route: Route, role: Role) -> int:
    """403 when the door itself refuses this role: asked there, since most answers end there."""
    if role is Role.PUBLIC:
        return 0
    request = RequestFactory().get("/")
    request.actor = Actor(user_id=1, roles=frozenset({role}))
    try:
        door = AccessMiddleware(lambda _r: HttpResponse())
        answer = door.process_view(request, route.view, (), {})
    except PermissionDenied:
        return 403
    return answer.status_code if answer is not None else 0


def _status(client: Client, address: str) -> int:
    """What a reader gets; where only acts are taken, what an act with an empty form gets."""
    cache.clear()  # what is counted a minute is no matter here
    with _undone():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        if response.status_code == 302 and response["Location"].startswith("/account/login/"):
            return 401
        return response.status_code


def _wrong(route: Route, role: Role, whose: str, status: int) -> str:
    """Why this answer is not what the matrix says; empty when it is."""
    reaches = matrix()[route.needs.thing][role].get(route.needs.action, frozenset())
    may_be_narrower = role in NARROWER.get(route.name, ("", set()))[1]
    has_nothing_to_find = bool(route.arguments) or route.name in FORM_NAMES_IT
    names_its_record = len(route.arguments) == 1 and route.name not in FORM_NAMES_IT
    is_theirs = whose == "other" and not reaches & PARTIAL
    closed = 401 if role is Role.PUBLIC else 403
    rules = [
        (status >= 500, "must not break"),
        (status == 429, "must be asked, not counted"),
        (not reaches and status != closed, f"the matrix gives nothing, so {closed}"),
        (reaches and status == 401, "the matrix lets this role in"),
        (
            reaches and is_theirs and status not in {403, 404},
            "another body's record must not be found",
        ),
        (
            reaches and not is_theirs and status == 403 and not may_be_narrower,
            "the matrix lets this role in",
        ),
        (
            status == 404 and whose == "own" and reaches & OPEN_TO_OWN and names_its_record,
            "one's own record must be found",
        ),
        (status == 404 and whose == "any" and not has_nothing_to_find, "the page must be there"),
    ]
    return next((wrong for is_so, wrong in rules if is_so), "")


def test_the_matrix_test_sees_an_open_door(scene, clients, monkeypatch):
    """The control: with the door's question switched off, the test above goes red."""
    monkeypatch.setattr(AccessMiddleware, "process_view", lambda *_a: None)
    route = next(r for r in GUARDED if r.name == "people:audit")
    client = Client(raise_request_exception=False)
    client.force_login(scene.user(Role.SYSTEM_ADMIN))
    status = _refusal(route, Role.SYSTEM_ADMIN) or _status(client, reverse(route.name))
    assert _wrong(route, Role.SYSTEM_ADMIN, "any", status)


def test_the_matrix_test_sees_a_query_that_forgets_who_asks(scene, clients, monkeypatch):
    """The control: with rows of all bodies behind a page, the test above goes red."""
    everything = RoleGrant.objects.select_related("user", "organisation", "area").all()
    monkeypatch.setattr(users, "grants_visible_to", lambda _actor: everything)
    route = next(r for r in GUARDED if r.name == "people:grant")
    theirs = example_of(route).address(route.name, scene.tenants["company_b"].made)
    status = _status(clients[Role.COMPANY_HR], theirs)
    assert _wrong(route, Role.COMPANY_HR, "other", status)


def test_the_door_refuses_through_the_whole_house_too(scene, clients):
    """What is asked at the door alone above is asked once through every layer here."""
    assert _status(clients[Role.SYSTEM_ADMIN], reverse("people:audit")) == 403


def test_another_bodys_record_is_not_told_apart_from_one_that_never_was(scene, clients):
    grant = scene.tenants["company_b"].made["organisations.RoleGrant"]
    theirs = reverse("people:grant", args=[grant.pk])
    found = clients[Role.COMPANY_HR].get(theirs)
    never = clients[Role.COMPANY_HR].get("/people/users/999999999/")
    assert (found.status_code, never.status_code) == (404, 404)
    strip = str.maketrans("", "", "0123456789")
    assert (
        found.content.decode().translate(strip)[:800]
        == (never.content.decode().translate(strip)[:800])
    )
