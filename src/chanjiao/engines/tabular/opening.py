"""Opening a file safely: the bytes go to a confined process, rows or a reason come back."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chanjiao.engines.tabular.cells import Cell, Limits, Marked
from chanjiao.engines.tabular.gate import MEGABYTE, sniff
from chanjiao.engines.tabular.marks import Wanted
from chanjiao.engines.tabular.refusals import REASONS, Refused

SOURCE = str(Path(__file__).resolve().parents[3])
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from chanjiao.engines.tabular.child import main; main(sys.stdin.buffer, sys.stdout.buffer)"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the whole file is refused."""

    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(slots=True)
class Grid:
    """The rows of one sheet as they stand, or the reason why there are none.

    ``rows`` holds ``(row number in the spreadsheet, cells)`` for each row with content.
    ``hidden_columns`` are zero-based inclusive ranges.
    """

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    refusal: Refusal | None = None
    format: str = ""
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)
    similar_sheets: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    merges: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: list[list[int]] = field(default_factory=list)


type Runner = Callable[[bytes, Limits, Wanted], bytes]


def refusal(code: str, **facts: object) -> Refusal:
    """Fill in the sentences for a reason."""
    reason = REASONS[code]
    known = {name: str(fact) for name, fact in facts.items()}
    return Refusal(code, *(text.format(**known) for text in reason))


def grid(
    data: bytes,
    filename: str = "",
    limits: Limits | None = None,
    *,
    wanted: Wanted | None = None,
    runner: "Runner | None" = None,
) -> Grid:
    """Open untrusted bytes; never raises for what they hold.

    The name decides nothing: what the bytes are does. A text named ``.xlsx`` is read as text.
    """
    limits = limits or Limits()
    if filename.lower().endswith((".xlsm", ".xltm", ".xlam")):
        return Grid(refusal=refusal("macros", part=filename[-80:]))
    try:
        sniff(data, limits)
        output = (runner or in_child)(data, limits, wanted or Wanted())
    except Refused as refused:
        return Grid(refusal=refusal(refused.code, **refused.facts))
    return unpack(output)


def in_child(data: bytes, limits: Limits, wanted: Wanted) -> bytes:
    """Run :mod:`~chanjiao.engines.tabular.child` on the bytes, killed when its time is up."""
    request = {
        "limits": asdict(limits),
        "headings": sorted(wanted.headings),
        "sheet_names": sorted(wanted.sheet_names),
    }
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter with our own module
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", START, SOURCE],
            input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True,
            timeout=limits.max_seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_slow", limit=limits.max_seconds) from error
    if done.returncode:
        raise cause_of_death(done.returncode, done.stderr, limits)
    return done.stdout


def cause_of_death(code: int, stderr: bytes, limits: Limits) -> Refused:
    """Say why the child ended without an answer."""
    slow = (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0))
    if code < 0 and code in slow:
        return Refused("too_slow", limit=limits.max_seconds)
    if b"MemoryError" in stderr:
        return Refused("too_much_memory", limit=limits.max_memory // MEGABYTE)
    return Refused("unreadable", detail=f"reader ended with {code}")


def unpack(output: bytes) -> Grid:
    """Turn the child's lines back into rows, sharing one object for each distinct marked cell."""
    body, _, last = output.rstrip(b"\n").rpartition(b"\n")
    closing: dict[str, Any] = json.loads(last)
    if "refused" in closing:
        return Grid(refusal=refusal(closing["refused"], **closing["facts"]))
    known: dict[tuple[str, str], Marked] = {}
    texts: dict[str, str] = {}

    def restored(cell: Any) -> Cell:
        if type(cell) is str:
            return texts.setdefault(cell, cell)
        kind, text = cell
        found = known.get((kind, text))
        if found is None:
            found = known[kind, text] = Marked(kind, text)
        return found

    rows = []
    for line in body.split(b"\n") if body else ():
        number, cells = json.loads(line)
        rows.append((number, [restored(cell) for cell in cells]))
    if not rows:
        return Grid(refusal=refusal("no_rows"))
    return Grid(rows=rows, **closing)
