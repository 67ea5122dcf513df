"""A text under repair in which each character still knows where in the original it came from."""

from bisect import bisect_left
from collections.abc import Iterable

from chanjiao.engines.text.model import Edit, EditKind

type Change = tuple[int, int, str]


class Draft:
    """Several rounds of changes, told at the end as one list of edits on the original.

    A character is untouched (its kinds are empty) or belongs to a range of the original.
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text
        self._starts = list(range(len(text)))
        self._ends = list(range(1, len(text) + 1))
        self._kinds: list[frozenset[EditKind]] = [frozenset()] * len(text)
        self._dropped: dict[int, frozenset[EditKind]] = {}

    def change(self, changes: Iterable[Change], kind: EditKind) -> None:
        """Replace ranges of the present text; they are in order and don't overlap."""
        text, starts, ends, kinds, at = [], [], [], [], 0
        for begin, end, new in changes:
            if self.text[begin:end] == new:
                continue
            text.append(self.text[at:begin])
            starts += self._starts[at:begin]
            ends += self._ends[at:begin]
            kinds += self._kinds[at:begin]
            whole = frozenset({kind}).union(*self._kinds[begin:end])
            low, high = self._range(begin, end)
            text.append(new)
            starts += [low] * len(new)
            ends += [high] * len(new)
            kinds += [whole] * len(new)
            if not new:
                self._dropped[low] = self._dropped.get(low, frozenset()) | whole
            at = end
        if at == 0 and not text:
            return
        text.append(self.text[at:])
        self.text = "".join(text)
        self._starts = starts + self._starts[at:]
        self._ends = ends + self._ends[at:]
        self._kinds = kinds + self._kinds[at:]

    def origin(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the original a range of the present text came from."""
        return self._range(begin, end)

    def edits(self) -> list[Edit]:
        """What was done, as few edits as keep unlike neighbours apart."""
        found: list[Edit] = []
        at, index, size = 0, 0, len(self.text)
        places = sorted(self._dropped)
        while index <= size:
            start = self._starts[index] if index < size else len(self.original)
            if start > at:
                found.append(self._edit(at, start, "", self._dropped_in(places, at, start)))
                at = start
            if index == size:
                break
            if not self._kinds[index]:
                at, index = self._ends[index], index + 1
                continue
            low, high, after, kinds = start, self._ends[index], "", frozenset[EditKind]()
            while index < size and self._kinds[index] and self._starts[index] < high:
                high = max(high, self._ends[index])
                kinds |= self._kinds[index]
                after += self.text[index]
                index += 1
            found.append(self._edit(low, high, after, kinds))
            at = high
        return [edit for edit in _joined(found) if edit.before != edit.after]

    def _range(self, begin: int, end: int) -> tuple[int, int]:
        if begin < end:
            return min(self._starts[begin:end]), max(self._ends[begin:end])
        place = self._ends[begin - 1] if begin else 0
        return place, place

    def _dropped_in(self, places: list[int], start: int, end: int) -> frozenset[EditKind]:
        """Why the range is gone; ``places`` are those of what was dropped, in order."""
        inside = places[bisect_left(places, start) : bisect_left(places, end)]
        return frozenset[EditKind]().union(*(self._dropped[place] for place in inside))

    def _edit(self, start: int, end: int, after: str, kinds: frozenset[EditKind]) -> Edit:
        return Edit(start, end, self.original[start:end], after, tuple(sorted(kinds)))


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits that touch become one, so that a reader sees one mark for one place."""
    found: list[Edit] = []
    for edit in edits:
        last = found[-1] if found else None
        if last and last.end == edit.start:
            kinds = tuple(sorted({*last.kinds, *edit.kinds}))
            found[-1] = Edit(
                last.start, edit.end, last.before + edit.before, last.after + edit.after, kinds
            )
        else:
            found.append(edit)
    return found
