"""Rosters against the calendar: days off, hours a day and a week, night work.

Minutes are counted from midnight of the day on which a shift begins; a shift that ends on the next
day ends after 24:00. Where the roster is silent the answer is "not known", never "nobody works".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from chanjiao.engines.rules.answers import Kleene
from chanjiao.engines.rules.terms import CODES, FLAG, NUMBER, TEXT, Function

DAY = 24 * 60
_CACHE = 1 << 16


@dataclass(frozen=True, slots=True)
class Shift:
    """Work from ``start`` to ``end`` (minutes), on one ``day`` or on days of the week (1–7)."""

    start: int
    end: int
    break_minutes: int | None = None
    day: date | None = None
    weekdays: frozenset[int] = frozenset()

    @property
    def most(self) -> int:
        """Minutes of work, taking no break where the break is not known."""
        return self.end - self.start - (self.break_minutes or 0)

    @property
    def fewest(self) -> int:
        return 0 if self.break_minutes is None else self.most


@dataclass(frozen=True)
class Roster:
    """Shifts for the days ``starts_on`` to ``ends_on`` (``None``: as long as the placement).

    ``holidays`` says what becomes of weekly shifts on statutory holidays: ``free`` or ``worked``.
    """

    shifts: tuple[Shift, ...]
    starts_on: date | None = None
    ends_on: date | None = None
    holidays: str | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:  # many placements share a roster and ask for it again and again
        return hash((self.shifts, self.starts_on, self.ends_on, self.holidays))

    @cached_property
    def weekly(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.weekdays)

    @cached_property
    def by_day(self) -> dict[date, tuple[Shift, ...]]:
        days = {shift.day for shift in self.shifts if shift.day is not None}
        return {day: tuple(one for one in self.shifts if one.day == day) for day in days}

    @cached_property
    def weekly_minutes(self) -> tuple[int, int]:
        """The most minutes of the weekly shifts on a day, and in a week."""
        days = [sum(one.most for one in self.weekly if n in one.weekdays) for n in range(1, 8)]
        return max(days), sum(days)

    @cached_property
    def weekly_days(self) -> frozenset[str]:
        """Days of the week that weekly shifts touch, the day after a night shift too."""
        return frozenset(str(day) for shift in self.weekly for day in _weekdays_touched(shift))

    @cached_property
    def stays_within_days(self) -> bool:
        return all(shift.end <= DAY for shift in self.weekly)

    def reaches_over(self, start: date, end: date) -> bool:
        begins, until = self.starts_on or start, self.ends_on or end
        return begins <= start and end <= until


@dataclass(frozen=True, eq=False)
class Calendar:
    """Public holidays, and weekend days made working days, for ``starts_on`` to ``ends_on``."""

    starts_on: date
    ends_on: date
    days_off: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def knows(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


EMPTY_CALENDAR = Calendar(date.max, date.min)


@dataclass(frozen=True, eq=False)
class Work:
    """A roster over the days of a placement; equal ones are one object, so that answers keep."""

    roster: Roster
    start: date
    end: date

    @property
    def is_plain(self) -> bool:
        """Weekly shifts only, over all days of the placement."""
        return not self.roster.by_day and self.roster.reaches_over(self.start, self.end)

    def days(self, calendar: Calendar) -> Iterator["Day"]:
        for n in range((self.end - self.start).days + 1):
            yield self._on(self.start + timedelta(days=n), calendar)

    def _on(self, day: date, calendar: Calendar) -> "Day":
        if day in self.roster.by_day:
            return Day(day, self.roster.by_day[day], is_sure=True, is_told=True)
        if not self.roster.reaches_over(day, day):
            return Day(day, (), is_sure=False, is_told=False)
        shifts = tuple(one for one in self.roster.weekly if day.isoweekday() in one.weekdays)
        worked = self.roster.holidays == "worked"
        if not calendar.knows(day):
            return Day(day, shifts, is_sure=worked, is_told=True)
        is_holiday = day in calendar.days_off
        if is_holiday and self.roster.holidays == "free":
            shifts = ()
        return Day(day, shifts, is_sure=worked or not is_holiday or not shifts, is_told=True)


class Day(NamedTuple):
    """Shifts of one day: surely worked or only perhaps; ``is_told``: the roster speaks of it."""

    day: date
    shifts: tuple[Shift, ...]
    is_sure: bool
    is_told: bool


def _is_off(day: date, calendar: Calendar, rest: frozenset[str]) -> Kleene:
    if not calendar.knows(day):
        return None
    if day in calendar.days_off:
        return True
    return str(day.isoweekday()) in rest and day not in calendar.workdays


def works_days_off(work: Work, calendar: Calendar, rest: frozenset[str]) -> Kleene:
    """Whether somebody works on a weekly day of rest or a public holiday.

    ``rest`` holds the days of rest of the week, ``1`` Monday to ``7`` Sunday. For the usual roster,
    ordinary days with holidays free, no calendar is needed.
    """
    roster = work.roster
    is_usual = roster.holidays == "free" and roster.stays_within_days
    if is_usual and not roster.weekly_days & rest and work.is_plain:
        return False
    return _days_off(work, calendar, rest)[0]


def day_off_worked(work: Work, calendar: Calendar, rest: frozenset[str]) -> date | None:
    """The first such day, for the message."""
    return _days_off(work, calendar, rest)[1]


@lru_cache(_CACHE)
def _days_off(work: Work, calendar: Calendar, rest: frozenset[str]) -> tuple[Kleene, date | None]:
    found: Kleene = False
    for one in work.days(calendar):
        if not one.is_told:
            found = None
        for day in _days_touched(one):
            off = _is_off(day, calendar, rest)
            if _spared(work, one, day, calendar, rest):
                continue
            if off and one.is_sure:
                return True, day
            if off is not False:
                found = None
    return found, None


def _spared(work: Work, one: Day, day: date, calendar: Calendar, rest: frozenset[str]) -> bool:
    """A weekly shift on an ordinary day that would fall away, were the day a holiday."""
    return (
        not calendar.knows(day)
        and work.roster.holidays == "free"
        and one.day not in work.roster.by_day
        and day == one.day
        and str(day.isoweekday()) not in rest
    )


def _weekdays_touched(shift: Shift) -> set[int]:
    following = {day % 7 + 1 for day in shift.weekdays} if shift.end > DAY else set()
    return set(shift.weekdays) | following


def _days_touched(one: Day) -> set[date] | list[date]:
    if not one.shifts:
        return []
    touched = {one.day}
    if any(shift.end > DAY for shift in one.shifts):
        touched.add(one.day + timedelta(days=1))
    return sorted(touched)


def overtime(work: Work, calendar: Calendar, day_limit: int, week_limit: int) -> Kleene:
    """Whether a day has more than ``day_limit`` minutes of work or a week (Monday to Sunday) more
    than ``week_limit``.
    """
    a_day, a_week = work.roster.weekly_minutes
    if a_day <= day_limit and a_week <= week_limit and work.is_plain:
        return False
    return _overtime(work, calendar, day_limit, week_limit)


@lru_cache(_CACHE)
def _overtime(work: Work, calendar: Calendar, day_limit: int, week_limit: int) -> Kleene:
    found: Kleene = False
    weeks: dict[tuple[int, int], tuple[int, int]] = {}
    for one in work.days(calendar):
        most = sum(shift.most for shift in one.shifts)
        fewest = sum(shift.fewest for shift in one.shifts) if one.is_sure else 0
        week = one.day.isocalendar()[:2]
        low, high = weeks.get(week, (0, 0))
        low, high = weeks[week] = low + fewest, high + most
        if fewest > day_limit or low > week_limit:
            return True
        if most > day_limit or high > week_limit or not one.is_told:
            found = None
    return found


def night_work(work: Work, calendar: Calendar, night_from: int, night_to: int) -> Kleene:
    """Whether a shift has a minute of the night in it; one that ends when night begins has none."""
    if work.is_plain and not _any_night(work.roster, night_from, night_to):
        return False
    return _night(work, calendar, night_from, night_to)[0]


def night_shift(work: Work, calendar: Calendar, night_from: int, night_to: int) -> str | None:
    """The first such shift, for the message."""
    return _night(work, calendar, night_from, night_to)[1]


@lru_cache(_CACHE)
def _any_night(roster: Roster, night_from: int, night_to: int) -> bool:
    return any(night_minutes(one, night_from, night_to) for one in roster.weekly)


@lru_cache(_CACHE)
def _night(
    work: Work, calendar: Calendar, night_from: int, night_to: int
) -> tuple[Kleene, str | None]:
    found: Kleene = False
    for one in work.days(calendar):
        for shift in one.shifts:
            if night_minutes(shift, night_from, night_to):
                if one.is_sure:
                    return True, f"{one.day} {clock(shift.start)}–{clock(shift.end)}"
                found = None
        if not one.is_told:
            found = None
    return found, None


def night_minutes(shift: Shift, night_from: int, night_to: int) -> int:
    """Minutes of a shift that lie in the night.

    >>> night = 22 * 60, 6 * 60
    >>> [night_minutes(Shift(14 * 60, end), *night) for end in (22 * 60, 22 * 60 + 1)]
    [0, 1]
    >>> night_minutes(Shift(6 * 60, 14 * 60), *night), night_minutes(Shift(5 * 60, 13 * 60), *night)
    (0, 60)
    """
    length = (night_to - night_from) % DAY
    nights = [night_from + DAY * n for n in (-1, 0, 1)]
    return sum(max(0, min(shift.end, n + length) - max(shift.start, n)) for n in nights)


def clock(minutes: int) -> str:
    """Minutes after midnight as people write them.

    >>> clock(22 * 60 + 30), clock(30 * 60)
    ('22:30', '06:00')
    """
    hours, rest = divmod(minutes % DAY if minutes > DAY else minutes, 60)
    return f"{hours:02d}:{rest:02d}"


def longest_day(work: Work, calendar: Calendar) -> int:
    """The most minutes of work on a day, for the message."""
    return max((sum(s.most for s in one.shifts) for one in work.days(calendar)), default=0)


def longest_week(work: Work, calendar: Calendar) -> int:
    """The most minutes of work in a week, for the message."""
    weeks: dict[tuple[int, int], int] = {}
    for one in work.days(calendar):
        week = one.day.isocalendar()[:2]
        weeks[week] = weeks.get(week, 0) + sum(shift.most for shift in one.shifts)
    return max(weeks.values(), default=0)


_WORK = ("work", "calendar")
ROSTERS: dict[str, Function] = {
    "works_days_off": Function((*_WORK, CODES), FLAG, works_days_off),
    "day_off_worked": Function((*_WORK, CODES), "date", day_off_worked),
    "overtime": Function((*_WORK, NUMBER, NUMBER), FLAG, overtime),
    "night_work": Function((*_WORK, NUMBER, NUMBER), FLAG, night_work),
    "night_shift": Function((*_WORK, NUMBER, NUMBER), TEXT, night_shift),
    "longest_day": Function(_WORK, NUMBER, longest_day),
    "longest_week": Function(_WORK, NUMBER, longest_week),
}
