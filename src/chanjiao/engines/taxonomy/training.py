"""Training the linear model: titles whose code is known, names and wordings of the list."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse  # type: ignore[import-untyped]

from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.ngrams import Floats, Vocabulary, title_features, unit

BLOCK = 512


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose code is known; ``weight`` tells how much its error costs.

    ``also`` are further wordings of the same kind; they count as one example, their mean.
    """

    text: str
    code: str
    weight: float = 1.0
    also: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, *self.also)


@dataclass(frozen=True, slots=True)
class Settings:
    """``ridge`` holds weights small; ``name`` is what likeness to a code's own name adds.

    ``kept`` weights survive, those of greatest size. ``folds`` is for who measures.
    """

    ridge: float = 1.0
    name: float = 0.15
    kept: int = 2_500_000
    seed: int = 20260101
    folds: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Examples as matrices: unit rows, one column of each class, costs; the titles stand last."""

    examples: tuple[Example, ...]
    classes: list[str]
    vocabulary: Vocabulary
    rows: sparse.csr_matrix
    numbers: NDArray[np.intp]


def posed(examples: Sequence[Example], names: Mapping[str, str]) -> Problem:
    """Examples in their fixed order, the lightest first; ``names`` widens the vocabulary.

    Raises `TaxonomyFault` where there are fewer than two codes.
    """
    ordered = sorted(examples, key=lambda each: (each.weight, each.code, each.texts))
    classes = sorted({each.code for each in ordered})
    if len(classes) < 2:
        raise TaxonomyFault("训练样本不足两个代码", "examples of at least two codes are needed")
    bags = [title_features(text) for each in ordered for text in each.texts]
    vocabulary = Vocabulary.fitted([*bags, *(title_features(names[c]) for c in sorted(names))])
    single = vocabulary.rows(bags)
    sizes = np.array([len(each.texts) for each in ordered])
    owner = np.repeat(np.arange(len(ordered)), sizes)
    mean = sparse.csr_matrix((np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))))
    place = {code: number for number, code in enumerate(classes)}
    numbers = np.array([place[each.code] for each in ordered], dtype=np.intp)
    return Problem(tuple(ordered), classes, vocabulary, unit((mean @ single).tocsr()), numbers)


class Ridge:
    """Ridge regression of the classes on the texts, factorised once for all that is asked of it.

    ``names`` gives codes their own names. Raises `TaxonomyFault` where there are fewer than two
    codes. Scores are near the chance of each class.
    """

    def __init__(
        self, examples: Sequence[Example], settings: Settings, names: Mapping[str, str]
    ) -> None:
        self.settings = settings
        self.problem = posed(examples, names)
        self._lower = _factor(self.problem, settings)
        own = [title_features(names.get(code, "")) for code in self.problem.classes]
        self._names = self.problem.vocabulary.rows(own) * np.float32(settings.name)

    @cached_property
    def _half(self) -> Floats:
        """The targets half solved: what both the model and the leaving out begin with."""
        found: Floats = linalg.solve_triangular(
            self._lower, _targets(self.problem), lower=True, check_finite=False
        )
        return found

    def model(self, card: Mapping[str, Any] | None = None) -> LinearModel:
        """The model of all examples; the same examples give the same model."""
        problem = self.problem
        duals = linalg.solve_triangular(
            self._lower, self._half, lower=True, trans="T", check_finite=False
        )
        weights = _pruned(problem, duals, self._names, self.settings.kept)
        told = dict(card or {}) | {
            "examples": sum(len(each.texts) for each in problem.examples),
            "classes": len(problem.classes),
            "weights": int(weights.nnz),
            "seed": self.settings.seed,
            "sha256": fingerprint(problem.examples),
        }
        return LinearModel(problem.classes, problem.vocabulary, weights, told)

    def left_out(
        self, weight: float = 1.0, parts: Callable[[int], NDArray[np.intp]] = np.arange
    ) -> tuple[list[Example], Floats]:
        """Each example of at least this weight with the scores of a model that never saw it.

        ``parts`` gives for so many examples the part of each; a whole part is left out at once.
        Examples × classes, in closed form (leave-one-out of kernel ridge; Golub, Heath and Wahba
        1979), before small weights are dropped. Only how rare a term is was counted in all.
        """
        problem = self.problem
        count = sum(each.weight >= weight for each in problem.examples)
        corner = np.tril(self._lower[-count:, -count:])
        duals = linalg.solve_triangular(corner, self._half[-count:], lower=True, trans="T")
        inverse = linalg.solve_triangular(corner, np.eye(count, dtype=np.float32), lower=True)
        scores = -_undone(inverse, duals, parts(count))
        scores[np.arange(count), problem.numbers[-count:]] += 1
        scores += (problem.rows[-count:] @ self._names.T).toarray()
        return list(problem.examples[-count:]), np.asarray(scores, dtype=np.float32)


def _undone(inverse: Floats, duals: Floats, parts: NDArray[np.intp]) -> Floats:
    """How far each example would be missed by a model without the examples of its part."""
    missed = np.empty_like(duals)
    for part in np.unique(parts):
        inside = np.flatnonzero(parts == part)
        columns = inverse[:, inside]
        missed[inside] = np.linalg.solve(columns.T @ columns, duals[inside])
    return missed


def train(
    examples: Sequence[Example],
    settings: Settings,
    card: Mapping[str, Any] | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> LinearModel:
    """The model of `Ridge` in one step."""
    return Ridge(examples, settings, names or {}).model(card)


def fingerprint(examples: Sequence[Example]) -> str:
    """What tells one set of examples from another."""
    lines = "\n".join(f"{'|'.join(e.texts)}\t{e.code}\t{e.weight}" for e in examples)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _factor(problem: Problem, settings: Settings) -> Floats:
    """The lower triangle L of K + ridge/cost = L Lᵀ, K being the cosines of the examples."""
    rows, size = problem.rows, problem.rows.shape[0]
    kernel = np.empty((size, size), dtype=np.float32, order="F")
    columns = rows.T.tocsc()
    for start in range(0, size, BLOCK):
        kernel[:, start : start + BLOCK] = (rows @ columns[:, start : start + BLOCK]).toarray()
    costs = np.array([each.weight for each in problem.examples], dtype=np.float32)
    kernel[np.arange(size), np.arange(size)] += np.float32(settings.ridge) / costs
    lower: Floats = linalg.cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    return lower


def _targets(problem: Problem) -> Floats:
    wanted = np.zeros((len(problem.examples), len(problem.classes)), dtype=np.float32, order="F")
    wanted[np.arange(len(problem.examples)), problem.numbers] = 1
    return wanted


def _pruned(
    problem: Problem, duals: Floats, own: sparse.csr_matrix, kept: int
) -> sparse.csr_matrix:
    """Terms × classes with the ``kept`` largest weights, worked out a few classes at a time."""

    def blocks() -> Iterator[Floats]:
        turned = problem.rows.T.tocsr()
        for start in range(0, len(problem.classes), BLOCK):
            part = slice(start, start + BLOCK)
            yield np.asarray(turned @ duals[:, part] + own[part].T.toarray(), dtype=np.float32)

    size = len(problem.vocabulary.terms) * len(problem.classes)
    cut = 0.0
    if kept < size:  # the cut from a sample: every seventh term
        sample = np.abs(np.concatenate([block[::7].ravel() for block in blocks()]))
        cut = float(np.quantile(sample, 1 - kept / size))
    thin = [sparse.csr_matrix(np.where(np.abs(block) > cut, block, 0)) for block in blocks()]
    return sparse.hstack(thin).tocsr()
