"""A consortium with codes and rules, positions made at will, and a survey that runs."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from chanjiao.core import clock
from chanjiao.core.reference import load_parameters
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services import demands, rounds
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel
from chanjiao.organisations.models import Consortium
from chanjiao.standards.choices import System
from chanjiao.standards.services.reference import load_codes


@pytest.fixture(autouse=True)
def scene(db, office_body, school, settings):
    cache.clear()
    load_parameters()
    load_codes(System.OCCUPATION, ["6-18-01-01", "6-18-01-02"])
    Consortium.objects.create(
        name="湾区联合体", kind=ConsortiumKind.MUNICIPAL, level=ConsortiumLevel.CITY,
        office=office_body, lead_school=school, founded_on="2023-06-28",
    )  # fmt: skip


@pytest.fixture
def make_demand(company):
    def make(title="数控车工", **fields):
        values = {
            "company": company, "title": title, "title_key": title, "headcount": 5, "year": 2026,
            "coding": Coding.WAITING, "state": DemandState.VALID, "confirmed_on": clock.today(),
            "valid_until": clock.today() + timedelta(days=60), "pay_min_yuan": 6789,
        }  # fmt: skip
        demand = JobDemand(**{**values, **fields})
        demand.search_text = demands.search_text(demand)
        demand.save()
        return demand

    return make


@pytest.fixture
def survey(office, company, other_company):
    today = clock.today()
    made = rounds.plan(
        office,
        {"title": "本季征集", "year": today.year, "period": "special", "opens_on": today,
         "closes_on": today + timedelta(days=20)},
    )  # fmt: skip
    rounds.target(office, made.pk, {})
    rounds.make_move(office, made.pk, "announce")
    return made
