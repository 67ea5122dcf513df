"""The pages over users, invitations and one's own account."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.accounts.models import User
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Invitation, RoleGrant


def _users(n, organisation, start):
    for k in range(start, start + n):
        user = User.objects.create(email=f"u{k}@example.test", name=f"人员{k:02}")
        RoleGrant.objects.create(
            user=user, role=Role.MENTOR, organisation=organisation, starts_on="2026-01-01"
        )


def test_the_list_of_users_costs_the_same_for_one_row_and_many(client_of, company_hr, company):
    client = client_of(company_hr)
    client.get("/people/users/")
    with CaptureQueriesContext(connection) as few:
        client.get("/people/users/")
    _users(30, company, 0)
    with CaptureQueriesContext(connection) as many:
        client.get("/people/users/")
    assert len(few) == len(many)


def test_an_administrator_invites_resends_and_withdraws_by_the_pages(client_of, company_hr):
    client = client_of(company_hr)
    form = {"email": "n@example.test", "role": "M", "days": "5", "name": ""}
    assert client.post("/people/invitations/new/", form).status_code == 302
    invitation = Invitation.objects.get()
    page = client.get(f"/people/invitations/{invitation.pk}/").content.decode()
    assert "待接受" in page
    client.post(f"/people/invitations/{invitation.pk}/resend/")
    client.post(f"/people/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None


def test_a_refused_invitation_keeps_the_form_filled(client_of, company_hr):
    client = client_of(company_hr)
    form = {"email": "n@example.test", "role": "M", "days": "5", "name": "某人"}
    client.post("/people/invitations/new/", form)
    response = client.post("/people/invitations/new/", form)
    assert response.status_code == 200
    assert "某人" in response.content.decode()
    assert "已向 n@example.test" in response.content.decode()


def test_withdrawing_by_the_page_shows_why_the_last_administrator_stays(client_of, company_hr):
    client = client_of(company_hr)
    held = RoleGrant.objects.get(user_id=company_hr.user_id)
    response = client.post(f"/people/users/{held.pk}/withdraw/", {"reason": "离职"})
    assert response.status_code == 422
    assert "只剩" in response.content.decode()


def test_the_grant_of_another_body_is_not_found(client_of, company_hr, other_company_hr):
    theirs = RoleGrant.objects.get(user_id=other_company_hr.user_id)
    client = client_of(company_hr)
    assert client.get(f"/people/users/{theirs.pk}/").status_code == 404
    assert client.post(f"/people/users/{theirs.pk}/withdraw/", {"reason": "x"}).status_code == 404


def test_a_mentor_sees_only_their_own_grant(client_of, sign_up, company, company_hr):
    mentor = actor_for(sign_up(Role.MENTOR, company, is_admin=False))
    page = client_of(mentor).get("/people/users/").content.decode()
    assert User.objects.get(pk=mentor.user_id).email in page
    assert User.objects.get(pk=company_hr.user_id).email not in page


def test_somebody_in_two_bodies_acts_for_one_at_a_time(client_of, company_hr, other_company):
    user = User.objects.get(pk=company_hr.user_id)
    RoleGrant.objects.create(
        user=user, role=Role.COMPANY_HR, organisation=other_company, starts_on="2026-01-01"
    )
    client = client_of(company_hr)
    client.post("/people/switch/", {"organisation": other_company.pk})
    page = client.get("/people/users/").content.decode()
    assert f"<small>{other_company.name}</small>" in page
    strange = client.post("/people/switch/", {"organisation": 999_999})
    assert strange.status_code == 404


def test_my_data_holds_me_and_no_secret(client_of, company_hr, other_company_hr):
    held = client_of(company_hr).get("/people/me/data/")
    me = User.objects.get(pk=company_hr.user_id)
    assert held.json()["account"]["email"] == me.email
    assert me.password not in held.content.decode()
    assert User.objects.get(pk=other_company_hr.user_id).email not in held.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_permission_table_is_a_page(client_of, office, language):
    client = client_of(office)
    client.cookies["django_language"] = language
    assert client.get("/people/permissions/").status_code == 200
