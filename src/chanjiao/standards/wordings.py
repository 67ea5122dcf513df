"""The project's own table of how advertisements call occupations: trade × role, in short form.

A wording such as ``{数控、普通}车床{工、师傅}`` stands for four. It teaches the model; only the
tables of aliases answer by themselves.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from chanjiao.engines.taxonomy import same_key

CHOICE = re.compile(r"\{([^{}]*)\}")


def spelled(short: str) -> list[str]:
    """All wordings that a short form stands for.

    >>> spelled("{数控、普通}车床{工、师傅}")
    ['数控车床工', '数控车床师傅', '普通车床工', '普通车床师傅']
    """
    parts = CHOICE.split(short)  # text and choices in turn
    options = [part.split("、") if at % 2 else [part] for at, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*options)]


@cache
def wordings(path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Code and wordings of each entry of a table; a wording stands for one code only.

    What is written out whole stands before what a short form yields, the first before the later.
    """
    taken: dict[str, tuple[str, int]] = {}
    entries = list(_entries(path))
    for is_short in (False, True):
        for number, (_code, short) in enumerate(entries):
            if ("{" in short) == is_short:
                for text in spelled(short):
                    taken.setdefault(same_key(text), (text, number))
    found: dict[int, list[str]] = {}
    for text, number in taken.values():
        found.setdefault(number, []).append(text)
    return tuple((entries[number][0], tuple(texts)) for number, texts in sorted(found.items()))


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for short in row["wordings"].split("|"):
                yield row["code"], short
