"""How like known wordings a text is: n-gram cosine against names, aliases and learned wordings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.ngrams import Bag, Floats, Vocabulary, title_features

type Kind = Literal["name", "alias", "shop", "learned"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A known wording of a code; ``kind`` tells where we know it from.

    Kinds: ``name`` and ``alias`` (the list's own), ``shop`` (the trade's colloquial name) and
    ``learned`` (what a person chose before).
    """

    text: str
    code: str
    kind: Kind


class Likeness:
    """Wordings of numbered codes; answers how like a text each code's best wording is.

    ``codes`` numbers all codes there are; one without a wording is like nothing. The index is
    made when it is first asked.
    """

    def __init__(self, wordings: Sequence[Wording], codes: Sequence[str]) -> None:
        self.size = len(codes)
        place = {code: number for number, code in enumerate(codes)}
        self.wordings = sorted(wordings, key=lambda each: (each.code, each.text, each.kind))
        self._owners = np.array([place[each.code] for each in self.wordings], dtype=np.intp)
        self._spelled: dict[int, list[tuple[Wording, Bag, float]]] = {}

    def by_code(self, bags: Sequence[Bag]) -> Floats:
        """Texts (their features) × codes: the cosine with each code's best wording."""
        best = np.zeros((len(bags), self.size), dtype=np.float32)
        if not self.wordings:
            return best
        vocabulary, matrix, order, starts = self._index
        cosines = (vocabulary.rows(bags) @ matrix).toarray()[:, order]
        best[:, self._owners[order][starts]] = np.maximum.reduceat(cosines, starts, axis=1)
        return best

    def best_wording(self, bag: Bag, code_number: int) -> tuple[Wording, float] | None:
        """The wording of one code that shares most with one text, and the cosine, all terms alike.

        Told to people as a reason, a few at a time: no index is made for it.
        """
        best: tuple[Wording, float] | None = None
        length = sqrt(sum(weight * weight for weight in bag.values()))
        for wording, terms, size in self._of_code(code_number):
            shared = sum(weight * bag.get(term, 0.0) for term, weight in terms.items())
            cosine = shared / (length * size) if shared else 0.0
            if best is None or cosine > best[1]:
                best = wording, cosine
        return best

    def _of_code(self, code_number: int) -> list[tuple[Wording, Bag, float]]:
        held = self._spelled.get(code_number)
        if held is None:
            held = []
            for number in np.flatnonzero(self._owners == code_number).tolist():
                terms = title_features(self.wordings[number].text)
                size = sqrt(sum(weight * weight for weight in terms.values()))
                held.append((self.wordings[number], terms, size))
            self._spelled[code_number] = held
        return held

    @cached_property
    def _index(self) -> tuple[Vocabulary, sparse.csc_matrix, np.ndarray, np.ndarray]:
        bags = [title_features(wording.text) for wording in self.wordings]
        vocabulary = Vocabulary.fitted(bags)
        order = np.argsort(self._owners, kind="stable")
        sorted_owners = self._owners[order]
        starts = np.flatnonzero(np.concatenate([[True], np.diff(sorted_owners) != 0]))
        return vocabulary, vocabulary.rows(bags).T.tocsc(), order, starts
