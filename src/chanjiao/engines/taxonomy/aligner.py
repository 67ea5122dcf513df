"""Raw Chinese words to codes, with reasons: remembered, then exact, then learned and like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.likeness import Kind, Likeness, Wording
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.ngrams import Floats, title_features
from chanjiao.engines.taxonomy.phrases import core, same_key
from chanjiao.engines.taxonomy.suggestions import (
    Method,
    Reason,
    Suggestion,
    exact_reason,
    likeness_reason,
    memory_reason,
    model_reason,
)

type Numbers = NDArray[np.intp]
type Shares = NDArray[np.float64]

BATCH = 512
# What an exact wording adds to a model's score; where there is no model it decides alone.
EXACT: Mapping[str, float] = {"learned": 1.0, "name": 0.3, "shop": 0.15, "alias": 0.0}
SURE: Mapping[str, float] = {"learned": 0.99, "name": 1.0, "shop": 0.97, "alias": 0.0}
TRUSTED = ("name", "shop")  # a list's aliases come from many hands
LEARNED = np.float32(3)  # a decision counts so many times as much for wordings like it
UNSURE = 0.6  # an exact wording of several codes
HALF = 0.5  # likeness alone is never more than half sure
LEAST = 0.12  # below this nothing resembles anything


@dataclass(frozen=True)
class Memory:
    """What was decided before, by `same_key` of the text: an organisation's own, then all's.

    A decision that no code fits is kept as the empty code.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)

    def get(self, text: str) -> tuple[str, bool] | None:
        """The remembered code and whether it is the organisation's own decision."""
        key = same_key(text)
        if key in self.own:
            return self.own[key], True
        return (self.shared[key], False) if key in self.shared else None


NOTHING = Memory()


def _alone(
    wording: Wording, share: float, sure_codes: Sequence[str], found: Sequence[Suggestion]
) -> float:
    """Without a model an exact wording is sure where it means one code and none is above it."""
    if found or len(sure_codes) > 1:
        return min(share, UNSURE)
    return SURE[wording.kind] or share


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a batch: its number there, its cosines and the codes it names exactly."""

    number: int
    rows: Any
    cosines: Floats
    exact: Mapping[int, Wording]


class Aligner:
    """Suggests codes of one list for raw texts.

    ``shop`` gives colloquial wordings as (text, code); ``learned`` wordings that people decided;
    ``model`` a trained `LinearModel` or none. Only codes without children are suggested, unless
    ``levels`` names other levels. The same input gives the same output, in the same order.

    >>> trades = CodeList.from_rows("t", [
    ...     {"code": "1", "name": "车工", "aliases": "数控车工"}, {"code": "2", "name": "焊工"}])
    >>> aligner = Aligner(trades, shop=[("CNC操机", "1")])
    >>> [(s.code, s.method, round(s.score, 2)) for s in aligner.align("ＣＮＣ操机", top=1)]
    [('1', 'shop', 0.97)]
    >>> aligner.align("CNC操机")[0].reasons[0].zh
    '车间里说的“CNC操机”通常指“车工”'
    """

    def __init__(
        self,
        codes: CodeList,
        *,
        shop: Iterable[tuple[str, str]] = (),
        learned: Iterable[tuple[str, str]] = (),
        model: LinearModel | None = None,
        levels: frozenset[int] = frozenset(),
    ) -> None:
        self.codes = codes
        self.model = model
        self._offered = {
            item.code
            for item in codes
            if item.valid_to is None
            and (item.level in levels if levels else not codes.children(item.code))
        }
        known = [*self._listed(), *self._given(shop, "shop"), *self._given(learned, "learned")]
        self._exact: dict[str, list[Wording]] = {}
        for wording in known:
            self._exact.setdefault(same_key(wording.text), []).append(wording)
        self._like = Likeness(known)
        self._number = {code: number for number, code in enumerate(self._like.codes)}
        self._trusted = self._like.mask(TRUSTED) + LEARNED * self._like.mask(("learned",))
        self._places = self._model_places()
        self._groups = self._model_groups()

    def align(self, text: str, top: int = 5, *, memory: Memory = NOTHING) -> list[Suggestion]:
        """The best codes for one text, the best first; an empty text has none."""
        return self.align_many([text], top, memory=memory)[0]

    def align_many(
        self, texts: Sequence[str], top: int = 5, *, memory: Memory = NOTHING
    ) -> list[list[Suggestion]]:
        """`align` for many texts at once, which is some ten times faster than one by one."""
        answers: list[list[Suggestion]] = []
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            ranked = self._ranked(batch, top)
            for text, found in zip(batch, ranked, strict=True):
                answers.append(self.remembered_first(text, found, memory)[:top])
        return answers

    def remembered_first(
        self, text: str, found: list[Suggestion], memory: Memory
    ) -> list[Suggestion]:
        """Put what memory knows about a text before what was found for it."""
        held = memory.get(text)
        if held is None or held[0] not in self.codes:
            return found
        code, is_own = held
        reason = memory_reason(text, is_own=is_own)
        first = Suggestion(code, self.codes[code].name, 1.0, "memory", (reason,))
        return [first, *(each for each in found if each.code != code)]

    def _listed(self) -> list[Wording]:
        found = []
        for item in self.codes:
            if item.code in self._offered:
                found.append(Wording(item.name, item.code, "name"))
                found += [Wording(alias, item.code, "alias") for alias in item.aliases]
        return found

    def _given(self, pairs: Iterable[tuple[str, str]], kind: Kind) -> list[Wording]:
        return [Wording(text, code, kind) for text, code in pairs if code in self._offered]

    def _model_places(self) -> tuple[Numbers, Numbers]:
        """Columns of the model and of the likeness index that stand for the same offered code."""
        if self.model is None:
            return np.array([], dtype=int), np.array([], dtype=int)
        place = {code: number for number, code in enumerate(self._like.codes)}
        pairs = [
            (number, place[code]) for number, code in enumerate(self.model.classes) if code in place
        ]
        return np.array([p[0] for p in pairs], dtype=int), np.array([p[1] for p in pairs], int)

    def _model_groups(self) -> tuple[Numbers, Numbers]:
        """For each offered code below a class of the model: that class's column, the nearest."""
        classes = self.model.classes if self.model else []
        column = {code: number for number, code in enumerate(classes)}
        groups, members = [], []
        for code, number in self._number.items():
            above = next((a.code for a in self.codes.ancestors(code) if a.code in column), None)
            if above is not None:
                groups.append(column[above])
                members.append(number)
        return np.array(groups, dtype=np.intp), np.array(members, dtype=np.intp)

    def _ranked(self, texts: Sequence[str], top: int) -> list[list[Suggestion]]:
        if not self._like.codes:
            return [[] for _ in texts]
        bags = [title_features(text) for text in texts]
        rows = self.model.vocabulary.rows(bags) if self.model else None
        cosines = self._like.cosines(bags)
        exact = [self._exactly(text) for text in texts]
        shares = self._shares(rows, cosines, exact)
        order = np.argsort(-shares, axis=1, kind="stable")[:, :top]
        return [
            self._suggested(_Text(number, rows, cosines[number], exact[number]), shares, order)
            for number in range(len(texts))
        ]

    def _shares(self, rows: Any, cosines: Floats, exact: Sequence[Mapping[int, Wording]]) -> Shares:
        """One number for each offered code: the model's share, or else the likeness."""
        table = EXACT if self.model else SURE
        bonus = np.zeros((len(exact), len(self._like.codes)), dtype=np.float64)
        for text_number, wordings in enumerate(exact):
            for number, wording in wordings.items():
                bonus[text_number, number] = table[wording.kind] * (1 if self.model else HALF)
        if self.model is None:
            return self._like.by_code(cosines) * (1 - HALF) + bonus
        columns, places = self._places
        given = self.model.scores(rows)
        scores = np.full_like(bonus, self.model.unknown)
        scores[:, places] = given[:, columns]
        groups, members = self._groups
        lifted = np.maximum(given[:, groups] - self.model.unknown, 0)
        scores[:, members] += lifted * np.float32(self.model.group)
        trusted = self._like.by_code(cosines * self._trusted)
        shares = self.model.shares(scores + trusted * np.float32(self.model.likeness) + bonus)
        shares[cosines.max(axis=1) == 0] = 0  # nothing of the text is known at all
        return shares

    def _suggested(self, text: "_Text", all_shares: Shares, order: Numbers) -> list[Suggestion]:
        least = LEAST / 2 if self.model is None else 0.0
        exact, shares = text.exact, all_shares[text.number]
        best = max((SURE[wording.kind] for wording in exact.values()), default=0.0)
        sure_codes = [each.code for each in exact.values() if SURE[each.kind] == best > 0]
        found = []
        for number in map(int, order[text.number]):
            if shares[number] <= least:
                break
            wording = exact.get(number)
            share = float(shares[number])
            if wording is None:
                found.append(self._guessed(text, number, share))
            else:
                score = share if self.model else _alone(wording, share, sure_codes, found)
                found.append(self._known(wording, score))
        return found

    def _exactly(self, text: str) -> dict[int, Wording]:
        """Codes that have exactly this wording, as typed or without pay and promises."""
        for attempt in (text, core(text)):
            wordings = self._exact.get(same_key(attempt), [])
            if wordings:
                best = sorted(wordings, key=lambda each: SURE[each.kind])
                return {self._number[each.code]: each for each in best}
        return {}

    def _known(self, wording: Wording, score: float) -> Suggestion:
        name = self.codes[wording.code].name
        reason = exact_reason(wording, name)
        return Suggestion(wording.code, name, score, wording.kind, (reason,))

    def _guessed(self, text: "_Text", number: int, share: float) -> Suggestion:
        code = self._like.codes[number]
        wording, cosine = self._like.best_wording(text.cosines, number)
        reasons: list[Reason] = []
        method: Method = "likeness"
        if self.model is not None:
            method = "model"
            terms = self.model.telling(text.rows, text.number, code)
            reasons.append(model_reason(terms, share))
        if cosine >= LEAST:
            reasons.append(likeness_reason(wording, cosine))
        return Suggestion(code, self.codes[code].name, share, method, tuple(reasons))
