"""Many wordings found in one pass; the longest wins, and Latin letters must end where words end."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from chanjiao.engines.taxonomy.postings.folding import fold

WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Hit[T](NamedTuple):
    """A wording in a folded text and what it stands for."""

    start: int
    end: int
    entry: T


class Lexicon[T]:
    """Wordings with what they stand for; a wording given twice keeps its first meaning.

    >>> words = Lexicon([("CAD", "CAD"), ("数控", "数控"), ("数控编程", "编程")])
    >>> [(hit.start, hit.entry) for hit in words.find("熟悉cad、数控编程,cadence")]
    [(2, 'CAD'), (6, '编程')]
    """

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        known: dict[str, T] = {}
        for words, entry in pairs:
            known.setdefault(fold(words), entry)
        known.pop("", None)
        self._words = list(known)
        self._entries = list(known.values())
        self._known = known
        # A Latin wording needs its neighbours looked at; a Chinese one doesn't.
        self._edges = [(word[0] in WORD, word[-1] in WORD) for word in self._words]
        self._machine = AhoCorasick(self._words or ["\0"], matchkind=MatchKind.LeftmostLongest)

    def get(self, folded: str) -> T | None:
        return self._known.get(folded)

    def __contains__(self, folded: str) -> bool:
        return folded in self._known

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[Hit[T]]:
        """Hits in a folded text, from left to right, none overlapping another."""
        part = folded[start:end] if start or end is not None else folded
        found = []
        for number, first, last in self._machine.find_matches_as_indexes(part):
            first, last = first + start, last + start
            at_start, at_end = self._edges[number]
            if at_start and first and folded[first - 1] in WORD:
                continue
            if at_end and last < len(folded) and folded[last] in WORD:
                continue
            found.append(Hit(first, last, self._entries[number]))
        return found
