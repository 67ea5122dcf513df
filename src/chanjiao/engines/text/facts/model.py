"""What a page says, in three shapes, each with its quote and its place; never without.

Offsets count characters of the text that was read: ``text[start:end] == quote``, always. Texts
about organisations give the canonical name as this page or the register has it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

type Qualifier = Literal[
    "exact", "over", "at_least", "about", "nearly", "at_most", "range", "ordinal"
]
type Status = Literal["actual", "planned"]
type Kind = Literal["government", "school", "enterprise", "association", "park", "other"]
type Predicate = Literal[
    "sign",
    "co_build",
    "establish",
    "unveil",
    "found",
    "member_of",
    "award_plaque",
    "order_class",
    "cooperate",
    "plan_establish",
]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts, for whom, when, and whether it is so or meant to be.

    ``value`` is written out: 2.5万人 is 25000 人, 1.2亿元 is 120000000 元, 三分之二 is 2/3 to six
    places. ``upper`` is the end of a range. ``period`` is a year, month or day as far as it is told
    (2022, 2022-06, 2022-06-30, 2022上半年), or the page's own words (近三年, 十四五), else empty.
    ``quote`` is the clause; ``number`` says where in the text the number itself stands.
    """

    article: str
    subject: str
    indicator: str
    value: Decimal
    unit: str
    qualifier: Qualifier
    status: Status
    period: str
    quote: str
    start: int
    end: int
    upper: Decimal | None = None
    number: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body named on the page: every way it is written, and where.

    ``key`` is that of the known organisation it was resolved to, else empty.
    """

    article: str
    canonical: str
    surfaces: tuple[str, ...]
    kind: Kind
    mentions: tuple[tuple[int, int], ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Who did what together: subjects by canonical name, and the thing or body it was done to."""

    article: str
    predicate: Predicate
    subjects: tuple[str, ...]
    object: str
    date: str
    status: Status
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A body of the register as a page may write it; ``key`` is the caller's own."""

    name: str
    kind: Kind = "other"
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    city: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one text says, in the order of the text."""

    figures: tuple[Figure, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """One article of a page: its number on the page (a, b, c …), its repaired text, its facts."""

    article: str
    title: str
    text: str
    facts: Facts
