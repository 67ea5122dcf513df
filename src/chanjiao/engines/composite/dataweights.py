"""Weights read off the data, each with the conditions under which it would mislead.

All take children's scores (units × children) and give weights adding up to 1. With few units
they follow single units, so they refuse; see ``docs/engines/composite.md``.
"""

from collections.abc import Callable, Sequence

import numpy as np

from chanjiao.engines.composite.correlating import correlations
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.moments import deviation_of, least, mean_of, most
from chanjiao.engines.composite.table import Floats

FEWEST_UNITS = 10
UNITS_PER_CHILD = 3
ROUNDING = 1e-13


def entropy(matrix: Floats, names: Sequence[str]) -> Floats:
    """Weight by how unevenly a child is spread: 1 + Σ p ln p / ln n, p its shares of the sum.

    A share of 0 adds nothing (pymcdm refuses any zero). Source: Shannon 1948, as used by
    Zou, Yi and Sun, Journal of Environmental Sciences 18 (2006).

    >>> entropy(np.array([[1.0, 1], [1, 9]] * 5), "ab").round(6).tolist()
    [0.0, 1.0]
    """
    _enough(matrix, names, "entropy")
    bad = np.argwhere(matrix < 0)
    if len(bad):
        raise Refused(
            f"熵权法要求得分不小于 0，{names[bad[0][1]]} 有负值。",
            f"Entropy weights need scores from 0 up; {names[bad[0][1]]} has one below.",
        )
    known = ~np.isnan(matrix)
    count = known.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = matrix / np.where(known, matrix, 0.0).sum(axis=0)
        spread = -np.where(share > 0, share * np.log(share), 0.0).sum(axis=0) / np.log(count)
    told = 1 - spread
    return _shares(np.where(told > ROUNDING, told, 0.0), names, "entropy")


def critic(matrix: Floats, names: Sequence[str]) -> Floats:
    """Deviation on 0–1 times the sum of (1 - correlation) with the others.

    Source: Diakoulaki, Mavrotas and Papayannakis, Computers & Operations Research 22 (1995).
    """
    _enough(matrix, names, "critic")
    low, high = least(matrix), most(matrix)
    flat = np.flatnonzero(~(high > low))
    if len(flat):
        raise Refused(
            f"CRITIC 法：{names[flat[0]]} 各单位相同，无法求相关。",
            f"CRITIC: {names[flat[0]]} is the same everywhere and has no correlations.",
        )
    deviation = deviation_of((matrix - low) / (high - low))
    return _shares(deviation * (1 - correlations(matrix).values).sum(axis=0), names, "critic")


def variation(matrix: Floats, names: Sequence[str]) -> Floats:
    """Coefficient of variation: deviation over mean (变异系数法)."""
    _enough(matrix, names, "cv")
    mean = mean_of(matrix)
    bad = np.flatnonzero(~(mean > 0))
    if len(bad):
        raise Refused(
            f"变异系数法要求均值大于 0，{names[bad[0]]} 的均值为 {mean[bad[0]]:g}。",
            f"Weights by variation need a mean above 0; {names[bad[0]]} has {mean[bad[0]]:g}.",
        )
    return _shares(deviation_of(matrix) / mean, names, "cv")


def deviation(matrix: Floats, names: Sequence[str]) -> Floats:
    """Standard deviation of scores."""
    _enough(matrix, names, "deviation")
    return _shares(deviation_of(matrix), names, "deviation")


def principal(matrix: Floats, names: Sequence[str]) -> Floats:
    """Loadings of the first principal component of complete rows, turned to be positive.

    COINr takes them as they come, of either sign; a component with loadings of both signs is
    a contrast and no index, so it is refused and the children named. Source: OECD handbook
    2008, 6.1; loadings as in COINr's ``get_PCA``.

    >>> x = np.linspace(0, 1, 12)
    >>> principal(np.column_stack([x, x * 2, x**2]), "abc").round(3).tolist()
    [0.335, 0.335, 0.331]
    """
    whole = matrix[~np.isnan(matrix).any(axis=1)]
    _enough(whole, names, "pca", UNITS_PER_CHILD * len(names))
    spread = whole.std(axis=0, ddof=1)
    flat = np.flatnonzero(~(spread > 0))
    if len(flat):
        raise Refused(
            f"主成分法：{names[flat[0]]} 各单位相同。",
            f"PCA: {names[flat[0]]} is the same everywhere.",
        )
    _, vectors = np.linalg.eigh(correlations(whole).values)
    loadings = vectors[:, -1]
    loadings = loadings if loadings.sum() >= 0 else -loadings
    against = [name for name, x in zip(names, loadings, strict=True) if x < 0]
    if against:
        raise Refused(
            f"第一主成分在 {'、'.join(against)} 上的载荷为负，不能作权重；"
            "请检查这些指标的方向或分组，或换一种赋权方法。",
            f"The first component loads negatively on {', '.join(against)} and gives no weights; "
            "check their direction or group, or weigh otherwise.",
        )
    return _shares(loadings, names, "pca")


def _enough(matrix: Floats, names: Sequence[str], how: str, need: int = FEWEST_UNITS) -> None:
    known = (~np.isnan(matrix)).sum(axis=0)
    few = int(known.min())
    if few < need:
        name = names[int(known.argmin())]
        raise Refused(
            f"{how} 赋权至少要 {need} 个单位的数据，{name} 只有 {few} 个；请改用给定权重。",
            f"Weights by {how} need at least {need} units; {name} has {few}. Give weights instead.",
        )


def _shares(raw: Floats, names: Sequence[str], how: str) -> Floats:
    total = raw.sum()
    if not total > 0 or np.isnan(raw).any():
        raise Refused(
            f"{how} 赋权：{'、'.join(names)} 各单位都没有差别，得不出权重。",
            f"Weights by {how}: {', '.join(names)} do not differ between units.",
        )
    return np.asarray(raw / total)


METHODS: dict[str, Callable[[Floats, Sequence[str]], Floats]] = {
    "entropy": entropy,
    "critic": critic,
    "cv": variation,
    "deviation": deviation,
    "pca": principal,
}
