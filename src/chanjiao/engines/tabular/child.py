"""The reading process: takes one request on standard input, answers rows as JSON lines.

It imports nothing but the standard library and this engine, so that it starts in 60 ms and a flaw
in a parser can reach neither the database nor the settings.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from chanjiao.engines.tabular.cells import Cell, Limits
from chanjiao.engines.tabular.gate import MEGABYTE, sniff
from chanjiao.engines.tabular.marks import Wanted
from chanjiao.engines.tabular.plaintext import read_text
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.engines.tabular.workbook import Found, read_workbook

#: Title and note rows that may come on top of ``max_rows``; the caller counts exactly.
SPARE_ROWS = 100

type Write = Callable[[bytes], Any]


class Sender:
    """Writes each row as one JSON line and keeps within the limits of rows and text."""

    def __init__(self, limits: Limits, write: Write) -> None:
        self.limits = limits
        self.write = write
        self.rows = 0
        self.size = 0
        self.encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def emit(self, number: int, cells: list[Cell]) -> None:
        self.rows += 1
        if self.rows > self.limits.max_rows + SPARE_ROWS:
            raise Refused("too_many_rows", limit=self.limits.max_rows)
        line = self.encode([number, cells]).encode("utf-8", "replace") + b"\n"
        self.size += len(line)
        if self.size > self.limits.max_text:
            raise Refused("too_much_text", limit=self.limits.max_text // MEGABYTE)
        self.write(line)


def answer(data: bytes, limits: Limits, wanted: Wanted, write: Write) -> None:
    """Write the rows, then one object: what was found, or why the file is refused."""
    try:
        found = dispatch(data, limits, wanted, Sender(limits, write))
        closing: dict[str, Any] = asdict(found)
    except Refused as refusal:
        closing = {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        closing = {"refused": "too_much_memory", "facts": {"limit": limits.max_memory // MEGABYTE}}
    except RecursionError:
        closing = {"refused": "unreadable", "facts": {"detail": "nested too deeply"}}
    write(json.dumps(closing, ensure_ascii=True).encode() + b"\n")


def dispatch(data: bytes, limits: Limits, wanted: Wanted, sender: Sender) -> Found:
    if sniff(data, limits) == "workbook":
        return read_workbook(data, limits, wanted, sender.emit)
    return read_text(data, limits, wanted, sender.emit)


def confine(limits: Limits) -> None:
    """Bind this process's memory and processor time where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    seconds = max(1, round(limits.max_seconds))
    bounds = (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, limits.max_memory, limits.max_memory),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for what, soft, hard in bounds:
        try:
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):
            continue


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve one request: a JSON line with limits and wanted headings, then the file's bytes."""
    request = json.loads(stdin.readline())
    limits = Limits(**request["limits"])
    confine(limits)
    headings, names = frozenset(request["headings"]), frozenset(request["sheet_names"])
    answer(stdin.read(), limits, Wanted(headings, names), stdout.write)
    stdout.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
