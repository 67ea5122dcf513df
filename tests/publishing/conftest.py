"""A quarter with enough companies to publish, and two people of the office to sign."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.reference import load_parameters
from chanjiao.core.roles import Role
from chanjiao.demand.choices import Coding, DemandState, Period, RoundState, TargetState, Visibility
from chanjiao.demand.models import JobDemand, RoundTarget, SurveyRound
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel, Kind
from chanjiao.organisations.models import Consortium, RoleGrant
from chanjiao.publishing import documents
from chanjiao.publishing.services import freezing, preparing, quarters
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code

NOW = datetime(2026, 10, 8, 1, 0, tzinfo=UTC)
CODES = {
    "6": "生产制造及有关人员", "6-18": "机械制造基础加工人员", "6-18-01": "机械冷加工人员",
    "6-18-01-01": "车工", "6-18-01-02": "铣工",
    "6-20": "通用设备制造人员", "6-20-01": "通用基础件装配制造人员", "6-20-01-01": "装配钳工",
}  # fmt: skip


@pytest.fixture
def october():
    with clock.standing_at(NOW):
        yield


@pytest.fixture
def head(office_body):
    """The person who signs: of the office, but not the one who freezes."""
    user = User.objects.create_user("head@example.test", "a-good-password", name="主任")
    RoleGrant.objects.create(
        user=user, role=Role.OFFICE, organisation=office_body, is_admin=True,
        starts_on=date(2026, 1, 1),
    )  # fmt: skip
    return actor_for(user)


@pytest.fixture
def occupations(db):
    load_parameters()
    for code, name in CODES.items():
        Code.objects.get_or_create(
            system=System.OCCUPATION, code=code, valid_to=None,
            defaults={
                "name": name, "valid_from": date(2022, 9, 28), "level": code.count("-") + 1,
            },
        )  # fmt: skip
    return {c.code: c for c in Code.objects.filter(system=System.OCCUPATION, code__in=CODES)}


@pytest.fixture
def companies(make_organisation):
    return [make_organisation(f"{word}精密有限公司", Kind.COMPANY) for word in "甲乙丙丁戊己"]


@pytest.fixture
def add_line(occupations):
    def add(company, code: str = "6-18-01-01", headcount: int = 5, **fields):
        title = fields.pop("title", "数控车工")
        values = {
            "company": company, "title": title, "title_key": f"{title}{code}", "year": 2026,
            "headcount": headcount, "occupation": occupations.get(code), "coding": Coding.GIVEN,
            "state": DemandState.VALID, "confirmed_on": date(2026, 9, 1),
            "valid_until": date(2026, 12, 31), "education": "2", "skill_level": "3",
            "pay_min_yuan": 6000, "pay_max_yuan": 9000,
        }  # fmt: skip
        return JobDemand.objects.create(**{**values, **fields})

    return add


@pytest.fixture
def lines(companies, add_line):
    """车工 of five companies, one of them under its name; 铣工 of one company only."""
    made = [add_line(company, headcount=4 + n) for n, company in enumerate(companies[:4])]
    made.append(add_line(companies[4], visibility=Visibility.PUBLIC, headcount=7))
    made.append(add_line(companies[5], "6-18-01-02", 6, title="铣床操作"))
    return made


@pytest.fixture
def consortium(office_body, school):
    return Consortium.objects.create(
        name="望澜湾产教联合体", name_en="Wanglan Bay Consortium", kind=ConsortiumKind.values[0],
        level=ConsortiumLevel.values[0], office=office_body, lead_school=school,
        founded_on=date(2023, 6, 28),
    )  # fmt: skip


@pytest.fixture
def survey_round(companies):
    made = SurveyRound.objects.create(
        state=RoundState.COLLECTING,
        title="2026 年第 3 季度", year=2026, period=Period.QUARTER, quarter=3,
        opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 30),
    )  # fmt: skip
    for company in companies:
        RoundTarget.objects.create(round=made, company=company, state=TargetState.ANSWERED)
    return made


@pytest.fixture
def quarter(october, office, consortium, survey_round, lines):
    return quarters.open_quarter(office, 2026, 3)


def study(office, quarter):
    """Order the gap study; in tests the worker's part is done at once."""
    return preparing.order_study(office, quarter.pk)


def close_up_to_check(office, quarter):
    for move in ("remind", "review"):
        quarters.make(office, quarter.pk, move)
    study(office, quarter)
    quarters.make(office, quarter.pk, "compute")
    return quarters.make(office, quarter.pk, "check", "已逐行核对")


@pytest.fixture
def checked(office, quarter):
    return close_up_to_check(office, quarter)


_made: dict[tuple[str, str], bytes] = {}


@pytest.fixture
def files_once(monkeypatch):
    """Equal snapshots give equal files (other tests prove it), so the scene makes them once."""

    def make(edition, fmt):
        place = (edition.seal, fmt)
        if place not in _made:
            _made[place] = documents.make(edition, fmt)
        return _made[place]

    stand_in = SimpleNamespace(make=make, tools=documents.tools, file_name=documents.file_name)
    monkeypatch.setattr(freezing, "documents", stand_in)


@pytest.fixture
def frozen(office, checked, files_once):
    return quarters.freeze(office, checked.pk)


@pytest.fixture
def version(head, frozen):
    return quarters.publish(head, frozen.pk)
