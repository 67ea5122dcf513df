"""Conditions as text, turned into a tree; nothing of Python is ever run.

Grammar, loosest first: ``or``, ``and``, ``not``, one comparison (``== != < <= > >= in``),
``+ -``, ``*  /``, then numbers, 'texts', names, calls and brackets.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from chanjiao.engines.rules.faults import shown

COMPARISONS = ("==", "!=", "<=", ">=", "<", ">", "in")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,30}(?:\.\d{1,30})?)|(?P<name>[A-Za-z_]\w*)|'(?P<text>[^']*)'"
    r"|(?P<sign>==|!=|<=|>=|[<>()+\-*/,]))",
    re.ASCII,
)
_DEEPEST = 40


class ExpressionError(ValueError):
    """A condition that can't be read; the message is in both languages."""


@dataclass(frozen=True, slots=True)
class Value:
    value: int | Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, a comparison, an arithmetic sign or a joining word with what it is put on."""

    name: str
    parts: tuple["Tree", ...]


Tree = Value | Name | Call
_Part = Callable[[int], Tree]


def parse(text: str) -> Tree:
    """The tree of one condition; raises ExpressionError naming the place that can't be read.

    >>> parse("age < 18 and not filed")
    Call(name='and', parts=(Call(name='<', parts=(Name(name='age'), Value(value=18))),
                            Call(name='not', parts=(Name(name='filed'),))))
    """
    reader = _Reader(text)
    tree = reader.either(0)
    if reader.token is not None:
        reader.refuse()
    return tree


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise ExpressionError(
                f"条件“{shown(text)}”第 {place + 1} 个字符起读不懂。"
                f" Cannot read the condition {shown(text)!r} from character {place + 1} on."
            )
        kind = match.lastgroup or "sign"
        found.append((kind, match.group(kind), match.start(kind)))
        place = match.end()
    return found


class _Reader:
    """Recursive descent; the depth is bounded, so that no text can exhaust the stack."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0

    @property
    def token(self) -> tuple[str, str, int] | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def refuse(self) -> None:
        token = self.token
        where = f"在“{token[1]}”（第 {token[2] + 1} 个字符）处" if token else "末尾"
        en = f"at {token[1]!r} (character {token[2] + 1})" if token else "at its end"
        raise ExpressionError(
            f"条件“{shown(self._text)}”{where}读不懂。"
            f" The condition {shown(self._text)!r} can't be read {en}."
        )

    def take(self, *wanted: str) -> str | None:
        """The next token when it is one of those signs or words; texts in quotes never are."""
        token = self.token
        if token is None or token[0] == "text" or token[1] not in wanted:
            return None
        self._next += 1
        return token[1]

    def must(self, wanted: str) -> None:
        if self.take(wanted) is None:
            self.refuse()

    def either(self, depth: int) -> Tree:
        if depth > _DEEPEST:
            self.refuse()
        return self._joined("or", self._both, depth)

    def _both(self, depth: int) -> Tree:
        return self._joined("and", self._negated, depth)

    def _joined(self, word: str, part: _Part, depth: int) -> Tree:
        parts = [part(depth)]
        while self.take(word):
            parts.append(part(depth))
        return parts[0] if len(parts) == 1 else Call(word, tuple(parts))

    def _negated(self, depth: int) -> Tree:
        negations = 0
        while self.take("not"):
            negations += 1
        tree = self._compared(depth)
        return Call("not", (tree,)) if negations % 2 else tree

    def _compared(self, depth: int) -> Tree:
        left = self._sum(depth)
        sign = self.take(*COMPARISONS)
        return Call(sign, (left, self._sum(depth))) if sign else left

    def _sum(self, depth: int) -> Tree:
        return self._chained(("+", "-"), self._product, depth)

    def _product(self, depth: int) -> Tree:
        return self._chained(("*", "/"), self._atom, depth)

    def _chained(self, signs: tuple[str, ...], part: _Part, depth: int) -> Tree:
        tree = part(depth)
        while sign := self.take(*signs):
            tree = Call(sign, (tree, part(depth)))
        return tree

    def _atom(self, depth: int) -> Tree:
        if self.take("("):
            tree = self.either(depth + 1)
            self.must(")")
            return tree
        token = self.token
        if token is None or token[0] == "sign" or token[1] in ("and", "or", "not", "in"):
            self.refuse()
        assert token is not None
        self._next += 1
        kind, word, _ = token
        if kind == "text":
            return Value(word)
        if kind == "number":
            return Value(number_of(word))
        return self._named(word, depth)

    def _named(self, word: str, depth: int) -> Tree:
        if word in ("true", "false"):
            return Value(word == "true")
        if not self.take("("):
            return Name(word)
        parts: list[Tree] = []
        while not self.take(")"):
            if parts:
                self.must(",")
            parts.append(self.either(depth + 1))
        return Call(word, tuple(parts))


def number_of(text: str) -> int | Fraction:
    """An exact number, whole where it is whole.

    >>> number_of("0.80"), number_of("3.0")
    (Fraction(4, 5), 3)
    """
    exact = Fraction(text)
    return exact.numerator if exact.denominator == 1 else exact
