"""Figures, organisations and relations of a page, each with its quote and its place."""

from chanjiao.engines.text.facts.model import (
    ArticleFacts,
    Facts,
    Figure,
    KnownOrganisation,
    Organisation,
    Relation,
)
from chanjiao.engines.text.facts.pages import article_text, published, read_page
from chanjiao.engines.text.facts.reading import read_facts
from chanjiao.engines.text.facts.records import records

__all__ = [
    "ArticleFacts",
    "Facts",
    "Figure",
    "KnownOrganisation",
    "Organisation",
    "Relation",
    "article_text",
    "published",
    "read_facts",
    "read_page",
    "records",
]
