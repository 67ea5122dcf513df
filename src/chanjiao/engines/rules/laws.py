"""The rules and parameters in force on one day, ready to be put to facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chanjiao.engines.rules.expressions import ExpressionError, parse
from chanjiao.engines.rules.faults import Fault, PackError
from chanjiao.engines.rules.packs import Clause, FactSpec, Pack, Rule, in_force
from chanjiao.engines.rules.terms import (
    DATE,
    FLAG,
    NUMBER,
    Binder,
    Function,
    Term,
    constant,
    fact,
)

_BUILT_IN = {"law_day": DATE}


@dataclass(frozen=True, slots=True)
class Subject:
    """What packs of one kind can speak of: facts in the order of a row, and functions.

    ``region_fact`` names the fact, an area code, that decides whether a regional rule applies.
    """

    name: str
    facts: tuple[FactSpec, ...]
    functions: Mapping[str, Function]
    region_fact: str = ""


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule with its conditions bound; ``places`` are those of the facts its answer rests on."""

    rule: Rule
    applies: Term
    clauses: tuple[tuple[Clause, Term], ...]
    at_least: Term
    block_if: Term
    names: Mapping[str, Term]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Everything in force on a day; ``names`` are facts and parameters for messages."""

    pack: Pack
    rules: tuple[BoundRule, ...]
    names: Mapping[str, Term]
    figures: Mapping[str, Term]
    labels: Mapping[str, FactSpec]


def law_on(pack: Pack, subject: Subject, day: date) -> Law:
    """Raises PackError when a condition can't be read or names what is not in force that day."""
    faults: list[Fault] = []
    specs = (*subject.facts, *pack.facts)
    names = {spec.name: fact(spec.name, n, spec.kind) for n, spec in enumerate(specs)}
    names |= _parameters(pack, day, faults, set(names))
    rules = tuple(
        bound
        for rule in pack.rules
        if in_force(rule.valid_from, rule.valid_to, day)
        and (bound := _bound(rule, subject, names, faults))
    )
    figures = {
        name: term
        for name, text in pack.figures.items()
        if (term := _bind(text, Binder(names, subject.functions), f"figures.{name}", faults))
    }
    if faults:
        raise PackError(faults)
    return Law(pack, rules, names, figures, {spec.name: spec for spec in specs})


def _parameters(pack: Pack, day: date, faults: list[Fault], taken: set[str]) -> dict[str, Term]:
    found = {}
    for parameter in pack.parameters.values():
        if parameter.name in taken:
            faults.append(
                Fault(
                    f"parameters.{parameter.name}",
                    "与一个事实同名。",
                    "bears the name of a fact.",
                )
            )
        for dated in parameter.values:
            if in_force(dated.valid_from, dated.valid_to, day):
                found[parameter.name] = constant(dated.value, parameter.kind)
    return found


def _bound(
    rule: Rule, subject: Subject, names: Mapping[str, Term], faults: list[Fault]
) -> BoundRule | None:
    before = len(faults)
    place = f"rules {rule.id}"
    mine = dict(names)
    for name, text in rule.lets.items():
        term = _bind(text, Binder(mine, subject.functions), f"{place}.lets.{name}", faults)
        if term:
            mine[name] = term
    binder = Binder(mine, subject.functions)

    def condition(text: str, where: str, kind: str = FLAG) -> Term:
        term = _bind(text, binder, f"{place}.{where}", faults, kind)
        return term or constant(None, kind)

    clauses = rule.clauses or (Clause("", rule.title, rule.holds, is_mandatory=True),)
    bound = BoundRule(
        rule=rule,
        applies=condition(_where(rule, subject), "applies"),
        clauses=tuple((one, condition(one.holds, one.id or "holds")) for one in clauses),
        at_least=condition(rule.at_least or "0", "at_least", NUMBER),
        block_if=condition(rule.block_if or "false", "block_if"),
        names=mine,
        places=(),
    )
    faults += _placeholders(rule, mine, place)
    return None if len(faults) > before else _keyed(bound, subject, names)


def _where(rule: Rule, subject: Subject) -> str:
    """The condition under which a rule applies, with its region; an empty one is always true."""
    parts = [f"({rule.applies})"] if rule.applies else []
    if rule.region:
        parts.append(f"begins({subject.region_fact or 'region'}, '{rule.region}')")
    return " and ".join(parts) or "true"


def _bind(
    text: str, binder: Binder, place: str, faults: list[Fault], kind: str = ""
) -> Term | None:
    try:
        term = binder.bind(parse(text))
    except ExpressionError as fault:
        zh, _, en = str(fault).partition("。 ")
        faults.append(Fault(place, f"{zh}。", en))
        return None
    if kind and term.kind != kind:
        faults.append(Fault(place, f"应得出 {kind}，而得出 {term.kind}。", f"should give {kind}."))
        return None
    return term


def _placeholders(rule: Rule, names: Mapping[str, Term], place: str) -> list[Fault]:
    return [
        Fault(f"{place}.{where}", f"没有可填入 {{{name}}} 的值。", f"nothing fills {{{name}}}.")
        for where, words in (("message", rule.message), ("remedy", rule.remedy))
        for name in sorted({*fields_of(words.zh), *fields_of(words.en)} - set(names))
    ]


def fields_of(text: str) -> list[str]:
    """Names in braces, in order.

    >>> fields_of("{unit}有{n}人")
    ['unit', 'n']
    """
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _keyed(bound: BoundRule, subject: Subject, names: Mapping[str, Term]) -> BoundRule:
    terms = (bound.applies, bound.at_least, bound.block_if, *(term for _, term in bound.clauses))
    used = frozenset[str]().union(*(term.facts for term in terms))
    places = tuple(n for n, name in enumerate(names) if name in used)
    return BoundRule(
        rule=bound.rule,
        applies=bound.applies,
        clauses=bound.clauses,
        at_least=bound.at_least,
        block_if=bound.block_if,
        names=bound.names,
        places=places,
    )
