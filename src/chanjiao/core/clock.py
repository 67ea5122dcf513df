"""The one door to the time of day; tests move it, everything else only asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_instant", default=None)


def now() -> datetime:
    """The present instant, aware, in the current time zone of the process."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """The calendar day in the region's own time zone, not in UTC."""
    return timezone.localtime(now()).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let everything inside the block believe that it is ``instant`` (demo and tests)."""
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)
