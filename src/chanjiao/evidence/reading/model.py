"""What a reader hands on: the text as it stands, with lines for paragraphs."""

import re
from dataclasses import dataclass, field
from typing import Any

from chanjiao.engines.tabular.refusals import Refused
from chanjiao.evidence.reading.gate import MOST_CHARACTERS

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
AROUND_TABS = re.compile(r" *\t[ \t]*")


@dataclass(frozen=True, slots=True)
class Source:
    """``notes`` tell what was left out, as ``{"code", "facts"}``."""

    text: str
    title: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)


def checked(source: Source) -> Source:
    """The source, unless there is nothing in it or too much."""
    if not source.text.strip():
        raise Refused("no_text")
    if len(source.text) > MOST_CHARACTERS:
        raise Refused("too_much_text", limit=f"{MOST_CHARACTERS:,}")
    return source


def lines(text: str) -> str:
    """One kind of line end, no blanks around lines, no control characters, few empty lines."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = AROUND_TABS.sub("\t", CONTROL.sub("", line)).strip(" \t")
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
