"""Roles given, limited and taken back; a body always keeps somebody who can act for it."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.models import AuditEntry
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import ApiToken, RoleGrant
from chanjiao.organisations.services import grants, tokens
from chanjiao.organisations.user_queries import administrators_of, grants_visible_to


@pytest.fixture
def colleague(db):
    return User.objects.create_user("colleague@example.test", "a-good-password", name="同事")


@pytest.fixture
def system_admin(sign_up, office_body):
    return actor_for(sign_up(Role.SYSTEM_ADMIN, office_body))


def _grant_of(actor):
    return RoleGrant.objects.get(user_id=actor.user_id, withdrawn_at=None)


def test_an_administrator_gives_a_colleague_a_role_from_today(company_hr, company, colleague):
    given = grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)
    assert given.starts_on == clock.today()
    assert actor_for(colleague).has(Role.MENTOR)
    assert AuditEntry.objects.filter(act="role_grant.given").count() == 1


def test_nobody_gives_roles_in_another_body(other_company_hr, company, colleague):
    with pytest.raises(PermissionDenied):
        grants.grant(other_company_hr, colleague.pk, company.pk, Role.MENTOR)


def test_a_user_who_is_no_administrator_gives_nothing(sign_up, company, colleague):
    plain = actor_for(sign_up(Role.COMPANY_HR, company, is_admin=False))
    with pytest.raises(PermissionDenied):
        grants.grant(plain, colleague.pk, company.pk, Role.MENTOR)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SCHOOL_ADMIN])
def test_a_company_cannot_make_officers(company_hr, company, colleague, role):
    with pytest.raises(PermissionDenied):
        grants.grant(company_hr, colleague.pk, company.pk, role)


def test_the_office_cannot_choose_its_own_auditor(office, office_body, colleague):
    with pytest.raises(PermissionDenied):
        grants.grant(office, colleague.pk, office_body.pk, Role.AUDITOR)


def test_office_auditor_and_system_are_three_persons(system_admin, office, office_body):
    with pytest.raises(Refused, match="三人"):
        grants.grant(system_admin, office.user_id, office_body.pk, Role.AUDITOR)


def test_a_company_has_no_teachers(office, company, colleague):
    with pytest.raises(Refused, match="企业") as refusal:
        grants.grant(office, colleague.pk, company.pk, Role.TEACHER)
    assert refusal.value.field == "role"


def test_a_grid_officer_needs_an_area(office, office_body, colleague):
    with pytest.raises(Refused, match="区域"):
        grants.grant(office, colleague.pk, office_body.pk, Role.GRID_OFFICER)


def test_the_same_role_twice_is_refused(company_hr, company, colleague):
    grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)
    with pytest.raises(Refused, match="已有"):
        grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)


def test_a_withdrawn_role_can_be_given_again_on_the_same_day(company_hr, company, colleague):
    first = grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)
    grants.withdraw(company_hr, first.pk, "离职")
    assert grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR).pk != first.pk


def test_withdrawing_takes_effect_at_once_and_keeps_date_and_reason(company_hr, company, colleague):
    given = grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)
    grants.withdraw(company_hr, given.pk, "离职")
    given.refresh_from_db()
    assert (given.end_reason, given.ends_on) == ("离职", clock.today())
    assert not actor_for(colleague).has(Role.MENTOR)


def test_withdrawing_wants_a_reason(company_hr, company, colleague):
    given = grants.grant(company_hr, colleague.pk, company.pk, Role.MENTOR)
    with pytest.raises(Refused, match="原因"):
        grants.withdraw(company_hr, given.pk, "  ")


def test_the_last_administrator_cannot_be_withdrawn(company_hr):
    with pytest.raises(Refused, match="只剩") as refusal:
        grants.withdraw(company_hr, _grant_of(company_hr).pk, "离职")
    assert refusal.value.code == "last_administrator"
    assert _grant_of(company_hr).is_admin


def test_not_even_the_office_withdraws_the_last_administrator(office, company_hr):
    with pytest.raises(Refused, match="只剩"):
        grants.withdraw(office, _grant_of(company_hr).pk, "投诉")


def test_the_last_administrator_keeps_the_right_and_gets_no_last_day(company_hr):
    held = _grant_of(company_hr)
    with pytest.raises(Refused, match="只剩"):
        grants.change(company_hr, held.pk, is_admin=False, ends_on=None, reason="")
    later = clock.today() + timedelta(days=30)
    with pytest.raises(Refused, match="只剩"):
        grants.change(company_hr, held.pk, is_admin=True, ends_on=later, reason="")


def test_with_a_second_administrator_the_first_may_go(company_hr, company, colleague):
    grants.grant(company_hr, colleague.pk, company.pk, Role.COMPANY_HR, is_admin=True)
    grants.withdraw(company_hr, _grant_of(company_hr).pk, "调岗")
    assert administrators_of(company.pk).get().user == colleague


def test_an_administrator_for_a_limited_time_does_not_count_as_the_second(
    company_hr, company, colleague
):
    later = clock.today() + timedelta(days=10)
    grants.grant(
        company_hr, colleague.pk, company.pk, Role.COMPANY_HR, is_admin=True, ends_on=later
    )
    with pytest.raises(Refused, match="只剩"):
        grants.withdraw(company_hr, _grant_of(company_hr).pk, "调岗")


def test_disabling_an_account_never_leaves_a_body_alone(system_admin, company_hr):
    with pytest.raises(Refused, match="只剩"):
        grants.disable_account(system_admin, company_hr.user_id, "失联")
    assert User.objects.get(pk=company_hr.user_id).is_active


def test_a_disabled_account_is_out_everywhere_and_so_are_its_tokens(
    system_admin, company_hr, company, colleague, client_of
):
    grants.grant(company_hr, colleague.pk, company.pk, Role.COMPANY_HR, is_admin=True)
    client = client_of(actor_for(colleague))
    later = clock.today() + timedelta(days=30)
    token, _secret = tokens.issue(actor_for(colleague), "中台", ["standards"], later)
    grants.disable_account(system_admin, colleague.pk, "离职")
    assert client.get("/workbench/").status_code == 302
    assert ApiToken.objects.get(pk=token.pk).withdrawn_at is not None


def test_nobody_disables_themselves(system_admin):
    with pytest.raises(Refused, match="自己"):
        grants.disable_account(system_admin, system_admin.user_id, "试试")


def test_each_sees_the_grants_of_their_own_body(company_hr, other_company_hr, office):
    own = set(grants_visible_to(company_hr).values_list("user_id", flat=True))
    assert own == {company_hr.user_id}
    assert grants_visible_to(office).count() == 3


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite serialises writers anyway")
@pytest.mark.django_db(transaction=True)
def test_two_administrators_leaving_at_the_same_moment_leave_one(company_hr, company):
    other = User.objects.create_user("second@example.test", "a-good-password", name="另一位")
    grants.grant(company_hr, other.pk, company.pk, Role.COMPANY_HR, is_admin=True)
    held = list(RoleGrant.objects.filter(organisation=company).values_list("pk", flat=True))
    gate, outcomes = threading.Barrier(2), []

    def leave(pk):
        gate.wait()
        try:
            grants.withdraw(company_hr, pk, "离职")
            outcomes.append("gone")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=leave, args=(pk,)) for pk in held]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["gone", "last_administrator"]
    assert administrators_of(company.pk).count() == 1
