"""Delimited text — csv, tsv, or cells pasted from a spreadsheet — to rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from chanjiao.engines.tabular.cells import LONGEST_CELL, Cell, Limits, column_letter
from chanjiao.engines.tabular.cellstream import Emit
from chanjiao.engines.tabular.marks import Wanted
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.engines.tabular.workbook import Found

DELIMITERS = ("\t", ",", ";", "|", "，", "；")
SAMPLE_CHARACTERS = 40_000
SAMPLE_ROWS = 30

#: Share of bytes that are 0 in the text of an ASCII-heavy UTF-16 file without a mark.
MANY_NULS = 0.2
#: Damaged UTF-8 has few bad places among many good ones; GBK read as UTF-8 has hardly a good one.
FEW = 0.2
COMMON = 0.7


def decode(data: bytes) -> tuple[str, str]:
    """Give the text and the name of its encoding; raise ``Refused`` rather than guess wrongly."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise Refused("unknown_encoding", line=1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        little = data.startswith(b"\xff\xfe")
        return decode_utf16(data[2:], "utf-16-le" if little else "utf-16-be")
    if data.startswith(b"\xef\xbb\xbf"):
        return decode_utf8(data[3:], "utf-8-sig", may_be_other=False)
    if b"\0" in data:
        return decode_with_nuls(data)
    return decode_utf8(data, "utf-8", may_be_other=True)


def decode_utf16(data: bytes, encoding: str) -> tuple[str, str]:
    if len(data) % 2:
        raise Refused("odd_utf16")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise Refused("unknown_encoding", line=line) from error
    return without_nuls(text), encoding


def decode_with_nuls(data: bytes) -> tuple[str, str]:
    """UTF-16 without its mark shows NULs at every other byte; anything else with NULs is broken."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        here, there = data[first::2].count(0), data[1 - first :: 2].count(0)
        if here > MANY_NULS * len(data) / 2 and there * 20 < here:
            return decode_utf16(data, encoding)
    raise Refused("nul_characters", line=data[: data.index(0)].count(b"\n") + 1)


def without_nuls(text: str) -> str:
    if "\0" in text:
        raise Refused("nul_characters", line=text[: text.index("\0")].count("\n") + 1)
    return text


def decode_utf8(data: bytes, name: str, *, may_be_other: bool) -> tuple[str, str]:
    try:
        return without_nuls(data.decode("utf-8")), name
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        damaged = data.decode("utf-8", "replace")
        bad = damaged.count("\ufffd")
        foreign = sum(character > "\x7f" for character in damaged)
        if not may_be_other or bad < FEW * foreign:
            raise Refused("mixed_encoding", line=line) from error
    return decode_chinese(data, line)


def decode_chinese(data: bytes, line: int) -> tuple[str, str]:
    """GB18030, unless the same bytes make far commoner characters as Big5."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        text, line = "", data[: error.start].count(b"\n") + 1
    gb = share_of_common(text, "gb2312")
    if gb < COMMON:
        try:
            other = data.decode("big5")
        except UnicodeDecodeError:
            other = ""
        if share_of_common(other, "big5") > max(gb, COMMON):
            return other, "big5"
    if not text:
        raise Refused("unknown_encoding", line=line)
    return text, "gb18030"


def share_of_common(text: str, encoding: str) -> float:
    """Share of the characters beyond ASCII that are among the few thousand in daily use."""
    foreign = [character for character in text[:SAMPLE_CHARACTERS] if character > "\x7f"]
    if not foreign:
        return 0.0
    return sum(is_common(character, encoding) for character in foreign) / len(foreign)


def is_common(character: str, encoding: str) -> bool:
    code = character.encode(encoding, "ignore")
    last = b"\xd7\xf9" if encoding == "gb2312" else b"\xc6\x7e"
    return len(code) == 2 and code <= last


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Parse strictly: a quotation mark without its partner must not swallow the rest of the file.

    Cells pasted from outside a spreadsheet (tab-separated) may hold quotes that mean nothing.
    """
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def find_delimiter(text: str, wanted: Wanted) -> str:
    """Choose the delimiter under which the first rows show most headings, then most order."""
    sample = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(DELIMITERS, key=lambda delimiter: order(sample, delimiter, wanted))


def order(sample: str, delimiter: str, wanted: Wanted) -> tuple[int, float, int]:
    rows: list[list[str]] = []
    try:
        for row in records(sample, delimiter):
            rows.append(row)
            if len(rows) >= SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0.0, 0
    width, count = widths.most_common(1)[0]
    return wanted.best([row for row in rows if len(row) > 1]), count / len(rows), width


def read_text(data: bytes, limits: Limits, wanted: Wanted, emit: Emit) -> Found:
    """Stream the records of a delimited text; a record with line breaks inside is one row."""
    text, encoding = decode(data)
    csv.field_size_limit(LONGEST_CELL)
    delimiter = find_delimiter(text, wanted)
    number = 0
    try:
        for number, record in enumerate(records(text, delimiter), 1):
            cells: list[Cell] = [*record]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > limits.max_columns:
                where = f"{column_letter(len(cells) - 1)}{number}"
                raise Refused("too_many_columns", cell=where, limit=limits.max_columns)
            if cells:
                emit(number, cells)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused("cell_too_long", row=number + 1, limit=LONGEST_CELL) from error
        raise Refused("bad_quotes", row=number + 1) from error
    return Found(format="text", encoding=encoding, delimiter=delimiter)
