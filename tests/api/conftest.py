"""A school with an offering, a company with a position, and a token for whoever asks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.permissions import API_THINGS
from chanjiao.core.reference import load_parameters
from chanjiao.demand.models import JobDemand
from chanjiao.organisations.models import Organisation
from chanjiao.organisations.services import tokens
from chanjiao.standards.choices import System
from chanjiao.standards.services import reference
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear
from tests.publishing.conftest import (  # noqa: F401
    add_line,
    checked,
    companies,
    consortium,
    files_once,
    frozen,
    head,
    lines,
    occupations,
    october,
    quarter,
    survey_round,
    version,
)


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> None:
    cache.clear()
    load_parameters()


@pytest.fixture
def offering(school: Organisation) -> MajorOffering:
    major = reference.load_codes(System.MAJOR, ["460301"])["460301"]
    made = MajorOffering.objects.create(
        school=school, code="460301", name=major.name, major=major, level="college", duration=3,
        state="open", filing_number="备-1", confirmed_on=clock.today(),
    )  # fmt: skip
    MajorYear.objects.create(offering=made, year=2025, enrolled=120, registered=40)
    Cohort.objects.create(
        offering=made, grade=2024, class_name="机电2401", declared_size=40,
        graduates_on=date(2027, 6, 1),
    )  # fmt: skip
    return made


@pytest.fixture
def position(company: Organisation) -> JobDemand:
    return JobDemand.objects.create(
        company=company, year=2026, title="装配工", title_key="装配工", headcount=5,
        state="valid", visibility="members", valid_until=clock.today() + timedelta(days=90),
        description="有事请打 13800000000 找张工",
    )  # fmt: skip


@pytest.fixture
def ask() -> Callable[..., Any]:
    """GET an address of the API, as nobody or with a token."""

    def get(address: str, token: str = "", **headers: str) -> Any:
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return Client(raise_request_exception=False).get("/api/v1/" + address, headers=headers)

    return get


@pytest.fixture
def token_of() -> Callable[..., str]:
    def make(actor: Actor, *scope: str) -> str:
        wanted = scope or [thing for thing in API_THINGS if actor.may(thing)]
        ends = clock.today() + timedelta(days=30)
        return tokens.issue(actor, "测试", wanted, ends)[1]

    return make
