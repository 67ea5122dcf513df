"""The answer of one rule to one row of facts, and of many rules to many rows."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chanjiao.engines.rules.answers import Answer, Kleene, Severity, at_least, conjunction
from chanjiao.engines.rules.laws import BoundRule, Law
from chanjiao.engines.rules.packs import Rule
from chanjiao.engines.rules.terms import Row

_KEPT = 50_000  # panels of answers remembered before starting afresh
_REPEATS = 12  # how often, on average, facts must repeat to be worth remembering together


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule says. ``applies`` is False where it has nothing to say, which is a pass;
    ``missing`` names facts for want of which it can't be judged, ``clauses`` how each went.
    """

    rule: Rule
    answer: Answer
    severity: Severity
    applies: Kleene
    missing: frozenset[str] = frozenset()
    clauses: tuple[tuple[str, Answer], ...] = ()


Asker = Callable[[Row], Outcome]


def asker(bound: BoundRule) -> Asker:
    """What puts a row to the rule. Equal outcomes are one object: most rules are mostly kept."""
    applies, holds = bound.applies.value, bound.clauses[0][1].value
    has_clauses = bool(bound.rule.clauses)
    same: dict[tuple[Any, ...], Outcome] = {}

    def shared(*told: Any) -> Outcome:
        outcome = same.get(told)
        if outcome is None:
            outcome = same[told] = Outcome(bound.rule, *told)
        return outcome

    def ask(row: Row) -> Outcome:
        concerned = applies(row)
        if concerned is False:
            return spared
        if concerned and not has_clauses and holds(row):
            return kept
        return shared(*_explained(bound, row, concerned, severity_of(row)))

    severity_of = _severity(bound)
    if bound.rule.block_if:
        return lambda row: shared(*_explained(bound, row, applies(row), severity_of(row)))
    spared = shared(Answer.PASS, bound.rule.severity, False)
    kept = shared(Answer.PASS, bound.rule.severity, True)
    return ask


def _severity(bound: BoundRule) -> Callable[[Row], Severity]:
    if bound.rule.severity is Severity.BLOCK or not bound.rule.block_if:
        return lambda _: bound.rule.severity
    blocks = bound.block_if.value
    return lambda row: Severity.JUSTIFY if blocks(row) is False else Severity.BLOCK


class Panel:
    """The rules of a law over many rows; those whose facts repeat answer from memory, as one."""

    def __init__(self, law: Law, askers: Sequence[Asker], sample: Sequence[Row]) -> None:
        self._askers = askers
        self._together, places = _repeating(law, sample)
        self._alone = [n for n in range(len(askers)) if n not in self._together]
        self._key = operator.itemgetter(*places) if places else None
        self._known: dict[Any, list[Outcome | None]] = {}

    def outcomes(self, row: Row) -> tuple[Outcome, ...]:
        askers = self._askers
        if self._key is None:
            return tuple([ask(row) for ask in askers])
        key = self._key(row)
        known = self._known.get(key)
        if known is None:
            known = [None] * len(askers)
            for n in self._together:
                known[n] = askers[n](row)
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = known
        found: list[Any] = known.copy()
        for n in self._alone:
            found[n] = askers[n](row)
        return tuple(found)


def _repeating(law: Law, sample: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Rules to be remembered together, and the places of their facts in a row.

    Rules are taken in, those with fewest distinct facts first, as long as the facts of all of them
    together still repeat.
    """
    together: list[int] = []
    places: list[int] = []
    allowed = len(sample) // _REPEATS
    distinct = {
        n: len({tuple(row[place] for place in bound.places) for row in sample})
        for n, bound in enumerate(law.rules)
    }
    for n in sorted(distinct, key=distinct.__getitem__):
        wider = sorted({*places, *law.rules[n].places})
        if len({tuple(row[place] for place in wider) for row in sample}) > allowed:
            continue
        together.append(n)
        places = wider
    return together, places


def _explained(bound: BoundRule, row: Row, applies: Kleene, severity: Severity) -> tuple[Any, ...]:
    """What is left of an ``Outcome`` without its rule."""
    values = [(clause, term, term.value(row)) for clause, term in bound.clauses]
    holds = _together(bound, [(clause.is_mandatory, value) for clause, _, value in values], row)
    kept = _or(None if applies is None else not applies, holds)
    missing: set[str] = set()
    if kept is None:
        missing |= bound.applies.missing(row) if applies is None else frozenset()
        missing |= bound.at_least.missing(row)
        for _, term, value in values:
            missing |= term.missing(row) if value is None else frozenset()
    told = tuple((clause.id, Answer.of(value)) for clause, _, value in values if clause.id)
    return Answer.of(kept), severity, applies, frozenset(missing), told


def _together(bound: BoundRule, clauses: list[tuple[bool, Kleene]], row: Row) -> Kleene:
    """Every mandatory clause, and enough of all clauses."""
    mandatory = conjunction(value for is_mandatory, value in clauses if is_mandatory)
    wanted = bound.at_least.value(row)
    enough = None if wanted is None else at_least(wanted, [value for _, value in clauses])
    return conjunction([mandatory, enough])


def _or(left: Kleene, right: Kleene) -> Kleene:
    if left or right:
        return True
    return None if left is None or right is None else False
