"""Sentences and clauses by their places."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

SENTENCE_END = re.compile(r"[。！？!?\n]+[”’）)]*")
CLAUSE_END = re.compile(r"[，；：,;。！？!?\n]+[”’]*|——")

# No writer goes beyond these; what does is cut, so that no page takes forever.
LONGEST_SENTENCE = 1500
LONGEST_CLAUSE = 300
MOST_CLAUSES = 12

type Span = tuple[int, int]


class Sentences:
    """Cuts a text once and answers where the sentence or clause around a place begins and ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = list(_cut(text, SENTENCE_END, LONGEST_SENTENCE))
        self.clauses = list(_cut(text, CLAUSE_END, LONGEST_CLAUSE))
        self._sentence_starts = [start for start, _ in self.sentences]
        self._clause_starts = [start for start, _ in self.clauses]

    def sentence(self, place: int) -> Span:
        return _around(self.sentences, self._sentence_starts, place)

    def clause(self, place: int) -> Span:
        return _around(self.clauses, self._clause_starts, place)

    def clauses_before(self, place: int, start: int) -> list[Span]:
        """Clauses of the same sentence before the one at ``place``, nearest first."""
        last = bisect_right(self._clause_starts, place) - 1
        found: list[Span] = []
        for index in range(last - 1, -1, -1):
            if self.clauses[index][0] < start or len(found) == MOST_CLAUSES:
                break
            found.append(self.clauses[index])
        return found

    def sentence_before(self, place: int) -> Span | None:
        """The sentence before, in the same paragraph."""
        index = bisect_right(self._sentence_starts, place) - 1
        if index <= 0:
            return None
        start, end = self.sentences[index - 1]
        return None if "\n" in self.text[end - 1 : self.sentences[index][0]] else (start, end)

    def paragraph_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1


def _cut(text: str, pattern: re.Pattern[str], longest: int) -> Iterator[Span]:
    """Spans that together cover the text; each ends behind its closing mark or when too long."""
    at = 0
    for end in (*(mark.end() for mark in pattern.finditer(text)), len(text)):
        while end - at > longest:
            yield at, at + longest
            at += longest
        if end > at:
            yield at, end
        at = end


def _around(spans: Sequence[Span], starts: Sequence[int], place: int) -> Span:
    if not spans:
        return 0, 0
    return spans[max(0, bisect_right(starts, place) - 1)]
