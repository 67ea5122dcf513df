"""What an app owes the import framework for each spreadsheet it reads and writes.

The framework (``chanjiao.exchange``) owns files, checks, previews, jobs and undo; an app's
``sheets.py`` says what the columns are, what stands there now, and how a change is made.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from chanjiao.core.actor import Actor
from chanjiao.engines.tabular import Problem, Sheet

Key = tuple[str, ...]
Values = Mapping[str, Any]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One row to create (``before`` is None), to update, or to take away (``after`` is None).

    Values are keyed by column name, in the types the sheet's columns parse to; columns absent
    from ``after`` keep what they were, and a None in it takes the value away.
    """

    number: int
    key: Key
    before: Values | None
    after: Values | None


class SheetHandler(ABC):
    """One importable and exportable sheet; the instance is listed in ``CHANJIAO_SHEETS``."""

    sheet: ClassVar[Sheet]
    thing: ClassVar[str]
    is_personal: ClassVar[bool] = False

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        """Per column: a function that turns text into a stored value or a Problem.

        Must also work where no database is (``chanjiao check``): code lists come packaged.
        """
        return {}

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        """The rows with what goes without saying filled in, such as the actor's own school.

        Runs before conflicts, keys and comparison; only columns of the file are compared.
        """
        return rows

    def across(self, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        """Problems that only show when rows are seen side by side; works without a database."""
        return ()

    @abstractmethod
    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        """What stands now under these keys and may be changed by the actor."""

    @abstractmethod
    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        """Rows for export, in the sheet's own values, so that the file can be imported again."""

    @abstractmethod
    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        """Make all changes in the caller's transaction, in bulk; raise ``Refused`` for none."""

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        """Problems only the database can see, each with the index of its row in ``rows``."""
        return ()

    def keys(self, actor: Actor) -> Iterable[Key]:
        """Keys of all that stands and the actor may change, to show what a file leaves out."""
        for values in self.rows(actor, {}):
            yield tuple("" if (v := values.get(n)) is None else str(v) for n in self.sheet.key)


def first_of_month(month: str | None) -> date | None:
    """The day a month column is kept as; sheets write months as ``YYYY-MM``.

    >>> first_of_month("2026-09"), first_of_month("")
    (datetime.date(2026, 9, 1), None)
    """
    return date.fromisoformat(f"{month}-01") if month else None


def month_of(day: date | None) -> str | None:
    """What a month column shows of the day that is kept."""
    return f"{day:%Y-%m}" if day else None


@cache
def handlers() -> Mapping[str, SheetHandler]:
    """All sheets of this installation by name, in menu order."""
    found = [import_string(path)() for path in settings.CHANJIAO_SHEETS]
    return {handler.sheet.name: handler for handler in found}
