import io
import json
import re

import pytest
from docx import Document

from chanjiao.engines.ledger import canonical
from chanjiao.publishing import documents
from chanjiao.publishing.choices import Format
from chanjiao.publishing.documents.notes import percent
from chanjiao.publishing.editions import edition_now
from chanjiao.publishing.snapshot import differences, read, seal_of
from tests.publishing.conftest import NOW


@pytest.fixture
def edition(quarter):
    return edition_now(quarter, NOW)


def test_the_same_records_give_the_same_bytes(quarter, edition):
    assert edition_now(quarter, NOW).content == edition.content


@pytest.mark.parametrize("fmt", Format.values)
def test_every_file_is_made_again_byte_by_byte(edition, fmt):
    assert documents.make(edition, fmt) == documents.make(read(edition.content), fmt)


def test_any_edit_changes_the_seal(edition):
    data = json.loads(edition.content)
    data["rows"][0]["headcount"] += 1
    assert seal_of(canonical(data)) != edition.seal


def test_bytes_in_another_spelling_are_no_snapshot(edition):
    with pytest.raises(ValueError, match="canonical"):
        read(json.dumps(edition.data).encode())


def test_a_company_alone_in_its_occupation_is_pooled(edition):
    assert [(r["name"]["zh"], r["is_pool"]) for r in edition.rows] == [("机械冷加工人员", True)]
    assert edition.rows[0]["headcount"] == 4 + 5 + 6 + 7 + 7 + 6


def test_two_occupations_with_enough_companies_stand_apart(quarter, add_line, companies):
    for company in companies[:3]:
        add_line(company, "6-20-01-01", 5, title="钳工")
    found = edition_now(quarter, NOW)
    assert [r["name"]["zh"] for r in found.rows] == ["机械冷加工人员", "装配钳工"]
    assert found.rows[1]["pay_low"] == 6000


def test_only_positions_that_the_company_made_public_bear_its_name(edition, companies):
    assert [post["company"] for post in edition.posts] == [companies[4].name]
    text = edition.content.decode()
    assert [c.name in text for c in companies] == [False, False, False, False, True, False]


def test_pay_of_a_named_position_is_not_told(edition):
    assert not [key for key in edition.posts[0] if "pay" in key]


def test_projections_expired_and_filled_lines_stay_out(
    quarter, edition, lines, companies, add_line
):
    lines[0].valid_until = "2026-09-29"
    lines[0].save()
    add_line(companies[0], headcount=90, title="规划", source="project")
    add_line(companies[1], headcount=8, filled=8, title="已满足")
    found = edition_now(quarter, NOW)
    assert found.data["totals"]["headcount"] == edition.data["totals"]["headcount"] - 4
    assert found.data["coverage"]["stale_lines_left_out"] == 1


def test_where_all_is_too_small_nothing_is_published(quarter, lines):
    for line in lines[2:]:
        line.delete()
    found = edition_now(quarter, NOW)
    assert found.rows == []
    assert found.data["totals"]["headcount"] is None
    assert found.data["suppression"]["withheld"] is True


def test_differences_are_sorted_by_size_and_name_new_ones():
    def row(code, n):
        return {
            "occupation": code, "name": {"zh": code}, "headcount": n, "is_pool": False, "depth": 4,
        }  # fmt: skip

    found = differences({"rows": [row("a", 5), row("b", 9)]}, {"rows": [row("a", 7), row("c", 8)]})
    assert [(d.occupation, d.before, d.after) for d in found] == [
        ("b", 9, None), ("c", None, 8), ("a", 5, 7),
    ]  # fmt: skip


def test_a_formula_in_a_title_stays_text(quarter, add_line, companies):
    add_line(companies[4], title="=cmd|'/c calc'!A1", visibility="public", headcount=3)
    found = edition_now(quarter, NOW)
    assert ",'=cmd|" in documents.make(found, "csv").decode("utf-8-sig")


def test_the_csv_opens_in_excel_and_has_every_row(edition):
    text = documents.make(edition, "csv")
    assert text.startswith(b"\xef\xbb\xbf")
    assert len(text.decode("utf-8-sig").splitlines()) == 1 + len(edition.rows) + len(edition.posts)


def test_shares_are_rounded_as_people_round():
    assert percent("0.3555") == "35.6%"


def _docx(edition):
    return Document(io.BytesIO(documents.make(edition, "docx")))


def test_the_word_bulletin_is_filled_in_and_carries_its_charts(quarter, add_line, companies):
    for company in companies[:4]:
        add_line(company, "6-20-01-01", 5, title="钳工")
        add_line(company, "6-18-01-02", 5, title="铣工 <高级> & 班长")
    made = _docx(edition_now(quarter, NOW))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(p.text for p in made.paragraphs), *cells])
    assert "望澜湾产教联合体2026年第3季度产业人才需求清单" in text
    assert "装配钳工" in cells
    assert not re.search(r"[{}]{2}|{%|%}", text)
    assert len(made.inline_shapes) >= 1


def test_a_title_with_marks_of_its_own_does_not_break_the_bulletins(quarter, add_line, companies):
    odd = '#show "x" {{ 7*7 }} <w:t>&amp; *粗* $1$ \\ @'
    add_line(companies[4], title=odd, visibility="public", headcount=3)
    edition = edition_now(quarter, NOW)
    cells = [c.text for t in _docx(edition).tables for row in t.rows for c in row.cells]
    assert odd in cells
    assert documents.make(edition, "pdf").startswith(b"%PDF-")


def test_the_pdf_is_set_in_packaged_fonts_or_not_at_all(edition, monkeypatch, tmp_path):
    assert documents.make(edition, "pdf").startswith(b"%PDF-")
    monkeypatch.setattr("chanjiao_assets.fonts_dir", lambda: tmp_path)
    with pytest.raises(OSError, match="font"):
        documents.make(edition, "pdf")
