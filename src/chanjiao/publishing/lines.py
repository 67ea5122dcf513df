"""What the list is made from: demand lines in force, as plain values of one day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One company's need for people of one occupation; codes are empty where not known.

    ``is_public`` is the company's own word that its name may stand beside this line; ``demand``
    says which record it was and is never published.
    """

    company: str
    company_name: str
    title: str
    headcount: int
    occupation: str = ""
    industry: str = ""
    education: str = ""
    skill_level: str = ""
    area: str = ""
    pay_low: int | None = None
    pay_high: int | None = None
    source: str = ""
    forms: tuple[str, ...] = ()
    is_public: bool = False
    confirmed_on: date | None = None
    valid_until: date | None = None
    demand: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was asked and who answered; a list never stands without it."""

    asked: int
    answered: int
    nothing_needed: int
    lines: int
    unmapped_lines: int
    stale_lines: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """One rule of disclosure with the paper it stands in."""

    name: str
    value: int
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class GapLine:
    """Supply beside demand for one occupation, as the gap run may show it in public."""

    occupation: str
    demand: int
    supply: int
    index_permille: int | None
    band: str


@dataclass(frozen=True, slots=True)
class GapSource:
    """The run of the gap study that stands behind the list, known by its seal."""

    reference: str
    as_of: date
    lines: tuple[GapLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the list is called and who answers for it."""

    number: str
    version: int
    year: int
    quarter: int
    region: tuple[str, str]
    publisher: tuple[str, str]
    as_of: date
    frozen_at: str
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a snapshot is built from, gathered at one moment."""

    heading: Heading
    lines: tuple[Line, ...]
    coverage: Coverage
    min_companies: Threshold
    min_people: Threshold
    gap: GapSource | None = None
    occupations: Names = field(default_factory=dict)
    industries: Names = field(default_factory=dict)
    educations: Names = field(default_factory=dict)
    skill_levels: Names = field(default_factory=dict)
    sources: Names = field(default_factory=dict)
    forms: Names = field(default_factory=dict)
    bands: Names = field(default_factory=dict)
    majors_of: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
