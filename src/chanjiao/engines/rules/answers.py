"""Three answers to a rule, and how they combine when something is not known."""

import enum
from collections.abc import Iterable
from typing import NamedTuple

Kleene = bool | None  # ``None``: not known


class Answer(enum.StrEnum):
    PASS = "pass"  # noqa: S105  an answer, no secret
    FAIL = "fail"
    CANNOT_JUDGE = "cannot_judge"

    @classmethod
    def of(cls, value: Kleene) -> "Answer":
        """What is not known is never a pass.

        >>> [Answer.of(v).value for v in (True, False, None)]
        ['pass', 'fail', 'cannot_judge']
        """
        if value is None:
            return cls.CANNOT_JUDGE
        return cls.PASS if value else cls.FAIL


class Severity(enum.StrEnum):
    BLOCK = "block"  # 不得、必须: no reason helps
    JUSTIFY = "justify"  # 一般、原则上: a written reason is kept and reported


class Span(NamedTuple):
    """A whole number known only to lie between two others, both included."""

    low: int
    high: int


def conjunction(values: Iterable[Kleene]) -> Kleene:
    """False as soon as one is false; else unknown as soon as one is unknown.

    >>> conjunction([True, None, False]), conjunction([True, None]), conjunction([])
    (False, None, True)
    """
    found: Kleene = True
    for value in values:
        if value is False:
            return False
        if value is None:
            found = None
    return found


def disjunction(values: Iterable[Kleene]) -> Kleene:
    """True as soon as one is true; else unknown as soon as one is unknown.

    >>> disjunction([False, None, True]), disjunction([False, None]), disjunction([])
    (True, None, False)
    """
    found: Kleene = False
    for value in values:
        if value is True:
            return True
        if value is None:
            found = None
    return found


def at_least(wanted: int, values: Iterable[Kleene]) -> Kleene:
    """Whether ``wanted`` of them hold, known as soon as the open ones can't change it.

    >>> at_least(2, [True, True, None]), at_least(2, [True, None]), at_least(2, [True, False])
    (True, None, False)
    """
    values = list(values)
    sure = sum(value is True for value in values)
    if sure >= wanted:
        return True
    return None if sure + sum(value is None for value in values) >= wanted else False
