"""What is known of internships: ``None`` is "not known"; a paper that is known to be lacking is
``Paper(exists=False)``, which is another thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from chanjiao.engines.rules.internship.covers import Filing, Policy
from chanjiao.engines.rules.internship.rosters import EMPTY_CALENDAR, Calendar, Roster

Yuan = int | Fraction
WORK_PLACEMENT = "work_placement"  # 岗位实习: only these count among a unit's interns
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Headcount:
    """People on post on a day; the latest one that is not after the day of judging is used."""

    on: date
    people: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper or a named person: whether there is one, its day and its number."""

    exists: bool
    on: date | None = None
    no: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement; ``signed_on`` is the day of the last signature."""

    exists: bool
    model: str | None = None
    signed_by: frozenset[str] | None = None
    signed_on: date | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SafetyTest:
    exists: bool
    passed: bool | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DataConsent:
    """The separate consent to give this unit the student's data."""

    exists: bool
    on: date | None = None
    is_withdrawn: bool | None = None
    guardian_on: date | None = None


@dataclass(frozen=True, slots=True)
class SelfFound:
    """The papers of a place the student found: application, guardian's word, school's approval."""

    exists: bool
    applied_on: date | None = None
    guardian_on: date | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A written reason for departing from a rule that allows it."""

    rule: str
    reason: str
    by: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One kind of post at a unit; wages in yuan a month, ``intensity`` a class from 1 to 4."""

    id: str
    name: str | None = None
    headcounts: tuple[Headcount, ...] = ()
    hazards: frozenset[str] | None = None
    risks: frozenset[str] | None = None
    intensity: int | None = None
    venue: str | None = None
    major_classes: frozenset[str] | None = None
    wage_standard_yuan: Yuan | None = None
    lowest_grade_yuan: Yuan | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """Where people do internships, usually a company."""

    id: str
    name: str | None = None
    area: str | None = None
    venue: str | None = None
    headcounts: tuple[Headcount, ...] = ()
    inspected_on: date | None = None
    is_lawful: bool | None = None
    is_listed: bool | None = None
    credit_checked_on: date | None = None
    safety_offences: tuple[date, ...] | None = None
    posts: Mapping[str, Post] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Student:
    id: str
    name: str | None = None
    birth_on: date | None = None
    sex: str | None = None
    entered_on: date | None = None
    major_class: str | None = None
    is_special_major: bool | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """One student at one post from a day to a day; ``follows`` is the row it continues."""

    id: str
    student: str
    unit: str
    post: str | None = None
    school: str | None = None
    kind: str | None = None
    mode: str | None = None
    status: str | None = None
    start_on: date | None = None
    end_on: date | None = None
    follows: str | None = None
    grade: int | None = None
    site_venue: str | None = None
    organiser: str | None = None
    parties: frozenset[str] | None = None
    roster: Roster | None = None
    works_independently: bool | None = None
    pay_yuan: Yuan | None = None
    hourly_pay_yuan: Yuan | None = None
    pay_cycle: str | None = None
    pay_form: str | None = None
    paid_to: str | None = None
    agreement: Agreement | None = None
    student_consent: Paper | None = None
    guardian_consent: Paper | None = None
    fees_yuan: Yuan | None = None
    asks_guarantee: bool | None = None
    keeps_papers: bool | None = None
    insurance: tuple[Policy, ...] | None = None
    school_tutor: Paper | None = None
    mentor: Paper | None = None
    plan_filing: Paper | None = None
    self_found: SelfFound | None = None
    is_voluntary: bool | None = None
    has_complaint_channel: bool | None = None
    force_complaints: int | None = None
    safety_test: SafetyTest | None = None
    data_consent: DataConsent | None = None
    filings: tuple[Filing, ...] | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All that is judged together. Counts over a unit are true only if every school's placements
    at that unit are in it.
    """

    units: Mapping[str, Unit]
    students: Mapping[str, Student]
    placements: tuple[Placement, ...]
    calendar: Calendar = EMPTY_CALENDAR
