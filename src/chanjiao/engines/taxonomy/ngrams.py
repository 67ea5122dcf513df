"""Titles as bags of character n-grams, whole words and endings, and vectors of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.phrases import core, pieces

type Floats = NDArray[np.float32]
type Features = Callable[[str], Counter[str]]

LONGEST = 4


def title_features(text: str) -> Counter[str]:
    """Character 1- to 4-grams with both ends marked, endings of the first piece, words.

    The ending of a Chinese title is its head: 机器人焊接操作工 is an 操作工.

    >>> sorted(title_features("车工"))
    ['S工', 'S车工', 'W车工', '^车', '^车工', '^车工$', '工', '工$', '车', '车工', '车工$']
    """
    cleaned = core(text)
    found: Counter[str] = Counter()
    parts = pieces(cleaned)
    for part in parts:
        found.update(part)
        marked = f"^{part}$"
        for size in range(2, LONGEST + 1):
            found.update(marked[at : at + size] for at in range(len(marked) - size + 1))
    if parts:
        head = parts[0]
        found.update("S" + head[-size:] for size in range(1, min(LONGEST, len(head)) + 1))
    found.update("W" + word for word in rjieba.cut(cleaned) if len(word) > 1)
    return found


class Vocabulary:
    """Features by number with their idf; turns texts into unit rows of a sparse matrix."""

    def __init__(self, terms: Sequence[str], idf: Floats) -> None:
        self.terms = list(terms)
        self.idf = idf
        self.index = {term: number for number, term in enumerate(self.terms)}

    @classmethod
    def fitted(cls, bags: Sequence[Counter[str]], *, least: int = 1) -> "Vocabulary":
        """Terms found in at least ``least`` bags, sorted, so that the same bags give the same."""
        found: Counter[str] = Counter()
        for bag in bags:
            found.update(bag.keys())
        terms = sorted(term for term, times in found.items() if times >= least)
        times = np.array([found[term] for term in terms], dtype=np.float32)
        return cls(terms, (np.log((1 + len(bags)) / (1 + times)) + 1).astype(np.float32))

    def rows(self, bags: Iterable[Counter[str]]) -> sparse.csr_matrix:
        """One row of length 1 for each bag; a bag without a known term is a row of zeros."""
        starts, columns, values = [0], [], []
        for bag in bags:
            for term, times in bag.items():
                number = self.index.get(term)
                if number is not None:
                    columns.append(number)
                    values.append(times)
            starts.append(len(columns))
        held = np.asarray(columns, dtype=np.int32)
        weights = ((1 + np.log(np.asarray(values, dtype=np.float32))) * self.idf[held]).astype(
            np.float32
        )
        matrix = sparse.csr_matrix(
            (weights, held, np.asarray(starts, dtype=np.int32)),
            shape=(len(starts) - 1, len(self.terms)),
        )
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        matrix.data /= np.repeat(lengths, np.diff(matrix.indptr)).astype(np.float32)
        return matrix
