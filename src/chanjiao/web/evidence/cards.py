"""What the desk shows of each statement: what it says, what it lacks, what may be done."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chanjiao.evidence import contents
from chanjiao.evidence.choices import (
    TAKEN,
    BodyKind,
    Predicate,
    StatementKind,
    StatementState,
    Told,
)
from chanjiao.evidence.models import Statement
from chanjiao.evidence.services.statements import why_not_reported


@dataclass(frozen=True, slots=True)
class Card:
    """One statement; ``lacks`` are words, ``misfit`` why it is no self-reported value.

    ``said_before`` is what the engine had read where a person has corrected it.
    """

    statement: Statement
    lacks: list[Any]
    amount: str
    label: Any
    is_planned: bool
    misfit: str
    said_before: str
    decision: Any

    @property
    def is_value(self) -> bool:
        return self.statement.kind == StatementKind.FIGURE and not self.misfit


def card_of(statement: Statement) -> Card:
    kind, content = statement.kind, statement.content
    is_resolved = statement.organisation_id is not None
    if kind == StatementKind.RELATION:  # all parties count, which the score knows
        whole = contents.score(kind, content, is_resolved=True)
        is_resolved = statement.score >= whole
    lacks = [one.label for one in contents.lacks(kind, content, is_resolved=is_resolved)]
    return Card(
        statement, lacks, contents.amount(content) if kind == StatementKind.FIGURE else "",
        _label(kind, content), content.get("status") == Told.PLANNED,
        why_not_reported(statement), _said_before(statement), _last_decision(statement),
    )  # fmt: skip


def cards_of(statements: Iterable[Statement]) -> list[Card]:
    return [card_of(one) for one in statements]


def counts(states: Iterable[str]) -> dict[str, int]:
    """How many statements wait, were taken and were rejected, from their states."""
    held = Counter(states)
    return {
        "all": held.total(),
        "waiting": held[StatementState.PROPOSED],
        "taken": sum(held[state] for state in TAKEN),
        "rejected": held[StatementState.REJECTED],
    }


def _said_before(statement: Statement) -> str:
    if statement.content == statement.proposed:
        return ""
    return contents.summary(statement.kind, statement.proposed)


def _last_decision(statement: Statement) -> Any:
    """Who decided, where the statement is not open again."""
    if statement.state == StatementState.PROPOSED:
        return None
    return max(statement.decisions.all(), key=lambda one: one.number, default=None)


def _label(kind: str, content: Any) -> Any:
    if kind == StatementKind.ORGANISATION:
        return BodyKind(content["kind"]).label
    if kind == StatementKind.RELATION:
        return Predicate(content["predicate"]).label
    return StatementKind.FIGURE.label
