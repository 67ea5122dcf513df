"""Training the linear model: titles whose code is known, and the names and aliases of the list."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.ngrams import Floats, Vocabulary, title_features


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose code is known; ``weight`` tells how much its error costs."""

    text: str
    code: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    """``kept`` weights a class survive, those of greatest size; ``least`` texts know a term.

    ``centre`` is how much of a class's mean text is added to its weights: where a class has few
    titles the mean says more than the margin.
    """

    penalty: float = 0.5
    kept: int = 600
    least: int = 1
    temperature: float = 0.1
    likeness: float = 0.2
    group: float = 0.4
    centre: float = 0.3
    seed: int = 20260101


def train(
    examples: Sequence[Example], settings: Settings, card: Mapping[str, Any] | None = None
) -> LinearModel:
    """A one-against-all support vector machine, pruned; the same examples give the same model.

    Raises `TaxonomyFault` where there are fewer than two codes.
    """
    # a second to load, and only training needs it
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

    ordered = sorted(examples, key=lambda each: (each.code, each.text, each.weight))
    if len({each.code for each in ordered}) < 2:
        raise TaxonomyFault("训练样本不足两个代码", "examples of at least two codes are needed")
    bags = [title_features(each.text) for each in ordered]
    vocabulary = Vocabulary.fitted(bags, least=settings.least)
    machine = LinearSVC(C=settings.penalty, max_iter=300, tol=1e-2, random_state=settings.seed)
    rows, labels = vocabulary.rows(bags), [each.code for each in ordered]
    costs = np.array([each.weight for each in ordered])
    machine.fit(rows, labels, sample_weight=costs)
    coefficients = np.asarray(machine.coef_, dtype=np.float32)
    bias = np.asarray(machine.intercept_, dtype=np.float32)
    if len(bias) == 1:  # two classes share one row of weights
        coefficients, bias = np.vstack([-coefficients, coefficients]), np.array([-bias[0], bias[0]])
    coefficients += settings.centre * _centres(
        rows, np.searchsorted(machine.classes_, labels), costs
    )
    weights = _pruned(coefficients, settings.kept)
    told = dict(card or {}) | {
        "examples": len(ordered),
        "classes": len(machine.classes_),
        "sha256": fingerprint(ordered),
    }
    return LinearModel(
        [str(code) for code in machine.classes_],
        vocabulary,
        weights,
        bias,
        settings.temperature,
        settings.likeness,
        settings.group,
        told,
    )


def fingerprint(examples: Sequence[Example]) -> str:
    """What tells one set of examples from another."""
    lines = "\n".join(f"{each.text}\t{each.code}\t{each.weight}" for each in examples)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _centres(
    rows: sparse.csr_matrix, classes: NDArray[np.intp], costs: NDArray[np.float64]
) -> Floats:
    """The weighted mean text of each class, of length 1."""
    chosen = sparse.csr_matrix((costs, (classes, np.arange(len(classes)))))
    sums = np.asarray((chosen @ rows).todense(), dtype=np.float32)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _pruned(coefficients: Floats, kept: int) -> sparse.csr_matrix:
    """Terms × classes with each class's ``kept`` largest weights."""
    if kept < coefficients.shape[1]:
        cut = -np.partition(-np.abs(coefficients), kept, axis=1)[:, kept : kept + 1]
        coefficients = np.where(np.abs(coefficients) > cut, coefficients, 0)
    return sparse.csr_matrix(coefficients.T)
