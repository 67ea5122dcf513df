"""Signing in: no hints for guessers, limits, a second factor for those who decide about others."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils.translation import trans_real

from chanjiao.accounts.models import User
from chanjiao.core import outbox
from chanjiao.core.models import AuditEntry, OutboxMessage
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for

LOGIN = "/account/login/"
PASSWORD = "a-good-password"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def guarded(settings):
    settings.IS_DEMO = False
    settings.TWO_FACTOR_ROLES = ["O", "SA", "AD"]


def _email(actor):
    return User.objects.get(pk=actor.user_id).email


def _code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _without_tokens(response):
    return re.sub(r'(value|content)="[^"]*"', "", response.content.decode())


def test_the_right_password_opens_the_workbench_and_is_recorded(company_hr):
    client = Client()
    response = client.post(LOGIN, {"login": _email(company_hr), "password": PASSWORD})
    assert response["Location"] == "/workbench/"
    entry = AuditEntry.objects.get(act="user.signed_in")
    assert (entry.user_id, entry.organisation_id) == (
        company_hr.user_id,
        company_hr.organisation_id,
    )


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(company_hr):
    known = Client().post(LOGIN, {"login": _email(company_hr), "password": "wrong-one"})
    unknown = Client().post(LOGIN, {"login": "nobody@example.test", "password": "wrong-one"})
    assert known.status_code == unknown.status_code == 200
    assert _without_tokens(known) == _without_tokens(unknown)
    assert AuditEntry.objects.filter(act="user.sign_in_failed", is_success=False).count() == 2


def test_a_failed_sign_in_leaves_no_address_in_the_log(db):
    Client().post(LOGIN, {"login": "nobody@example.test", "password": "wrong-one"})
    entry = AuditEntry.objects.get()
    assert "nobody" not in f"{entry.label}{entry.details}{entry.user_name}"


def test_asking_for_a_new_password_says_the_same_for_a_stranger(company_hr):
    answers = [
        Client().post("/account/password/reset/", {"email": email}, follow=True)
        for email in (_email(company_hr), "nobody@example.test")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert _without_tokens(answers[0]) == _without_tokens(answers[1])
    assert OutboxMessage.objects.count() == 1


def test_the_reset_letter_leads_to_a_new_password_and_its_text_is_wiped(company_hr):
    Client().post("/account/password/reset/", {"email": _email(company_hr)})
    assert outbox.deliver() == (1, 0)
    path = re.search(r"http://[^/]+(/account/\S+)", mail.outbox[0].body).group(1)
    client = Client()
    form = client.get(path, follow=True).redirect_chain[-1][0]
    new = {"password1": "another-good-one", "password2": "another-good-one"}
    assert client.post(form, new).status_code == 302
    assert Client().login(email=_email(company_hr), password="another-good-one")
    assert OutboxMessage.objects.get(about="account:password_reset_key").body == ""


def test_an_account_is_guessed_at_ten_times_and_then_no_more(company_hr):
    client, tries = Client(), {"login": _email(company_hr), "password": "wrong-one"}
    for _n in range(10):
        client.post(LOGIN, tries)
    page = client.post(LOGIN, {"login": _email(company_hr), "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert page.status_code == 200


def test_a_class_of_fifty_signs_in_behind_one_address(db):
    users = [
        User.objects.create_user(f"s{n}@example.test", PASSWORD, name="学生") for n in range(50)
    ]
    done = [Client().post(LOGIN, {"login": u.email, "password": PASSWORD}) for u in users]
    assert {response.status_code for response in done} == {302}


def test_nobody_signs_up_without_an_invitation(db):
    form = {"email": "x@example.test", "password1": PASSWORD, "password2": PASSWORD}
    page = Client().post("/account/signup/", form).content.decode()
    assert "凭邀请" in page
    assert not User.objects.exists()


PAGES = [
    "/account/login/", "/account/signup/", "/account/password/reset/",
    "/account/password/reset/done/", "/account/inactive/", "/account/password/reset/key/x-y/",
    "/account/3rdparty/login/cancelled/", "/account/3rdparty/login/error/",
]  # fmt: skip
OWN_PAGES = [
    "/account/logout/", "/account/email/", "/account/password/change/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
    "/account/reauthenticate/", "/account/3rdparty/", "/account/sessions/", "/people/me/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", PAGES + OWN_PAGES)
def test_pages_of_sign_in_wear_the_house_and_run_no_inline_script(path, language, company_hr, db):
    client = Client()
    if path in OWN_PAGES:
        client.post(LOGIN, {"login": _email(company_hr), "password": PASSWORD})
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.cookies["django_language"] = language
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code in {200, 401}
    assert "chanjiao/site.css" in html
    assert not re.search(r"<script(?![^>]*(src=|application/json))", html)
    assert not re.search(r"\s(style|on\w+)=[\"']", html)
    text = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    if language == "zh-hans":
        english = re.findall(r"\b(?:[A-Za-z]+ ){3,}[A-Za-z]+", text)
        assert english == []
    else:
        strange = re.findall(r"[\u4e00-\u9fff]{2,}", text.replace("中文", ""))
        assert set(strange) <= {company_hr.organisation_name, "甲精密机械有限公司", "企业人事"}


def test_the_office_without_a_second_factor_gets_no_further_than_setting_it_up(
    guarded, client_of, office
):
    client = client_of(office)
    for path in ("/workbench/", "/people/users/", "/repair-bench/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/account/2fa/")
    assert "两步验证" in client.get("/account/2fa/").content.decode()
    assert client.get("/").status_code == 200
    assert client.get("/people/me/").status_code == 200


def test_a_company_may_work_with_a_password_alone(guarded, client_of, company_hr):
    assert client_of(company_hr).get("/workbench/").status_code == 200


def test_in_the_demo_everybody_looks_around(guarded, settings, client_of, office):
    settings.IS_DEMO = True
    assert client_of(office).get("/workbench/").status_code == 200


def test_the_office_sets_up_an_app_and_is_asked_for_its_code_ever_after(guarded, office):
    client, mine = Client(), {"login": _email(office), "password": PASSWORD}
    client.post(LOGIN, mine)
    assert "reauthenticate" in client.get("/account/2fa/totp/activate/")["Location"]
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    done = client.post("/account/2fa/totp/activate/", {"code": _code(secret)})
    assert done.status_code == 302
    assert client.get("/workbench/").status_code == 200
    cache.clear()

    again = Client()
    assert again.post(LOGIN, mine)["Location"].startswith("/account/2fa/authenticate/")
    assert again.get("/workbench/").status_code == 302
    wrong = again.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert again.post("/account/2fa/authenticate/", {"code": _code(secret)}).status_code == 302
    assert again.get("/workbench/").status_code == 200


def test_the_second_factor_has_one_name_whoever_wrote_the_page(guarded, office):
    TOTP.activate(User.objects.get(pk=office.user_id), "JBSWY3DPEHPK3PXP")
    asking = Client()
    asking.post(LOGIN, {"login": _email(office), "password": PASSWORD})
    page = asking.get("/account/2fa/authenticate/").content.decode()
    assert "您的账户已启用两步验证" in page
    said = trans_real.translation("zh-hans")._catalog  # every sentence of every package
    assert [said[key] for key in set(said.keys()) if "双因素" in str(said[key])] == []


def test_the_office_cannot_take_its_last_second_factor_away(guarded, office):
    user = User.objects.get(pk=office.user_id)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": _code("JBSWY3DPEHPK3PXP")})
    client.post("/account/2fa/reauthenticate/", {"code": _code("JBSWY3DPEHPK3PXP")})
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_recovery_codes_alone_are_no_second_factor(guarded, client_of, office):
    Authenticator.objects.create(user_id=office.user_id, type="recovery_codes", data={})
    assert client_of(office).get("/workbench/")["Location"] == "/account/2fa/"


@pytest.fixture
def system_admin(sign_up, office_body):
    return actor_for(sign_up(Role.SYSTEM_ADMIN, office_body))


def test_the_repair_bench_is_the_system_administrators_alone(
    client_of, system_admin, office, company_hr
):
    assert Client().get("/repair-bench/", follow=True).redirect_chain[-1][0].startswith(LOGIN)
    for actor in (office, company_hr):
        assert client_of(actor).get("/repair-bench/", follow=True).status_code == 403
    assert client_of(system_admin).get("/repair-bench/").status_code == 200


def test_staff_and_superuser_flags_open_no_bench(client_of, company_hr):
    User.objects.filter(pk=company_hr.user_id).update(is_staff=True, is_superuser=True)
    assert client_of(company_hr).get("/repair-bench/", follow=True).status_code == 403


def test_the_bench_wants_the_second_factor_too(guarded, client_of, system_admin):
    assert client_of(system_admin).get("/repair-bench/")["Location"] == "/account/2fa/"
    TOTP.activate(User.objects.get(pk=system_admin.user_id), "JBSWY3DPEHPK3PXP")
    assert client_of(system_admin).get("/repair-bench/").status_code == 200


def test_the_bench_shows_and_changes_nothing_and_no_letters(client_of, system_admin):
    message = outbox.put("email", "who@example.test", "subject", "body")
    client = client_of(system_admin)
    page = client.get(f"/repair-bench/core/outboxmessage/{message.pk}/change/").content.decode()
    assert "who@example.test" not in page
    assert client.get("/repair-bench/core/outboxmessage/add/").status_code == 403
    answer = client.post(f"/repair-bench/core/outboxmessage/{message.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/repair-bench/login/", "/repair-bench/password_change/"])
def test_the_bench_has_no_door_of_its_own(path, company_hr):
    form = {"username": _email(company_hr), "password": PASSWORD}
    client = Client()
    client.post(path, form)
    assert "_auth_user_id" not in client.session


def test_single_sign_on_shows_on_the_page_once_it_is_set_up(settings, db):
    app = {"provider_id": "oidc", "name": "统一身份认证", "client_id": "x", "secret": "y",
           "settings": {"server_url": "https://id.example.test"}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "统一身份认证" in Client().get(LOGIN).content.decode()
