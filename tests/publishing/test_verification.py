from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from chanjiao.core import files
from chanjiao.publishing.models import SnapshotFile
from chanjiao.publishing.rebuilding import rebuild
from chanjiao.publishing.services import publications
from chanjiao.publishing.verification import Answer, verify_file, verify_text
from tests.publishing.test_quarters import _correct


def test_a_published_number_is_current(version):
    for text in ("RCXQ-2026Q3", " rcxq-2026q3 ", "RCXQ-2026Q3 v1"):
        finding = verify_text(text)
        assert (finding.answer, finding.version.number) == (Answer.CURRENT, 1)


def test_what_was_never_published_is_not_ours(version):
    for text in ("RCXQ-2025Q1", "RCXQ-2026Q3 v9", "", "v1", "abcabcabcabc"):
        assert verify_text(text).answer == Answer.UNKNOWN, text


def test_a_hash_is_known_in_full_and_by_its_beginning(version):
    seal = version.snapshot.seal
    assert verify_text(seal).answer == Answer.CURRENT
    assert verify_text(f"SHA-256 {seal[:16].upper()}").answer == Answer.CURRENT


def test_every_file_handed_out_is_recognised_and_no_edited_one(version):
    for kept in SnapshotFile.objects.select_related("file"):
        content = files.content(kept.file)
        assert verify_file(content, "清单").answer == Answer.CURRENT
        assert verify_file(content + b" ", "清单").answer == Answer.UNKNOWN


def test_an_old_version_is_genuine_but_superseded(office, head, version, lines):
    _correct(office, head, version.publication.quarter, lines)
    finding = verify_text(version.snapshot.seal)
    assert (finding.answer, finding.current.number) == (Answer.SUPERSEDED, 2)
    assert verify_text("RCXQ-2026Q3").version.number == 2


def test_a_withdrawn_list_says_so(office, version):
    publications.withdraw(office, version.publication_id, "数据来源有误")
    assert verify_text(version.snapshot.seal).answer == Answer.WITHDRAWN


def test_frozen_is_not_published(frozen):
    assert verify_text(frozen.snapshot.seal).answer == Answer.FROZEN


def test_rebuilding_gives_the_same_bytes(version):
    report = rebuild(version.snapshot)
    assert report.is_sound, report.faults
    assert [one.is_same for one in report.rebuilt] == [True] * 5


def _without_triggers():
    place = " ON publishing_snapshotrow" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER publishing_snapshotrow_frozen{place}")


def test_rebuilding_sees_a_row_changed_behind_the_trigger(version):
    _without_triggers()
    version.snapshot.table.update(headcount=36)
    faults = " ".join(rebuild(version.snapshot).faults)
    assert "清单行与快照不一致" in faults
    assert "publishing_snapshotrow_frozen" in faults


def test_rebuilding_sees_a_damaged_snapshot_file(version, settings):
    path = settings.FILE_STORE / version.snapshot.seal[:2] / version.snapshot.seal
    kept = path.read_bytes()
    try:
        path.write_bytes(kept.replace(b"35", b"36"))
        assert not rebuild(version.snapshot).is_sound
    finally:
        path.write_bytes(kept)


def test_the_command_verifies_a_file_and_refuses_another(version, tmp_path):
    kept = SnapshotFile.objects.select_related("file").get(format="pdf")
    ours, other = tmp_path / "a.pdf", tmp_path / "b.pdf"
    ours.write_bytes(files.content(kept.file))
    other.write_bytes(b"%PDF-1.7")
    out = StringIO()
    call_command("publication", "verify", str(ours), stdout=out)
    assert "RCXQ-2026Q3 v1" in out.getvalue()
    with pytest.raises(CommandError, match="Not confirmed"):
        call_command("publication", "verify", str(other), stdout=out)


def test_the_command_rebuilds_a_list(version):
    out = StringIO()
    call_command("publication", "rebuild", "RCXQ-2026Q3", stdout=out)
    assert out.getvalue().count("identical") == 5
    with pytest.raises(CommandError, match="No publication"):
        call_command("publication", "rebuild", "RCXQ-1999Q1", stdout=out)
