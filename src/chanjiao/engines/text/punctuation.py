"""Commas that a machine put in, and marks that a width step made narrow."""

import re
from collections.abc import Iterator

from chanjiao.engines.text.draft import Change
from chanjiao.engines.text.glosses import HAN

INSERTED = re.compile(r",(?=[,。、;；:：!！?？，])")
NARROW = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
WIDE_NEIGHBOUR = rf"[{HAN}。，、；：！？“”‘’（）《》]"
BETWEEN = re.compile(rf"(?<={WIDE_NEIGHBOUR})[,;:!?]|[,;!?](?={WIDE_NEIGHBOUR})")
BRACKETS = re.compile(r"\(([^()\n]{1,60})\)")
QUOTED = re.compile(r"\"([^\"“”\n]{1,60})”|“([^\"“”\n]{1,60})\"")


def inserted_commas(text: str) -> Iterator[Change]:
    """An ASCII comma right before another mark is never written by a person."""
    for found in INSERTED.finditer(text):
        yield found.start(), found.end(), ""


def narrow_marks(text: str) -> Iterator[Change]:
    """Marks beside Chinese characters, made full width again."""
    for found in BETWEEN.finditer(text):
        yield found.start(), found.end(), NARROW[found[0]]


def narrow_brackets(text: str) -> Iterator[Change]:
    """Both brackets of a pair that holds or touches a Chinese character; no other."""
    spots: list[Change] = []
    for found in BRACKETS.finditer(text):
        around = text[max(0, found.start() - 1) : found.start()] + found[1]
        around += text[found.end() : found.end() + 1]
        if re.search(f"[{HAN}]", around):
            spots.append((found.start(), found.start() + 1, "（"))
            spots.append((found.end() - 1, found.end(), "）"))
    yield from sorted(spots)


def straight_quotes(text: str) -> Iterator[Change]:
    """A straight quotation mark whose partner is curled."""
    for found in QUOTED.finditer(text):
        if found[1] is not None:
            yield found.start(), found.start() + 1, "“"
        else:
            yield found.end() - 1, found.end(), "”"
