"""Raw Chinese words to codes, with reasons: remembered, then exact, then learned and like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.likeness import Likeness, Wording
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.ngrams import Floats
from chanjiao.engines.taxonomy.phrases import core, pieces, same_key
from chanjiao.engines.taxonomy.suggestions import (
    Method,
    Reason,
    Suggestion,
    exact_reason,
    likeness_reason,
    memory_reason,
    model_reason,
)

BATCH = 512
# An exact wording is sure in this order; what people chose before stands above habits of trade.
SURE: Mapping[str, float] = {"name": 1.0, "learned": 0.99, "alias": 0.98, "shop": 0.97}
UNSURE = 0.6  # an exact wording of several codes
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
        self._places = self._model_places()

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
                answers.append(self._with_memory(text, found, memory)[:top])
        return answers

    def _listed(self) -> list[Wording]:
        found = []
        for item in self.codes:
            if item.code in self._offered:
                found.append(Wording(item.name, item.code, "name"))
                found += [Wording(alias, item.code, "alias") for alias in item.aliases]
        return found

    def _given(self, pairs: Iterable[tuple[str, str]], kind: str) -> list[Wording]:
        return [Wording(text, code, kind) for text, code in pairs if code in self._offered]

    def _model_places(self) -> tuple[np.ndarray, np.ndarray]:
        """Columns of the model and of the likeness index that stand for the same offered code."""
        if self.model is None:
            return np.array([], dtype=int), np.array([], dtype=int)
        place = {code: number for number, code in enumerate(self._like.codes)}
        pairs = [
            (number, place[code])
            for number, code in enumerate(self.model.classes)
            if code in place
        ]
        return np.array([p[0] for p in pairs], dtype=int), np.array([p[1] for p in pairs], int)

    def _ranked(self, texts: Sequence[str], top: int) -> list[list[Suggestion]]:
        if not self._like.codes:
            return [[] for _ in texts]
        cosines = self._like.cosines(texts)
        likes = self._like.by_code(cosines)
        shares = self._shares(texts, likes)
        order = np.argsort(-shares, axis=1, kind="stable")[:, :top]
        return [
            self._suggested(text, shares[row], likes[row], cosines[row], order[row])
            for row, text in enumerate(texts)
        ]

    def _shares(self, texts: Sequence[str], likes: Floats) -> Floats:
        """One number for each offered code: the model's share, or else the likeness."""
        if self.model is None:
            return likes
        columns, places = self._places
        shares = np.zeros_like(likes)
        scores = self.model.scores(texts)[:, columns]
        shares[:, places] = self.model.shares(scores + likes[:, places] * self.model.likeness)
        shares[likes.max(axis=1) == 0] = 0  # nothing of the text is known at all
        return shares

    def _suggested(
        self, text: str, shares: Floats, likes: Floats, cosines: Floats, order: np.ndarray
    ) -> list[Suggestion]:
        exact = self._exactly(text)
        found = list(exact.values())
        least = LEAST if self.model is None else 0.0
        for number in order:
            code = self._like.codes[number]
            if code not in exact and shares[number] > least:
                found.append(self._guessed(text, int(number), shares, likes, cosines))
        return found

    def _exactly(self, text: str) -> dict[str, Suggestion]:
        """Codes that have exactly this wording: as typed, cleaned, or the first piece of it."""
        cleaned = core(text)
        parts = pieces(cleaned)
        for attempt in (text, cleaned, parts[0] if parts else ""):
            wordings = self._exact.get(same_key(attempt), []) if attempt else []
            if wordings:
                return self._sure(wordings)
        return {}

    def _sure(self, wordings: Sequence[Wording]) -> dict[str, Suggestion]:
        found: dict[str, Suggestion] = {}
        kinds = sorted(wordings, key=lambda each: -SURE[each.kind])
        several = len({each.code for each in wordings}) > 1
        best = SURE[kinds[0].kind]
        for wording in kinds:
            if wording.code in found:
                continue
            name = self.codes[wording.code].name
            sure = SURE[wording.kind]
            score = min(sure, UNSURE) if several and (found or sure < 1) or sure < best else sure
            method: Method = wording.kind  # type: ignore[assignment]
            found[wording.code] = Suggestion(
                wording.code, name, score, method, (exact_reason(wording, name),)
            )
        return found

    def _guessed(
        self, text: str, number: int, shares: Floats, likes: Floats, cosines: Floats
    ) -> Suggestion:
        code = self._like.codes[number]
        wording = self._like.best_wording(cosines, number)
        reasons: list[Reason] = []
        method: Method = "likeness"
        if self.model is not None:
            method = "model"
            reasons.append(model_reason(self.model.telling(text, code), float(shares[number])))
        if likes[number] >= LEAST:
            reasons.append(likeness_reason(wording, float(likes[number])))
        score = min(float(shares[number]), 0.95)
        return Suggestion(code, self.codes[code].name, score, method, tuple(reasons))

    def _with_memory(self, text: str, found: list[Suggestion], memory: Memory) -> list[Suggestion]:
        held = memory.get(text)
        if held is None or held[0] not in self.codes:
            return found
        code, is_own = held
        reason = memory_reason(text, is_own=is_own)
        first = Suggestion(code, self.codes[code].name, 1.0, "memory", (reason,))
        return [first, *(each for each in found if each.code != code)]
