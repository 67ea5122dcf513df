"""The parts of a workbook's archive, read as streams with a budget, and what the small ones say."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from chanjiao.engines.tabular.cells import LONGEST_CELL, Limits
from chanjiao.engines.tabular.gate import MEGABYTE
from chanjiao.engines.tabular.refusals import Refused

CHUNK = 64 * 1024
#: Text between two tags that no cell of lawful length can need, even as rich text in UTF-8.
LONGEST_TEXT = 4 * LONGEST_CELL

#: Number formats that every workbook has without spelling them out (ECMA-376 part 1, 18.8.30).
BUILT_IN = (
    dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58), "date")
    | dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56), "time")
    | dict.fromkeys((9, 10), "percent")
)
DECORATION = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General', re.IGNORECASE)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

type Attributes = dict[str, str]


class Handler:
    """What reads one part: it sees local names, and finds the text since in ``chunks``."""

    def __init__(self) -> None:
        self.chunks: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...


@dataclass
class Parts:
    """The archive's parts by lower-cased name, and how many unpacked bytes may still be read."""

    archive: zipfile.ZipFile
    limits: Limits
    read: int = 0
    entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = {entry.filename.lower(): entry for entry in self.archive.infolist()}

    def has(self, name: str) -> bool:
        return name.lower() in self.entries

    def parse(self, name: str, handler: Handler) -> None:
        """Drive ``handler`` over a part, chunk by chunk; a size the archive declares counts not."""
        if not self.has(name):
            raise Refused("broken_workbook", part=name, detail="missing")
        parser = make_parser(handler, name)
        try:
            with self.archive.open(self.entries[name.lower()]) as stream:
                while chunk := stream.read(CHUNK):
                    self.spend(len(chunk), name)
                    parser.Parse(chunk, False)
                    check_growth(handler.chunks)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == 1:  # XML_ERROR_NO_MEMORY
                raise MemoryError from error
            raise Refused("broken_workbook", part=name, detail=str(error)[:80]) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Refused("broken_workbook", part=name, detail=str(error)[:80]) from error

    def spend(self, size: int, name: str) -> None:
        self.read += size
        if self.read > self.limits.max_unpacked:
            limit = self.limits.max_unpacked // MEGABYTE
            raise Refused("unpacked_too_large", part=name, limit=limit)


def check_growth(chunks: list[str]) -> None:
    """Stop one endless cell while it is still short."""
    if len(chunks) and sum(map(len, chunks)) > LONGEST_TEXT:
        raise Refused("text_too_long", limit=LONGEST_CELL)


def make_parser(handler: Handler, part: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.CharacterDataHandler = handler.chunks.append

    def refuse(*_: Any) -> NoReturn:
        raise Refused("xml_entities", part=part)

    def first(name: str, attributes: Attributes) -> None:
        """Some programs write every name with a prefix (``x:row``); the root tells."""
        if ":" in name:
            parser.StartElementHandler = local_start(handler)
            parser.EndElementHandler = local_end(handler)
        else:
            parser.StartElementHandler = handler.start
            parser.EndElementHandler = handler.end
        handler.start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = first
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def local_start(handler: Handler) -> Callable[[str, Attributes], None]:
    return lambda name, attributes: handler.start(name.rpartition(":")[2], attributes)


def local_end(handler: Handler) -> Callable[[str], None]:
    return lambda name: handler.end(name.rpartition(":")[2])


class Relationships(Handler):
    """``targets``: relationship id → (kind, part name); ``base`` is the folder targets start at."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(self.base, target)
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(path))


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    part: str
    hidden: bool


class WorkbookPart(Handler):
    """Which sheets there are, in order, and whether days are counted from 1904."""

    def __init__(self, targets: dict[str, tuple[str, str]]) -> None:
        super().__init__()
        self.targets = targets
        self.sheets: list[SheetPart] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            link = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            kind, part = self.targets.get(link, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                self.sheets.append(SheetPart(attributes.get("name", ""), part, hidden))


class Styles(Handler):
    """``formats[i]``: what a number with style ``i`` means (see :func:`number_format`)."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            number = attributes.get("numFmtId", "0")
            self.formats.append(number_format(number, self.codes.get(number)))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def number_format(number: str, code: str | None) -> str:
    """Say what a format shows: ``date``, ``time``, ``percent``, ``0000``, or nothing special.

    >>> number_format("14", None), number_format("176", 'yyyy"年"m"月"')
    ('date', 'date')
    >>> number_format("9", None), number_format("178", "000000"), number_format("179", "[Red]0")
    ('percent', '000000', '')
    """
    if code is None:
        place = int(number) if number.isascii() and number.isdigit() else 0
        return BUILT_IN.get(place, "")
    bare = DECORATION.sub("", code.split(";")[0]).lower()
    if "0" not in bare and "#" not in bare and re.search(r"[ymdhse]|年|月|日", bare):
        return "date" if re.search(r"[yde]|年|日", bare) or is_month(bare) else "time"
    if len(bare) > 1 and not bare.strip("0"):
        return bare
    return "percent" if "%" in bare else ""


def is_month(bare: str) -> bool:
    """An ``m`` is a minute only beside hours or seconds."""
    return "m" in bare and "h" not in bare and "s" not in bare


class Strings(Handler):
    """The workbook's table of shared texts; readings of characters (``rPh``) are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.in_reading = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.chunks.clear()
        elif name == "si":
            self.pieces = []
        elif name == "rPh":
            self.in_reading = True

    def end(self, name: str) -> None:
        if name == "t":
            if not self.in_reading:
                self.pieces.append("".join(self.chunks))
            self.chunks.clear()
        elif name == "si":
            text = unescaped("".join(self.pieces))
            if len(text) > LONGEST_CELL:
                raise Refused("text_too_long", limit=LONGEST_CELL)
            self.strings.append(text)
        elif name == "rPh":
            self.in_reading = False


def unescaped(text: str) -> str:
    """Undo Excel's ``_x000D_`` for characters XML can't hold; half a character becomes ``�``."""
    if "_x" not in text:
        return text
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
