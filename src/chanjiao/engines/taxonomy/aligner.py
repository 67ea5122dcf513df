"""Raw Chinese words to codes, with reasons: remembered, then exact, then learned and like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.likeness import Kind, Likeness, Wording
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.ngrams import Bag, Floats, title_features
from chanjiao.engines.taxonomy.phrases import core, same_key
from chanjiao.engines.taxonomy.ranking import Ladder, Ranked
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
# What an exact wording adds to a code's score; where there is no model it decides alone.
EXACT: Mapping[Kind, float] = {"learned": 1.5, "name": 0.3, "shop": 0.15, "alias": 0.0}
SURE: Mapping[Kind, float] = {"learned": 0.99, "name": 1.0, "shop": 0.97, "alias": 0.0}
CERTAIN = ("name", "learned")  # these words, and no others, mean this code
LEARNED = 1.2  # what likeness to a decided wording adds, where it is complete
STEEP = 3  # half alike is not half as good
UNSURE = 0.6  # an exact wording of several codes
HALF = 0.5  # likeness alone is never more than half sure
LEAST = 0.12  # below this nothing resembles anything


@dataclass(frozen=True)
class Memory:
    """What was decided before, by `same_key` of the text: an organisation's own, then all's.

    A decision that no code fits is kept as the empty code. ``near`` are an organisation's
    decided wordings, as `Aligner.nearness` makes them: they count for words like them too.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    near: Likeness | None = None

    def get(self, text: str) -> tuple[str, bool] | None:
        """The remembered code and whether it is the organisation's own decision."""
        if not self.own and not self.shared:
            return None
        key = same_key(text)
        if key in self.own:
            return self.own[key], True
        return (self.shared[key], False) if key in self.shared else None


NOTHING = Memory()


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a batch and the codes it names exactly, by number."""

    raw: str
    exact: Mapping[int, Wording]
    decided: Sequence[Likeness]


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
    '平常说的“CNC操机”通常指“车工”'
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
        self._offered = sorted(
            item.code
            for item in codes
            if item.valid_to is None
            and (item.level in levels if levels else not codes.children(item.code))
        )
        self._number = {code: number for number, code in enumerate(self._offered)}
        decided = self._given(learned, "learned")
        known = [*self._listed(), *self._given(shop, "shop"), *decided]
        self._exact: dict[str, list[Wording]] = {}
        for wording in known:
            self._exact.setdefault(same_key(wording.text), []).append(wording)
        self._like = Likeness(known, self._offered)
        self._decided = Likeness(decided, self._offered)
        self._ladder = Ladder(codes, self._offered, model.classes if model else [])

    def align(self, text: str, top: int = 5, *, memory: Memory = NOTHING) -> list[Suggestion]:
        """The best codes for one text, the best first; an empty text has none."""
        return self.align_many([text], top, memory=memory)[0]

    def align_many(
        self, texts: Sequence[str], top: int = 5, *, memory: Memory = NOTHING
    ) -> list[list[Suggestion]]:
        """`align` for many texts at once, which is some ten times faster than one by one."""
        different = list(dict.fromkeys(texts))
        found: dict[str, list[Suggestion]] = {}
        for start in range(0, len(different), BATCH):
            batch = different[start : start + BATCH]
            found.update(zip(batch, self._ranked(batch, top, memory.near), strict=True))
        return [self.remembered_first(text, found[text], memory)[:top] for text in texts]

    def remembered_first(
        self, text: str, found: list[Suggestion], memory: Memory
    ) -> list[Suggestion]:
        """Put what memory knows about a text before what was found for it."""
        held = memory.get(text)
        if held is None or held[0] not in self.codes:
            return list(found)
        code, is_own = held
        reason = memory_reason(text, is_own=is_own)
        first = Suggestion(code, self.codes[code].name, 1.0, "memory", lambda: (reason,))
        return [first, *(each for each in found if each.code != code)]

    def nearness(self, decided: Iterable[tuple[str, str]]) -> Likeness:
        """An organisation's decisions (text, code) in the form that `Memory` takes."""
        return Likeness(self._given(decided, "learned"), self._offered)

    def _listed(self) -> list[Wording]:
        found = []
        for item in self.codes:
            if item.code in self._number:
                found.append(Wording(item.name, item.code, "name"))
                found += [Wording(alias, item.code, "alias") for alias in item.aliases]
        return found

    def _given(self, pairs: Iterable[tuple[str, str]], kind: Kind) -> list[Wording]:
        return [Wording(text, code, kind) for text, code in pairs if code in self._number]

    def _ranked(
        self, texts: Sequence[str], top: int, near: Likeness | None
    ) -> list[list[Suggestion]]:
        if not self._offered:
            return [[] for _ in texts]
        decided = [each for each in (near, self._decided) if each is not None and each.wordings]
        batch = [_Text(text, self._exactly(text), decided) for text in texts]
        bags = [title_features(text) for text in texts]
        bonus = self._bonus(batch, bags, decided)
        if self.model is None:
            scores = np.zeros((len(batch), 0), dtype=np.float32)
            ranked = self._ladder.ranked(scores, bonus, top)
            return [self._alike(each, ranked, n, bonus) for n, each in enumerate(batch)]
        ranked = self._ladder.ranked(self.model.scores(self.model.rows(bags)), bonus, top)
        best = [self._offered[number] for number in ranked.chosen[:, 0]]
        first = self.model.trust.shares(ranked.sureness, best)
        return [self._modelled(each, ranked, n, float(first[n])) for n, each in enumerate(batch)]

    def _bonus(
        self, batch: Sequence[_Text], bags: Sequence[Bag], decided: Sequence[Likeness]
    ) -> Floats:
        """What is known of exactly these words, and of decided wordings like them, by code."""
        if self.model is None:
            bonus = self._like.by_code(bags) * np.float32(1 - HALF)
        else:
            bonus = np.zeros((len(batch), len(self._offered)), dtype=np.float32)
        for index in decided:
            bonus += np.float32(LEARNED) * index.by_code(bags) ** STEEP
        table, weight = (EXACT, 1.0) if self.model else (SURE, HALF)
        for text_number, each in enumerate(batch):
            for number, wording in each.exact.items():
                bonus[text_number, number] += table[wording.kind] * weight
        return bonus

    def _modelled(
        self, text: _Text, ranked: Ranked, row: int, first_share: float
    ) -> list[Suggestion]:
        """The first is as sure as such answers were right; the others in proportion below it."""
        found: list[Suggestion] = []
        certain = sum(each.kind in CERTAIN for each in text.exact.values()) == 1
        gains = ranked.gains[row]
        for turn, number in enumerate(ranked.chosen[row].tolist()):
            gain = float(gains[turn])
            if gain <= 0:
                break
            wording = text.exact.get(number)
            score = first_share
            if found:
                score = min(found[0].score * gain / float(gains[0]), 1 - found[0].score)
            elif certain and wording is not None and wording.kind in CERTAIN:
                score = SURE[wording.kind]
            found.append(self._suggestion(text, number, score, wording))
        return sorted(found, key=lambda each: -each.score)

    def _alike(self, text: _Text, ranked: Ranked, row: int, bonus: Floats) -> list[Suggestion]:
        """Without a model: exact wordings are as sure as their kind, others as they are alike."""
        best = max((SURE[wording.kind] for wording in text.exact.values()), default=0.0)
        sure_codes = [each.code for each in text.exact.values() if SURE[each.kind] == best > 0]
        found: list[Suggestion] = []
        for number in ranked.chosen[row].tolist():
            share = float(bonus[row, number])
            if share <= LEAST / 2:
                break
            wording = text.exact.get(number)
            if wording is not None and not found and len(sure_codes) < 2:
                share = SURE[wording.kind] or min(share, 1.0)
            elif wording is not None:
                share = min(share, UNSURE)
            found.append(self._suggestion(text, number, share, wording))
        return found

    def _exactly(self, text: str) -> dict[int, Wording]:
        """Codes that have exactly this wording, as typed or without pay and promises."""
        wordings = self._exact.get(same_key(text))
        if wordings is None:
            wordings = self._exact.get(same_key(core(text)), [])
        if len(wordings) > 1:  # the surest kind is kept where a code has several
            wordings = sorted(wordings, key=lambda each: SURE[each.kind])
        return {self._number[each.code]: each for each in wordings}

    def _suggestion(
        self, text: _Text, number: int, score: float, wording: Wording | None
    ) -> Suggestion:
        code = self._offered[number]
        name = self.codes[code].name
        if wording is not None:
            reason = exact_reason(wording, name)
            return Suggestion(code, name, score, wording.kind, lambda: (reason,))
        method: Method = "likeness" if self.model is None else "model"
        why = partial(self._why, text.raw, number, score, text.decided)
        return Suggestion(code, name, score, method, why)

    def _why(
        self, raw: str, number: int, share: float, decided: Sequence[Likeness]
    ) -> tuple[Reason, ...]:
        code, bag = self._offered[number], title_features(raw)
        reasons: list[Reason] = []
        if self.model is not None:
            reasons.append(model_reason(self.model.telling(bag, code), share))
        for index in (*decided, self._like):
            best = index.best_wording(bag, number)
            if best is not None and best[1] >= LEAST:
                reasons.append(likeness_reason(*best))
                break
        return tuple(reasons)
