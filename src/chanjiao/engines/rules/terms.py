"""Trees made ready to be evaluated: names bound, kinds checked, three answers throughout.

A term is evaluated on a *row*, a sequence of facts in the order of the subject's fact names, where
``None`` stands for what is not known. Every operation on something unknown is unknown, except
where the rest decides: ``false and x``, ``true or x``.
"""

import difflib
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from chanjiao.engines.rules.answers import Kleene, Span
from chanjiao.engines.rules.expressions import Call, ExpressionError, Name, Tree, Value

FLAG, NUMBER, DATE, TEXT, CODES, SPAN = "flag", "number", "date", "text", "codes", "span"
ANY = "any"
Row = Sequence[Any]
_NOTHING: frozenset[str] = frozenset()
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ORDERED = {NUMBER, DATE}


@dataclass(frozen=True, slots=True)
class Function:
    """A function a condition may call: kinds of its arguments and of its result.

    It is called only when every argument is known, and itself answers ``None`` for unknown.
    """

    takes: tuple[str, ...]
    gives: str
    call: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Term:
    """``missing`` names the facts that keep an unknown value from being known."""

    kind: str
    value: Callable[[Row], Any]
    missing: Callable[[Row], frozenset[str]]
    facts: frozenset[str]
    is_constant: bool = False


def constant(value: Any, kind: str) -> Term:
    return Term(kind, lambda _: value, lambda _: _NOTHING, _NOTHING, is_constant=True)


def fact(name: str, place: int, kind: str) -> Term:
    """The fact ``name``, which stands at ``place`` in a row."""
    mine = frozenset([name])
    return Term(
        kind,
        operator.itemgetter(place),
        lambda row: mine if row[place] is None else _NOTHING,
        mine,
    )


class Binder:
    """Turns trees into terms, with the names and functions it was given."""

    def __init__(self, names: Mapping[str, Term], functions: Mapping[str, Function]) -> None:
        self._names, self._functions = names, functions

    def bind(self, tree: Tree) -> Term:
        """Raises ExpressionError for an unknown name or function, or kinds that don't fit."""
        if isinstance(tree, Value):
            return constant(tree.value, _kind_of(tree.value))
        if isinstance(tree, Name):
            if tree.name not in self._names:
                raise _unknown(tree.name, self._names)
            return self._names[tree.name]
        parts = [self.bind(part) for part in tree.parts]
        if tree.name in _COMPARE or tree.name == "in":
            return _comparison(tree.name, *parts)
        special = _SPECIAL.get(tree.name)
        if special:
            return special(tree, parts)
        if tree.name not in self._functions:
            raise _unknown(tree.name, {*self._functions, *_SPECIAL})
        return _called(tree.name, self._functions[tree.name], parts)


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return FLAG
    return TEXT if isinstance(value, str) else NUMBER


def _unknown(name: str, names: Any) -> ExpressionError:
    near = difflib.get_close_matches(name, [known for known in names if known[:1].isalpha()])
    hint_zh = f"相近的有 {'、'.join(near)}。" if near else ""
    hint_en = f" Near to it: {', '.join(near)}." if near else ""
    return ExpressionError(
        f"没有名为 {name} 的事实、参数或函数。{hint_zh}"
        f" There is no fact, parameter or function called {name}.{hint_en}"
    )


def _wrong_kinds(name: str, kinds: Sequence[str], wanted: str) -> ExpressionError:
    got = "、".join(kinds)
    return ExpressionError(
        f"“{name}”不能用于 {got}，应为 {wanted}。"
        f" {name!r} can't be put on {', '.join(kinds)}; it takes {wanted}."
    )


def _facts(parts: Sequence[Term]) -> frozenset[str]:
    return _NOTHING.union(*(part.facts for part in parts))


def _missing(parts: Sequence[Term]) -> Callable[[Row], frozenset[str]]:
    """What keeps the unknown ones among the parts from being known."""

    def missing(row: Row) -> frozenset[str]:
        return _NOTHING.union(*(part.missing(row) for part in parts if part.value(row) is None))

    return missing


def _missing_or_all(parts: Sequence[Term]) -> Callable[[Row], frozenset[str]]:
    """As above; where every part is known and the outcome is not, all of them are to blame."""
    told, everything = _missing(parts), _facts(parts)
    return lambda row: told(row) or everything


def _comparison(sign: str, left: Term, right: Term) -> Term:
    kinds = (left.kind, right.kind)
    if sign == "in":
        if kinds != (TEXT, CODES):
            raise _wrong_kinds(sign, kinds, "text in codes")
        compare: Callable[[Any, Any], Kleene] = lambda a, b: a in b  # noqa: E731
    elif kinds == (SPAN, NUMBER) and sign in ("<=", ">"):
        compare = _at_most if sign == "<=" else _above
    elif left.kind != right.kind or (sign not in ("==", "!=") and left.kind not in _ORDERED):
        raise _wrong_kinds(sign, kinds, "two numbers, two dates, or == / != of one kind")
    else:
        compare = _COMPARE[sign]
    return Term(
        FLAG,
        _of_two(compare, left, right),
        _missing_or_all((left, right)),
        left.facts | right.facts,
    )


def _of_two(call: Callable[[Any, Any], Any], left: Term, right: Term) -> Callable[[Row], Any]:
    """``call`` on two values; not called, and so unknown, where one is unknown.

    The commonest shape, a fact against a parameter, is spared a call: rules are judged by the
    hundred thousand.
    """
    first, second = left.value, right.value
    if right.is_constant:
        fixed = second(())

        def against(row: Row) -> Any:
            x = first(row)
            return None if x is None or fixed is None else call(x, fixed)

        return against

    def both(row: Row) -> Any:
        x = first(row)
        if x is None:
            return None
        y = second(row)
        return None if y is None else call(x, y)

    return both


def _at_most(span: Span, limit: int | Fraction) -> Kleene:
    if span.high <= limit:
        return True
    return False if span.low > limit else None


def _above(span: Span, limit: int | Fraction) -> Kleene:
    at_most = _at_most(span, limit)
    return None if at_most is None else not at_most


def _joined(tree: Call, parts: Sequence[Term]) -> Term:
    kinds = [part.kind for part in parts]
    if set(kinds) != {FLAG}:
        raise _wrong_kinds(tree.name, kinds, "conditions")
    join = _all_of if tree.name == "and" else _any_of
    return Term(FLAG, join([part.value for part in parts]), _missing(parts), _facts(parts))


def _all_of(values: Sequence[Callable[[Row], Kleene]]) -> Callable[[Row], Kleene]:
    """As ``answers.conjunction``, looking no further than it must."""

    def value(row: Row) -> Kleene:
        found: Kleene = True
        for one in values:
            told = one(row)
            if told is False:
                return False
            if told is None:
                found = None
        return found

    return value


def _any_of(values: Sequence[Callable[[Row], Kleene]]) -> Callable[[Row], Kleene]:
    """As ``answers.disjunction``, looking no further than it must."""

    def value(row: Row) -> Kleene:
        found: Kleene = False
        for one in values:
            told = one(row)
            if told is True:
                return True
            if told is None:
                found = None
        return found

    return value


def _negation(tree: Call, parts: Sequence[Term]) -> Term:
    (part,) = parts
    if part.kind != FLAG:
        raise _wrong_kinds("not", [part.kind], "a condition")
    inner = part.value

    def value(row: Row) -> Kleene:
        found = inner(row)
        return None if found is None else not found

    return Term(FLAG, value, part.missing, part.facts)


@lru_cache(1 << 14)
def _quotient(a: int | Fraction, b: int | Fraction) -> int | Fraction | None:
    if b == 0:
        return None
    exact = Fraction(a, b)
    return exact.numerator if exact.denominator == 1 else exact


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _quotient,
}


def _arithmetic(tree: Call, parts: Sequence[Term]) -> Term:
    return _called(tree.name, Function((NUMBER, NUMBER), NUMBER, _ARITHMETIC[tree.name]), parts)


def _given(tree: Call, parts: Sequence[Term]) -> Term:
    """``given(x)``: true where x is known, else unknown; for what must merely be on record."""
    if len(parts) != 1:
        raise _wrong_kinds("given", [part.kind for part in parts], "one value")
    inner = parts[0].value
    return Term(
        FLAG,
        lambda row: None if inner(row) is None else True,
        parts[0].missing,
        parts[0].facts,
    )


def _when(tree: Call, parts: Sequence[Term]) -> Term:
    """``when(condition, x)``: x while the condition holds, else unknown (a stale figure)."""
    if len(parts) != 2 or parts[0].kind != FLAG:
        raise _wrong_kinds("when", [part.kind for part in parts], "a condition and a value")
    condition, inner = parts[0].value, parts[1].value
    return Term(
        parts[1].kind,
        lambda row: inner(row) if condition(row) else None,
        _missing_or_all(parts),
        _facts(parts),
    )


def _first_of(tree: Call, parts: Sequence[Term]) -> Term:
    """``first_of(x, y)``: x where it is known, else y."""
    if len(parts) != 2 or parts[0].kind != parts[1].kind:
        raise _wrong_kinds("first_of", [part.kind for part in parts], "two values of one kind")
    first, second = parts[0].value, parts[1].value

    def value(row: Row) -> Any:
        found = first(row)
        return second(row) if found is None else found

    return Term(parts[0].kind, value, _missing(parts), _facts(parts))


def _called(name: str, function: Function, parts: Sequence[Term]) -> Term:
    kinds = tuple(part.kind for part in parts)
    fits = len(kinds) == len(function.takes) and all(
        wanted in (kind, ANY) for kind, wanted in zip(kinds, function.takes, strict=True)
    )
    if not fits:
        raise _wrong_kinds(name, kinds, ", ".join(function.takes))
    return Term(
        function.gives, _put_on(function.call, parts), _missing_or_all(parts), _facts(parts)
    )


def _put_on(call: Callable[..., Any], parts: Sequence[Term]) -> Callable[[Row], Any]:
    if len(parts) > 2 and parts[-1].is_constant and parts[-1].value(()) is not None:
        fixed = parts[-1].value(())
        return _put_on(lambda *known: call(*known, fixed), parts[:-1])
    if len(parts) == 2:
        return _of_two(call, parts[0], parts[1])
    values = [part.value for part in parts]

    def value(row: Row) -> Any:
        found = []
        for one in values:
            known = one(row)
            if known is None:
                return None
            found.append(known)
        return call(*found)

    return value


_SPECIAL: dict[str, Callable[[Call, Sequence[Term]], Term]] = {
    "and": _joined,
    "or": _joined,
    "not": _negation,
    "+": _arithmetic,
    "-": _arithmetic,
    "*": _arithmetic,
    "/": _arithmetic,
    "given": _given,
    "when": _when,
    "first_of": _first_of,
}
