"""The way into the house: one link, one mailbox, one use."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from chanjiao.accounts.models import User
from chanjiao.core import clock, outbox
from chanjiao.core.actor import SYSTEM
from chanjiao.core.models import OutboxMessage
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Invitation, RoleGrant
from chanjiao.organisations.services import invitations
from chanjiao.organisations.services.invitations import Offer

MENTOR = Offer(Role.MENTOR)
NEW = {"name": "新同事", "password1": "correct-horse-battery", "password2": "correct-horse-battery"}


def _invite(actor, body, email="new@example.test", offer=MENTOR, **more):
    invitation, link = invitations.invite(actor, body.pk, email, offer, **more)
    return invitation, link[link.index("/people/") :]


def test_the_link_goes_out_by_mail_and_its_text_is_wiped_once_sent(company_hr, company):
    _invitation, path = _invite(company_hr, company, name="新同事")
    assert outbox.deliver() == (1, 0)
    assert mail.outbox[0].to == ["new@example.test"]
    assert path in mail.outbox[0].body
    assert "企业导师" in mail.outbox[0].body
    assert OutboxMessage.objects.get().body == ""


def test_only_a_hash_of_the_secret_is_kept(company_hr, company):
    invitation, path = _invite(company_hr, company)
    secret = path.rstrip("/").rpartition("/")[2]
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values().get())


def test_opening_the_link_accepts_nothing(company_hr, company):
    invitation, path = _invite(company_hr, company)
    response = Client().get(path)
    assert response.status_code == 200
    assert company.name in response.content.decode()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_new_person_accepts_with_name_and_password_and_is_in(company_hr, company):
    _invitation, path = _invite(company_hr, company)
    client = Client()
    response = client.post(path, NEW)
    assert response.status_code == 302
    user = User.objects.get(email="new@example.test")
    assert actor_for(user).has(Role.MENTOR)
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/workbench/").status_code == 200


def test_a_weak_password_is_named_and_nothing_typed_is_lost(company_hr, company):
    _invitation, path = _invite(company_hr, company)
    response = Client().post(path, NEW | {"password1": "1234567890", "password2": "1234567890"})
    assert response.status_code == 200
    assert "新同事" in response.content.decode()
    assert not User.objects.filter(email="new@example.test").exists()


def test_the_link_works_once(company_hr, company):
    _invitation, path = _invite(company_hr, company)
    Client().post(path, NEW)
    response = Client().get(path)
    assert response.status_code == 410
    assert "只能用一次" in response.content.decode()
    assert Client().post(path, NEW).status_code == 410
    assert RoleGrant.objects.filter(role=Role.MENTOR).count() == 1


def test_an_expired_link_says_so(company_hr, company):
    _invitation, path = _invite(company_hr, company, days=3)
    with clock.standing_at(clock.now() + timedelta(days=3, seconds=1)):
        response = Client().get(path)
    assert response.status_code == 410
    assert "过期" in response.content.decode()


def test_a_withdrawn_link_says_so(company_hr, company):
    invitation, path = _invite(company_hr, company)
    invitations.withdraw(company_hr, invitation.pk)
    assert "撤回" in Client().get(path).content.decode()


def test_sending_again_ends_the_link_before(company_hr, company):
    invitation, old = _invite(company_hr, company)
    new = invitations.resend(company_hr, invitation.pk)
    assert Client().get(old).status_code == 410
    assert Client().get(new[new.index("/people/") :]).status_code == 200


def test_a_made_up_link_opens_nothing(db):
    assert Client().get("/people/welcome/made-up-secret/").status_code == 410


def test_somebody_with_an_account_signs_in_first(company_hr, company, other_company_hr, client_of):
    email = User.objects.get(pk=other_company_hr.user_id).email
    _invitation, path = _invite(company_hr, company, email)
    assert "/account/login/" in Client().get(path).content.decode()
    assert Client().post(path, NEW).status_code == 200
    assert not RoleGrant.objects.filter(role=Role.MENTOR).exists()
    client = client_of(other_company_hr)
    assert client.post(path).status_code == 302
    assert RoleGrant.objects.get(role=Role.MENTOR).user_id == other_company_hr.user_id
    assert company.name in client.get("/workbench/").content.decode()


def test_nobody_accepts_what_was_sent_to_another_account(company_hr, company, other_company_hr):
    email = User.objects.get(pk=other_company_hr.user_id).email
    _invitation, path = _invite(company_hr, company, email)
    secret = path.rstrip("/").rpartition("/")[2]
    with pytest.raises(Refused, match="登录"):
        invitations.accept(company_hr, secret)


def test_two_open_invitations_to_the_same_are_one_too_many(company_hr, company):
    _invite(company_hr, company)
    with pytest.raises(Refused, match="已向"):
        _invite(company_hr, company, "NEW@example.test")


def test_nobody_invites_into_another_body(other_company_hr, company):
    with pytest.raises(PermissionDenied):
        _invite(other_company_hr, company)


def test_nobody_hands_out_what_they_may_not_grant(company_hr, company):
    with pytest.raises(PermissionDenied):
        _invite(company_hr, company, offer=Offer(Role.SYSTEM_ADMIN))


def test_the_first_administrator_of_all_comes_by_command(office_body):
    _invitation, path = _invite(SYSTEM, office_body, offer=Offer(Role.OFFICE, is_admin=True))
    assert Client().post(path, NEW).status_code == 302
    assert actor_for(User.objects.get()).is_administrator
