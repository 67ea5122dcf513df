"""The scene every test of the site starts from: a small consortium and one actor per role."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

import chanjiao
from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.core.catalogues import compile_stale
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Organisation, RoleGrant

START = date(2026, 1, 1)


def pytest_configure(config: pytest.Config) -> None:
    """English pages are tested too, so their catalogues are compiled before anything runs."""
    compile_stale(Path(chanjiao.__file__).parent)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test begins in Chinese: a page read in English leaves its language in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def make_organisation(db: None) -> Callable[..., Organisation]:
    def make(name: str, kind: str = Kind.COMPANY, **fields: Any) -> Organisation:
        return Organisation.objects.create(name=name, name_key=name, kind=kind, **fields)

    return make


@pytest.fixture
def sign_up(db: None) -> Callable[..., User]:
    """A user with one grant; the same e-mail may be given grants elsewhere too."""

    def make(role: Role, organisation: Organisation, **grant: Any) -> User:
        email = f"{role.value.lower()}{organisation.pk}@example.test"
        user = User.objects.filter(email=email).first()
        user = user or User.objects.create_user(email, "a-good-password", name=f"{role.label}")
        grant = {"is_admin": True, "starts_on": START, **grant}
        RoleGrant.objects.create(user=user, role=role, organisation=organisation, **grant)
        return user

    return make


@pytest.fixture
def office_body(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("联合体办公室", Kind.GOVERNMENT)


@pytest.fixture
def company(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("甲精密机械有限公司")


@pytest.fixture
def other_company(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("乙五金制品有限公司")


@pytest.fixture
def school(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("甲职业技术学院", Kind.HIGHER_COLLEGE)


@pytest.fixture
def other_school(make_organisation: Callable[..., Organisation]) -> Organisation:
    return make_organisation("乙中等专业学校", Kind.SECONDARY_SCHOOL)


@pytest.fixture
def office(sign_up: Callable[..., User], office_body: Organisation) -> Actor:
    return actor_for(sign_up(Role.OFFICE, office_body))


@pytest.fixture
def company_hr(sign_up: Callable[..., User], company: Organisation) -> Actor:
    return actor_for(sign_up(Role.COMPANY_HR, company))


@pytest.fixture
def other_company_hr(sign_up: Callable[..., User], other_company: Organisation) -> Actor:
    return actor_for(sign_up(Role.COMPANY_HR, other_company))


@pytest.fixture
def school_admin(sign_up: Callable[..., User], school: Organisation) -> Actor:
    return actor_for(sign_up(Role.SCHOOL_ADMIN, school))


@pytest.fixture
def client_of() -> Callable[[Actor], Client]:
    """A browser signed in as the actor's user."""

    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return make
