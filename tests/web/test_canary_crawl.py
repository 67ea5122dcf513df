"""Strings that stand in one body's records only: nobody of another body ever reads one.

The world of ``access.scene`` has such a string in every text field of every table. Each role
walks all it can reach and asks for the other body's addresses outright; what it read must be what
the matrix gives it. The control walks as the body itself and as the office, and does find them.
"""

from collections.abc import Callable, Iterator
from functools import cache as cache_of
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chanjiao.core.permissions import reaches
from chanjiao.core.roles import Action, Reach, Role
from chanjiao.core.sheets import handlers
from tests.web.access.crawler import Walk, walk
from tests.web.access.routes import example_of, routes
from tests.web.access.scene import Scene, build, own_models

pytestmark = pytest.mark.django_db

# Which row of the matrix a table's contents come under; "" is shown to nobody at all.
THINGS: dict[str, str] = {
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
    "demand.NothingNeeded": "survey_round",
    "demand.RoundTarget": "survey_round",
    "demand.Ask": "ask",
    "demand.IntakeLink": "ask",
    "supply.MajorOffering": "supply",
    "supply.MajorYear": "supply",
    "supply.Cohort": "supply",
    "supply.Student": "student",
    "gaps.GapLine": "gap",
}

# Fields under another row than their table.
FIELDS: dict[tuple[str, str], str] = {
    ("organisations.Organisation", field): "organisation_internal"
    for field in ("contact_name", "contact_phone", "contact_email", "note", "credit_code_reason")
} | {("organisations.RegisterChange", "reason"): "organisation_internal"}

# What somebody who sees only that a thing happened may read of it.
OUTLINES = {("core.StoredFile", "name"), ("exchange.ImportJob", "sheet")}

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
def starts(scene: Scene) -> list[str]:
    """Doors of the house, searches for the others' strings, and all addresses asked outright."""
    plain = [
        reverse(r.name)
        for r in routes()
        if r.needs and not r.arguments and r.name not in DESCRIPTIONS
    ]
    asked = [f"{address}?q=zq" for address in plain]
    exports = [reverse("exchange:export", args=[name]) + "?format=csv" for name in handlers()]
    exports.append(reverse("exchange:export", args=[next(iter(handlers()))]) + "?format=xlsx")
    theirs = [
        example.address(route.name, tenant.made)
        for route in routes()
        if route.needs and route.arguments and (example := example_of(route))
        for tenant in scene.tenants.values()
        if tenant.mark in "bd" and (not example.table or example.table in tenant.made)
    ]
    return ["/", *plain, *asked, *exports, *theirs]


@pytest.fixture(scope="module")
def walks(scene: Scene, starts: list[str]) -> Callable[[Any], Walk]:
    """What each user read; walked once, since several tests ask."""
    return cache_of(lambda user: _walk(user, starts))


def _walk(user: Any, starts: list[str]) -> Walk:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return walk(client, starts)


def _may_read(role: Role, table: str, column: str) -> bool:
    thing = FIELDS.get((table, column), THINGS[table])
    if not thing or table in NEVER_ANOTHERS:
        return False
    found = reaches(frozenset({role, Role.PUBLIC}), thing, Action.READ)
    is_in_area = role is Role.GRID_OFFICER and Reach.AREA in found
    is_outline = Reach.MASKED in found and (table, column) in OUTLINES
    return Reach.ALL in found or is_in_area or is_outline


def test_every_table_of_somebody_has_a_row_in_the_matrix(scene: Scene):
    written = {table for mark, table, _f in scene.canaries.values() if mark in "abcd"}
    assert written - set(THINGS) == set(), "name the row of these tables in THINGS"
    assert set(THINGS) - {m._meta.label for m in own_models()} == set(), "these are no more"


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.name)
def test_nobody_reads_another_bodys_strings(role: Role, scene: Scene, walks: Any):
    user = None if role is Role.PUBLIC else scene.user(role)
    home = "-" if user is None else scene.home(role).mark
    found = walks(user)
    assert found.broken == []
    leaks = [
        f"{table}.{column} of {mark} at {found.seen[canary]}"
        for canary, (mark, table, column) in scene.canaries.items()
        if canary in found.seen and mark in "abcd" and mark != home
        if not _may_read(role, table, column)
    ]
    assert leaks == []


def test_the_body_itself_and_the_office_do_find_them(scene: Scene, walks: Any):
    """The control: a walk that sees nothing would prove nothing."""
    readers = [
        scene.tenants["company_b"].users[Role.COMPANY_HR],
        scene.tenants["school_b"].users[Role.SCHOOL_ADMIN],
        scene.user(Role.OFFICE), scene.user(Role.AUDITOR),
    ]  # fmt: skip
    seen: set[str] = set()
    for reader in readers:
        seen |= set(walks(reader).seen)
    theirs = {c: where for c, where in scene.canaries.items() if where[0] in "bd"}
    tables = {theirs[c][1] for c in seen if c in theirs}
    share = len(seen & set(theirs)) / len(theirs)
    assert {
        "organisations.Organisation", "accounts.User", "organisations.Invitation",
        "organisations.ApiToken", "core.StoredFile",
    } <= tables  # fmt: skip
    assert share > 0.2


def test_a_leak_would_be_seen(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """The control of the control: a list that forgets who asks turns the test red."""
    from chanjiao.web.people import lists

    everything = lists.grants_visible_to
    office = scene.user(Role.OFFICE)
    from chanjiao.organisations.actors import actor_for

    listing = lists.USERS
    monkeypatch.setattr(
        "chanjiao.web.people.views.users.USERS",
        type(listing)(**{**vars(listing), "rows": lambda _actor: everything(actor_for(office))}),
    )
    found = _walk(scene.user(Role.COMPANY_HR), ["/people/users/"])
    assert any(scene.canaries[c][0] == "b" for c in found.seen)
