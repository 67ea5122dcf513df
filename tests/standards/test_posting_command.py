"""``chanjiao posting parse``: a line for each posting, and a word for each that can't be read."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from chanjiao.standards import postings


@pytest.fixture
def told(monkeypatch, capsys):
    """Runs the command on bytes or files and gives its lines and its exit code."""
    from tests.engines.taxonomy.postings.tools import parser

    def packaged(**options):
        return parser(threshold=0.8 if options["threshold"] is None else options["threshold"])

    monkeypatch.setattr("chanjiao.standards.management.commands.posting.packaged_parser", packaged)

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin)))
        out, code = io.StringIO(), 0
        try:
            call_command("posting", "parse", *map(str, arguments), stdout=out)
        except SystemExit as end:
            code = end.code
        return [json.loads(line) for line in out.getvalue().splitlines()], code

    return run


def test_every_line_of_text_is_answered_by_a_line(told):
    lines, code = told(stdin="招聘焊工，月薪8000元\n\n招聘车工，6-8K\n".encode())
    assert [line["line"] for line in lines] == [1, 3]
    assert lines[0]["wage"]["value"]["min"] == 8000
    assert lines[1]["occupation"]["code"] == "6-18-01-01"
    assert code == 0


def test_a_line_in_braces_is_read_as_columns(told):
    lines, _code = told(stdin='{"职位": "焊工", "薪资": "8-12K"}\n'.encode())
    assert lines[0]["wage"]["value"]["max"] == 12000
    assert lines[0]["wage"]["span"] == ["薪资", 0, 5]


@pytest.mark.parametrize(
    ("line", "word"),
    [(b"{broken", "Not JSON"), (b"\xff\xfe\xff", "is not utf-8"), (b"{" * 20_000, "JSON")],
)
def test_a_broken_line_is_told_and_the_others_are_read(told, line, word):
    lines, code = told(stdin=b"\n".join(["招聘焊工".encode() * 1, line, "招聘车工".encode()]))
    assert [("error" in one) for one in lines] == [False, True, False]
    assert word in lines[1]["error"]
    assert code == 1


def test_a_json_line_that_is_neither_text_nor_object_is_refused(told, tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('"招聘焊工"\n[1]\n', encoding="utf-8")
    lines, code = told(path)
    assert lines[0]["title"]["quote"] == "焊工"
    assert "list" in lines[1]["error"]
    assert code == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_by_its_headings_in_either_encoding(told, tmp_path, encoding):
    path = tmp_path / "in.csv"
    path.write_text(
        '岗位,薪资,地点\n焊工,"8,000元",温州\n车工,面议,乐清,多一格\n', encoding=encoding
    )
    lines, code = told(path)
    assert lines[0]["places"][0]["code"] == "330300"
    assert lines[0]["wage"]["value"]["min"] == 8000
    assert "4 cells, but 3 headings" in lines[1]["error"]
    assert code == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_a_line_longer_than_the_sample_is_read_in_its_encoding(told, encoding, before):
    lines, code = told(stdin=f"{before}招聘焊工，月薪8000元。{'电' * 70_000}".encode(encoding))
    assert code == 0
    assert lines[0]["wage"]["value"]["min"] == 8000


def test_a_file_that_is_not_there_is_told(told, tmp_path):
    lines, code = told(tmp_path / "none.csv")
    assert "Can't open" in lines[0]["error"]
    assert code == 1


def test_half_a_character_comes_back_escaped(told):
    lines, code = told(stdin=b'{"\xe8\x81\x8c\xe4\xbd\x8d": "\\ud83d\xe7\x84\x8a\xe5\xb7\xa5"}\n')
    assert lines[0]["title"]["quote"] == "\ud83d焊工"
    assert code == 0


def test_the_threshold_is_the_callers(told):
    lines, _code = told("--threshold", "1", stdin="招聘焊工，月薪8000元".encode())
    assert "wage" in lines[0]["queue"]


def test_a_threshold_that_is_no_share_is_refused():
    with pytest.raises(CommandError, match="must lie between 0 and 1"):
        call_command("posting", "parse", "--threshold", "80")


def test_the_shipped_rules_of_pay_hold_where_none_are_given(monkeypatch):
    seen = {}
    monkeypatch.setattr(postings, "Parser", lambda tools, **rest: seen.update(rest, pay=tools.pay))
    postings.packaged_parser()
    assert (seen["pay"].days_per_month, seen["pay"].hours_per_day) == (21.75, 8)
    assert seen["threshold"] == 0.8
