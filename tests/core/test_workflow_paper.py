"""The printed workflow tables are those that run."""

from pathlib import Path

from django.core.management import call_command

from chanjiao.core.management.commands.workflows import workflow_paper, workflows

PAPER = Path(__file__).resolve().parents[2] / "docs" / "workflows.md"


def test_paper_of_workflows_is_what_the_tables_say():
    assert PAPER.read_text("utf-8") == workflow_paper(), (
        "run: chanjiao workflows --write docs/workflows.md"
    )


def test_command_writes_the_paper(tmp_path):
    written = tmp_path / "paper.md"
    call_command("workflows", write=str(written))
    assert written.read_text("utf-8") == workflow_paper()


def test_every_state_that_a_move_names_has_a_label():
    for table in workflows():
        named = {s for move in table.moves for s in (*move.sources, move.target)}
        assert named <= set(table.labels), table.kind
