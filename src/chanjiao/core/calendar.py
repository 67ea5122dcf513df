"""Working days: weekends and holidays are data, deadlines are counted in days people work."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from chanjiao.core.models import Holiday


def exceptions_between(first: date, last: date) -> Mapping[date, bool]:
    """Days that differ from the usual week, with whether they are worked."""
    rows = Holiday.objects.filter(day__range=(first, last))
    return dict(rows.values_list("day", "is_working"))


def is_working_day(day: date, exceptions: Mapping[date, bool] | None = None) -> bool:
    known = exceptions_between(day, day) if exceptions is None else exceptions
    return known.get(day, day.weekday() < 5)


def add_working_days(start: date, days: int) -> date:
    """The ``days``-th working day after ``start``; the start itself is not counted."""
    horizon = start + timedelta(days=days * 3 + 30)
    known = exceptions_between(start, horizon)
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, known):
            days -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after ``start`` up to and including ``end``; negative if late."""
    if end < start:
        return -working_days_between(end, start)
    known = exceptions_between(start, end)
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, known) for day in span)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier when negative), or that month's last day.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 3, 31), -1)
    (datetime.date(2026, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
