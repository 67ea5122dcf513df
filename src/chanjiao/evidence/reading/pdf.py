"""PDF files with text in them; a scan is refused in words, for nothing here looks at pictures."""

import io
import logging
from typing import Any

from pypdf import PdfReader

from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.gate import MOST_CHARACTERS, MOST_PAGES
from chanjiao.evidence.reading.model import Source, lines

#: Fewer characters than this are a page number or a stamp, not a page of text.
FEWEST = 12
#: Share of characters that no font explained, above which the rest is no text either.
MOST_UNEXPLAINED = 0.2
SHOWN_PAGES = 20


def read_pdf(data: bytes) -> Source:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(PdfReader(io.BytesIO(data)))
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:  # a parser of hostile files may raise anything
        raise Refused("broken_pdf", detail=type(error).__name__) from error


def _read(reader: PdfReader) -> Source:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused("too_many_pages", pages=count, limit=MOST_PAGES)
    texts, size = [], 0
    for page in reader.pages:
        texts.append(lines(page.extract_text()))
        size += len(texts[-1])
        if size > MOST_CHARACTERS:
            raise Refused("too_much_text", limit=f"{MOST_CHARACTERS:,}")
    empty = [n for n, text in enumerate(texts, 1) if len("".join(text.split())) < FEWEST]
    if len(empty) == count and any(_has_picture(page) for page in reader.pages):
        raise Refused("scanned", pages=count)
    whole = "\n".join(text for text in texts if text)
    if _unexplained(whole) > MOST_UNEXPLAINED:
        raise Refused("unmapped_font")
    notes = []
    if empty and len(empty) < count:
        told = "、".join(map(str, empty[:SHOWN_PAGES])) + ("…" if len(empty) > SHOWN_PAGES else "")
        notes.append({"code": "pages_without_text", "facts": {"pages": told}})
    return Source(whole, notes=notes)


def _has_picture(page: Any) -> bool:
    """Whether a picture is drawn on the page, without unpacking it."""
    resources = page.get("/Resources") or {}
    drawn = resources.get_object().get("/XObject") if resources else None
    if drawn is None:
        return False
    return any(
        one.get_object().get("/Subtype") in ("/Image", "/Form")
        for one in drawn.get_object().values()
    )


def _unexplained(text: str) -> float:
    """Share of characters that stand for none: replacement, private use, control."""
    found = [c for c in text if not c.isspace()]
    if not found:
        return 0.0
    odd = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " " for c in found)
    return odd / len(found)
