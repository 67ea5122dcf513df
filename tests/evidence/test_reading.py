"""Files become text: Word, PDF, web pages and plain text in the encodings people have."""

import io
import zipfile

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.tabular.refusals import REASONS as SHEET_REASONS, Refused
from chanjiao.engines.text import applied, repair
from chanjiao.evidence.reading.assembling import by_hand, source_of
from chanjiao.evidence.reading.docx import read_docx
from chanjiao.evidence.reading.gate import LIMITS, kind_of
from chanjiao.evidence.reading.html import read_html
from chanjiao.evidence.reading.model import checked
from chanjiao.evidence.reading.pdf import read_pdf
from chanjiao.evidence.reading.reasons import REASONS, sentence
from chanjiao.evidence.reading.task import Task
from tests.evidence.papers import docx, paragraph, pdf, scanned_pdf

WORDS = "今天，三所学校与园区企业签约。"


def read(data, name=""):
    return source_of(Task(kind_of(data, name)), data).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_plain_text_is_read_in_the_encodings_people_have(encoding):
    text = "今天，三所學校與園區企業簽約。" if encoding == "big5" else WORDS
    assert read((text + "\r\n第二行。").encode(encoding)) == text + "\n第二行。"


def test_a_word_document_gives_paragraphs_and_table_rows():
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("指标", "120 人"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    data = docx(paragraph(WORDS) + table + paragraph("结束。"))
    assert read(data) == f"{WORDS}\n指标\t120 人\n结束。"


def test_a_word_document_leaves_out_what_was_deleted_and_what_is_said_twice():
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t>"
        "</w:r></w:moveFrom><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:tab/><w:t>句</w:t></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>图注</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>图注</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert read(docx(body)) == "新\t句图注"


def test_a_web_page_is_read_by_blocks_without_scripts():
    page = (
        "<!DOCTYPE html><html><head><meta charset='gb2312'><title>三校签约</title>"
        "<style>p{color:red}</style><script>var x='<p>假</p>'</script></head>"
        "<body><h1>三校签约</h1>"
        f"<p>{WORDS[:3]}<b>{WORDS[3:]}</b></p><ul><li>一</li><li>二</li></ul>"
        "<noscript>没有脚本</noscript>尾&amp;巴</body></html>"
    )
    found = read_html(page.encode("gb18030"))
    assert found.title == "三校签约"
    assert found.text == f"三校签约\n\n{WORDS}\n\n一\n\n二\n\n尾&巴"


@pytest.mark.parametrize("declared", ["utf-8", "zip", "no-such", "ascii", "hex"])
def test_a_page_that_declares_a_wrong_encoding_is_read_by_its_bytes(declared):
    page = f"<html><meta charset='{declared}'><p>{WORDS * 3}</p>"
    assert WORDS in read_html(page.encode("gb18030")).text


def test_a_pdf_with_text_is_read_and_pages_without_are_told():
    found = read_pdf(pdf("Three schools signed with the park today.", ""))
    assert found.text == "Three schools signed with the park today."
    assert found.notes == [{"code": "pages_without_text", "facts": {"pages": "2"}}]


def test_a_scan_is_refused_in_words():
    with pytest.raises(Refused) as refusal:
        read_pdf(scanned_pdf(3))
    told = sentence({"code": refusal.value.code, "facts": refusal.value.facts}, "zh")
    assert told.startswith("这份 PDF 共 3 页，只有图片，没有文字，应是扫描件")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"), (b" \r\n\0", "empty_file"), (b"%PDF-1.7 rubbish", "broken_pdf"),
        (b"PK\x03\x04rubbish", "broken_archive"), (b"\x89PNG\r\n", "not_a_document"),
        (b"From: <Saved by>\nContent-Type: multipart/related\n", "web_archive"),
        (b"<?xml version='1.0'?><data/>", "not_a_document"),
        (b"\xff\xfea", "odd_utf16"), (b"abcdefgh\0ijklmnopq", "nul_characters"),
        (b"\xff\xff\xff", "unknown_encoding"),
        (b"<html><script>1</script></html>", "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_its_reason(data, code):
    with pytest.raises(Refused) as refusal:
        checked(source_of(Task(kind_of(data)), data))
    assert refusal.value.code == code
    for language in ("zh", "en"):
        assert "{" not in sentence({"code": code, "facts": refusal.value.facts}, language)


def test_an_archive_of_something_else_says_what_it_is():
    kinds = {
        "xl/workbook.xml": "Excel", "ppt/presentation.xml": "PowerPoint", "a.txt": "压缩包",
    }  # fmt: skip
    for part, told in kinds.items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(Refused) as refusal:
            read_docx(packed.getvalue(), LIMITS)
        assert told in sentence({"code": "not_a_document", "facts": refusal.value.facts}, "zh")


def test_every_reason_of_the_shared_gate_has_its_sentence_for_documents():
    """Those that only a spreadsheet can raise are left out by name."""
    only_sheets = {
        "old_excel", "external_content", "dde_formula", "nested_archive", "not_a_workbook",
        "other_spreadsheet", "bad_quotes", "too_many_columns", "too_many_rows", "cell_too_long",
        "too_many_merges", "no_rows",
    }  # fmt: skip
    assert set(SHEET_REASONS) - only_sheets <= set(REASONS)


@given(st.text("學校(xué),，。a?\n", max_size=60), st.data())
@settings(max_examples=60, deadline=None)
def test_mends_by_hand_stand_and_the_edits_still_give_the_text(text, data):
    found = repair(text)
    size = len(text)
    if not size:
        return
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    mended = by_hand(text, found, [{"start": start, "end": end, "after": "名"}])
    assert applied(text, mended.edits) == mended.text
    assert any(e.start == start and e.end == end and e.after == "名" for e in mended.edits)
    assert all(a.end <= b.start for a, b in zip(mended.edits, mended.edits[1:], strict=False))
