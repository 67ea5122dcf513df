"""Metrics: what can be counted, by name, from the rows that stand behind the figure.

An app's ``metrics.py`` says which rows a figure looks at and which of them are its numerator and
its denominator; whoever needs the figure asks here by name. Every row of the population falls
into exactly one part: numerator, denominator only, or outside. Lists of metrics are named in
``CHANJIAO_METRICS``; indicator books declare further ones over fact tables (``measurement``).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Expression, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils.module_loading import import_string

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role

NUMERATOR, DENOMINATOR, OUTSIDE = 1, 2, 3
ALL = Q(pk__isnull=False)
Amount = str | Expression | F
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The year a figure is about, and the day as of which it is counted."""

    year: int
    as_of: date


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted for somebody; tallies of parts add up to that of the whole.

    ``rows`` are those that count at all: the denominator's, or for a plain count all looked at.
    ``numerator`` is ``None`` where there is no such row: missing stays missing and is no 0.
    ``marks`` are further counts among the rows, such as how many were typed by hand. ``shares``
    holds both sides of two compositions by category, for metrics that compare them.
    """

    numerator: Number | None = None
    denominator: Number | None = None
    rows: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, tuple[Number, Number]] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        marks = {k: self.marks.get(k, 0) + other.marks.get(k, 0)
                 for k in {**self.marks, **other.marks}}  # fmt: skip
        shares = dict(self.shares)
        for category, (one, two) in other.shares.items():
            first, second = shares.get(category, (0, 0))
            shares[category] = (first + one, second + two)
        return Tally(
            _sum(self.numerator, other.numerator), _sum(self.denominator, other.denominator),
            self.rows + other.rows, marks, shares,
        )  # fmt: skip

    @property
    def value(self) -> float | None:
        """The ratio (or, without a denominator, the count); ``None`` where nothing is known.

        >>> Tally(27, 31, 31).value, Tally(5, None, 5).value, Tally().value, Tally(0, 0, 0).value
        (0.8709677419354839, 5.0, None, None)
        """
        done = self.overlap() if self.shares else self
        if done.numerator is None:
            return None
        if done.denominator is None:
            return float(done.numerator)
        return float(done.numerator) / float(done.denominator) if done.denominator else None

    def overlap(self) -> "Tally":
        """How alike two compositions are, as a ratio of whole numbers.

        1 − ½ Σ|a/A − b/B| is Σ min(a·B, b·A) / (A·B).

        >>> made = Tally(shares={"x": (3, 10), "y": (1, 30)}).overlap()
        >>> made.numerator, made.denominator
        (80, 160)
        """
        first = sum((one for one, _two in self.shares.values()), start=0)
        second = sum((two for _one, two in self.shares.values()), start=0)
        if not first or not second:
            return replace(self, numerator=None, denominator=None)
        common = sum(min(one * second, two * first) for one, two in self.shares.values())
        return replace(self, numerator=common, denominator=first * second)


def _sum(one: Number | None, two: Number | None) -> Number | None:
    if one is None or two is None:
        return two if one is None else one
    return one + two


@dataclass(frozen=True, slots=True)
class Metric:
    """One countable thing. ``rows`` gives the population; the parts are conditions on its rows.

    ``denominator`` is ``None`` for a plain count. Without an amount rows are counted, or what
    differs in ``key``; ``amount`` (and ``amount_below``, where the denominator sums another
    column) name what is summed. ``body`` is the path from a row to whose it is. Metrics with
    the same ``base`` look at the same rows and are counted in one pass. ``visible_to`` gives the
    rows that a reader may open one by one, ``row_url`` where one of them is shown.
    """

    name: str
    title: Words
    definition: Words
    unit: str
    owner: Role
    rows: Callable[[Moment], QuerySet[Any]]
    numerator: Callable[[Moment], Q]
    denominator: Callable[[Moment], Q] | None = None
    body: str = "organisation"
    key: str = ""
    amount: Amount | None = None
    amount_below: Amount | None = None
    caveat: Words = Words("", "")
    thing: str = ""
    visible_to: Callable[[Actor], QuerySet[Any]] | None = None
    row_url: Callable[[Any], str] | None = None
    base: Hashable = None
    marks: Mapping[str, Q] = field(default_factory=dict)
    category: str = ""
    """A column by which numerator and denominator are two compositions to be compared."""

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None


@cache
def registered() -> Mapping[str, Metric]:
    """All metrics of the apps by name, in the order of the settings."""
    found: dict[str, Metric] = {}
    for path in settings.CHANJIAO_METRICS:
        for metric in import_string(path):
            if metric.name in found:
                raise LookupError(f"metric {metric.name!r} is registered twice")
            found[metric.name] = metric
    return found


def tally(metric: Metric, moment: Moment, bodies: Iterable[int] | None = None) -> Tally:
    """One figure for some bodies together, or for everybody."""
    by_body = tallies([metric], moment)[metric.name]
    wanted = by_body.keys() if bodies is None else by_body.keys() & set(bodies)
    whole = sum((by_body[body] for body in sorted(wanted)), start=Tally())
    return whole.overlap() if metric.category else whole


def tallies(metrics: Sequence[Metric], moment: Moment) -> dict[str, dict[int, Tally]]:
    """Metric → body → its tally; metrics on the same rows share one pass over them.

    Bodies without any row that counts are not there. Compositions are left open (``shares``),
    so that the tallies of several bodies can be added up before they are compared.
    """
    found: dict[str, dict[int, Tally]] = {metric.name: {} for metric in metrics}
    passes: dict[Hashable, list[Metric]] = {}
    for metric in metrics:
        if metric.category:
            found[metric.name] = _compositions(metric, moment)
        else:
            base = (metric.base, metric.body) if metric.base is not None else metric.name
            passes.setdefault(base, []).append(metric)
    for together in passes.values():
        for body, made in _one_pass(together, moment):
            for metric, one in zip(together, made, strict=True):
                if one.rows:
                    found[metric.name][body] = one
    return found


def _one_pass(metrics: Sequence[Metric], moment: Moment) -> Iterable[tuple[int, list[Tally]]]:
    """Every count of every metric as one conditional aggregate of one query."""
    wanted: dict[str, Any] = {}
    for number, metric in enumerate(metrics):
        parts = _parts(metric, moment)
        wanted[f"n{number}"] = _measure(metric, metric.amount, parts[0])
        if parts[1] is not None:
            below = metric.amount_below or metric.amount
            wanted[f"d{number}"] = _measure(metric, below, parts[1])
        # A plain count of none is a 0 as long as there is a population to count in.
        counting = parts[1] if parts[1] is not None else Q()
        wanted[f"r{number}"] = Count("pk", filter=counting)
        for mark, condition in metric.marks.items():
            wanted[f"m{number}_{mark}"] = Count("pk", filter=counting & condition)
    rows = metrics[0].rows(moment).order_by()
    grouped = rows.values(_body=F(metrics[0].body)).annotate(**wanted)
    for row in grouped:
        if row["_body"] is not None:
            yield row["_body"], [_read(row, number, one) for number, one in enumerate(metrics)]


def _read(row: Mapping[str, Any], number: int, metric: Metric) -> Tally:
    rows = row[f"r{number}"]
    if not rows:
        return Tally()
    below = (row[f"d{number}"] or 0) if metric.is_ratio else None
    marks = {mark: row[f"m{number}_{mark}"] for mark in metric.marks}
    return Tally(_whole(row[f"n{number}"] or 0), _whole(below), rows, marks)


def _whole(value: Any) -> Any:
    """A sum without a fraction is the same whole number on every database."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


def _measure(metric: Metric, amount: Amount | None, condition: Q) -> Any:
    if amount is not None:
        return Sum(amount, filter=condition)
    if metric.key:
        return Count(metric.key, filter=condition, distinct=True)
    return Count("pk", filter=condition)


def _parts(metric: Metric, moment: Moment) -> tuple[Q, Q | None]:
    """The numerator, and all of the denominator (of which the numerator is a part)."""
    above = metric.numerator(moment) or ALL
    if metric.denominator is None:
        return above, None
    below = metric.denominator(moment) or ALL
    return above & below, below


def _compositions(metric: Metric, moment: Moment) -> dict[int, Tally]:
    """Both sides of a comparison by body and category; numerator and denominator are the sides."""
    if metric.denominator is None:
        raise LookupError(f"metric {metric.name!r} compares two compositions and names one")
    sides = (metric.numerator(moment), metric.denominator(moment))
    wanted = {f"side{n}": _measure(metric, metric.amount, side) for n, side in enumerate(sides)}
    wanted |= {"counted": Count("pk", filter=sides[0] | sides[1])}
    for mark, condition in metric.marks.items():
        wanted[f"m_{mark}"] = Count("pk", filter=(sides[0] | sides[1]) & condition)
    rows = metric.rows(moment).order_by()
    found: dict[int, Tally] = {}
    for row in rows.values(_body=F(metric.body), _by=F(metric.category)).annotate(**wanted):
        if row["_body"] is None or not row["counted"]:
            continue
        pair = (_whole(row["side0"] or 0), _whole(row["side1"] or 0))
        marks = {mark: row[f"m_{mark}"] for mark in metric.marks}
        one = Tally(rows=row["counted"], marks=marks, shares={str(row["_by"]): pair})
        found[row["_body"]] = found.get(row["_body"], Tally()) + one
    return found


# ------------------------------------------------------------------------------------- lineage


@dataclass(frozen=True, slots=True)
class Lineage:
    """The rows of a figure in three parts that never overlap and together are the population."""

    numerator: QuerySet[Any]
    denominator_only: QuerySet[Any]
    outside: QuerySet[Any]

    def counts(self) -> tuple[int, int, int]:
        return self.numerator.count(), self.denominator_only.count(), self.outside.count()


def parted(metric: Metric, moment: Moment, bodies: Iterable[int] | None = None) -> QuerySet[Any]:
    """The population with the ``part`` of each row: 1 numerator, 2 denominator only, 3 outside.

    The database decides the part in one expression, so each row has exactly one.
    """
    above, below = _parts(metric, moment)
    if metric.category:  # the sides are two compositions, neither a part of the other
        above = metric.numerator(moment) or ALL
        below = (metric.denominator or metric.numerator)(moment) or ALL
    cases = [When(above, then=Value(NUMERATOR))]
    if below is not None:
        cases.append(When(below, then=Value(DENOMINATOR)))
    rows = metric.rows(moment)
    if bodies is not None:
        rows = rows.filter(**{f"{metric.body}__in": sorted(bodies)})
    return rows.annotate(part=Case(*cases, default=Value(OUTSIDE), output_field=IntegerField()))


def lineage(metric: Metric, moment: Moment, bodies: Iterable[int] | None = None) -> Lineage:
    """All rows behind a figure, whoever may see them; pages ask :func:`opened`."""
    rows = parted(metric, moment, bodies)
    return Lineage(*(rows.filter(part=part) for part in (NUMERATOR, DENOMINATOR, OUTSIDE)))


def opened(
    actor: Actor, metric: Metric, moment: Moment, bodies: Iterable[int] | None = None
) -> QuerySet[Any]:
    """The rows behind a figure that this reader may open one by one, with their part."""
    rows = parted(metric, moment, bodies)
    if metric.visible_to is None or not metric.thing or not actor.may(metric.thing):
        return rows.none()
    return rows.filter(pk__in=metric.visible_to(actor).order_by().values("pk"))
