"""Titles as weighted character n-grams and words, and vectors of them."""

from collections.abc import Mapping, Sequence

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.phrases import PROMISES, weighted_pieces

type Floats = NDArray[np.float32]
type Bag = Mapping[str, float]

LONGEST = 3


def title_features(text: str) -> dict[str, float]:
    """Character 1- to 3-grams with both ends marked and words (W…); each as heavy as its piece.

    P marks a title of promises only.

    The end of a Chinese title is its head: 机器人焊接操作工 is an 操作工.

    >>> sorted(title_features("车工"))
    ['W车工', '^车', '^车工', '工', '工$', '车', '车工', '车工$']
    """
    found: dict[str, float] = {}
    for piece, weight in weighted_pieces(text):
        if piece == PROMISES:
            found["P"] = weight
            continue
        marked = f"^{piece}$"
        terms = list(piece)
        for size in range(2, LONGEST + 1):
            terms += [marked[at : at + size] for at in range(len(marked) - size + 1)]
        terms += ["W" + word for word in rjieba.cut(piece) if len(word) > 1]
        for term in terms:
            if found.get(term, 0.0) < weight:
                found[term] = weight
    return found


class Vocabulary:
    """Features by number with their idf; turns texts into unit rows of a sparse matrix."""

    def __init__(self, terms: Sequence[str], idf: Floats) -> None:
        self.terms = list(terms)
        self.idf = idf
        self.index = {term: number for number, term in enumerate(self.terms)}

    @classmethod
    def fitted(cls, bags: Sequence[Bag]) -> "Vocabulary":
        """The terms of the bags, sorted, so that the same bags give the same."""
        times: dict[str, int] = {}
        for bag in bags:
            for term in bag:
                times[term] = times.get(term, 0) + 1
        terms = sorted(times)
        seen = np.array([times[term] for term in terms], dtype=np.float32)
        return cls(terms, (np.log((1 + len(bags)) / (1 + seen)) + 1).astype(np.float32))

    def rows(self, bags: Sequence[Bag]) -> sparse.csr_matrix:
        """One row of length 1 for each bag; a bag without a known term is a row of zeros."""
        starts, columns, values = [0], [], []
        number_of = self.index.get
        for bag in bags:
            for term, weight in bag.items():
                number = number_of(term)
                if number is not None:
                    columns.append(number)
                    values.append(weight)
            starts.append(len(columns))
        held = np.asarray(columns, dtype=np.int32)
        weights = np.asarray(values, dtype=np.float32) * self.idf[held]
        matrix = sparse.csr_matrix(
            (weights, held, np.asarray(starts, dtype=np.int32)),
            shape=(len(starts) - 1, len(self.terms)),
        )
        return unit(matrix)


def unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same rows at length 1; rows of zeros stay."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix
