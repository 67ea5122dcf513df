"""From one text to its facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chanjiao.engines.text.facts.context import context
from chanjiao.engines.text.facts.figures import figures
from chanjiao.engines.text.facts.model import Facts, KnownOrganisation
from chanjiao.engines.text.facts.organisations import organisations
from chanjiao.engines.text.facts.pieces import joined, pieces
from chanjiao.engines.text.facts.relations import Relations
from chanjiao.engines.text.facts.widening import widened


def read_facts(
    text: str,
    *,
    published_on: date | None = None,
    known: Sequence[KnownOrganisation] = (),
    article: str = "a",
) -> Facts:
    """Figures, organisations and relations of one repaired text, each with quote and offsets.

    去年 and 今年 count from ``published_on``; without it they stay as they stand. Names are
    resolved to ``known`` by name, alias and short form.

    >>> text = "去年，海城职业学院为企业培训职工3200余人次。"
    >>> one = read_facts(text, published_on=date(2024, 5, 1)).figures[0]
    >>> one.subject, one.indicator, int(one.value), one.unit, one.qualifier, one.period
    ('海城职业学院', '培训职工人次', 3200, '人次', 'over', '2023')
    """
    told = [(at, _piece(piece, published_on, known, article)) for at, piece in pieces(text)]
    return joined(told)


def _piece(
    text: str, published_on: date | None, known: Sequence[KnownOrganisation], article: str
) -> Facts:
    wide = widened(text)
    read = context(wide, article, published_on, known)
    facts = Facts(
        tuple(sorted(figures(read), key=lambda figure: figure.number)),
        tuple(organisations(read.mentions, read.keys, article)),
        tuple(Relations(read).all()),
    )
    return facts if wide == text else _as_written(facts, text)


def _as_written(facts: Facts, text: str) -> Facts:
    """Quotes and names as they stand in the text, which was read with wide punctuation."""
    return Facts(
        tuple(replace(f, quote=text[f.start : f.end]) for f in facts.figures),
        tuple(
            replace(o, surfaces=tuple(dict.fromkeys(text[a:b] for a, b in o.mentions)))
            for o in facts.organisations
        ),
        tuple(replace(r, quote=text[r.start : r.end]) for r in facts.relations),
    )
