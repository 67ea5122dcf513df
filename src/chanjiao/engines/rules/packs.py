"""A rule pack: dated rules, dated parameters, the words they use, and where each is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chanjiao.engines.rules.answers import Severity


@dataclass(frozen=True, slots=True)
class Words:
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written and how sure we are: ``read``, ``believed`` or ``default``."""

    text: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a parameter and the days on which it is in force, both included."""

    value: Any
    valid_from: date
    valid_to: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold, list or table. ``tightens`` tells which way is stricter: ``lower``, ``higher``,
    ``fewer`` or ``more``; where it is empty no change counts as stricter.
    """

    name: str
    kind: str
    title: Words
    unit: str
    tightens: str
    values: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One of several conditions of which k must hold."""

    id: str
    title: Words
    holds: str
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """``holds`` (or enough of the ``clauses``) must be true wherever ``applies`` is.

    ``block_if`` makes a rule that otherwise asks for a reason a block where it holds, or where
    that is not known. ``lets`` are named parts that conditions and messages share. ``overlay``
    names the office's overlay that changed the rule, ``is_relaxed`` whether it made it milder.
    """

    id: str
    title: Words
    article: str
    source: Source
    severity: Severity
    valid_from: date
    valid_to: date | None
    message: Words
    remedy: Words
    applies: str = ""
    holds: str = ""
    block_if: str = ""
    region: str = ""
    lets: Mapping[str, str] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    at_least: str = ""
    overlay: str = ""
    is_relaxed: bool = False


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One thing that can be known of a case: its kind and what people call it."""

    name: str
    kind: str
    label: Words


@dataclass(frozen=True, slots=True)
class Pack:
    """``subject`` says of what the facts are; ``facts`` adds to those the subject brings."""

    id: str
    title: Words
    subject: str
    region: str
    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]
    vocabularies: Mapping[str, Mapping[str, Words]]
    facts: tuple[FactSpec, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()

    def label(self, code: str) -> Words:
        for vocabulary in self.vocabularies.values():
            if code in vocabulary:
                return vocabulary[code]
        return Words(code, code)


def in_force(valid_from: date, valid_to: date | None, day: date) -> bool:
    return valid_from <= day and (valid_to is None or day <= valid_to)
