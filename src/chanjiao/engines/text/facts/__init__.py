"""Figures, organisations and relations of a page, each with its quote and its place."""

from chanjiao.engines.text.facts.model import (
    ArticleFacts,
    Facts,
    Figure,
    KnownOrganisation,
    Organisation,
    Relation,
)
from chanjiao.engines.text.facts.pages import (
    article_text,
    letter,
    published,
    read_article,
    read_page,
    with_brands,
)
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
    "letter",
    "published",
    "read_article",
    "read_facts",
    "read_page",
    "records",
    "with_brands",
]
