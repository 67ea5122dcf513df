"""A text cut into words with their parts of speech and places."""

import re
from bisect import bisect_left
from typing import NamedTuple

import rjieba

GLUED = re.compile(r"[由和与从向对在于为将被把同跟及至到赴比会经据等]")
SURROGATES = re.compile("[\ud800-\udfff]")
PIECE = 20_000


class Word(NamedTuple):
    """A word of the text from ``start`` to ``end`` with the tag jieba gives it."""

    start: int
    end: int
    text: str
    tag: str


class Words(list[Word]):
    """Words in order that leave nothing out."""

    def __init__(self, text: str) -> None:
        super().__init__(_cut(SURROGATES.sub("\ufffd", text)))
        self._ends = [word.end for word in self]

    def ending_at(self, place: int) -> int | None:
        """Number of the word that ends here; None inside a word."""
        index = bisect_left(self._ends, place)
        return index if index < len(self) and self[index].end == place else None

    def covering(self, place: int) -> int:
        """Number of the word that holds the character at ``place``."""
        return min(bisect_left(self._ends, place + 1), len(self) - 1)


def _cut(text: str) -> list[Word]:
    """Words of the text; a guessed name that swallowed a preposition gives it back."""
    found: list[Word] = []
    at = 0
    for begin in range(0, len(text), PIECE):
        for word, tag in rjieba.tag(text[begin : begin + PIECE]):
            end = at + len(word)
            if len(word) > 1 + (tag == "nr") and GLUED.match(word) and not rjieba.has_word(word):
                found.append(Word(at, at + 1, word[0], "p"))
                found.append(Word(at + 1, end, word[1:], tag))
            else:
                found.append(Word(at, end, word, tag))
            at = end
    return found
