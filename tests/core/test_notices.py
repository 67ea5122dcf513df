"""News from the act to the reader: to-dos on the workbench, letters and messages by the worker."""

import json
import logging

import pytest
from django.core import mail
from django.db import transaction
from django.utils.module_loading import import_string

from chanjiao.core import clock, outbox, todos
from chanjiao.core.logs import JsonLines, MaskPersonalData, masked
from chanjiao.core.models import Channel, OutboxMessage, OutboxState, Todo


def test_a_letter_is_carried_by_the_workers_round_and_only_once(db, settings):
    outbox.put(Channel.EMAIL, "who@example.test", "季度清单", "请查看。")
    rounds = [import_string(path) for path, _seconds in settings.CHANJIAO_ROUNDS]
    assert outbox.deliver in rounds
    outbox.deliver()
    outbox.deliver()
    assert [(m.to, m.subject) for m in mail.outbox] == [(["who@example.test"], "季度清单")]
    assert OutboxMessage.objects.get().state == OutboxState.SENT


def test_news_of_an_act_that_failed_is_never_sent(transactional_db):
    with pytest.raises(RuntimeError):
        _put_and_fail()
    assert outbox.deliver() == (0, 0)


def _put_and_fail():
    with transaction.atomic():
        outbox.put(Channel.EMAIL, "who@example.test", "x", "x")
        raise RuntimeError


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WECOM, Channel.DINGTALK])
def test_without_a_provider_messages_become_lines_of_a_file(channel, db, settings, tmp_path):
    settings.OUTBOX_FOLDER = tmp_path
    outbox.put(channel, "000 0000 0000", "提醒", "请确认需求。", about="demand:7")
    assert outbox.deliver() == (1, 0)
    line = json.loads((tmp_path / f"{channel}.jsonl").read_text("utf-8"))
    assert (line["subject"], line["body"], line["about"]) == ("提醒", "请确认需求。", "demand:7")


def test_a_provider_plugged_in_takes_over_the_channel(db, monkeypatch):
    taken = []
    monkeypatch.setitem(outbox.ADAPTERS, Channel.SMS, lambda m: taken.append(m.address))
    outbox.put(Channel.SMS, "number", "x", "x")
    assert outbox.deliver() == (1, 0)
    assert taken == ["number"]


def test_a_message_that_cannot_leave_waits_and_is_given_up_in_the_end(db, monkeypatch):
    def down(_message):
        raise OSError("no route")

    monkeypatch.setitem(outbox.ADAPTERS, Channel.EMAIL, down)
    outbox.put(Channel.EMAIL, "who@example.test", "x", "x")
    good = outbox.put(Channel.SMS, "number", "x", "x")
    for _n in range(outbox.MAX_ATTEMPTS):
        outbox.deliver()
    message = OutboxMessage.objects.get(channel=Channel.EMAIL)
    assert (message.state, message.last_error) == (OutboxState.FAILED, "no route")
    good.refresh_from_db()
    assert good.state == OutboxState.SENT
    assert outbox.deliver() == (0, 0)


def test_only_letters_with_a_secret_lose_their_text(db):
    kept = outbox.put(Channel.EMAIL, "a@example.test", "x", "kept")
    wiped = outbox.put(Channel.EMAIL, "b@example.test", "x", "link", is_secret=True)
    outbox.deliver()
    kept.refresh_from_db()
    wiped.refresh_from_db()
    assert (kept.body, wiped.body) == ("kept", "")
    assert mail.outbox[1].body == "link"


def test_a_to_do_is_asked_once_seen_by_its_role_and_gone_when_done(
    client_of, office, office_body, company_hr
):
    for _n in range(2):
        todos.ask(office_body.pk, "核对名单", url="/x/", about="list:1", role="O")
    assert Todo.objects.count() == 1
    page = client_of(office).get("/workbench/").content.decode()
    assert "核对名单" in page
    assert "核对名单" not in client_of(company_hr).get("/workbench/").content.decode()
    assert todos.done("list:1") == 1
    assert "核对名单" not in client_of(office).get("/workbench/").content.decode()


def test_a_to_do_speaks_the_readers_language(client_of, office, office_body):
    todos.ask(office_body.pk, "核对名单", title_en="Check the list", url="/x/", about="list:1")
    client = client_of(office)
    client.cookies["django_language"] = "en"
    assert "Check the list" in client.get("/workbench/").content.decode()


def test_a_to_do_done_may_be_asked_again(office_body):
    first = todos.ask(office_body.pk, "确认", url="/x/", about="x:1")
    Todo.objects.filter(pk=first.pk).update(done_at=clock.now())
    assert todos.ask(office_body.pk, "确认", url="/x/", about="x:1").pk != first.pk


SECRETS = {
    "identity": "110101199003071" + "23X",
    "phone": "138" + "00138000",
    "invented phone": "000" + "12345678",
    "e-mail": "zhang.san@example.test",
    "token in an address": "token=abc123",
    "password": "password=hunter2",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_logs_carry_no_personal_data_and_no_secrets(secret):
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "about %s here", (secret,), None)
    MaskPersonalData().filter(record)
    line = json.loads(JsonLines().format(record))
    assert secret.partition("=")[2] or secret not in line["message"]
    assert secret not in line["message"]
    assert line["level"] == "ERROR"


def test_a_traceback_is_masked_too():
    try:
        raise ValueError("row of zhang.san@example.test")
    except ValueError as fault:
        info = (type(fault), fault, fault.__traceback__)
    line = JsonLines().format(logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), info))
    assert "zhang.san" not in line
    assert "ValueError" in json.loads(line)["traceback"]


def test_numbers_that_are_nobodys_stay_readable():
    assert masked("47 rows of 91330000MA2B0X0000 in 2026") == (
        "47 rows of 91330000MA2B0X0000 in 2026"
    )
