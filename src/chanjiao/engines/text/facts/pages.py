"""From a page as it was copied to the facts of each of its articles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from chanjiao.engines.text.brands import Institution
from chanjiao.engines.text.facts.model import ArticleFacts, Facts, Figure, KnownOrganisation
from chanjiao.engines.text.facts.reading import read_facts
from chanjiao.engines.text.layout import Article, layout
from chanjiao.engines.text.model import Flag
from chanjiao.engines.text.repair import repair

DAY = r"(20\d{2})\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?([12]\d|3[01]|0?[1-9])"
TOLD = re.compile(rf"(?:发布(?:时间|日期|于)|时间|日期|来源|更新)[^\d\n]{{0,20}}{DAY}")
ALONE = re.compile(rf"(?m)^[^。；\n]{{0,24}}?{DAY}\s?日?[^。；\n]{{0,24}}$")


def read_page(
    text: str, *, published_on: date | None = None, known: Sequence[KnownOrganisation] = ()
) -> list[ArticleFacts]:
    """Repair a page, part it into articles and read each; offsets count in the article's text.

    The day of publication is looked for on the page unless it is given. A name that an
    advertiser's brand has replaced stands for the known organisation that the page points to.

    >>> [a.article for a in read_page("海城职业学院今年招生3000人。")]
    ['a']
    """
    repaired = repair(text, [_institution(body) for body in known])
    day = published_on or published(repaired.text)
    bodies = with_brands(known, repaired.flags)
    found: list[ArticleFacts] = []
    for part in layout(repaired.text):
        if article_text(part).strip():
            name = letter(len(found))
            found.append(read_article(part, name, published_on=day, known=bodies))
    return found


def read_article(
    part: Article,
    name: str,
    *,
    published_on: date | None = None,
    known: Sequence[KnownOrganisation] = (),
) -> ArticleFacts:
    """Read one article of a repaired page; a figure of title and body counts once."""
    told = article_text(part)
    facts = read_facts(told, published_on=published_on, known=known, article=name)
    return ArticleFacts(name, part.title, told, _said_once(facts, len(part.title)))


def article_text(article: Article) -> str:
    """Title and body of an article, a line for each paragraph: what offsets count in."""
    return "\n".join(part for part in (article.title, article.body) if part)


def letter(number: int) -> str:
    """Name of an article by its number on the page.

    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("a") + rest) + name
    return name


def published(text: str) -> date | None:
    """The day a page says it was published: behind such a word, else alone on a short line."""
    for pattern in (TOLD, ALONE):
        for found in pattern.finditer(text):
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None


def _said_once(facts: Facts, title_end: int) -> Facts:
    """A figure of the title counts where the body tells it; the title alone may tell it too."""
    body = {(f.value, f.unit) for f in facts.figures if f.start >= title_end}
    return replace(facts, figures=tuple(_kept(facts.figures, title_end, body)))


def _kept(
    figures: Sequence[Figure], title_end: int, body: set[tuple[Decimal, str]]
) -> Iterator[Figure]:
    for figure in figures:
        if figure.start >= title_end or (figure.value, figure.unit) not in body:
            yield figure


def _institution(body: KnownOrganisation) -> Institution:
    return Institution(body.name, body.city, body.domains, body.aliases)


def with_brands(
    known: Sequence[KnownOrganisation], flags: Sequence[Flag]
) -> list[KnownOrganisation]:
    """The register in which a body also goes by the brand that stands in its place."""
    brands: dict[str, set[str]] = {}
    for flag in flags:
        if flag.kind == "brand" and flag.candidates:
            brands.setdefault(flag.candidates[0], set()).add(flag.quote)
    return [
        replace(body, aliases=(*body.aliases, *sorted(brands[body.name])))
        if body.name in brands
        else body
        for body in known
    ]
