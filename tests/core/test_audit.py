"""The past cannot be rewritten unseen: what the command finds, and what only anchors find."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core import audit
from chanjiao.core.audit_queries import entries_visible_to
from chanjiao.core.models import AuditAnchor, AuditEntry, AuditHead
from chanjiao.core.roles import Role
from chanjiao.engines.ledger import GENESIS, entry_hash
from chanjiao.organisations.actors import actor_for


@pytest.fixture
def past(office):
    for n in range(5):
        audit.record(office, f"act.{n}", before={"n": n}, after={"n": n + 1})


@pytest.fixture
def auditor(sign_up, make_organisation):
    return actor_for(sign_up(Role.AUDITOR, make_organisation("审计局", "government")))


def _run(*words):
    out = StringIO()
    call_command("audit", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def _sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_an_untouched_past_verifies(past):
    assert "5 条" in _run("verify")


def test_a_row_edited_in_the_database_is_named(past):
    _sql("UPDATE core_auditentry SET act = 'nothing.happened' WHERE sequence = 3")
    with pytest.raises(CommandError, match="1 处"):
        _run("verify")
    assert audit.verify_chain().first_fault.sequence == 3


def test_without_the_seal_the_same_edit_would_pass(past, monkeypatch):
    """The control: it is the seal over the contents that finds the edit, nothing else."""
    sealed = dict(AuditEntry.objects.values_list("sequence", "hash"))
    monkeypatch.setattr(
        "chanjiao.engines.ledger.verification.entry_hash",
        lambda _previous, sequence, _payload, **_key: sealed[sequence],
    )
    _sql("UPDATE core_auditentry SET act = 'nothing.happened' WHERE sequence = 3")
    assert audit.verify_chain().ok


@pytest.mark.parametrize("column", ["user_name", "label", "via", "thing", "thing_id"])
def test_no_column_of_an_entry_can_be_changed_unseen(past, column):
    _sql(f"UPDATE core_auditentry SET {column} = 'x' WHERE sequence = 2")
    assert not audit.verify_chain().ok


def test_a_row_taken_out_is_named(past):
    AuditEntry.objects.filter(sequence=2).delete()
    assert "2" in audit.verify_chain().first_fault.zh


def test_a_past_sealed_anew_with_the_key_is_found_only_by_an_anchor_kept_outside(past, tmp_path):
    told = tmp_path / "anchors.jsonl"
    told.write_text(_run("anchor", "--told-to", "审计员邮箱"), "utf-8")
    AuditEntry.objects.filter(sequence=3).update(act="nothing.happened")
    _seal_everything_anew()
    assert "6 条" in _run("verify"), "whoever has key and database leaves no trace in them"
    with pytest.raises(CommandError):
        _run("verify", "--anchors", str(told))


def _seal_everything_anew():
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("sequence"):
        entry.previous_hash = previous
        entry.hash = previous = entry_hash(
            previous, entry.sequence, audit.payload_of(entry), key=audit._key()
        )
        entry.save()
    AuditHead.objects.update(hash=previous)
    AuditAnchor.objects.update(hash=previous)


def test_an_anchor_is_not_told_of_a_broken_chain(past):
    AuditEntry.objects.filter(sequence=2).update(label="x")
    with pytest.raises(CommandError, match="未锚定"):
        _run("anchor", "--told-to", "x")


def test_an_anchor_file_that_is_none_is_refused_with_its_line(past, tmp_path):
    told = tmp_path / "anchors.jsonl"
    told.write_text('{"sequence": 1}\n', "utf-8")
    with pytest.raises(CommandError, match="第 1 行"):
        _run("verify", "--anchors", str(told))


def test_the_verdict_as_json_names_head_and_faults(past):
    assert json.loads(_run("verify", "--json"))["head"]["sequence"] == 5


def test_what_is_exported_can_be_checked_without_the_database(past, settings):
    lines = [json.loads(line) for line in _run("export").splitlines()]
    previous = GENESIS
    for line in lines:
        key = settings.AUDIT_KEY.encode()
        assert line["hash"] == entry_hash(previous, line["sequence"], line["payload"], key=key)
        previous = line["hash"]
    assert len(lines) == 5


def test_an_entry_fails_with_its_act_and_the_act_with_its_entry(office, transactional_db):
    with pytest.raises(RuntimeError, match="act"):
        _act_and_fail(office)
    assert not AuditEntry.objects.exists()


def _act_and_fail(office):
    from django.db import transaction

    with transaction.atomic():
        audit.record(office, "act.done")
        raise RuntimeError("act")


def test_a_company_sees_that_its_people_acted_but_not_what(company_hr, past, client_of):
    entry = audit.record(company_hr, "demand.changed", before={"n": "前值"}, after={"n": "后值"})
    assert list(entries_visible_to(company_hr)) == [entry]
    page = client_of(company_hr).get(f"/people/audit/{entry.sequence}/").content.decode()
    assert "demand.changed" in page
    assert "前值" not in page
    assert client_of(company_hr).get("/people/audit/1/").status_code == 404


def test_the_auditor_sees_everything_with_before_and_after(auditor, past, client_of):
    assert entries_visible_to(auditor).count() == 5
    page = client_of(auditor).get("/people/audit/2/").content.decode()
    assert "改动前" in page


def test_the_office_and_the_system_administrator_do_not_read_the_log(sign_up, office, office_body):
    for actor in (office, actor_for(sign_up(Role.SYSTEM_ADMIN, office_body))):
        assert not entries_visible_to(actor).exists()


def test_only_the_auditor_walks_the_chain_by_the_page(auditor, company_hr, past, client_of):
    assert "校验通过" in client_of(auditor).post("/people/audit/chain/").content.decode()
    AuditEntry.objects.filter(sequence=2).update(label="x")
    assert "不通过" in client_of(auditor).post("/people/audit/chain/").content.decode()
    assert client_of(company_hr).get("/people/audit/chain/").status_code == 403


def test_the_log_filters_by_person_act_day_and_outcome(auditor, past, office, client_of):
    audit.record(office, "sign_in.failed", is_success=False)
    client = client_of(auditor)
    asked = {"act.3": "act=act.3", "sign_in.failed": "success=false"}
    for act, query in asked.items():
        page = client.get(f"/people/audit/?{query}").context["rows"]
        assert [row.thing.act for row in page] == [act]
    assert not client.get("/people/audit/?until=2001-01-01").context["rows"]
    assert len(client.get(f"/people/audit/?q={office.name}").context["rows"]) == 6


def test_the_log_costs_the_same_for_one_row_and_many(auditor, office, client_of):
    client = client_of(auditor)
    audit.record(office, "act.0")
    client.get("/people/audit/")
    with CaptureQueriesContext(connection) as few:
        client.get("/people/audit/")
    for n in range(40):
        audit.record(office, f"act.{n}")
    with CaptureQueriesContext(connection) as many:
        client.get("/people/audit/")
    assert len(few) == len(many)
