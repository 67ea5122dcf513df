"""What a condition may ask of dates, numbers and lists of codes; none of it holds a threshold."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from chanjiao.engines.rules.answers import Span
from chanjiao.engines.rules.terms import CODES, DATE, FLAG, NUMBER, SPAN, TEXT, Function

LAST_OF_FEBRUARY = "02-28"


@lru_cache(1 << 14)
def age(born: date, on: date, leap_birthday: str) -> int:
    """Completed years on a day; one is a year older on the birthday itself.

    ``leap_birthday`` is the month and day on which those born on 29 February grow older in a
    year without that day: ``03-01``, or ``02-28``.

    >>> leapling = date(2008, 2, 29)
    >>> age(leapling, date(2026, 2, 28), "03-01"), age(leapling, date(2026, 2, 28), "02-28")
    (17, 18)
    >>> age(leapling, date(2024, 2, 28), "03-01"), age(leapling, date(2024, 2, 29), "03-01")
    (15, 16)
    """
    return on.year - born.year - (on < _birthday(born, on.year, leap_birthday))


def birthday(born: date, years: int, leap_birthday: str) -> date | None:
    """The day on which somebody completes that many years."""
    year = born.year + years
    return _birthday(born, year, leap_birthday) if year <= date.max.year else None


def _birthday(born: date, year: int, leap_birthday: str) -> date:
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28) if leap_birthday == LAST_OF_FEBRUARY else date(year, 3, 1)
    return date(year, born.month, born.day)


@lru_cache(1 << 14)
def add_months(day: date, months: int) -> date | None:
    """The same day so many months on, or that month's last where there is no such day.

    >>> add_months(date(2025, 8, 31), 6), add_months(date(2025, 3, 31), -1)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    month = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(month, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=int(days))
    except OverflowError:
        return None


def days_between(first: date, last: date) -> int:
    """How many days there are from first to last, both counted; none when last comes first."""
    return max(0, (last - first).days + 1)


def school_year(day: date, begins: str) -> int:
    """The school year a day lies in, named by the calendar year in which it began.

    >>> school_year(date(2026, 8, 31), "09-01"), school_year(date(2026, 9, 1), "09-01")
    (2025, 2026)
    """
    month, _, day_of_month = begins.partition("-")
    return day.year - ((day.month, day.day) < (int(month), int(day_of_month)))


def floor(number: int | Fraction) -> int:
    return number.__floor__()


def lookup_text(table: Mapping[str, int | Fraction], key: str) -> int | Fraction | None:
    """The entry under a key, else under the longest beginning of it (area codes are trees).

    >>> lookup_text({"32": 20, "3205": 24}, "320508"), lookup_text({"32": 20}, "330100")
    (24, None)
    """
    for length in range(len(key), 0, -1):
        if key[:length] in table:
            return table[key[:length]]
    return None


def begins(text: str, start: str) -> bool:
    return text.startswith(start)


GENERAL: dict[str, Function] = {
    "age": Function((DATE, DATE, TEXT), NUMBER, age),
    "birthday": Function((DATE, NUMBER, TEXT), DATE, birthday),
    "add_months": Function((DATE, NUMBER), DATE, add_months),
    "add_days": Function((DATE, NUMBER), DATE, add_days),
    "days": Function((DATE, DATE), NUMBER, days_between),
    "earlier": Function((DATE, DATE), DATE, min),
    "later": Function((DATE, DATE), DATE, max),
    "year": Function((DATE,), NUMBER, lambda day: day.year),
    "school_year": Function((DATE, TEXT), NUMBER, school_year),
    "floor": Function((NUMBER,), NUMBER, floor),
    "least": Function((NUMBER, NUMBER), NUMBER, min),
    "greatest": Function((NUMBER, NUMBER), NUMBER, max),
    "common": Function((CODES, CODES), CODES, lambda a, b: a & b),
    "lacking": Function((CODES, CODES), CODES, lambda wanted, held: wanted - held),
    "count": Function((CODES,), NUMBER, len),
    "empty": Function((CODES,), FLAG, lambda codes: not codes),
    "begins": Function((TEXT, TEXT), FLAG, begins),
    "lookup": Function(("table", TEXT), NUMBER, lookup_text),
    "low": Function((SPAN,), NUMBER, lambda span: span.low),
    "high": Function((SPAN,), NUMBER, lambda span: span.high),
}


def span(low: int, high: int) -> Span:
    return Span(low, high)
