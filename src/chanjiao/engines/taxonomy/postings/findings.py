"""What readers tell made into findings: quoted, and queued with candidates below a threshold."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chanjiao.engines.taxonomy.postings.model import (
    SEVERAL,
    SINGLE,
    Candidate,
    Found,
    Span,
    Threshold,
    Told,
)
from chanjiao.engines.taxonomy.postings.posting import Cell
from chanjiao.engines.taxonomy.postings.reasons import reason
from chanjiao.engines.taxonomy.suggestions import Pairs, Suggestion

MOST: Final = 5
#: Without a model a wording that only resembles a code is seldom right.
LIKENESS_SHARE: Final = 0.6


class Findings:
    """Makes findings by the caller's threshold: one number, or one for each field and ``*``."""

    def __init__(self, threshold: Threshold) -> None:
        given = threshold if isinstance(threshold, Mapping) else {"*": threshold}
        rest = given.get("*", 0.0)
        self._limits = {field: given.get(field, rest) for field in (*SINGLE, *SEVERAL)}

    def best(self, field: str, cell: Cell, told: Sequence[Told]) -> Found | None:
        """The first of several readings; the others are its candidates where it is not sure."""
        if not told:
            return None
        found = self.one(field, cell, told[0])
        if found.is_queued:
            found.candidates = tuple(_candidate(cell, one) for one in told[:MOST])
        return found

    def one(self, field: str, cell: Cell, told: Told) -> Found:
        quote = cell.text[told.start : told.end]
        found = Found(
            quote if told.value is None else told.value, told.code,
            Span(cell.column, told.start, told.end), quote, told.method, told.confidence, told.name,
        )  # fmt: skip
        if told.confidence < self._limits[field]:
            found.is_queued = True
            found.candidates = _shared(told, quote) if told.others else (_candidate(cell, told),)
        return found

    def each(self, field: str, cell: Cell, told: Sequence[Told]) -> list[Found]:
        return [self.one(field, cell, one) for one in told]

    def aligned(self, field: str, about: Found, found: Sequence[Suggestion]) -> Found | None:
        """The best code for words that were aligned; ``about`` is what they quote."""
        if not found:
            return None
        best = found[0]
        score = best.score if best.method != "likeness" else best.score * LIKENESS_SHARE
        is_queued = score < self._limits[field]
        return Found(
            best.name, best.code, about.span, about.quote, best.method, round(score, 4), best.name,
            candidates_of(found) if is_queued else (), is_queued,
        )  # fmt: skip


def candidates_of(found: Sequence[Suggestion]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(one.name, one.code, round(one.score, 4), Pairs(one)) for one in found[:MOST]
    )


def _candidate(cell: Cell, told: Told) -> Candidate:
    quote = cell.text[told.start : told.end]
    value: Any = quote if told.value is None else told.value
    return Candidate(value, told.code, told.confidence, (reason(told.method, quote),))


def _shared(told: Told, quote: str) -> tuple[Candidate, ...]:
    why = (reason(told.method, quote),)
    return tuple(Candidate(name, code, told.confidence, why) for code, name in told.others[:MOST])
