"""Word documents: the body's paragraphs and tables, read as a stream; nothing else is opened.

The parts of the archive are counted and measured before any is unpacked; a declared DTD ends the
reading. Pictures, embedded files and outside links are left where they are.
"""

import io
import struct
import zipfile

from chanjiao.engines.tabular import gate
from chanjiao.engines.tabular.cells import Limits
from chanjiao.engines.tabular.parts import Attributes, Handler, Parts
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.gate import MOST_CHARACTERS
from chanjiao.evidence.reading.model import Source, lines

BODY = "word/document.xml"
# Told of one thing twice (a drawing for old programs), or no longer part of the text.
PASSED_OVER = frozenset({"Fallback", "moveFrom", "del"})
OTHERS = (
    ("xl/", " Excel 表格", "an Excel workbook"),
    ("ppt/", " PowerPoint 演示文稿", "a PowerPoint presentation"),
    ("content.xml", " OpenDocument 文档", "an OpenDocument file"),
    ("meta-inf/", " OpenDocument 或压缩包", "an OpenDocument file or an archive"),
)


def read_docx(data: bytes, limits: Limits) -> Source:
    """Raises ``Refused`` for whatever is no plain Word document."""
    parts = Parts(_opened(data, limits), limits)
    body = _Body()
    parts.parse(BODY, body)
    return Source(lines("".join(body.pieces)))


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    gate.count_entries(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise Refused("broken_archive", detail=str(error)[:80]) from error
    entries = archive.infolist()
    for entry in entries:
        gate.check_entry(entry, limits)
    gate.check_sizes(entries, limits)
    _check_names([entry.filename.lower() for entry in entries])
    return archive


def _check_names(names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise Refused("broken_archive", detail="two parts share one name")
    for name in names:
        if name.endswith(("vbaproject.bin", "vbadata.xml")):
            raise Refused("macros", part=name[-80:])
    if BODY in names:
        return
    for start, zh, en in OTHERS:
        if any(name.startswith(start) for name in names):
            raise Refused("not_a_document", kind_zh=zh, kind_en=en)
    raise Refused("not_a_document", kind_zh="压缩包", kind_en="an archive")


class _Body(Handler):
    """Paragraphs become lines, cells of a row are parted by tabs."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.size = 0
        self.passed_over = 0
        self.rows = 0
        self.is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        self.chunks.clear()
        if name in PASSED_OVER:
            self.passed_over += 1
        elif name == "tr":
            self.rows += 1
        elif name in ("tab", "ptab") and not attributes:
            self.put("\t")
        elif name in ("br", "cr"):
            self.put("\n")
        elif name == "noBreakHyphen":
            self.put("-")

    def end(self, name: str) -> None:
        if name == "t":
            self.put("".join(self.chunks))
        elif name in PASSED_OVER:
            self.passed_over -= 1
        elif name == "tr":
            self.rows -= 1
            self.put("\n")
        elif name == "tc":
            self.put("\t")
        elif name == "p":
            self.put(" " if self.rows else "\n")
        self.chunks.clear()

    def put(self, text: str) -> None:
        if self.passed_over:
            return
        self.size += len(text)
        if self.size > 2 * MOST_CHARACTERS:
            raise Refused("too_much_text", limit=f"{MOST_CHARACTERS:,}")
        self.pieces.append(text)
