"""Training the occupation model from labelled titles and the project's own lists."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from chanjiao.engines.taxonomy import Aligner, CodeList, LinearModel
from chanjiao.engines.taxonomy.training import Example, Settings, train
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged, shop_words

OFFICIAL, SHOP = 0.3, 0.5  # how much an official name, and a shop-floor one, weighs beside a title
AT_RIGHT = 0.96
LEVELS = (1, 2, 3)


def trained(titles: Sequence[tuple[str, str]], *, held_out: float, seed: int) -> LinearModel:
    """A model from all titles, with a card measured by one that never saw the held-out share."""
    codes = packaged(System.OCCUPATION)
    rows = [(text, item.code) for text, code in titles if (item := codes.resolve(code))]
    shuffled = sorted(rows)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 (a split, not a secret)
    cut = int(len(shuffled) * (1 - held_out))
    lists = listed(codes)
    trial = train([*_titles(shuffled[:cut]), *lists], Settings(seed=seed))
    card = {
        "list": System.OCCUPATION.value,
        "titles": len(rows),
        "split": f"{1 - held_out:.0%} / {held_out:.0%}, seed {seed}",
        "held_out": measured(aligner(codes, trial), shuffled[cut:]),
    }
    return train([*_titles(rows), *lists], Settings(seed=seed), card)


def aligner(codes: CodeList, model: LinearModel | None) -> Aligner:
    return Aligner(codes, shop=shop_words(System.OCCUPATION), model=model)


def listed(codes: CodeList) -> list[Example]:
    """The list's own names and aliases, and the shop-floor table."""
    found = [Example(text, code, SHOP) for text, code in shop_words(System.OCCUPATION)]
    for item in codes:
        if item.valid_to is None and not codes.children(item.code):
            found += [Example(text, item.code, OFFICIAL) for text in (item.name, *item.aliases)]
    return found


def measured(found: Aligner, titles: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Accuracy by level, in the first five, and the share that would be coded at 96 %."""
    answers = found.align_many([text for text, _code in titles])
    labels = [code for _text, code in titles]
    first = [each[0].code if each else "" for each in answers]
    right = np.array([is_at(code, label) for code, label in zip(first, labels, strict=True)])
    five = [
        any(is_at(each.code, label) for each in some)
        for some, label in zip(answers, labels, strict=True)
    ]
    scores = np.array([each[0].score if each else 0.0 for each in answers])
    order = np.argsort(-scores, kind="stable")
    so_far = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(so_far >= AT_RIGHT)
    pairs = list(zip(first, labels, strict=True))
    levels = {
        f"level_{n}": np.mean([_same(code, label, n) for code, label in pairs]) for n in LEVELS
    }
    return {
        "titles": len(labels),
        "own_level": _share(right.mean()),
        "top_5": _share(np.mean(five)),
        **{name: _share(value) for name, value in levels.items()},
        "surest_30_percent": _share(right[order[: int(0.3 * len(order))]].mean()),
        "coded_at_96_percent": _share((enough[-1] + 1) / len(order) if len(enough) else 0.0),
    }


def is_at(code: str, label: str) -> bool:
    """Right at the level of the label: a code within the labelled group is right."""
    return code == label or code.startswith(label + "-")


def _same(code: str, label: str, parts: int) -> bool:
    wanted = label.split("-")[:parts]
    return code.split("-")[: len(wanted)] == wanted


def _titles(rows: Sequence[tuple[str, str]]) -> list[Example]:
    return [Example(text, code) for text, code in rows]


def _share(value: Any) -> float:
    return round(float(value), 3)
