"""Web pages as a browser would read them aloud: text by blocks, without scripts and styles."""

import codecs
import re
from html.parser import HTMLParser
from typing import Any

from chanjiao.engines.tabular.plaintext import decode
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.gate import HEAD, MOST_CHARACTERS
from chanjiao.evidence.reading.model import Source, lines

CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "csgb2312"})
NOT_READ = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select"}
)
BLOCK_TAGS = """
address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead title tr ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
CELLS = frozenset({"td", "th"})
BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")


def read_html(data: bytes) -> Source:
    parser = _Reader()
    parser.feed(decoded(data))
    parser.close()
    return Source(lines("".join(parser.pieces)), BLANKS.sub(" ", "".join(parser.title)).strip())


def decoded(data: bytes) -> str:
    """By its mark, by what it declares where that holds, else by what the bytes look like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return decode(data)[0]
    declared = CHARSET.search(data[:HEAD])
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            found = codecs.lookup("gb18030" if name in CHINESE else name)
            if found._is_text_encoding:  # or "zip" and "hex" would be read as what they name
                return data.decode(found.name)
        except (LookupError, UnicodeError, ValueError):
            pass  # pages often declare what they are not
    return decode(data)[0]


class _Reader(HTMLParser):
    """Gathers text; what is not read is skipped with all inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.title: list[str] = []
        self.size = 0
        self.skipped = 0
        self.is_title = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in NOT_READ:
            self.skipped += 1
        elif tag == "title":
            self.is_title = True
        elif tag == "body":
            self.skipped = 0  # whatever the head left open
        elif tag in CELLS:
            self.put("\t")
        elif tag in BLOCKS:
            self.put("\n")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        if tag in BLOCKS:
            self.put("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_READ:
            self.skipped = max(0, self.skipped - 1)
        elif tag == "title":
            self.is_title = False
        elif tag in BLOCKS:
            self.put("\n")

    def handle_data(self, data: str) -> None:
        if self.is_title:
            self.title.append(data[:500])
        elif not self.skipped:
            self.put(BLANKS.sub(" ", data))

    def put(self, text: str) -> None:
        self.size += len(text)
        if self.size > 4 * MOST_CHARACTERS:
            raise Refused("too_much_text", limit=f"{MOST_CHARACTERS:,}")
        self.pieces.append(text)
