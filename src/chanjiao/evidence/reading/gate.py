"""What the bytes are: decided by themselves, the name of the file only breaks a tie."""

import re
from typing import Literal

from chanjiao.engines.tabular.cells import Limits
from chanjiao.engines.tabular.gate import FOREIGN, MEGABYTE, OLE, ZIP
from chanjiao.engines.tabular.refusals import Refused

type Kind = Literal["docx", "pdf", "html", "txt"]

#: What a page may cost; processor time and memory bind the confined process.
LIMITS = Limits(max_unpacked=100 * MEGABYTE, max_seconds=18)
MOST_CHARACTERS = 200_000
MOST_PAGES = 300

SPACE = b" \t\r\n\f\0"
MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|article|span|h[1-6])\b",
    re.IGNORECASE,
)
WEB_ARCHIVE = re.compile(rb"^(?:From:|MIME-Version:|Subject:)[^\n]*\n", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml", re.IGNORECASE)
WEB_NAMES = (".html", ".htm", ".xhtml", ".shtml")
HEAD = 4096


def kind_of(data: bytes, name: str = "") -> Kind:
    """The reader that fits; raises ``Refused`` where none does."""
    if not data.strip(SPACE):
        raise Refused("empty_file")
    if len(data) > LIMITS.max_bytes:
        size = f"{len(data) / MEGABYTE:.1f}"
        raise Refused("file_too_large", size=size, limit=LIMITS.max_bytes // MEGABYTE)
    if data.startswith(ZIP):
        return "docx"
    if data.startswith(OLE):
        sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("encrypted" if sealed else "old_word")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, zh, en in FOREIGN:
        if data.startswith(magic):
            raise Refused("not_a_document", kind_zh=zh, kind_en=en)
    return _markup_or_text(data, name)


def _markup_or_text(data: bytes, name: str) -> Kind:
    head = data[:HEAD].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf")
    if WEB_ARCHIVE.match(head) and b"multipart/related" in head.lower():
        raise Refused("web_archive")
    starts_with_tag = head.lstrip(b" \t\r\n\xff\xfe").startswith(b"<")
    is_named = name.lower().endswith(WEB_NAMES)
    if MARKUP.search(head) and (starts_with_tag or is_named):
        return "html"
    if XML.match(head) and not is_named:
        raise Refused("not_a_document", kind_zh=" XML 数据", kind_en="XML data")
    return "html" if is_named and b"<" in data else "txt"
