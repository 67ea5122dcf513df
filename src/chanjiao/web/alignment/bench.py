"""What the queue page shows: the line at hand, its suggestions, hits of a search, what follows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.engines.taxonomy import CodeItem, Suggestion
from chanjiao.standards.codebook import code_list
from chanjiao.standards.queries import found_codes
from chanjiao.standards.queue import QueueSource, WaitingLine
from chanjiao.standards.services.alignments import suggestions_for
from chanjiao.web.shared.templatetags.chanjiao import is_english

COMING = 12
HITS = 8
SURE, LIKELY = 0.8, 0.3

# How each method of the aligner is called on the page.
METHODS = {
    "memory": _("历史记忆"),
    "name": _("标准名称"),
    "alias": _("目录别称"),
    "shop": _("车间叫法"),
    "learned": _("全区采用"),
    "model": _("模型"),
    "likeness": _("字面相近"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One code that may be chosen, with its key on the keyboard and why it is offered."""

    key: str
    item: CodeItem
    path: list[CodeItem]
    how: Any
    trust: Any
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Bench:
    """The work at one place of the queue; ``line`` is None where nothing waits there."""

    source: QueueSource
    at: int
    total: int
    line: WaitingLine | None
    offers: list[Offer]
    hits: list[Offer]
    coming: list[tuple[int, WaitingLine]]
    best: float

    @property
    def is_guessing(self) -> bool:
        """None of the suggestions is more than a guess."""
        return bool(self.offers) and self.best < LIKELY / 3

    @property
    def number(self) -> int:
        return self.at + 1


def bench_for(actor: Actor, source: QueueSource, at: int, query: str) -> Bench:
    """Nothing is loaded beyond the next dozen lines; suggestions only for the first of them."""
    total = source.total(actor)
    at = max(0, min(at, total - 1))
    lines = list(source.waiting(actor, at + COMING))[at:]
    line = lines[0] if lines else None
    suggestions = suggestions_for(source.system, [line])[0] if line else []
    return Bench(
        source,
        at,
        total,
        line,
        [_suggested(source, n, each) for n, each in enumerate(suggestions, 1)],
        _hits(actor, source, query),
        [(at + n, each) for n, each in enumerate(lines) if n],
        max((each.score for each in suggestions), default=0.0),
    )


def _suggested(source: QueueSource, number: int, each: Suggestion) -> Offer:
    codes = code_list(source.system)
    reasons = [reason.en if is_english() else reason.zh for reason in each.reasons]
    path = codes.ancestors(each.code)[::-1]
    return Offer(str(number), codes[each.code], path, METHODS[each.method], _trust(each), reasons)


def _hits(actor: Actor, source: QueueSource, query: str) -> list[Offer]:
    """Only codes that a record may carry: those with nothing below them."""
    if not query.strip():
        return []
    codes = code_list(source.system)
    found = found_codes(actor, source.system, query, limit=60, on=clock.today())
    leaves = [(item, text, path) for item, text, path in found if not codes.children(item.code)]
    return [
        Offer("", item, path, _("检索"), "", [text] if text != item.name.lower() else [])
        for item, text, path in leaves[:HITS]
    ]


def _trust(each: Suggestion) -> Any:
    """In words: a percentage would promise more than a model of titles can keep."""
    if each.score >= SURE:
        return _("把握高")
    return _("把握中") if each.score >= LIKELY else _("把握低")
