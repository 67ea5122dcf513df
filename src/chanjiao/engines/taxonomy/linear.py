"""A linear model over n-grams, small enough to ship: sparse, eight bits a weight, versioned."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.ngrams import Floats, Vocabulary

FORMAT = 2
type Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class LinearModel:
    """Weights of terms by class; ``card`` tells how it was trained and how well it does.

    ``temperature`` turns scores into shares: they are e^(score/temperature), summing to 1.
    ``likeness`` is what the cosine with a code's nearest wording adds to its score, ``group``
    how much of a group's score its codes get: titles are often labelled with a group only.
    """

    classes: list[str]
    vocabulary: Vocabulary
    weights: sparse.csr_matrix
    bias: Floats
    temperature: float
    likeness: float
    group: float
    card: Mapping[str, Any]

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """Texts (rows of the model's vocabulary) × classes; the higher the likelier."""
        return np.asarray((rows @ self.weights).toarray() + self.bias, dtype=np.float32)

    @property
    def unknown(self) -> float:
        """The score of a code the model has no class for: that of an unlikely one."""
        return float(self.bias.min()) if len(self.bias) else -1.0

    def shares(self, scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Scores as shares of 1 in each row, in double so that the surest can be told apart."""
        wide = np.asarray(scores, dtype=np.float64)
        lifted = np.exp((wide - wide.max(axis=1, keepdims=True)) / self.temperature)
        return np.asarray(lifted / lifted.sum(axis=1, keepdims=True), dtype=np.float64)

    def telling(
        self, rows: sparse.csr_matrix, text_number: int, code: str, most: int = 3
    ) -> list[str]:
        """The parts of one text that speak most for a class, the strongest first."""
        number = self._number.get(code)
        if number is None:
            return []
        part = slice(rows.indptr[text_number], rows.indptr[text_number + 1])
        columns = rows.indices[part]
        products = self._products(columns, rows.data[part], number)
        found: list[str] = []
        for place in np.argsort(-products, kind="stable"):
            if products[place] <= 0 or len(found) >= most:
                break
            term = self.vocabulary.terms[columns[place]]
            plain = term.strip("^$").removeprefix("W").removeprefix("S")
            if len(plain) > 1 and not any(plain in held or held in plain for held in found):
                found.append(plain)
        return found

    def _products(self, columns: NDArray[Any], values: Floats, number: int) -> Floats:
        """What each term of a text adds to one class; terms without a kept weight add nothing."""
        by_class = self._by_class
        part = slice(by_class.indptr[number], by_class.indptr[number + 1])
        held = by_class.indices[part]
        if not len(held):
            return np.zeros(len(columns), dtype=np.float32)
        at = np.minimum(np.searchsorted(held, columns), len(held) - 1)
        weights = np.where(held[at] == columns, by_class.data[part][at], 0)
        return np.asarray(values * weights, dtype=np.float32)

    @cached_property
    def _by_class(self) -> sparse.csr_matrix:
        found = self.weights.T.tocsr()
        found.sort_indices()
        return found

    @cached_property
    def _number(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.classes)}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays, for ``numpy.savez``; the weights lose all but eight bits."""
        scale = float(np.abs(self.weights.data).max() or 1) / 127
        packed = np.rint(self.weights.data / scale).astype(np.int8)
        return {
            "format": np.array([FORMAT]),
            "classes": _text("\n".join(self.classes)),
            "terms": _text("\n".join(self.vocabulary.terms)),
            "idf": self.vocabulary.idf.astype(np.float16),
            "data": packed,
            "indices": self.weights.indices.astype(np.uint16),
            "indptr": self.weights.indptr.astype(np.int32),
            "bias": self.bias.astype(np.float16),
            "numbers": np.array([scale, self.temperature, self.likeness, self.group]),
            "card": _text(json.dumps(dict(self.card), ensure_ascii=False, sort_keys=True)),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "LinearModel":
        """Read what `arrays` gave; raises `TaxonomyFault` for another format."""
        if "format" not in arrays or int(arrays["format"][0]) != FORMAT:
            raise TaxonomyFault(
                "对齐模型的格式不符，请重新训练", "model of another format: train again"
            )
        classes, terms = _lines(arrays["classes"]), _lines(arrays["terms"])
        scale, temperature, likeness, group = (float(n) for n in arrays["numbers"])
        weights = sparse.csr_matrix(
            (
                arrays["data"].astype(np.float32) * np.float32(scale),
                arrays["indices"].astype(np.int32),
                arrays["indptr"],
            ),
            shape=(len(terms), len(classes)),
        )
        return cls(
            classes,
            Vocabulary(terms, arrays["idf"].astype(np.float32)),
            weights,
            arrays["bias"].astype(np.float32),
            temperature,
            likeness,
            group,
            json.loads(arrays["card"].tobytes().decode()),
        )


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _lines(array: NDArray[Any]) -> list[str]:
    text: str = array.tobytes().decode()
    return text.split("\n") if text else []
