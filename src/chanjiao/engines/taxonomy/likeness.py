"""How like known wordings a text is: n-gram cosine against names, aliases and learned wordings."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from chanjiao.engines.taxonomy.ngrams import Floats, Vocabulary, title_features

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
    """An index of wordings, grouped by code; answers the best wording of each code."""

    def __init__(self, wordings: Sequence[Wording], vocabulary: Vocabulary | None = None) -> None:
        self.wordings = sorted(wordings, key=lambda each: (each.code, each.text, each.kind))
        bags = [title_features(wording.text) for wording in self.wordings]
        self.vocabulary = vocabulary or Vocabulary.fitted(bags)
        self._matrix = self.vocabulary.rows(bags).T.tocsr()
        self.codes: list[str] = []
        starts: list[int] = []
        for number, wording in enumerate(self.wordings):
            if not self.codes or self.codes[-1] != wording.code:
                self.codes.append(wording.code)
                starts.append(number)
        self._starts = np.asarray(starts, dtype=np.int64)

    def cosines(self, bags: Sequence[Counter[str]]) -> Floats:
        """Texts (their features) × wordings."""
        rows = self.vocabulary.rows(bags)
        return np.asarray((rows @ self._matrix).toarray(), dtype=np.float32)

    def by_code(self, cosines: Floats) -> Floats:
        """Texts × codes: each code's best wording."""
        if not self.codes:
            return np.zeros((len(cosines), 0), dtype=np.float32)
        return np.maximum.reduceat(cosines, self._starts, axis=1)

    def mask(self, kinds: Collection[str]) -> Floats:
        """1 for the wordings of these kinds, 0 for the others."""
        return np.array([each.kind in kinds for each in self.wordings], dtype=np.float32)

    def best_wording(self, cosines: Floats, code_number: int) -> tuple[Wording, float]:
        """The wording of one code that one text (a row of `cosines`) resembles most, and how."""
        starts = self._starts
        first = int(starts[code_number])
        last = int(starts[code_number + 1]) if code_number + 1 < len(starts) else len(self.wordings)
        best = first + int(np.argmax(cosines[first:last]))
        return self.wordings[best], float(cosines[best])
