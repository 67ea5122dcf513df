"""Two schools with a major each, and the people who may or may not see them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Organisation
from chanjiao.supply.choices import Level, OfferingState
from chanjiao.supply.models import Cohort, MajorOffering


@pytest.fixture
def other_school_admin(sign_up: Callable[..., Any], other_school: Organisation) -> Actor:
    return actor_for(sign_up(Role.SCHOOL_ADMIN, other_school))


@pytest.fixture
def teacher(sign_up: Callable[..., Any], school: Organisation) -> Actor:
    return actor_for(sign_up(Role.TEACHER, school, is_admin=False))


@pytest.fixture
def make_offering(school: Organisation) -> Callable[..., MajorOffering]:
    def make(code: str = "460301", **fields: Any) -> MajorOffering:
        fields = {
            "school": school, "name": "机电一体化技术", "level": Level.COLLEGE,
            "duration": Decimal(3), "state": OfferingState.OPEN, "filing_number": "备-1",
            "confirmed_on": date(2026, 9, 1), **fields,
        }  # fmt: skip
        return MajorOffering.objects.create(code=code, **fields)

    return make


@pytest.fixture
def offering(make_offering: Callable[..., MajorOffering]) -> MajorOffering:
    return make_offering()


@pytest.fixture
def cohort(offering: MajorOffering) -> Cohort:
    return Cohort.objects.create(
        offering=offering, grade=2024, class_name="机电2401", declared_size=40,
        graduates_on=date(2027, 6, 1),
    )  # fmt: skip
