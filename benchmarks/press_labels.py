"""Labelled press pages and how close a reading comes to them.

A page is a text file in ``press/tuned`` or ``press/held``: articles after ``== a``, then what they
say. Figures: number as written | value (low..high) | unit | what it counts | whose | qualifier |
status | period, empty for exact, actual and none. Organisations: name | kind | ways of writing.
Relations: predicate | subjects | object | date | status.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent / "press"
SAME = 0.6


@dataclass
class GoldFigure:
    surface: str
    value: Decimal
    upper: Decimal | None
    unit: str
    indicator: str
    subject: str
    qualifier: str
    status: str
    period: str
    start: int = -1
    end: int = -1


@dataclass
class GoldArticle:
    page: str
    name: str
    published: date
    text: str = ""
    figures: list[GoldFigure] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    organisations: list[tuple[str, str, list[str]]] = field(default_factory=list)
    relations: list[tuple[str, list[str], str, str, str]] = field(default_factory=list)


def articles(half: str) -> list[GoldArticle]:
    """All labelled articles of one half, "tuned" or "held"."""
    return [one for path in sorted((HERE / half).glob("*.txt")) for one in _read(path)]


def whole_pages(half: str) -> Iterator[tuple[str, str, int]]:
    """Name, text and number of articles of the pages as a reader gets them."""
    for path in sorted((HERE / half).glob("*.txt")):
        parts = dict(_parts(path))
        count = sum(1 for name in parts if re.fullmatch("[a-z]", name))
        yield path.stem, parts.get("page") or parts["a"], count


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    pieces = re.split(r"(?m)^== (.+)$", path.read_text("utf-8"))
    yield "head", pieces[0]
    yield from (
        (name, body.strip("\n")) for name, body in zip(pieces[1::2], pieces[2::2], strict=True)
    )


def _read(path: Path) -> Iterator[GoldArticle]:
    parts = list(_parts(path))
    published = date.fromisoformat(parts[0][1].split("published:")[1].strip())
    found: list[GoldArticle] = []
    for name, body in parts[1:]:
        if re.fullmatch("[a-z]", name):
            found.append(GoldArticle(path.stem, name, published, body))
        elif name != "page":
            _told(found[-1], name, [line.split("|") for line in body.split("\n") if line])
    yield from found


def _told(article: GoldArticle, name: str, lines: list[list[str]]) -> None:
    """One block of labels put into the article before it."""
    if name == "figures":
        article.figures = list(_placed([_figure(*line) for line in lines], article.text))
    elif name == "traps":
        article.traps = [line[0] for line in lines]
    elif name == "organisations":
        article.organisations = [(name, kind, ways.split(";")) for name, kind, ways in lines]
    else:
        article.relations = [
            (predicate, [s for s in subjects.split(";") if s], *rest)
            for predicate, subjects, *rest in lines
        ]


def _figure(*cells: str) -> GoldFigure:
    surface, value, unit, indicator, subject, qualifier, status, period = cells
    low, _, high = value.partition("..")
    return GoldFigure(
        surface,
        Decimal(low),
        Decimal(high) if high else None,
        unit,
        indicator,
        subject,
        qualifier or "exact",
        status or "actual",
        period,
    )


def _placed(figures: list[GoldFigure], text: str) -> Iterator[GoldFigure]:
    at = 0
    for one in figures:
        one.start = text.find(one.surface, at)
        if one.start < 0:
            raise ValueError(f"{one.surface} after {at} in {text[:20]}")
        at = one.end = one.start + len(one.surface)
        yield one


@dataclass
class Score:
    """Right, found and wanted; precision, recall and their harmonic mean."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.found + self.wanted)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        counts = f"({self.right}/{self.found}/{self.wanted})"
        return f"F1 {self.f1:.3f}  P {precision:.3f}  R {recall:.3f}  {counts}"


def alike(one: str, other: str) -> bool:
    """One indicator holds the other, or three fifths of their characters are common."""
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return a == b
    if (a in b or b in a) and min(len(a), len(b)) >= 2:
        return True
    common = sum(min(a.count(c), b.count(c)) for c in set(a))
    return 2 * common / (len(a) + len(b)) >= SAME


def _bare(text: str) -> str:
    text = re.sub(r"[“”‘’（）()、，的了]", "", text)
    return re.sub(r"(?:总数|数量|数)$", "", text)


def same_period(one: str, other: str) -> bool:
    return one.replace("年", "") == other.replace("年", "")


LAYERS = ("value+unit", "+ indicator", "+ qualifier, status", "+ subject", "full tuple")


def figure_layers(gold: GoldFigure, found) -> int:  # noqa: ANN001
    """How many layers of the label a found figure at its place has right."""
    tests = (
        found.value == gold.value and found.upper == gold.upper and found.unit == gold.unit,
        alike(found.indicator, gold.indicator),
        found.qualifier == gold.qualifier and found.status == gold.status,
        same_subject(found.subject, gold.subject),
        same_period(found.period, gold.period),
    )
    for count, is_right in enumerate(tests):
        if not is_right:
            return count
    return len(tests)


def same_subject(one: str, other: str) -> bool:
    a, b = (re.sub(r"[“”]", "", x) for x in (one, other))
    return a == b or (bool(a and b) and set(a.split("、")) == set(b.split("、")))


def overlapping(gold: GoldFigure, found: Iterable) -> list:
    return [one for one in found if one.number[0] < gold.end and gold.start < one.number[1]]


def same_relation(gold: tuple[str, list[str], str, str, str], found) -> bool:  # noqa: ANN001
    """Predicate equal, half of all parties common, and the object alike where one is told."""
    predicate, subjects, target, _, _ = gold
    if found.predicate != predicate:
        return False
    if target and not alike(found.object, target):
        return False
    wanted, told = set(subjects), set(found.subjects)
    return not wanted or 2 * len(wanted & told) >= len(wanted | told)
