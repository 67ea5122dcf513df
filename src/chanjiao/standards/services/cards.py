"""What an aligner can do, measured on texts whose code is known."""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from chanjiao.engines.taxonomy import Aligner

type Labelled = Sequence[tuple[str, Collection[str]]]

AT_RIGHT = 0.96
LEVELS = (1, 2, 3)
STEPS = 5


def card_of(found: Aligner, titles: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Accuracy by level, in the first five, how honest the scores are, what 96 % would code."""
    answers = found.align_many([text for text, _code in titles])
    return figures(
        [[each.code for each in some] for some in answers],
        np.array([each[0].score if each else 0.0 for each in answers]),
        [code for _text, code in titles],
    )


def figures(
    answers: Sequence[Sequence[str]], scores: np.ndarray, labels: Sequence[str]
) -> dict[str, Any]:
    """The same of codes found for each text, the score of the first, and the labels."""
    first = [each[0] if each else "" for each in answers]
    right = np.array([is_at(code, label) for code, label in zip(first, labels, strict=True)])
    five = [
        any(is_at(each, label) for each in some)
        for some, label in zip(answers, labels, strict=True)
    ]
    order = np.argsort(-scores, kind="stable")
    so_far = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(so_far >= AT_RIGHT)
    fourth = right[[label.count("-") == 3 for label in labels]]
    pairs = list(zip(first, labels, strict=True))
    levels = {
        f"level_{n}": np.mean([_same(code, label, n) for code, label in pairs]) for n in LEVELS
    }
    return {
        "titles": len(labels),
        "own_level": _share(right.mean()),
        "top_5": _share(np.mean(five)),
        **{name: _share(value) for name, value in levels.items()},
        **({"level_4": _share(fourth.mean())} if fourth.size else {}),
        "surest_30_percent": _share(right[order[: int(0.3 * len(order))]].mean()),
        "surest_40_percent": _share(right[order[: int(0.4 * len(order))]].mean()),
        "coded_at_96_percent": _share((enough[-1] + 1) / len(order) if len(enough) else 0.0),
        "calibration": calibration(scores, right),
    }


def phrases_of(found: Aligner, labelled: Labelled) -> dict[str, float]:
    """How many texts whose right codes are known get one of them first, and in the first five."""
    answers = found.align_many([text for text, _codes in labelled])
    hits = [
        [any(is_at(each.code, code) for code in codes) for each in some]
        for some, (_text, codes) in zip(answers, labelled, strict=True)
    ]
    return {
        "texts": len(labelled),
        "top_1": _share(np.mean([row[:1] == [True] for row in hits])),
        "top_5": _share(np.mean([any(row) for row in hits])),
    }


def calibration(scores: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """By fifths of the score from 0 to 1: how many answers, the mean score, the share right."""
    rows = []
    for step in range(STEPS):
        inside = (scores >= step / STEPS) & (scores < (step + 1) / STEPS + (step == STEPS - 1))
        if inside.any():
            rows.append(
                {
                    "answers": int(inside.sum()),
                    "score": _share(scores[inside].mean()),
                    "right": _share(right[inside].mean()),
                }
            )
    return rows


def is_at(code: str, label: str) -> bool:
    """Right at the level of the label: a code within the labelled group is right."""
    return code == label or code.startswith(label + "-")


def _same(code: str, label: str, parts: int) -> bool:
    wanted = label.split("-")[:parts]
    return code.split("-")[: len(wanted)] == wanted


def _share(value: Any) -> float:
    return round(float(value), 3)
