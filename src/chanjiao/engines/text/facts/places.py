"""Spans of a text to ask whether something lies in them, and things that have their places."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol


class Placed(Protocol):
    """Anything that stands from ``start`` to ``end``."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Places:
    """Spans, merged where they meet; asking takes the logarithm of their number."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def end_at(self, place: int) -> int | None:
        """Where the span that holds ``place`` ends; None outside of all.

        >>> Places([(2, 4), (3, 6)]).end_at(5), Places([(2, 4)]).end_at(4)
        (6, None)
        """
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._ends[index]:
            return self._ends[index]
        return None

    def touches(self, start: int, end: int) -> bool:
        """Whether any span has a character in common with this one."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start


class Ordered[T: Placed]:
    """Things in order of their places; asking for a stretch does not look at the others."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._starts = [thing.start for thing in things]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def starting(self, start: int, end: int) -> Sequence[T]:
        """Those that begin from ``start`` on and before ``end``."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._things[low:high]

    def within(self, start: int, end: int) -> list[T]:
        """Those that lie between ``start`` and ``end`` from first to last character."""
        return [thing for thing in self.starting(start, end) if thing.end <= end]

    def before(self, place: int) -> T | None:
        """The last that ends at ``place`` or before it, among the few nearest."""
        index = bisect_left(self._starts, place)
        nearest = reversed(self._things[max(0, index - NEAREST) : index])
        return next((thing for thing in nearest if thing.end <= place), None)


NEAREST = 8
