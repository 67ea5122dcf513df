"""Hostile files end in a clear answer, soon and within bounds, and never in a traceback."""

import io
import json
import time
import zipfile
from dataclasses import replace
from random import Random

import pytest

from chanjiao.engines.tabular.gate import MEGABYTE
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.child import in_process
from chanjiao.evidence.reading.gate import LIMITS, MOST_CHARACTERS, kind_of
from chanjiao.evidence.reading.opening import in_child, opened
from chanjiao.evidence.reading.reasons import sentence
from chanjiao.evidence.reading.task import Task
from tests.evidence.papers import HEAD, docx, paragraph, pdf

DTD = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://w"><w:body>'
    "<w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p></w:body></w:document>"
)


def with_document(document):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def noise():
    """Text that packs badly enough to pass for honest, in one run."""
    dice = Random(1)
    return paragraph("".join(chr(0x4E00 + dice.randrange(8000)) for _ in range(180_000)))


def bomb():
    return docx(paragraph("a" * (30 * MEGABYTE)))


def lying():
    """The directory says one size and the part holds another."""
    data = bytearray(docx(paragraph("今天三校签约。") * 3))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def recursive():
    return pdf("a").replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")


# Name → (the bytes, the codes of which one is the answer); all quick enough for this process.
REFUSED = {
    "zip bomb": (bomb, "compression_ratio"),
    "5,000 parts": (
        lambda: docx("", **{f"word__x{n}.xml": "" for n in range(5000)}), "too_many_entries",
    ),
    "entities": (lambda: with_document(DTD), "xml_entities"),
    "macros": (lambda: docx(paragraph("a"), **{"word__vbaProject.bin": "x"}), "macros"),
    "cut short": (lambda: docx(paragraph("今天"))[:-40], "broken_archive"),
    "lying size": (lying, "broken_workbook broken_archive"),
    "open tags": (lambda: with_document(HEAD + "<w:p>" * 5000), "broken_workbook"),
    "one endless run": (lambda: docx(noise()), "text_too_long"),
    "pages of themselves": (recursive, "broken_pdf no_text"),
    "too many pages": (lambda: pdf(*["a"] * 400), "too_many_pages"),
    "rubbish": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 400, "broken_pdf"),
    "a book": (lambda: ("今天签约。" * MOST_CHARACTERS).encode(), "too_much_text"),
    "lines without end": (lambda: "今\n".encode() * 4000, "too_many_paragraphs"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(name):
    build, codes = REFUSED[name]
    data = build()
    with pytest.raises(Refused) as refusal:
        opened(Task(kind_of(data)), data, in_process)
    assert refusal.value.code in codes.split()
    told = {"code": refusal.value.code, "facts": refusal.value.facts}
    assert "{" not in sentence(told, "zh") + sentence(told, "en")


def test_an_honest_document_passes_through_the_process():
    """The control: the gate that refuses the above lets this one through, parted from us."""
    data = docx(paragraph("三校签约") + paragraph("本报记者 某某") + paragraph("今天，三校签约。"))
    found = json.loads(in_child(Task("docx"), data))
    assert [one["title"] for one in found["articles"]] == ["三校签约"]


def test_a_file_that_takes_too_long_is_stopped():
    slow = b"<html><body>" + b"<!--" * 3_000_000
    started = time.monotonic()
    with pytest.raises(Refused) as refusal:
        in_child(Task("html", limits=replace(LIMITS, max_seconds=1)), slow)
    assert refusal.value.code == "too_slow"
    assert time.monotonic() - started < 10


def test_a_file_that_takes_too_much_memory_is_stopped():
    greedy = b"<html><body>" + b"<a a=\"'" * 2_000_000
    with pytest.raises(Refused) as refusal:
        opened(Task("html", limits=replace(LIMITS, max_memory=256 * MEGABYTE)), greedy, in_child)
    assert refusal.value.code == "too_much_memory"
