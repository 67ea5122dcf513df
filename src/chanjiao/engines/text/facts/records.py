"""Facts as plain dictionaries for machines: the shape that ``chanjiao text facts`` prints."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from chanjiao.engines.text.facts.model import ArticleFacts, Figure, Organisation, Relation


def records(articles: list[ArticleFacts]) -> Iterator[dict[str, Any]]:
    """One dictionary for each fact, organisation and relation, article by article."""
    for one in articles:
        yield from (_figure(figure) for figure in one.facts.figures)
        yield from (_organisation(body) for body in one.facts.organisations)
        yield from (_relation(relation) for relation in one.facts.relations)


def _figure(one: Figure) -> dict[str, Any]:
    record: dict[str, Any] = {
        "article": one.article,
        "type": "fact",
        "subject": one.subject,
        "indicator": one.indicator,
        "value": number(one.value),
        "unit": one.unit,
        "qualifier": one.qualifier,
        "status": one.status,
        "period": one.period,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
    }
    if one.upper is not None:
        record["upper"] = number(one.upper)
    return record


def _organisation(one: Organisation) -> dict[str, Any]:
    record: dict[str, Any] = {
        "article": one.article,
        "type": "org",
        "canonical": one.canonical,
        "surfaces": list(one.surfaces),
        "kind": one.kind,
        "mentions": [list(span) for span in one.mentions],
    }
    if one.key:
        record["key"] = one.key
    return record


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "article": one.article,
        "type": "relation",
        "predicate": one.predicate,
        "subjects": list(one.subjects),
        "object": one.object,
        "date": one.date,
        "status": one.status,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
    }


def number(value: Decimal) -> int | float:
    """A number as JSON has it: whole where it is whole.

    >>> number(Decimal("32000.0")), number(Decimal("21.40"))
    (32000, 21.4)
    """
    whole = value == value.to_integral_value()
    return int(value) if whole else float(value)
