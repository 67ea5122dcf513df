"""Hostile and broken files get a plain answer; with the guard off, the same files get through."""

import io
import re
import zipfile

import pytest

from chanjiao.engines.tabular import (
    Column,
    Limits,
    Sheet,
    cellstream,
    gate,
    parts,
    read,
    write_csv,
    write_xlsx,
)
from tests.engines.tabular import hostile
from tests.engines.tabular.inside import in_process

AREAS = Sheet(
    "areas", "区域", "Areas",
    (
        Column("code", "编码", "Code", "code", required=True, max_length=30),
        Column("name", "名称", "Name", "text", required=True, max_length=80),
        Column("kind", "类型", "Kind", "choice", required=True, choices={"grid": ("网格", "Grid")}),
        Column("parent", "上级编码", "Parent code", "code"),
    ),
    key=("code",),
)  # fmt: skip
NEVER = re.compile(r"(?!)")


@pytest.mark.parametrize("name", hostile.REFUSED_BY)
def test_a_hostile_file_is_refused_for_what_it_is(name):
    filename, build, codes = hostile.REFUSED_BY[name]
    reading = read(build(), filename, AREAS)
    assert reading.outcome == "refused"
    assert set(reading.fault_counts) & set(codes.split())
    fault = reading.faults[0]
    assert len(fault.message("zh")) > 10
    assert len(fault.message("en")) > 20
    assert fault.remedy_zh


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_a_file_that_only_looks_odd_is_read(name):
    filename, build = hostile.HARMLESS[name]
    assert read(build(), filename, AREAS).outcome == "accepted"


def test_of_a_thousand_rows_the_bad_one_is_named():
    reading = read(hostile.last_row_bad(), "a.csv", AREAS)
    assert [(f.row, f.column) for f in reading.faults] == [(1001, "name")]


def test_a_stray_cell_is_named():
    message = read(hostile.stray_cell(), "a.xlsx", AREAS).faults[0].message()
    assert "XFD1048576" in message


# Controls: what lets each file through once its one guard is taken away.
CONTROLS = {
    "macros": (gate, "check_names", lambda archive: None),
    "archive inside": (gate, "check_names", lambda archive: None),
    "template from outside": (gate, "check_relationships", lambda text, part: None),
    "DDE formula": (cellstream, "DDE", NEVER),
}


@pytest.mark.parametrize("name", CONTROLS)
def test_without_its_guard_the_file_would_get_through(name, monkeypatch):
    filename, build, _codes = hostile.REFUSED_BY[name]
    assert read(build(), filename, AREAS, runner=in_process).outcome == "refused"
    module, guard, nothing = CONTROLS[name]
    monkeypatch.setattr(module, guard, nothing)
    assert read(build(), filename, AREAS, runner=in_process).outcome == "accepted"


def test_without_the_gate_the_bomb_still_meets_the_reader_s_own_budget(monkeypatch):
    monkeypatch.setattr(gate, "check_entry", lambda entry, limits: None)
    monkeypatch.setattr(gate, "check_sizes", lambda entries, limits: None)
    budget = Limits(max_unpacked=3 * hostile.MEGABYTE)
    reading = read(hostile.zip_bomb(), "a.xlsx", AREAS, limits=budget, runner=in_process)
    assert set(reading.fault_counts) <= {"unpacked_too_large", "text_too_long"}
    assert reading.outcome == "refused"


def test_without_the_gate_the_parser_refuses_a_declaration_by_itself(monkeypatch):
    monkeypatch.setattr(gate, "DECLARATION", re.compile(rb"(?!)"))
    reading = read(hostile.billion_laughs(), "a.xlsx", AREAS, runner=in_process)
    assert "xml_entities" in reading.fault_counts


def test_without_gate_and_parser_the_declaration_would_be_taken(monkeypatch):
    monkeypatch.setattr(gate, "DECLARATION", re.compile(rb"(?!)"))
    made = parts.make_parser

    def careless(handler, part):
        parser = made(handler, part)
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = None
        return parser

    monkeypatch.setattr(parts, "make_parser", careless)
    reading = read(hostile.late_dtd(), "a.xlsx", AREAS, runner=in_process)
    assert "xml_entities" not in reading.fault_counts


def test_a_child_that_needs_too_much_memory_is_stopped_and_says_so():
    rows = hostile.text_of([[f"{n}", "长" * 70, "网格", ""] for n in range(50_000)])
    reading = read(rows, "a.csv", AREAS, limits=Limits(max_memory=40 * hostile.MEGABYTE))
    assert set(reading.fault_counts) <= {"too_much_memory", "unreadable"}
    assert reading.outcome == "refused"


def test_a_child_that_takes_too_long_is_stopped_and_says_so():
    rows = hostile.text_of(hostile.good_rows(49_000))
    reading = read(rows, "a.csv", AREAS, limits=Limits(max_seconds=0.05))
    assert list(reading.fault_counts) == ["too_slow"]


INJECTIONS = [
    "=cmd|'/c calc'!A1", "=HYPERLINK(\"http://x.test\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1",
    "\r=1", "＝1+1", "'=1", "=1+1", '"=1",=1',
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_becomes_a_formula_in_an_exported_workbook(text):
    out = io.BytesIO()
    write_xlsx(AREAS, [{"code": "1", "name": text, "kind": "grid"}], out)
    archive = zipfile.ZipFile(out)
    pages = [archive.read(n).decode() for n in archive.namelist() if "worksheets/sheet" in n]
    assert not any("<f>" in page for page in pages)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_cell_of_an_exported_csv_begins_as_a_formula(text):
    import csv

    out = io.BytesIO()
    write_csv(AREAS, [{"code": "1", "name": text, "kind": "grid"}], out)
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert all(cell[:1] not in "=+-@\t\r＝＋－＠" for row in rows for cell in row if cell)
