"""A small market: three occupations, three majors, two parks, companies and two schools."""

from datetime import date
from decimal import Decimal

import pytest

from chanjiao.core import clock
from chanjiao.core.reference import load_parameters
from chanjiao.demand.choices import Coding, DemandState, Source
from chanjiao.demand.models import JobDemand
from chanjiao.gaps.services import studies
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area
from chanjiao.standards.choices import Basis, LinkState, Relation, System
from chanjiao.standards.models import CodeLink
from chanjiao.standards.services.reference import load_codes
from chanjiao.supply.choices import Level, OfferingState
from chanjiao.supply.models import Cohort, MajorOffering

DAY = date(2026, 9, 15)
TURNER, FITTER, ELECTRICIAN = "6-18-01-01", "6-18-01-02", "6-31-01-03"
MECHATRONICS, NUMERIC, WELDING = "460301", "460103", "460110"


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return DAY


@pytest.fixture
def codes(db):
    load_parameters()
    occupations = load_codes(System.OCCUPATION, [TURNER, FITTER, ELECTRICIAN])
    majors = load_codes(System.MAJOR, [MECHATRONICS, NUMERIC, WELDING])
    return {**occupations, **majors}


@pytest.fixture
def areas(db):
    city = Area.objects.create(kind=AreaKind.CITY, code="C", name="望澜市", path="C")
    return {
        code: Area.objects.create(
            kind=AreaKind.PARK, code=code, name=name, parent=city, path=f"C/{code}"
        )
        for code, name in (("E", "东园"), ("W", "西园"))
    }


@pytest.fixture
def link(codes):
    def make(major, occupation, strength="0.900", state=LinkState.ACCEPTED):
        return CodeLink.objects.create(
            relation=Relation.MAJOR_OCCUPATION, source=codes[major], target=codes[occupation],
            strength=Decimal(strength), basis=Basis.EXPERT, state=state,
        )  # fmt: skip

    return make


@pytest.fixture
def want(codes, areas, make_organisation):
    bodies = {}

    def make(firm, occupation, people, area="E", **fields):
        body = bodies.get(firm) or bodies.setdefault(firm, make_organisation(f"企业{firm}"))
        title = f"{occupation or '神秘岗位'}{people}{area}"
        values = {
            "company": body, "title": title, "title_key": title, "headcount": people,
            "occupation": codes[occupation] if occupation else None,
            "coding": Coding.GIVEN if occupation else Coding.WAITING, "year": 2026,
            "state": DemandState.VALID, "confirmed_on": date(2026, 9, 1),
            "valid_until": date(2026, 12, 31), "area": areas[area], "source": Source.SURVEY,
        }  # fmt: skip
        return JobDemand.objects.create(**{**values, **fields})

    return make


@pytest.fixture
def train(codes, school):
    def make(major, size, body=None, **fields):
        offering = MajorOffering.objects.create(
            school=body or school, code=major, major=codes.get(major), name=f"专业{major}",
            level=Level.COLLEGE, duration=Decimal(3), state=OfferingState.OPEN,
            filing_number="备-1", confirmed_on=date(2026, 9, 1), **fields,
        )  # fmt: skip
        Cohort.objects.create(
            offering=offering, grade=2023, class_name="一班", declared_size=size,
            graduates_on=date(2026, 6, 30),
        )  # fmt: skip
        return offering

    return make


@pytest.fixture
def market(link, want, train, codes, areas):
    """Turners short in two parks, one firm alone wants fitters, electricians are plenty."""
    link(MECHATRONICS, ELECTRICIAN)
    link(NUMERIC, TURNER)
    link(NUMERIC, FITTER, "0.600")
    for firm in range(6):
        want(firm, TURNER, 20 + firm, "E" if firm % 2 else "W")
    want(7, FITTER, 4)
    for firm in range(8, 12):
        want(firm, ELECTRICIAN, 5, "W")
    want(3, None, 9)
    want(4, TURNER, 300, source=Source.PROJECT)
    train(MECHATRONICS, 90)
    train(NUMERIC, 60)
    return codes


@pytest.fixture
def study(today, market, office):
    """Computed at once: tests have a queue that does not wait."""
    made = studies.create(office, 2026, DAY)
    made.refresh_from_db()
    return made
