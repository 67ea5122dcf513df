"""Postings from files and standard input, one after another; a line that can't be read is told."""

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

#: Suffixes and what they hold; any other file holds one posting a line.
FORMATS: Final[Mapping[str, str]] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".tsv": "tsv",
}  # fmt: skip
#: How much of a file tells its encoding; a stream may give less.
SAMPLE: Final = 64_000
LONGEST_CELL: Final = 50_000_000


class Line(NamedTuple):
    """One posting with where it stands, or the fault that keeps it from being read."""

    file: str
    number: int
    raw: str | Mapping[str, object] | None
    error: str = ""


def lines_of(path: Path, kind: str = "") -> Iterator[Line]:
    """The postings of a file; ``kind`` is text, jsonl, csv or tsv, by default from its name."""
    with path.open("rb", buffering=SAMPLE) as stream:
        yield from lines_from(stream, path.name, kind or FORMATS.get(path.suffix.lower(), "text"))


def lines_from(stream: BinaryIO, name: str, kind: str) -> Iterator[Line]:
    """The postings of a stream of bytes in UTF-8 or GB 18030; ``kind`` may be ``auto``.

    With ``auto`` a line that begins with a brace is JSON, and any other one is text.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    encoding = _encoding(buffered.peek(SAMPLE))
    if kind in ("csv", "tsv"):
        yield from _table(buffered, name, encoding, "\t" if kind == "tsv" else ",")
        return
    for number, raw in enumerate(buffered, start=1):
        line = _decoded(raw, name, number, encoding)
        if isinstance(line, Line):
            yield line
        elif line.strip():
            is_json = kind == "jsonl" or (kind == "auto" and line.lstrip().startswith("{"))
            yield _json(line, name, number) if is_json else Line(name, number, line)


def _encoding(sample: bytes) -> str:
    """UTF-8 unless most lines with other characters than ASCII are no UTF-8."""
    good = bad = 0
    for line in sample.split(b"\n")[:-1] or [sample]:
        if line.isascii():
            continue
        try:
            codecs.getincrementaldecoder("utf-8")().decode(line)  # the last may be cut short
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return "gb18030" if bad > good else "utf-8"


def _decoded(raw: bytes, name: str, number: int, encoding: str) -> str | Line:
    raw = raw.rstrip(b"\r\n")
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        return Line(
            name, number, None,
            f"第 {error.start + 1} 个字节不是 {encoding} 编码，请转换编码后重试。"
            f" Byte {error.start + 1} is not {encoding}: convert the file and try again.",
        )  # fmt: skip


def _json(text: str, name: str, number: int) -> Line:
    try:
        value: Any = json.loads(text)
    except ValueError as error:
        why = str(error)
        return Line(name, number, None, f"不是 JSON：{why}。 Not JSON: {why}.")
    except RecursionError:
        return Line(name, number, None, "JSON 嵌套过深。 The JSON is nested too deeply.")
    if isinstance(value, str | dict):
        return Line(name, number, value)
    kind = type(value).__name__
    return Line(
        name, number, None,
        f"应为文本或对象，不是 {kind}。 A text or an object is wanted, not {kind}.",
    )  # fmt: skip


def _table(stream: BinaryIO, name: str, encoding: str, delimiter: str) -> Iterator[Line]:
    """Rows by their headings; a row with more cells than headings is no posting."""
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        yield from _rows(csv.reader(text, delimiter=delimiter), name, encoding)
    finally:
        text.detach()  # the stream is the caller's to close


def _rows(reader: Any, name: str, encoding: str) -> Iterator[Line]:
    headings: list[str] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(name, reader.line_num, None, f"此行不是表格：{error}。 Not a row: {error}.")
            continue
        number = reader.line_num
        if not headings:
            headings = [cell.removeprefix("\ufeff").strip() for cell in row]
        elif any(cell.strip() for cell in row):
            yield _row(headings, row, name, number, encoding)


def _row(headings: list[str], row: list[str], name: str, number: int, encoding: str) -> Line:
    if len(row) > len(headings):
        return Line(
            name, number, None,
            f"有 {len(row)} 格，表头只有 {len(headings)} 格。"
            f" {len(row)} cells, but {len(headings)} headings.",
        )  # fmt: skip
    for heading, cell in zip(headings, row, strict=False):
        if any("\udc80" <= one <= "\udcff" for one in cell):
            return Line(
                name, number, None,
                f"“{heading}”一格不是 {encoding} 编码。 The cell “{heading}” is not {encoding}.",
            )  # fmt: skip
    return Line(name, number, dict(zip(headings, row, strict=False)))
