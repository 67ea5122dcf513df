"""A small scene of demand: an occupation, and positions in the states the tests need."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.forms import model_to_dict

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.models import RuleParameter
from chanjiao.core.reference import _parameters as shipped_parameters
from chanjiao.core.roles import Role
from chanjiao.demand import wording
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services import rounds
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel
from chanjiao.organisations.models import Consortium, RoleGrant
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code


@pytest.fixture
def occupation(db):
    return Code.objects.get_or_create(
        system=System.OCCUPATION, code="6-18-01-01", valid_to=None,
        defaults={"name": "车工", "valid_from": date(2022, 9, 28), "level": 4},
    )[0]  # fmt: skip


@pytest.fixture
def make_demand(company, occupation):
    def make(title: str = "数控车工", **fields: Any) -> JobDemand:
        values = {
            "company": company, "title": title, "title_key": wording.key(title), "headcount": 5,
            "occupation": occupation, "coding": Coding.GIVEN, "year": 2026,
            "state": DemandState.VALID, "confirmed_on": date(2026, 9, 1),
            "valid_until": date(2026, 12, 31),
        }  # fmt: skip
        return JobDemand.objects.create(**{**values, **fields})

    return make


@pytest.fixture(autouse=True)
def _today():
    """Tests of deadlines stand on one day of September 2026."""

    with clock.standing_at(datetime(2026, 9, 15, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield


@cache
def _shipped():
    """Read once: parsing the papers takes longer than any test here."""
    return [model_to_dict(row) for row in shipped_parameters()]


@pytest.fixture(autouse=True)
def _parameters(db):
    RuleParameter.objects.bulk_create(RuleParameter(**values) for values in _shipped())


@pytest.fixture
def consortium(office_body, school):
    return Consortium.objects.create(
        name="湾区联合体", kind=ConsortiumKind.MUNICIPAL, level=ConsortiumLevel.CITY,
        office=office_body, lead_school=school, founded_on="2023-06-28",
    )  # fmt: skip


@pytest.fixture
def office_colleague(office_body, db):
    """A second person of the office, for what needs four eyes."""

    user = User.objects.create_user("second@example.test", "a-good-password", name="同事")
    RoleGrant.objects.create(
        user=user, role=Role.OFFICE, organisation=office_body, starts_on=date(2026, 1, 1)
    )
    return actor_for(user)


@pytest.fixture
def open_round(office, company, other_company, consortium):
    """A quarter that collects from both companies; nobody was asked yet."""

    made = rounds.plan(
        office,
        {
            "title": "2026 年三季度人才需求征集", "year": 2026, "period": "quarter", "quarter": 3,
            "opens_on": date(2026, 9, 1), "closes_on": date(2026, 9, 30),
        },
    )  # fmt: skip
    rounds.target(office, made.pk, {})
    rounds.make_move(office, made.pk, "announce")
    return made
