"""``chanjiao invite``: the first people come in before anybody is there to invite them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from chanjiao.accounts.models import User
from chanjiao.core.models import AuditEntry
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Organisation


def _invite(*words):
    out = StringIO()
    call_command("invite", *words, stdout=out)
    return out.getvalue().strip()


def test_the_printed_link_makes_the_first_administrator_of_a_new_body(db):
    link = _invite(
        "first@example.test", "--role", "O", "--admin",
        "--organisation", "望澜市产教联合体办公室", "--new", "government",
    )  # fmt: skip
    form = {"name": "林知远", "password1": "correct-horse-battery"}
    form["password2"] = form["password1"]
    Client().post(link[link.index("/people/") :], form)
    actor = actor_for(User.objects.get(email="first@example.test"))
    assert actor.has(Role.OFFICE)
    assert actor.is_administrator
    assert AuditEntry.objects.filter(act="organisation.created", via="system").exists()


def test_an_unknown_body_is_not_made_by_a_slip_of_the_pen(db):
    with pytest.raises(CommandError, match="--new"):
        _invite("first@example.test", "--role", "O", "--organisation", "办公窒")
    assert not Organisation.objects.exists()


def test_a_slip_in_the_address_is_refused(office_body):
    with pytest.raises(CommandError, match="first@"):
        _invite("first@", "--role", "O", "--organisation", office_body.name)


def test_a_role_that_does_not_fit_the_body_makes_neither_invitation_nor_body(db):
    words = ["x@example.test", "--role", "T", "--organisation", "某公司", "--new", "company"]
    with pytest.raises(CommandError, match="企业"):
        _invite(*words)
    assert not Organisation.objects.exists()
