"""Weights from people: pairwise comparisons (AHP) and budgets handed out (Delphi)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.ranking import ranks
from chanjiao.engines.composite.table import Floats

# Saaty, The Analytic Hierarchy Process (1980): mean index of random matrices of size 1, 2, 3 …
RANDOM_INDEX = (
    0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59,
)  # fmt: skip
RECIPROCAL_SLIP = 0.03  # 0.33 for one third is a spelling, not a contradiction


@dataclass(frozen=True, slots=True)
class Cell:
    """A comparison that fits the rest badly: what was said and what the rest implies."""

    judge: str
    row: str
    column: str
    said: float
    implied: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights (adding up to 1), consistency ratio of each judge and of all together."""

    weights: Floats
    ratios: Mapping[str, float]
    pooled_ratio: float


def priorities(matrix: Floats) -> tuple[Floats, float]:
    """Principal eigenvector of a reciprocal matrix, adding up to 1, and consistency ratio.

    >>> weights, ratio = priorities(np.array([[1.0, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]))
    >>> weights.round(4).tolist(), round(ratio, 4)
    ([0.637, 0.2583, 0.1047], 0.0332)
    """
    size = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    weights /= weights.sum()
    if size < 3:
        return weights, 0.0
    index = (values[first].real - size) / (size - 1)
    return weights, max(0.0, float(index / RANDOM_INDEX[size - 1]))


def judged(
    names: Sequence[str], judges: Mapping[str, Floats], most_ratio: float = 0.10
) -> Judgement:
    """Several judges' comparisons pooled by the geometric mean of each cell.

    Raises :class:`Refused` for a matrix that is not reciprocal, and for a judge who
    contradicts himself beyond ``most_ratio``, naming the cells to look at again. Source:
    Saaty 1980; pooling after Aczél and Saaty, Journal of Mathematical Psychology 27 (1983).
    """
    if not judges:
        raise Refused("AHP 没有任何判断矩阵。", "AHP was given no judge's comparisons.")
    if len(names) > len(RANDOM_INDEX):
        raise Refused(
            f"AHP 一组最多比较 {len(RANDOM_INDEX)} 项，现为 {len(names)} 项，请先分组。",
            f"AHP compares at most {len(RANDOM_INDEX)} items at once, not {len(names)}; "
            "group them.",
        )
    clean = {judge: _reciprocal(judge, names, matrix) for judge, matrix in judges.items()}
    ratios = {}
    for judge, matrix in clean.items():
        weights, ratios[judge] = priorities(matrix)
        if ratios[judge] > most_ratio:
            raise _contradiction(judge, (names, matrix, weights), ratios[judge], most_ratio)
    logs = np.mean([np.log(matrix) for matrix in clean.values()], axis=0)
    weights, pooled = priorities(np.exp(logs))
    return Judgement(weights, ratios, pooled)


def _reciprocal(judge: str, names: Sequence[str], matrix: Floats) -> Floats:
    size = len(names)
    matrix = np.asarray(matrix, float)
    if matrix.shape != (size, size) or not (np.isfinite(matrix) & (matrix > 0)).all():
        raise Refused(
            f"评委 {judge} 的判断矩阵须为 {size}×{size} 的正数。",
            f"Judge {judge} must give {size}×{size} positive numbers.",
        )
    slip = np.abs(matrix * matrix.T - 1)
    row, column = divmod(int(slip.argmax()), size)
    if slip.max() > RECIPROCAL_SLIP:
        raise Refused(
            f"评委 {judge}：{names[row]} 比 {names[column]} 为 {matrix[row, column]:g}，"
            f"反过来却为 {matrix[column, row]:g}，须互为倒数。",
            f"Judge {judge}: {names[row]} to {names[column]} is {matrix[row, column]:g} but the "
            f"other way {matrix[column, row]:g}; they must be reciprocal.",
        )
    upper = np.triu(matrix, 1)
    with np.errstate(divide="ignore"):
        lower = np.where(upper.T > 0, 1 / upper.T, 0.0)
    return np.asarray(upper + lower + np.eye(size))


def doubtful(
    judge: str, names: Sequence[str], matrix: Floats, weights: Floats, most: int = 3
) -> list[Cell]:
    """The comparisons furthest from what the weights imply, worst first."""
    implied = weights[:, None] / weights[None, :]
    off = np.triu(np.abs(np.log(matrix / implied)), 1)
    order = np.argsort(-off.round(9), axis=None, kind="stable")[:most]
    places = [divmod(int(n), len(names)) for n in order if off.flat[n] > 0]
    return [
        Cell(judge, names[i], names[j], float(matrix[i, j]), float(implied[i, j]))
        for i, j in places
    ]


def _contradiction(
    judge: str, where: tuple[Sequence[str], Floats, Floats], ratio: float, most: float
) -> Refused:
    cells = doubtful(judge, *where)
    zh = "；".join(
        f"{c.row} 比 {c.column} 写 {c.said:.3g}，其余判断推得 {c.implied:.3g}" for c in cells
    )
    en = "; ".join(f"{c.row} to {c.column} says {c.said:.3g}, the rest implies {c.implied:.3g}"
                   for c in cells)  # fmt: skip
    return Refused(
        f"评委 {judge} 的一致性比率 CR={ratio:.3f}，大于 {most:g}。请复核：{zh}。",
        f"Judge {judge} has a consistency ratio of {ratio:.3f}, above {most:g}. Look again at: "
        f"{en}.",
    )


@dataclass(frozen=True, slots=True)
class Budget:
    """Mean shares, how far judges lie apart (standard deviation), and Kendall's W from 0 to 1."""

    weights: Floats
    spread: Floats
    agreement: float


def budgeted(names: Sequence[str], judges: Mapping[str, Mapping[str, float]]) -> Budget:
    """Points that judges hand out, each judge counting the same whatever his total.

    >>> found = budgeted("ab", {"甲": {"a": 60, "b": 40}, "乙": {"a": 8, "b": 2}})
    >>> found.weights.round(3).tolist(), found.agreement
    ([0.7, 0.3], 1.0)
    """
    if not judges:
        raise Refused("专家打分没有任何评委。", "The budget was given no judges.")
    rows = []
    for judge, points in judges.items():
        row = [float(points.get(name, np.nan)) for name in names]
        wrong = next((n for n, p in zip(names, row, strict=True) if not p >= 0), None)
        extra = next((n for n in points if n not in names), None)
        if wrong is not None or extra is not None or sum(row) <= 0:
            at = wrong or extra or "合计"
            raise Refused(
                f"评委 {judge} 给 {at} 的分数缺失、为负或不在本组，请给每一项不小于 0 的分。",
                f"Judge {judge} has no proper points for {at}: give each item 0 or more, "
                "and some to at least one.",
            )
        rows.append(np.array(row) / sum(row))
    shares = np.array(rows)
    return Budget(shares.mean(axis=0), shares.std(axis=0), _kendall(shares))


def _kendall(shares: Floats) -> float:
    """Kendall's coefficient of concordance, corrected for ties; NaN for one judge or item."""
    judges, items = shares.shape
    if judges < 2 or items < 2:
        return float("nan")
    ranked = ranks(shares, "average")
    spread = ((ranked.sum(axis=0) - judges * (items + 1) / 2) ** 2).sum()
    ties = sum(
        float((counts**3 - counts).sum())
        for counts in (np.unique(row, return_counts=True)[1] for row in ranked)
    )
    most = judges**2 * (items**3 - items) - judges * ties
    return float(12 * spread / most) if most > 0 else float("nan")
