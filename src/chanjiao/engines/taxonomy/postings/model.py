"""What reading a posting gives: values with codes, each pointing at the words that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Span(NamedTuple):
    """Where words stand: the column's name and the half-open range of characters in its text."""

    column: str
    start: int
    end: int


class Candidate(NamedTuple):
    """Another reading for a person who must decide; reasons are (Chinese, English) pairs."""

    value: Any
    code: str
    score: float
    reasons: Sequence[tuple[str, str]]


class Told(NamedTuple):
    """What one reader makes of a stretch of text; ``others`` are (code, name) it could mean too."""

    value: Any
    code: str
    start: int
    end: int
    method: str
    confidence: float
    name: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Found:
    """One value read from a posting.

    ``quote`` is exactly what stands at ``span``; ``confidence`` is 0–1; ``is_queued`` tells that
    it lies below the caller's threshold, and then ``candidates`` holds up to five readings.
    """

    value: Any
    code: str
    span: Span | None
    quote: str
    method: str
    confidence: float
    name: str = ""
    candidates: tuple[Candidate, ...] = ()
    is_queued: bool = False


class Wage(NamedTuple):
    """Pay: ``low`` and ``high`` are yuan a month, open ends None; the stated pair is as written.

    ``basis`` is hour, day, week, month, year or piece; ``months`` is told (13薪) or None. ``part``
    is base where only a base wage is stated, ``tax`` is before, after or nothing.
    """

    low: int | None
    high: int | None
    basis: str
    stated_low: float | None
    stated_high: float | None
    months: float | None = None
    is_negotiable: bool = False
    is_piecework: bool = False
    part: str = ""
    tax: str = ""


class Education(NamedTuple):
    """The least level asked for; ``code`` of the finding is its GB/T 4658 code, ``-`` for any.

    ``level`` is the platform's own (0 any, 1 secondary, 2 college, 3 bachelor, 4 master);
    ``wish`` names a level that is only preferred.
    """

    name: str
    level: int
    is_required: bool
    or_above: bool = False
    is_full_time: bool = False
    wish: str = ""


class Experience(NamedTuple):
    """Years asked for; ``fresh`` tells that graduates without any may apply."""

    low: float | None
    high: float | None
    is_required: bool = True
    is_any: bool = False
    fresh: bool = False


class Headcount(NamedTuple):
    """How many people; both ends None where only 若干 is told."""

    low: int | None
    high: int | None


class Major(NamedTuple):
    """A major asked for; ``kind`` is major or group (机电类)."""

    words: str
    kind: str
    is_required: bool


class Place(NamedTuple):
    """``name`` is the way from the province down; ``zone`` a functional zone's name, ``street`` a
    nine-digit code with its name, each empty where none is told.
    """

    name: str
    zone: str = ""
    street: str = ""
    street_name: str = ""


class Skill(NamedTuple):
    """A skill; ``level`` is master, skilled, familiar, able or aware, empty where not told."""

    name: str
    level: str
    is_required: bool = True


class Certificate(NamedTuple):
    name: str
    is_required: bool


class Hours(NamedTuple):
    """Working time: ``shift`` names the turn, ``days`` are those of a week, ``rest`` how it is
    given (two, one, alternate, rota, or ``4 a month``).
    """

    shift: str = ""
    hours: float | None = None
    days: float | None = None
    rest: str = ""


@dataclass(slots=True)
class Reading:
    """All that was read from one posting; what is not told is None or empty."""

    title: Found | None = None
    wage: Found | None = None
    education: Found | None = None
    experience: Found | None = None
    headcount: Found | None = None
    hours: Found | None = None
    occupation: Found | None = None
    industry: Found | None = None
    places: list[Found] = field(default_factory=list)
    majors: list[Found] = field(default_factory=list)
    skills: list[Found] = field(default_factory=list)
    certificates: list[Found] = field(default_factory=list)
    hazards: list[Found] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    is_cut: bool = False


#: Fields with one value, then those with several, in the order they are shown.
SINGLE = (
    "title", "wage", "education", "experience", "headcount", "hours", "occupation", "industry",
)  # fmt: skip
SEVERAL = ("places", "majors", "skills", "certificates", "hazards")

type Threshold = float | Mapping[str, float]
