"""Spans of a text to ask whether something lies inside one of them."""

from bisect import bisect_right
from collections.abc import Iterable


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
