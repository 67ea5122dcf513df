"""A linear model over n-grams, small enough to ship: sparse, eight bits a weight, versioned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.ngrams import Bag, Floats, Vocabulary
from chanjiao.engines.taxonomy.trust import Trust

FORMAT = 3
STEPS = 127  # weights are kept as signed squares of whole numbers up to this
type Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class LinearModel:
    """Weights of terms by class; ``card`` tells how it was trained and how well it does.

    A score is near the chance of its class. ``trust`` tells how often answers as sure were right,
    on texts the model hadn't seen.
    """

    classes: list[str]
    vocabulary: Vocabulary
    weights: sparse.csr_matrix
    card: Mapping[str, Any]
    trust: Trust = field(default_factory=Trust)

    def rows(self, bags: Sequence[Bag]) -> sparse.csr_matrix:
        return self.vocabulary.rows(bags)

    def scores(self, rows: sparse.csr_matrix) -> Floats:
        """Texts (rows of the model's vocabulary) × classes; the higher the likelier."""
        return np.asarray((rows @ self.weights).toarray(), dtype=np.float32)

    def with_trust(self, trust: Trust, card: Mapping[str, Any]) -> "LinearModel":
        return replace(self, trust=trust, card={**self.card, **card})

    def telling(self, bag: Bag, code: str, most: int = 3) -> list[str]:
        """The parts of one text that speak most for a class, the strongest first."""
        number = self._number.get(code)
        if number is None:
            return []
        index, idf = self.vocabulary.index, self.vocabulary.idf
        known = [(index[term], weight) for term, weight in bag.items() if term in index]
        columns = np.array([column for column, _weight in known], dtype=np.intp)
        values = np.array([weight for _column, weight in known], dtype=np.float32) * idf[columns]
        products = self._products(columns, values, number)
        found: list[str] = []
        for place in np.argsort(-products, kind="stable"):
            if products[place] <= 0 or len(found) >= most:
                break
            plain = self.vocabulary.terms[columns[place]].strip("^$").removeprefix("W")
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
        scale = float(np.abs(self.weights.data).max() or 1) / STEPS**2
        steps = np.rint(np.sqrt(np.abs(self.weights.data) / scale))
        return {
            "format": np.array([FORMAT]),
            "classes": _text("\n".join(self.classes)),
            "terms": _text("\n".join(self.vocabulary.terms)),
            "idf": self.vocabulary.idf.astype(np.float16),
            "data": (np.sign(self.weights.data) * steps).astype(np.int8),
            "indices": self.weights.indices.astype(np.uint16),
            "counts": np.diff(self.weights.indptr).astype(np.uint16),
            "scale": np.array([scale]),
            "curve": np.array(self.trust.curve),
            "trusted": _text("\n".join(self.trust.offsets)),
            "offsets": np.array(list(self.trust.offsets.values()), dtype=np.float32),
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
        steps = arrays["data"].astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(arrays["counts"], dtype=np.int32)])
        weights = sparse.csr_matrix(
            (
                steps * np.abs(steps) * np.float32(arrays["scale"][0]),
                arrays["indices"].astype(np.int32),
                starts.astype(np.int32),
            ),
            shape=(len(terms), len(classes)),
        )
        return cls(
            classes,
            Vocabulary(terms, arrays["idf"].astype(np.float32)),
            weights,
            json.loads(arrays["card"].tobytes().decode()),
            _trust(arrays),
        )


def _trust(arrays: Arrays) -> Trust:
    constant, slope, log_slope = (float(n) for n in arrays["curve"])
    offsets = arrays["offsets"].astype(float).tolist()
    return Trust(
        (constant, slope, log_slope), dict(zip(_lines(arrays["trusted"]), offsets, strict=True))
    )


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _lines(array: NDArray[Any]) -> list[str]:
    text: str = array.tobytes().decode()
    return text.split("\n") if text else []
