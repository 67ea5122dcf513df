"""API tokens: shown once, hashed, no wider than scope and owner."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for, actor_of_token
from chanjiao.organisations.models import ApiToken, RoleGrant
from chanjiao.organisations.services import tokens


def _later(days=30):
    return clock.today() + timedelta(days=days)


def test_the_secret_is_on_one_answer_and_nowhere_else(company_hr, client_of):
    client = client_of(company_hr)
    form = {"title": "数据中台", "scope": ["standards"], "expires_on": _later().isoformat()}
    shown = client.post("/people/tokens/new/", form).content.decode()
    token = ApiToken.objects.get()
    secret = shown.split('id="secret">')[1].split("<")[0]
    assert actor_of_token(secret).organisation_id == company_hr.organisation_id
    assert secret not in client.get(f"/people/tokens/{token.pk}/").content.decode()
    assert secret not in str(ApiToken.objects.values().get())


def test_a_token_reaches_no_further_than_its_scope(company_hr):
    _token, secret = tokens.issue(company_hr, "中台", ["standards"], _later())
    actor = actor_of_token(secret)
    assert actor.may("standards")
    assert not actor.may("demand")
    assert not actor.may("user_account", "C")
    assert actor.via == "api"


def test_a_scope_beyond_the_owner_is_refused(company_hr):
    with pytest.raises(Refused, match="范围"):
        tokens.issue(company_hr, "中台", ["audit_log"], _later())


def test_a_token_lasts_at_most_a_year_and_not_into_the_past(company_hr):
    for day in (_later(-1), _later(400)):
        with pytest.raises(Refused) as refusal:
            tokens.issue(company_hr, "中台", ["standards"], day)
        assert refusal.value.field == "expires_on"


def test_a_withdrawn_or_expired_token_is_nobody(company_hr):
    token, secret = tokens.issue(company_hr, "中台", ["standards"], _later(2))
    with clock.standing_at(clock.now() + timedelta(days=3)):
        assert actor_of_token(secret) is None
    assert actor_of_token(secret) is not None
    tokens.withdraw(company_hr, token.pk)
    assert actor_of_token(secret) is None


def test_a_token_dies_with_the_role_of_its_owner(company_hr):
    _token, secret = tokens.issue(company_hr, "中台", ["standards"], _later())
    RoleGrant.objects.update(withdrawn_at=clock.now())
    assert actor_of_token(secret) is None


def test_use_is_noted(company_hr):
    token, secret = tokens.issue(company_hr, "中台", ["standards"], _later())
    actor_of_token(secret)
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_nobody_stops_the_token_of_another_body(company_hr, other_company_hr, client_of):
    token, _secret = tokens.issue(company_hr, "中台", ["standards"], _later())
    with pytest.raises(PermissionDenied):
        tokens.withdraw(other_company_hr, token.pk)
    assert client_of(other_company_hr).get(f"/people/tokens/{token.pk}/").status_code == 404


def test_a_grid_officer_has_no_tokens(sign_up, office_body):
    with pytest.raises(PermissionDenied):
        tokens.issue(actor_for(sign_up(Role.GRID_OFFICER, office_body)), "x", ["area"], _later())
