"""A small fair: two companies with positions in their ledgers, a hall of six stands."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from chanjiao.accounts.models import User
from chanjiao.core import clock, reference
from chanjiao.core.roles import Role
from chanjiao.demand import wording
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.fairs.services import booths, fairs, slots, stands
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Person, RoleGrant
from chanjiao.supply.models import MajorOffering, Student

STATED = {
    "name": "秋季校企双选会", "kind": "general", "held_on": date(2026, 10, 20),
    "starts_at": time(8, 30), "ends_at": time(12), "place": "体育馆",
    "apply_until": date(2026, 10, 10), "cancel_until": date(2026, 10, 15),
}  # fmt: skip
PEOPLE = [{"name": "王某", "phone": "13800138000"}]


def standing(month: int, day: int, hour: int = 9):
    return clock.standing_at(datetime(2026, month, day, hour, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture(autouse=True)
def _september(db):
    reference.load_parameters()
    with standing(9, 15):
        yield


@pytest.fixture
def make_post(company):
    """A valid position of the ledger."""

    def make(title: str = "数控车工", body=None, **fields) -> JobDemand:
        values = {
            "company": body or company, "title": title, "title_key": wording.key(title),
            "headcount": 5, "coding": Coding.WAITING, "year": 2026, "state": DemandState.VALID,
            "valid_until": date(2026, 12, 31),
        }  # fmt: skip
        return JobDemand.objects.create(**{**values, **fields})

    return make


@pytest.fixture
def fair(office):
    """A fair that takes companies and has six stands."""
    made = fairs.plan(office, STATED)
    stands.lay_out(office, made.pk, "一号厅", 2, 3)
    return fairs.make_move(office, made.pk, "invite")


def stated(*posts, **more):
    lines = [{"demand": p.pk, "purpose": "job", "people": p.wanted} for p in posts]
    return {"posts": lines, "representatives": PEOPLE, "tables": 1, "wish": "", **more}


@pytest.fixture
def booth(fair, company_hr, company, make_post):
    return booths.apply(company_hr, fair.pk, company.pk, stated(make_post()))


@pytest.fixture
def advance(office, fair):
    """A function taking the fair through its steps up to the one named."""

    def to(name: str):
        for move in ("review", "place", "match", "open", "run", "sum_up", "follow"):
            if move == "match":
                stands.give_all(office, fair.pk)
            fairs.make_move(office, fair.pk, move)
            if move == name:
                break

    return to


@pytest.fixture
def offering(school):
    return MajorOffering.objects.create(
        school=school, code="460103", name="数控技术", level="college", duration=3,
        state="open", filing_number="备-1",
    )  # fmt: skip


@pytest.fixture
def make_student(sign_up, school, offering):
    """A student with an account, and the student as an actor."""

    def make(number: str = "2023001"):
        user = User.objects.create_user(f"s{number}@example.test", "a-good-password", name="学生")
        RoleGrant.objects.create(
            user=user, role=Role.STUDENT, organisation=school, starts_on=date(2026, 1, 1)
        )
        person = Person.objects.create(
            name=f"李{number}", phone="13900139000", kind="student", organisation=school, user=user
        )
        Student.objects.create(
            person=person, school=school, offering=offering, number=number, grade=2023
        )
        return actor_for(user)

    return make


@pytest.fixture
def student(make_student):
    return make_student()


@pytest.fixture
def open_fair(fair, office, booth, advance):
    """The fair open to students, with one company in its stand and its hours laid out."""
    slots.lay_out(office, booth.pk, 30, 1)
    booths.make_move(office, booth.pk, "approve")
    advance("open")
    fair.refresh_from_db()
    return fair


@pytest.fixture
def post(booth):
    return booth.posts.get()
