"""Training the models of titles, majors and industries from labelled texts and our own lists."""

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.taxonomy import Aligner, CodeList, LinearModel
from chanjiao.engines.taxonomy.ngrams import Floats
from chanjiao.engines.taxonomy.ranking import Ladder
from chanjiao.engines.taxonomy.training import Example, Ridge, Settings
from chanjiao.engines.taxonomy.trust import Trust, fitted
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import WORDINGS, packaged, shop_words
from chanjiao.standards.services.cards import Labelled, card_of, figures, is_at, phrases_of
from chanjiao.standards.wordings import wordings

TITLE = 1.0
OFFICIAL, SHOP, WORDED = 0.3, 0.5, 0.3  # what a name, an alias of ours, a wording weighs
HIGHER = 0.15  # an undergraduate major: who writes 机电 means the college one
BUNDLE = 6  # wordings of one short form that count as one example
MANY = 3
KEPT = {System.OCCUPATION: 2_500_000, System.MAJOR: 400_000, System.INDUSTRY: 600_000}
TOP = 5
FOLDS = 10

type Titles = Sequence[tuple[str, str]]


def trained(
    system: str,
    titles: Titles,
    *,
    held_out: float,
    seed: int,
    folds: int = FOLDS,
    phrases: Mapping[str, Labelled] | None = None,
) -> LinearModel:
    """A model from all titles, with a card measured by one that never saw the held-out share.

    Besides, every title is held out once, with all of its fold of the seed.

    ``phrases`` are labelled texts to measure besides, by name; the model that is measured was
    taught none of them. Where there are no titles the card tells how well each of our aliases is
    coded by a model that never saw it.
    """
    codes = packaged(system)
    rows = sorted({(text, item.code) for text, code in titles if (item := codes.resolve(code))})
    random.Random(seed).shuffle(rows)  # noqa: S311 (a split, not a secret)
    settings = Settings(seed=seed, kept=KEPT[System(system)], folds=folds)
    told: dict[str, Any] = {"list": str(System(system)), "titles": len(rows)}
    cut = int(len(rows) * (1 - held_out))
    if rows or phrases:
        known = {text for some in (phrases or {}).values() for text, _codes in some}
        trial = blind(codes, rows[:cut], settings, known)
        if rows:
            told["split"] = f"{1 - held_out:.0%} / {held_out:.0%}, seed {seed}"
            told["held_out"] = card_of(trial, rows[cut:])
        told["phrases"] = {n: phrases_of(trial, some) for n, some in (phrases or {}).items()}
    return with_trust(codes, examples(codes, rows), settings, told)


def blind(codes: CodeList, titles: Titles, settings: Settings, known: Collection[str]) -> Aligner:
    """An aligner that was taught these titles and none of the known texts."""
    shop = [pair for pair in shop_words(codes.name) if pair[0] not in known]
    taught = examples(codes, titles, without=known)
    model = with_trust(codes, taught, replace(settings, folds=0))
    return Aligner(codes, shop=shop, model=model)


def with_trust(
    codes: CodeList,
    taught: Sequence[Example],
    settings: Settings,
    told: dict[str, Any] | None = None,
) -> LinearModel:
    """A model whose scores say how often answers as sure were right on texts left out."""
    names = {item.code: item.name for item in codes}
    least = TITLE if any(each.weight >= TITLE for each in taught) else SHOP
    ridge = Ridge(taught, settings, names)
    card: dict[str, Any] = {}
    one = _LeftOut.of(codes, ridge, *ridge.left_out(least))
    card["one_left_out"] = {"texts": len(one.labels), **one.shares()}
    if settings.folds and least >= TITLE:
        parts = folded(settings.folds, settings.seed)
        blocks = _LeftOut.of(codes, ridge, *ridge.left_out(least, parts))
        card["folds"] = f"{settings.folds}, seed {settings.seed}"
        card["cross_validated"] = blocks.card(parts(len(blocks.labels)))
    return ridge.model(told).with_trust(one.trust(), card)


def folded(folds: int, seed: int) -> Callable[[int], NDArray[np.intp]]:
    """For so many examples the fold of each, dealt out evenly by the seed."""

    def parts(count: int) -> NDArray[np.intp]:
        order = list(range(count))
        random.Random(seed).shuffle(order)  # noqa: S311 (a split, not a secret)
        found = np.empty(count, dtype=np.intp)
        found[order] = np.arange(count) % folds
        return found

    return parts


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """Answers to texts by models that never saw them."""

    answers: list[list[str]]
    sureness: Floats
    labels: list[str]

    @classmethod
    def of(cls, codes: CodeList, ridge: Ridge, left: Sequence[Example], scores: Floats) -> Self:
        """Answers before anything is known of the very words."""
        offered = [i.code for i in codes if i.valid_to is None and not codes.children(i.code)]
        nothing = np.zeros((len(left), len(offered)), dtype=np.float32)
        ranked = Ladder(codes, offered, ridge.problem.classes).ranked(scores, nothing, TOP)
        answers = [[offered[number] for number in row] for row in ranked.chosen]
        return cls(answers, ranked.sureness, [each.code for each in left])

    @property
    def right(self) -> NDArray[np.bool_]:
        pairs = zip(self.answers, self.labels, strict=True)
        return np.array([is_at(row[0], label) for row, label in pairs])

    @property
    def first(self) -> list[str]:
        return [row[0] for row in self.answers]

    def shares(self) -> dict[str, float]:
        pairs = zip(self.answers, self.labels, strict=True)
        five = [any(is_at(code, label) for code in row) for row, label in pairs]
        return {
            "own_level": round(float(self.right.mean()), 3),
            "top_5": round(float(np.mean(five)), 3),
        }

    def trust(self) -> Trust:
        return fitted(self.sureness, self.first, self.right)

    def card(self, parts: NDArray[np.intp]) -> dict[str, Any]:
        """Figures of all answers; each fold's scores are read off a curve of the other folds."""
        scores = np.zeros(len(self.labels))
        for part in np.unique(parts):
            inside, others = np.flatnonzero(parts == part), np.flatnonzero(parts != part)
            trust = fitted(
                self.sureness[others], [self.first[n] for n in others], self.right[others]
            )
            scores[inside] = trust.shares(self.sureness[inside], [self.first[n] for n in inside])
        return figures(self.answers, scores, self.labels)


def examples(codes: CodeList, titles: Titles, *, without: Iterable[str] = ()) -> list[Example]:
    """Titles, the list's own names and aliases and our tables, but for some wordings of these."""
    left = set(without)
    found = [Example(text, code, TITLE) for text, code in titles]
    for text, code in shop_words(codes.name):
        if text not in left and code in codes:
            found.append(Example(text, code, SHOP))
    for item in codes:
        if item.valid_to is None and not codes.children(item.code):
            weight = HIGHER if "职业本科" in item.flags else OFFICIAL
            found += [Example(text, item.code, weight) for text in (item.name, *item.aliases)]
    return found + list(_worded(codes, left))


def _worded(codes: CodeList, left: set[str]) -> Iterable[Example]:
    """Bundles of wordings, spread evenly: a short form of a hundred is no hundred examples."""
    path = WORDINGS.get(System(codes.name))
    for code, texts in wordings(path) if path else ():
        kept = [text for text in texts if text not in left]
        count = -(-len(kept) // BUNDLE)
        for at in range(count):
            one, *also = kept[at::count]
            weight = WORDED * min(1 + len(also), MANY) ** 0.5
            yield Example(one, code, weight, tuple(also))
