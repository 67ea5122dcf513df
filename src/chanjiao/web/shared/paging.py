"""Pages of long lists without counting a hundred thousand rows for every reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

COUNT_UP_TO = 2_000


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows; ``is_more`` says that the total is only known to exceed the number."""

    rows: list[Any]
    number: int
    size: int
    total: int
    is_more: bool
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def numbers(self) -> list[int]:
        low = max(1, min(self.number - 2, self.pages - 4))
        return list(range(low, min(self.pages, low + 4) + 1))


def page_of(rows: QuerySet[Any], asked: str | None, size: int = 20) -> Slice:
    """Page ``asked`` (1 when it is not a number; the last one when it is past the end)."""
    counted = rows.order_by()[: COUNT_UP_TO + 1].count()
    is_more = counted > COUNT_UP_TO
    total = min(counted, COUNT_UP_TO)
    number = int(asked) if asked and asked.isascii() and asked.isdigit() else 1
    number = max(1, min(number, 10_000))
    if not is_more:
        number = min(number, max(1, -(-total // size)))
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Slice(found[:size], number, size, total, is_more, len(found) > size)


def slice_of(rows: Sequence[Any], asked: str | None, size: int = 20) -> Slice:
    """Page ``asked`` of rows that are at hand already, bounded as :func:`page_of` does."""
    pages = max(1, -(-len(rows) // size))
    number = min(int(asked), pages) if asked and asked.isascii() and asked.isdigit() else 1
    start = (max(1, number) - 1) * size
    held = list(rows[start : start + size])
    return Slice(held, max(1, number), size, len(rows), False, start + size < len(rows))
