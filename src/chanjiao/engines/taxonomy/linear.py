"""A linear model over n-grams, small enough to ship: sparse, eight bits a weight, versioned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.ngrams import Floats, Vocabulary, title_features

FORMAT = 1
type Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class LinearModel:
    """Weights of terms by class; ``card`` tells how it was trained and how well it does.

    ``temperature`` turns scores into shares: they are e^(score/temperature), summing to 1.
    ``likeness`` is what the cosine with a code's nearest wording adds to its score.
    """

    classes: list[str]
    vocabulary: Vocabulary
    weights: sparse.csr_matrix
    bias: Floats
    temperature: float
    likeness: float
    card: Mapping[str, Any]

    def scores(self, texts: Sequence[str]) -> Floats:
        """Texts × classes; the higher the likelier."""
        rows = self.vocabulary.rows(title_features(text) for text in texts)
        return np.asarray((rows @ self.weights).toarray() + self.bias, dtype=np.float32)

    def shares(self, scores: Floats) -> Floats:
        """Scores as shares of 1 in each row."""
        lifted = np.exp((scores - scores.max(axis=1, keepdims=True)) / self.temperature)
        return np.asarray(lifted / lifted.sum(axis=1, keepdims=True), dtype=np.float32)

    def telling(self, text: str, code: str, most: int = 3) -> list[str]:
        """The parts of the text that speak most for a class, the strongest first."""
        if code not in self.classes:
            return []
        row = self.vocabulary.rows([title_features(text)])
        column = self.weights[:, [self.classes.index(code)]]
        products = row.multiply(column.T).tocoo()
        order = np.argsort(-products.data, kind="stable")
        found: list[str] = []
        for place in order:
            term = self.vocabulary.terms[products.col[place]]
            plain = term.strip("^$").removeprefix("W").removeprefix("S")
            if products.data[place] <= 0 or len(found) >= most:
                break
            if len(plain) > 1 and not any(plain in held or held in plain for held in found):
                found.append(plain)
        return found

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
            "numbers": np.array([scale, self.temperature, self.likeness]),
            "card": _text(json.dumps(dict(self.card), ensure_ascii=False, sort_keys=True)),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "LinearModel":
        """Read what `arrays` gave; raises `TaxonomyFault` for another format."""
        if "format" not in arrays or int(arrays["format"][0]) != FORMAT:
            raise TaxonomyFault("对齐模型的格式不符，请重新训练", "model of another format: train again")
        classes, terms = _lines(arrays["classes"]), _lines(arrays["terms"])
        scale, temperature, likeness = (float(number) for number in arrays["numbers"])
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
            json.loads(arrays["card"].tobytes().decode()),
        )


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _lines(array: NDArray[Any]) -> list[str]:
    text: str = array.tobytes().decode()
    return text.split("\n") if text else []
