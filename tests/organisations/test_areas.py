"""The tree of areas and who is in charge of each."""

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.policies import can_see_internal
from chanjiao.organisations.services import areas


@pytest.fixture
def city(office):
    return areas.create_area(office, kind="city", code="3302", name="望澜市")


@pytest.fixture
def park(office, city):
    return areas.create_area(office, kind="park", code="P1", name="智造园", parent_id=city.pk)


@pytest.fixture
def grid(office, park):
    return areas.create_area(office, kind="grid", code="G1", name="一网格", parent_id=park.pk)


def test_a_grid_lies_in_its_park_and_city(grid):
    assert grid.path == "3302/P1/G1"


def test_a_code_is_given_once(office, city):
    with pytest.raises(Refused, match="3302"):
        areas.create_area(office, kind="park", code="3302", name="又一个")


def test_what_lies_below_moves_along(office, city, park, grid):
    other = areas.create_area(office, kind="county", code="C2", name="乙县", parent_id=city.pk)
    areas.edit_area(office, park.pk, kind="park", name="智造园", parent_id=other.pk)
    grid.refresh_from_db()
    assert grid.path == "3302/C2/P1/G1"


def test_nothing_is_hung_below_itself(office, park, grid):
    with pytest.raises(Refused, match="之内"):
        areas.edit_area(office, park.pk, kind="park", name="智造园", parent_id=grid.pk)


def test_only_the_office_shapes_the_tree(company_hr, office_body, sign_up):
    for actor in (company_hr, actor_for(sign_up(Role.GRID_OFFICER, office_body))):
        with pytest.raises(PermissionDenied):
            areas.create_area(actor, kind="city", code="x", name="x")


def test_an_officer_reaches_the_grid_he_is_in_charge_of(
    office, office_body, sign_up, company, grid
):
    company.area = grid
    company.save()
    user = sign_up(Role.GRID_OFFICER, office_body)
    assert not can_see_internal(actor_for(user), company)
    areas.assign_officer(office, grid.pk, user.pk)
    assert can_see_internal(actor_for(user), company)
    areas.assign_officer(office, grid.pk, None)
    assert not can_see_internal(actor_for(user), company)


def test_somebody_without_the_role_is_put_in_charge_of_nothing(office, company_hr, grid):
    with pytest.raises(Refused, match="网格员"):
        areas.assign_officer(office, grid.pk, company_hr.user_id)
