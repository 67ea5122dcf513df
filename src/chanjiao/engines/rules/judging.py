"""Facts put to the law of a day: an answer for every rule, with the reasons for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chanjiao.engines.rules.answers import Answer
from chanjiao.engines.rules.faults import CaseError, Fault, shown
from chanjiao.engines.rules.fields import day_of, number_of
from chanjiao.engines.rules.laws import Law, Subject, law_on
from chanjiao.engines.rules.outcomes import Asker, Outcome, Panel, asker
from chanjiao.engines.rules.packs import FactSpec, Pack, in_force
from chanjiao.engines.rules.terms import CODES, DATE, FLAG, NUMBER, TEXT, Row

_SAMPLE = 600  # cases looked at to see which facts repeat


@dataclass(frozen=True, slots=True)
class Judgement:
    """All outcomes for one case, in the order of the pack, and the facts they rest on."""

    case: str
    outcomes: tuple[Outcome, ...]
    law: Law
    row: Row

    def outcome(self, rule: str) -> Outcome:
        """The outcome of one rule; raises KeyError where it was not in force."""
        for outcome in self.outcomes:
            if outcome.rule.id == rule:
                return outcome
        raise KeyError(rule)

    @property
    def open(self) -> tuple[Outcome, ...]:
        """Outcomes that are no pass."""
        return tuple(one for one in self.outcomes if one.answer is not Answer.PASS)

    def figure(self, name: str) -> Any:
        """A figure the pack computes from the facts (an amount); ``None`` where not known."""
        return self.law.figures[name].value(self.row)


class Judge:
    """A pack made ready for one subject; it holds no state but remembered answers.

    Raises PackError at once when the pack speaks of facts the subject does not have.
    """

    def __init__(self, pack: Pack, subject: Subject) -> None:
        self.pack, self.subject = pack, subject
        self._laws: dict[tuple[Any, ...], Law] = {}
        self._by_day: dict[date, Law] = {}
        self._asking: dict[int, list[Asker]] = {}
        self._names = [spec.name for spec in (*subject.facts, *pack.facts)]
        if pack.subject != subject.name:
            raise _other_subject(pack, subject)
        for day in _turning_points(pack):
            self.law(day)

    def law(self, day: date) -> Law:
        """The law of a day; days between two changes share one."""
        law = self._by_day.get(day)
        if law is None:
            version = _version(self.pack, day)
            law = self._laws.get(version)
            if law is None:
                law = self._laws[version] = law_on(self.pack, self.subject, day)
            self._by_day[day] = law
        return law

    def judge(self, case: str, row: Row, day: date) -> Judgement:
        """The outcome of every rule in force on ``day`` for facts in the order of the subject."""
        law = self.law(day)
        return Judgement(case, tuple([ask(row) for ask in self._askers(law)]), law, row)

    def judge_all(self, cases: Sequence[tuple[str, Row, date]]) -> list[Judgement]:
        """``judge`` for many cases, quicker: rules whose facts repeat are answered once for all.

        The outcomes are the same; equal ones are one object.
        """
        laws = [self.law(day) for _, _, day in cases]
        asked: dict[int, Panel] = {}
        for law in {id(one): one for one in laws}.values():
            sample = [
                row for (_, row, _), mine in zip(cases[:_SAMPLE], laws, strict=False) if mine is law
            ]
            asked[id(law)] = Panel(law, self._askers(law), sample)
        return [
            Judgement(case, asked[id(law)].outcomes(row), law, row)
            for (case, row, _), law in zip(cases, laws, strict=True)
        ]

    def _askers(self, law: Law) -> list[Asker]:
        askers = self._asking.get(id(law))
        if askers is None:
            askers = self._asking[id(law)] = [asker(one) for one in law.rules]
        return askers

    def judge_facts(self, facts: Mapping[str, Any], day: date, case: str = "") -> Judgement:
        """The same for facts by name; absent and ``None`` both mean not known.

        Raises CaseError for a name that is no fact, or a value of another kind.
        """
        return self.judge(case, self._row(facts), day)

    def _row(self, facts: Mapping[str, Any]) -> list[Any]:
        specs = (*self.subject.facts, *self.pack.facts)
        faults = [
            Fault(
                name,
                "没有这个事实。",
                f"there is no such fact; there are: {', '.join(self._names)}.",
            )
            for name in facts
            if name not in self._names
        ]
        row = [_fitting(spec, facts.get(spec.name), faults) for spec in specs]
        if faults:
            raise CaseError(faults)
        return row


def _version(pack: Pack, day: date) -> tuple[Any, ...]:
    rules = [in_force(rule.valid_from, rule.valid_to, day) for rule in pack.rules]
    values = [
        in_force(one.valid_from, one.valid_to, day)
        for parameter in pack.parameters.values()
        for one in parameter.values
    ]
    return (*rules, *values)


def _turning_points(pack: Pack) -> Iterable[date]:
    """The days on which a rule comes into force: each law is read once, before any case."""
    return sorted({rule.valid_from for rule in pack.rules})


def _other_subject(pack: Pack, subject: Subject) -> CaseError:
    return CaseError(
        [
            Fault(
                pack.id,
                f"规则包说的是 {pack.subject}，不是 {subject.name}。",
                f"the pack is about {pack.subject}, not {subject.name}.",
            )
        ]
    )


def _fitting(spec: FactSpec, value: Any, faults: list[Fault]) -> Any:
    """The value as its kind wants it, so that dates may be ISO texts and lists any iterable."""
    if value is None:
        return None
    found: Any = value
    if spec.kind == NUMBER:
        found = number_of(value)
    elif spec.kind == DATE:
        found = day_of(value)
    elif spec.kind == FLAG:
        found = value if isinstance(value, bool) else None
    elif spec.kind == TEXT:
        found = value if isinstance(value, str) else None
    elif spec.kind == CODES:
        found = _codes(value)
    if found is None:
        faults.append(
            Fault(
                spec.name,
                f"“{shown(value)}”不是 {spec.kind}。",
                f"{shown(value)!r} is no {spec.kind}.",
            )
        )
    return found


def _codes(value: Any) -> frozenset[str] | None:
    if isinstance(value, str) or not isinstance(value, Sequence | set | frozenset):
        return None
    return frozenset(value) if all(isinstance(one, str) for one in value) else None
