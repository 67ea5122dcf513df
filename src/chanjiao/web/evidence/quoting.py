"""A quote within the words around it, as an item's page shows it."""

from dataclasses import dataclass
from typing import Any

from chanjiao.evidence.choices import StatementKind

AROUND = 40


@dataclass(frozen=True, slots=True)
class Quote:
    """``before`` and ``after`` are a few words of the same paragraph."""

    statement: Any
    before: str
    text: str
    after: str
    value: Any


def quote_of(statement: Any) -> Quote:
    text, start, end = statement.article.text, statement.start, statement.end
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    close = text.find("\n", end)
    high = min(len(text) if close < 0 else close, end + AROUND)
    value = getattr(statement, "reported", None)
    is_figure = statement.kind == StatementKind.FIGURE
    return Quote(
        statement,
        ("…" if text[low - 1 : low] not in ("", "\n") else "") + text[low:start],
        text[start:end],
        text[end:high] + ("…" if text[high : high + 1] not in ("", "\n") else ""),
        value if is_figure else None,
    )
