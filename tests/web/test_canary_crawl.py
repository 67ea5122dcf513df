"""Strings that stand in one body's records only: nobody of another body ever reads one.

The world of ``access.scene`` has such a string in every text field of every table, and a quarter
closed over them: a gap study, a published list and its five files. Each role walks all it can
reach and asks for the other body's addresses outright; what it read must be what the matrix gives
it. The control walks as the body itself and as the office, and finds every field that is shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache as cache_of
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from chanjiao.core import clock
from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.permissions import reaches
from chanjiao.core.roles import Action, Reach, Role
from chanjiao.core.sheets import handlers
from chanjiao.organisations.actors import actor_for
from chanjiao.publishing import gathering
from chanjiao.publishing.editions import edition_now
from tests.web.access.crawler import ASKED, CANARY, Walk, text_of, walk
from tests.web.access.published import FORMATS, Published, published
from tests.web.access.routes import example_of, routes
from tests.web.access.scene import Scene, build, own_models, text_fields
from tests.web.access.unshown import COPIES, FIELDS as UNSHOWN

pytestmark = pytest.mark.django_db

# Which row of the matrix a table's contents come under; "" is shown to nobody at all.
THINGS: dict[str, str] = {
    "core.AuditEntry": "audit_log",
    "core.StoredFile": "import_job",
    "core.JobRun": "job",
    "core.OutboxMessage": "",
    "core.Todo": "workbench",
    "core.WorkflowStep": "demand",
    "accounts.User": "user_account",
    "standards.Alignment": "alignment",
    "organisations.Organisation": "organisation",
    "organisations.OrganisationName": "organisation",
    "organisations.OrganisationDomain": "organisation",
    "organisations.OrganisationYear": "organisation_internal",
    "organisations.Membership": "membership",
    "organisations.RoleGrant": "user_account",
    "organisations.Invitation": "user_account",
    "organisations.Person": "student",
    "organisations.RegisterChange": "organisation",
    "organisations.DuplicatePair": "organisation_internal",
    "organisations.Merge": "organisation_internal",
    "organisations.ApiToken": "api_token",
    "industry.Placement": "chain",
    "exchange.ImportJob": "import_job",
    "exchange.ImportRow": "import_job",
    "demand.JobDemand": "demand",
    "demand.DemandSkill": "demand",
    "demand.DemandFill": "demand",
    "demand.DemandLook": "demand",
    "demand.NothingNeeded": "ask",
    "demand.RoundTarget": "ask",
    "demand.Ask": "ask",
    "demand.IntakeLink": "ask",
    "supply.MajorOffering": "supply",
    "supply.MajorYear": "supply",
    "supply.Cohort": "supply",
    "supply.Student": "student",
    "fairs.Fair": "fair",
    "fairs.FairDate": "fair",
    "fairs.Hall": "booth",
    "fairs.Stand": "booth",
    "fairs.Booth": "booth",
    "fairs.FairPost": "booth",
    "fairs.NoShowPardon": "",
    "publishing.Objection": "objection",
    "evidence.PressPage": "press",
    "evidence.PressArticle": "press",
    "evidence.Statement": "press",
    "evidence.Decision": "press",
    "evidence.EvidenceItem": "evidence",
    "evidence.ReportedValue": "evidence",
}

# Fields under another row than their table.
FIELDS: dict[tuple[str, str], str] = {
    ("organisations.Organisation", field): "organisation_internal"
    for field in ("contact_name", "contact_phone", "contact_email", "note", "credit_code_reason")
} | {
    ("organisations.RegisterChange", "reason"): "organisation_internal",
    ("core.WorkflowStep", "opinion"): "organisation_internal",
    ("demand.DemandFill", "note"): "organisation_internal",
    # What was taken into evidence is read with it.
    ("evidence.PressArticle", "title"): "evidence",
    ("evidence.PressArticle", "text"): "evidence",
    ("evidence.Statement", "quote"): "evidence",
    ("evidence.Statement", "content"): "evidence",
    ("evidence.Statement", "summary"): "evidence",
    ("fairs.Booth", "representatives"): "organisation_internal",
    ("fairs.Booth", "wish"): "organisation_internal",
}

# What a body puts before others by an act of its own: under which row, and where alone.
BROUGHT = {("demand.JobDemand", "title"): ("booth", "/fairs/")}

# What somebody who sees only that a thing happened may read of it.
OUTLINES = {("core.StoredFile", "name"), ("exchange.ImportJob", "sheet")}

# Addresses asked in words (and in English) without a search field of their own on the page.
SEARCHES = (
    "home:workbench",
    "home:search",
    "portal:find",
    "demand:suggest",
    "directory:duplicate-search",
)

# What the API says of itself: nobody's data, and slow to write.
DESCRIPTIONS = {"api:api-root", "api:openapi-json"}

# Everybody's own business, whatever the reach says: a to-do is its body's, "all" only its kind.
NEVER_ANOTHERS = {"core.Todo"}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def listed(scene: Scene) -> Published:
    return published(scene)


@pytest.fixture(scope="module")
def starts(scene: Scene, listed: Published) -> list[str]:
    """Doors of the house, searches for the others' strings, and all addresses asked outright."""
    plain = [
        reverse(r.name)
        for r in routes()
        if r.needs and not r.arguments and r.name not in DESCRIPTIONS
    ]
    asked = [f"{reverse(name)}?{ASKED}" for name in SEARCHES]
    exports = [reverse("exchange:export", args=[name]) + "?format=csv" for name in handlers()]
    exports.append(reverse("exchange:export", args=[next(iter(handlers()))]) + "?format=xlsx")
    theirs = [
        example.address(route.name, tenant.made)
        for route in routes()
        if route.needs and route.arguments and (example := example_of(route))
        for tenant in scene.tenants.values()
        if tenant.mark in "bd" and (not example.table or example.table in tenant.made)
    ]
    objections = [
        reverse("publishing:answer", args=[listed.publication.number, one.pk])
        for one in listed.objections
    ]
    return ["/", *plain, *asked, *exports, *theirs, *listed.doors, *objections]


@pytest.fixture(scope="module")
def walks(scene: Scene, starts: list[str]) -> Callable[[Any], Walk]:
    """What each user read; walked once, since several tests ask."""
    return cache_of(lambda user: _walk(user, starts))


def _walk(user: Any, starts: list[str]) -> Walk:
    """The door refuses some addresses whoever they tell of; the matrix test knocks at all."""
    client, actor = Client(raise_request_exception=False), ANONYMOUS
    if user is not None:
        client.force_login(user)
        actor = actor_for(user)
    needs = {address: resolve(urlsplit(address).path).func.needs for address in starts}
    return walk(client, [a for a, n in needs.items() if actor.may(n.thing, n.action)])


def _may_read(role: Role, table: str, column: str) -> bool:
    thing = FIELDS.get((table, column), THINGS[table])
    if not thing or table in NEVER_ANOTHERS:
        return False
    found = reaches(frozenset({role, Role.PUBLIC}), thing, Action.READ)
    is_in_area = role is Role.GRID_OFFICER and Reach.AREA in found
    is_outline = Reach.MASKED in found and (table, column) in OUTLINES
    return Reach.ALL in found or is_in_area or is_outline


def _is_brought(role: Role, table: str, column: str, address: str) -> bool:
    """Whether the body itself brought it where those who may read that page meet it."""
    thing, beginning = BROUGHT.get((table, column), ("", "-"))
    return address.startswith(beginning) and Reach.ALL in reaches(
        frozenset({role}), thing, Action.READ
    )


def test_every_table_of_somebody_has_a_row_in_the_matrix(scene: Scene):
    written = {table for mark, table, _f in scene.canaries.values() if mark in "abcd"}
    assert written - set(THINGS) == set(), "name the row of these tables in THINGS"
    known = {table for table, _field in text_fields()} | {m._meta.label for m in own_models()}
    assert set(THINGS) - known == set(), "these are no more"


def test_every_text_field_is_planted_or_declared(scene: Scene, listed: Published):
    planted = {(table, column) for _m, table, column in scene.canaries.values()}
    copied = {(table, column) for table, columns in COPIES.items() for column in columns}
    missing = text_fields() - planted - copied - set(UNSHOWN)
    assert missing == set(), "plant these in PARTICULAR, or say in access/unshown.py why not"
    assert (copied | set(UNSHOWN)) - text_fields() == set(), "these are no more"


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.name)
def test_nobody_reads_another_bodys_strings(role: Role, scene: Scene, walks: Any):
    user = None if role is Role.PUBLIC else scene.user(role)
    home = "-" if user is None else scene.home(role).mark
    found = walks(user)
    assert found.broken == []
    leaks = [
        f"{table}.{column} of {mark} at {address}"
        for canary, (mark, table, column) in scene.canaries.items()
        if canary in found.seen and mark in "abcd" and mark != home
        if not _may_read(role, table, column)
        for address in found.seen[canary].values()
        if not _is_brought(role, table, column, address)
    ]
    assert leaks == []


def test_the_body_itself_and_the_office_do_find_them(scene: Scene, listed: Published, walks: Any):
    """The control: a walk that sees nothing would prove nothing."""
    readers = [
        scene.tenants["company_b"].users[Role.COMPANY_HR],
        scene.tenants["school_b"].users[Role.SCHOOL_ADMIN],
        scene.user(Role.OFFICE), scene.user(Role.AUDITOR),
    ]  # fmt: skip
    seen = {canary for reader in readers for canary in walks(reader).seen}
    theirs = {c: (t, f) for c, (mark, t, f) in scene.canaries.items() if mark in "bd"}
    found = {theirs[c] for c in seen & set(theirs)}
    shown = {c for c, place in theirs.items() if place not in UNSHOWN}
    assert found & set(UNSHOWN) == set(), "declared as shown nowhere, and yet read"
    assert {theirs[c] for c in shown} - found == set(), "neither shown nor declared"
    assert len(seen & shown) / len(shown) >= 0.95


@pytest.mark.parametrize("fmt", FORMATS)
def test_each_file_of_the_list_names_whom_it_may_and_nobody_else(
    fmt: str, scene: Scene, listed: Published
):
    file = reverse("portal:file", args=[listed.publication.number, 1, fmt])
    read = set(CANARY.findall(text_of(Client().get(file))))
    b = scene.tenants["company_b"].organisation.name
    assert {listed.open_title, b} <= read
    assert read & set(scene.canaries) - {b} - set(scene.of_nobody) == set()


def test_a_list_that_names_everybody_would_be_seen(
    scene: Scene, listed: Published, monkeypatch: pytest.MonkeyPatch
):
    """The control: every position under its company's name, as if each had agreed to it."""
    kept = gathering._lines
    monkeypatch.setattr(
        gathering, "_lines", lambda rows: [replace(line, is_public=True) for line in kept(rows)]
    )
    told = edition_now(listed.quarter, clock.now()).content.decode()
    assert scene.tenants["company_a"].organisation.name in told


def test_a_leak_would_be_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """The control of the control: a list that forgets who asks turns the test red."""
    from chanjiao.web.people import lists

    everything = lists.grants_visible_to
    office = scene.user(Role.OFFICE)
    listing = lists.USERS
    monkeypatch.setattr(
        "chanjiao.web.people.views.users.USERS",
        type(listing)(**{**vars(listing), "rows": lambda _actor: everything(actor_for(office))}),
    )
    client = Client()
    client.force_login(scene.user(Role.COMPANY_HR))
    found = walk(client, ["/people/users/"], follows=False)
    assert any(scene.canaries[c][0] == "b" for c in found.seen)
