"""The matrix on paper, on the page and in the code are one table."""

from pathlib import Path

from django.core.management import call_command

from chanjiao.core.management.commands.permissions import permission_paper
from chanjiao.core.permissions import COLUMNS, OBJECT_NAMES, TABLE, _cell, matrix
from chanjiao.core.roles import Action, Reach, Role

PAPER = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_the_paper_tells_what_the_code_does():
    assert PAPER.read_text("utf-8") == permission_paper(), (
        "run: chanjiao permissions --write docs/permissions.md"
    )


def test_the_paper_can_be_written_to_a_file(tmp_path):
    call_command("permissions", write=str(tmp_path / "p.md"))
    assert (tmp_path / "p.md").read_text("utf-8") == permission_paper()


def test_every_cell_of_the_paper_means_what_the_table_means():
    lines = [line for line in permission_paper().splitlines() if line.startswith("| `")]
    for line in lines:
        name, *cells = (part.strip().replace("\\", "") for part in line.strip("|").split("|"))
        thing = name.split("`")[1]
        for column, text in zip(COLUMNS, cells, strict=True):
            assert _cell(text) == matrix()[thing][Role(column)], (thing, column)
    assert len(lines) == len(TABLE.strip().splitlines())


def test_every_object_has_a_name_and_every_name_an_object():
    assert set(OBJECT_NAMES) == set(matrix())


def test_the_system_administrator_reads_no_personal_data():
    for thing in ("student", "student_contact", "organisation_internal", "demand", "import_job"):
        assert not matrix()[thing][Role.SYSTEM_ADMIN], thing


def test_the_auditor_changes_nothing_but_approves_rules():
    writing = {Action.CREATE, Action.UPDATE, Action.WITHDRAW, Action.APPROVE, Action.EXPORT}
    found = {
        thing for thing, row in matrix().items()
        for action in row[Role.AUDITOR] if action in writing
        if row[Role.AUDITOR][action] != frozenset({Reach.OWN})
    }  # fmt: skip
    assert found <= {"rule_parameter"}


def test_the_office_sees_no_student():
    assert not matrix()["student"][Role.OFFICE]
    assert not matrix()["student_contact"][Role.OFFICE]
