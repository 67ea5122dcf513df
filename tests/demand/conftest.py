"""A small scene of demand: an occupation, and positions in the states the tests need."""

from datetime import date
from typing import Any

import pytest

from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code

TODAY = date(2026, 9, 15)


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
            "company": company, "title": title, "title_key": title.lower(), "headcount": 5,
            "occupation": occupation, "coding": Coding.GIVEN, "year": 2026,
            "state": DemandState.VALID, "confirmed_on": date(2026, 9, 1),
            "valid_until": date(2026, 12, 31),
        }  # fmt: skip
        return JobDemand.objects.create(**{**values, **fields})

    return make
