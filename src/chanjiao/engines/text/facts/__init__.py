"""Figures, organisations and relations of a page, each with its quote and its place.

The way in will be ``read_facts(text, *, published_on=None, known=()) -> Facts`` for one text and
``read_page(text, …) -> list[ArticleFacts]`` for a whole page with repair and layout.
"""

from chanjiao.engines.text.facts.model import (
    ArticleFacts,
    Facts,
    Figure,
    KnownOrganisation,
    Organisation,
    Relation,
)

__all__ = [
    "ArticleFacts",
    "Facts",
    "Figure",
    "KnownOrganisation",
    "Organisation",
    "Relation",
]
