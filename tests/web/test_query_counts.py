"""No page asks the database more often for fifty rows than for one.

The addresses are those of the site itself, with and without arguments; the rows are the scene of
``access`` many times over, so that whatever a page tells, there are fifty of them. A page that
looks the same afterwards has nothing to count and must be declared with what it is.
"""

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chanjiao.core import clock
from chanjiao.core.roles import Action, Role
from chanjiao.demand.services import links
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.web.directory.lists import ORGANISATIONS
from chanjiao.web.shared import paging
from tests.web.access.growing import Garden
from tests.web.access.published import Published, published
from tests.web.access.routes import Route, example_of, routes
from tests.web.access.scene import Scene, build

pytestmark = pytest.mark.django_db

MANY = 50
A_ROW = 40  # bytes: a page that grew by less shows no more than before
# Who sees most of a page, where that is not the first who may open it.
BEST = {"supply:cohort": Role.SCHOOL_ADMIN, "supply:offering": Role.SCHOOL_ADMIN}
READERS = (
    Role.OFFICE, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SCHOOL_ADMIN, Role.COMPANY_HR, Role.STUDENT,
)  # fmt: skip
GUARDED = sorted((r for r in routes() if r.needs), key=lambda r: r.name)

RECORD = "one record"
FRAGMENT = "progress of one record"
FILE = "a file as it was kept"
HOUSE = "of the house itself, whatever the records"
# Pages to read on which fifty of anything look like one, with what they are.
FIXED = {
    "alignment:decision": RECORD,
    "api:code": RECORD,
    "api:demand": RECORD,
    "api:list": RECORD,
    "api:offering": RECORD,
    "api:systems": HOUSE,
    "api:api-root": HOUSE,
    "api:openapi-json": HOUSE,
    "demand:ask": RECORD,
    "directory:member": RECORD,
    "api:evidence-item": RECORD,
    "evidence:file": FILE,
    "evidence:item-file": FILE,
    "evidence:progress": FRAGMENT,
    "exchange:errors": FILE,
    "exchange:file": FILE,
    "exchange:progress": FRAGMENT,
    "gaps:method": RECORD,
    "gaps:progress": FRAGMENT,
    "home:gallery": HOUSE,
    "people:account": "the reader's own grants",
    "people:audit-chain": HOUSE,
    "people:audit-entry": RECORD,
    "people:grant": RECORD,
    "people:invitation": RECORD,
    "people:permissions": HOUSE,
    "people:token": RECORD,
    "portal:about": HOUSE,
    "portal:figure": RECORD,
    "portal:file": FILE,
    "portal:row": RECORD,
    "portal:verify": HOUSE,
    "publishing:preview": "the list as it was frozen",
    "publishing:quarter": "six steps",
    "standards:parameter": RECORD,
    "standards:systems": HOUSE,
    "supply:student": RECORD,
}
# Addresses that no reader of this scene opens, with what has to be there first.
UNREAD = {
    "directory:code-evidence": "a file kept with a code exception",
    "people:accept": "the secret of an invitation",
    "portal:chart": "a chart of the list, kept as a file",
}
# What some addresses are asked, since without it they show nothing.
ASKED = {
    "api:code-search": "?q=zq", "api:expected": f"?year={clock.today().year}",
    "demand:suggest": "?title=zq",
    "directory:duplicate-search": "?q=zq", "home:search": "?q=zq", "portal:find": "?q=zq",
}  # fmt: skip


@dataclass
class Reading:
    """What one page took: the reader who may open it, its address, queries and bytes.

    An address where only acts are taken has nothing to count.
    """

    role: Role
    address: str
    few: list[str]
    length: int
    is_act: bool = False
    many: list[str] = field(default_factory=list)
    grown: int = 0
    rows: int | None = None


def _wide(rows: Any, asked: Any, size: int = MANY) -> paging.Slice:
    return _PAGE_OF(rows, asked, MANY)


def _wide_slice(rows: Any, asked: Any, size: int = MANY) -> paging.Slice:
    return _SLICE_OF(rows, asked, MANY)


_PAGE_OF, _SLICE_OF = paging.page_of, paging.slice_of


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(scene: Scene) -> dict[Role, Client]:
    found = {}
    for role in READERS:
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(scene.user(role))
    return found


@pytest.fixture(scope="module")
def readings(scene: Scene, clients: dict[Role, Client]) -> Iterator[dict[str, Reading]]:
    """Every page that somebody can open, read in the small world and in the grown one."""
    listed, monkeypatch = published(scene), pytest.MonkeyPatch()
    for module in [m for n, m in sys.modules.items() if n.startswith("chanjiao.")]:
        if getattr(module, "page_of", None) is _PAGE_OF:
            monkeypatch.setattr(module, "page_of", _wide)
        if getattr(module, "slice_of", None) is _SLICE_OF:
            monkeypatch.setattr(module, "slice_of", _wide_slice)
    monkeypatch.setattr("chanjiao.web.gaps.views.LINES", MANY)
    logging.disable(logging.WARNING)  # who may not open a page is of no interest here
    found = dict(_read_small(scene, listed, clients))
    Garden(scene, "aco", MANY - 1).grow()
    for one in found.values():
        if not one.is_act:
            _read_again(one, clients[one.role])
    yield found
    logging.disable(logging.NOTSET)
    monkeypatch.undo()


def _read_small(
    scene: Scene, listed: Published, clients: dict[Role, Client]
) -> Iterator[tuple[str, Reading]]:
    for route in GUARDED:
        for role in (BEST[route.name],) if route.name in BEST else READERS:
            address = _address(route, scene, listed, role)
            if address is None:
                continue
            answer, asked = _queries(clients[role], address)
            if answer.status_code in (200, 405):
                is_act = answer.status_code == 405
                yield route.name, Reading(role, address, asked, len(answer.content), is_act)
                break


def _read_again(one: Reading, client: Client) -> None:
    answer, one.many = _queries(client, one.address)
    if len(one.many) > len(one.few):  # what is kept in memory was read anew once
        answer, one.many = _queries(client, one.address)
    assert answer.status_code == 200, one.address
    one.grown = len(answer.content) - one.length
    if answer.context is not None and "slice" in answer.context:
        one.rows = len(answer.context["slice"].rows)


def _queries(client: Client, address: str) -> tuple[Any, list[str]]:
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return answer, [query["sql"] for query in asked]


def _address(route: Route, scene: Scene, listed: Published, role: Role) -> str | None:
    if route.name == "demand:answer":
        return _link(scene)
    example, known = example_of(route), listed.words(route)
    made = {**scene.shared.made, **scene.home(role).made}
    if known is None and (example is None or (example.table and example.table not in made)):
        return None
    path = reverse(route.name, kwargs=known) if known else example.address(route.name, made)
    return path + ASKED.get(route.name, "")


def _link(scene: Scene) -> str:
    """The address that a company answers by, with its lines of last time."""
    office = actor_for(scene.user(Role.OFFICE))
    asked = scene.shared.made["demand.SurveyRound"]
    company = scene.tenants["company_a"].organisation
    return urlsplit(links.issue(office, company, survey_round=asked, sends=False).url).path


@pytest.mark.parametrize("name", [route.name for route in GUARDED])
def test_a_page_asks_as_often_for_fifty_rows_as_for_one(name: str, readings: dict[str, Reading]):
    one = readings.get(name)
    if one is None:
        assert name in UNREAD, "give it an address in routes.py, or say in UNREAD what it wants"
        return
    assert len(one.many) <= len(one.few), "\n".join(sorted(set(one.many) - set(one.few)))
    assert one.rows is None or one.rows >= MANY - 1, "the rows of this list did not grow"


def test_what_nobody_opens_is_still_there_and_closed(readings: dict[str, Reading]):
    assert set(UNREAD) & set(readings) == set(), "these are read"
    assert set(UNREAD) - {route.name for route in GUARDED} == set(), "these are no more"


def test_a_page_that_does_not_grow_says_what_it_is(readings: dict[str, Reading]):
    reads = {route.name for route in GUARDED if route.needs.action == Action.READ}
    pages = {name: one for name, one in readings.items() if name in reads and not one.is_act}
    alike = {name for name, one in pages.items() if one.grown < A_ROW}
    assert alike - set(FIXED) == set(), "make its rows grow, or declare it in FIXED"
    assert set(FIXED) - alike == set(), "these do grow"


def test_the_count_notices_a_query_for_each_row(
    readings: dict[str, Reading], clients: dict[Role, Client], monkeypatch: pytest.MonkeyPatch
):
    """The control: the same page, reading each row's industry and area one by one."""
    careless = replace(
        ORGANISATIONS, rows=lambda actor: organisations_visible_to(actor).select_related(None)
    )
    monkeypatch.setattr("chanjiao.web.directory.views.organisations.ORGANISATIONS", careless)
    one = readings["directory:organisations"]
    _answer, asked = _queries(clients[one.role], one.address)
    assert len(asked) > len(one.few)
