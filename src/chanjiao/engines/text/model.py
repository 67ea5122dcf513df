"""What repairing says: the mended text, every edit with its place, and what could not be mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

type EditKind = Literal["shape", "shift", "swallowed", "gloss", "comma", "script", "punctuation"]
type FlagKind = Literal["lost_character", "question_mark_for_space", "broken_bytes", "brand"]


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` of the original was ``before`` and is now ``after``."""

    start: int
    end: int
    before: str
    after: str
    kinds: tuple[EditKind, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something wrong that was left as it stood, with what it might have been.

    Offsets count characters of the original; ``candidates`` are best first.
    """

    start: int
    end: int
    kind: FlagKind
    quote: str
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text and how it came to be: putting ``edits`` into the original gives ``text``."""

    text: str
    edits: Sequence[Edit] = ()
    flags: Sequence[Flag] = ()


def applied(original: str, edits: Sequence[Edit]) -> str:
    """The original with the edits put in; they are in order and don't overlap.

    >>> applied("今天,", [Edit(2, 3, ",", "，", ("punctuation",))])
    '今天，'
    """
    parts, at = [], 0
    for edit in edits:
        parts += [original[at : edit.start], edit.after]
        at = edit.end
    return "".join([*parts, original[at:]])
