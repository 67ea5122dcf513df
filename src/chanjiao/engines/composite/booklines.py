"""The lines of a book: words, parameters with their days, indicators, and what is in doubt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.marked import Marked
from chanjiao.engines.composite.scales import Curve, Scale

ORIGINS = ("S", "A", "P")
INDICATOR_FIELDS = (
    "code", "parent", "zh", "en", "metric", "unit", "direction", "goalposts", "band", "weight",
    "transform", "alternatives", "evidence", "origin", "definition", "caveat", "min_n", "owner",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages; English falls back to Chinese."""

    zh: str
    en: str


def words_of(entry: Marked) -> Words:
    zh, en = entry.need("zh").text(), entry.get("en")
    return Words(zh, en.text() if en else zh)


def day(entry: Marked) -> date:
    """A day as YYYY-MM-DD."""
    if isinstance(entry.value, date) and not isinstance(entry.value, datetime):
        return entry.value
    try:
        return date.fromisoformat(entry.text())
    except ValueError:
        raise entry.refuse("须为 YYYY-MM-DD 的日期。", "must be a day as YYYY-MM-DD.") from None


def anchored[T](entry: Marked, make: Callable[[], T]) -> T:
    """What ``make`` makes; a refusal without a line gets that of the entry."""
    try:
        return make()
    except Refused as fault:
        if fault.line is not None:
            raise
        raise entry.refuse(fault.zh, fault.en) from fault


# --------------------------------------------------------------------------------- parameters


@dataclass(frozen=True, slots=True)
class Dated:
    """A value from a day on, with the paper it rests on."""

    since: date
    value: Any
    reference: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that was decided, in the order of its days."""

    name: str
    words: Words
    values: tuple[Dated, ...]
    source: Marked

    def on(self, when: date) -> Any:
        """The value in force on a day. Raises :class:`Refused` before the first."""
        held = [one for one in self.values if one.since <= when]
        if not held:
            raise self.source.refuse(
                f"在 {when} 还没有值，最早从 {self.values[0].since} 起。",
                f"has no value on {when}; the first is of {self.values[0].since}.",
            )
        return held[-1].value


def parameter_of(name: str, entry: Marked) -> Parameter:
    """``values`` maps days to ``{value, reference}``; a value is a number, a text or a pair."""
    entry.only("zh", "en", "unit", "values")
    dated = []
    for when, part in entry.need("values").items():
        part.only("value", "reference")
        since = day(Marked(when, part.line, part.path))
        value = part.need("value")
        plain = list(value.pair()) if value.is_list() else value.value
        if value.is_mapping():
            raise value.refuse("须为数、词或两个数。", "must be a number, a word or two numbers.")
        dated.append(Dated(since, plain, part.need("reference").text()))
    if not dated:
        raise entry.refuse("没有任何值。", "has no values.")
    return Parameter(name, words_of(entry), tuple(sorted(dated, key=lambda d: d.since)), entry)


def referred(entry: Marked, parameters: Mapping[str, Parameter]) -> str | None:
    """The parameter that ``$name`` means; ``None`` for a value of its own."""
    if not isinstance(entry.value, str) or not entry.value.startswith("$"):
        return None
    name = entry.value[1:]
    if name not in parameters:
        raise entry.unknown(name, tuple(parameters))
    return name


# --------------------------------------------------------------------------------- indicators


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the book. ``posts`` and ``band`` are two numbers or the name of a parameter."""

    code: str
    parent: str
    words: Words
    metric: str
    unit: str
    direction: int
    weight: float
    posts: tuple[float, float] | str
    band: tuple[float, float] | str | None
    curve: Curve
    alternatives: Mapping[str, str]
    evidence: tuple[str, ...]
    origin: str
    definition: Words | None
    caveat: str
    min_n: float | str | None
    source: Marked = field(compare=False)

    def scale(self, base: Scale, parameters: Mapping[str, Parameter], on: date) -> Scale:
        """How it is scored on a day."""
        posts = _resolved(self.posts, parameters, on, self.source)
        band = None if self.band is None else _resolved(self.band, parameters, on, self.source)
        kind = "goalposts" if band is None else "band"
        return replace(base, kind=kind, posts=posts, band=band, curve=self.curve)  # type: ignore[arg-type]


def _resolved(
    given: tuple[float, float] | str,
    parameters: Mapping[str, Parameter],
    on: date,
    source: Marked,
) -> tuple[float, float]:
    value = parameters[given].on(on) if isinstance(given, str) else given
    if not isinstance(value, (list, tuple)) or not value[0] < value[1]:
        raise source.refuse(
            f"的上下限（{given}）须为从小到大的两个数，现为 {value}。",
            f"needs goalposts ({given}) of two rising numbers, not {value}.",
        )
    return float(value[0]), float(value[1])


def indicator_of(entry: Marked, parameters: Mapping[str, Parameter]) -> Indicator:
    """One indicator; goalposts are checked here where they are not a parameter."""
    entry.only(*INDICATOR_FIELDS)
    posts = _posts(entry.need("goalposts"), parameters)
    band = entry.get("band")
    inner = _posts(band, parameters) if band else None
    both = (*posts, *inner) if isinstance(posts, tuple) and isinstance(inner, tuple) else ()
    if both and (both[2] < both[0] or both[3] > both[1]):
        raise entry.need("band").refuse("须在上下限之内。", "must lie inside the goalposts.")
    weight, transform = entry.get("weight"), entry.get("transform")
    if weight is not None and weight.number() < 0:
        raise weight.refuse("不能为负。", "must be 0 or more.")
    curve = _curve(transform, posts, entry)
    low_n, definition = entry.get("min_n"), entry.get("definition")
    return Indicator(
        entry.need("code").text(),
        entry.need("parent").text(),
        words_of(entry),
        entry.need("metric").text(),
        _text(entry, "unit"),
        _direction(entry.get("direction")),
        weight.number() if weight else 1.0,
        posts,
        inner,
        curve,
        {name: one.text() for name, one in _mapped(entry, "alternatives")},
        tuple(one.text() for one in _listed(entry, "evidence")),
        _origin(entry.get("origin")),
        words_of(definition) if definition else None,
        _text(entry, "caveat"),
        None if low_n is None else (referred(low_n, parameters) or low_n.number()),
        entry,
    )


def _posts(entry: Marked, parameters: Mapping[str, Parameter]) -> tuple[float, float] | str:
    name = referred(entry, parameters)
    if name is not None:
        return name
    low, high = entry.pair()
    if not low < high:
        raise entry.refuse(
            f"的下限 {low:g} 须小于上限 {high:g}。", f"has a floor {low:g} not below {high:g}."
        )
    return low, high


def _curve(entry: Marked | None, posts: tuple[float, float] | str, indicator: Marked) -> Curve:
    if entry is None:
        return "none"
    curve: Curve = "ln" if entry.one_of(("ln", "log1p")) == "ln" else "log1p"
    floor = 0 if curve == "ln" else -1
    if isinstance(posts, tuple) and posts[0] <= floor:
        raise indicator.need("goalposts").refuse(
            f"取对数 {curve} 须大于 {floor}。", f"must exceed {floor} under {curve}."
        )
    return curve


def _direction(entry: Marked | None) -> int:
    if entry is None:
        return 1
    if entry.number() not in (1, -1):
        raise entry.refuse("须为 1 或 -1。", "must be 1 or -1.")
    return entry.whole()


def _origin(entry: Marked | None) -> str:
    return entry.one_of(ORIGINS) if entry is not None else "P"


def _text(entry: Marked, key: str) -> str:
    found = entry.get(key)
    return found.text() if found is not None else ""


def _listed(entry: Marked, key: str) -> list[Marked]:
    found = entry.get(key)
    return found.sequence() if found is not None else []


def _mapped(entry: Marked, key: str) -> list[tuple[str, Marked]]:
    found = entry.get(key)
    return list(found.items()) if found is not None else []


# ------------------------------------------------------------------------------- uncertainty


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the book itself holds to be uncertain; ``definitions`` are ``code.alternative``."""

    reps: int = 1000
    seed: int = 1
    noise: float = 0.0
    aggregate: tuple[str, ...] = ()
    normalise: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()


def doubts_of(entry: Marked | None, indicators: Mapping[str, Indicator]) -> Doubts:
    if entry is None:
        return Doubts()
    entry.only("reps", "seed", "vary")
    reps, seed = entry.get("reps"), entry.get("seed")
    if reps is not None and not 3 <= reps.whole() <= 1_000_000:
        raise reps.refuse("须在 3 与 100 万之间。", "must lie between 3 and 1e6.")
    if seed is not None and seed.whole() < 0:
        raise seed.refuse("不能为负。", "must not be negative.")
    vary = entry.get("vary") or Marked({}, entry.line, entry.path)
    vary.only("weights", "aggregate", "normalise", "definition")
    known = [f"{c}.{name}" for c, one in indicators.items() for name in one.alternatives]
    noise = vary.get("weights")
    return Doubts(
        reps.whole() if reps else Doubts().reps,
        seed.whole() if seed else Doubts().seed,
        noise.share() if noise else 0.0,
        tuple(one.one_of(("amean", "gmean", "hmean")) for one in _listed(vary, "aggregate")),
        tuple(one.one_of(("goalposts", "minmax", "zscore")) for one in _listed(vary, "normalise")),
        tuple(one.one_of(known) for one in _listed(vary, "definition")),
    )
