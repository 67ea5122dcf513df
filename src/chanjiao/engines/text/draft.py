"""A text under repair in which each character still knows where in the original it came from."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from chanjiao.engines.text.model import Edit, EditKind

type Change = tuple[int, int, str]


class Draft:
    """Several rounds of changes, told at the end as one list of edits on the original.

    A character is untouched (its kinds are empty) or belongs to a range of the original.
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text
        self._starts = array("i", range(len(text)))  # small integers: pages may be long
        self._ends = array("i", range(1, len(text) + 1))
        self._kinds: list[frozenset[EditKind]] = [frozenset()] * len(text)
        self._dropped: dict[int, frozenset[EditKind]] = {}

    def change(self, changes: Iterable[Change], kind: EditKind) -> None:
        """Replace ranges of the present text; they are in order and don't overlap."""
        starts, ends, kinds = array("i"), array("i"), []
        text, at = [], 0
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
            starts.extend([low] * len(new))
            ends.extend([high] * len(new))
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
        dropped = sorted(self._dropped)
        at, index, size = 0, 0, len(self.text)
        while index <= size:
            start = self._starts[index] if index < size else len(self.original)
            if start > at:
                kinds = self._dropped_in(dropped, at, start)
                found.append(self._edit(at, start, "", kinds))
                at = start
            if index == size:
                break
            if not self._kinds[index]:
                at, index = self._ends[index], index + 1
                continue
            low, high, first, kinds = start, self._ends[index], index, frozenset[EditKind]()
            while index < size and self._kinds[index] and self._starts[index] < high:
                high = max(high, self._ends[index])
                kinds |= self._kinds[index]
                index += 1
            found.append(self._edit(low, high, self.text[first:index], kinds))
            at = high
        return [edit for edit in _joined(found) if edit.before != edit.after]

    def _range(self, begin: int, end: int) -> tuple[int, int]:
        if begin < end:
            return min(self._starts[begin:end]), max(self._ends[begin:end])
        place = self._ends[begin - 1] if begin else 0
        return place, place

    def _dropped_in(self, places: Sequence[int], start: int, end: int) -> frozenset[EditKind]:
        inside = places[bisect_left(places, start) : bisect_left(places, end)]
        return frozenset[EditKind]().union(*(self._dropped[place] for place in inside))

    def _edit(self, start: int, end: int, after: str, kinds: frozenset[EditKind]) -> Edit:
        return Edit(start, end, self.original[start:end], after, tuple(sorted(kinds)))


def _joined(edits: list[Edit]) -> Iterator[Edit]:
    """Edits that touch become one, so that a reader sees one mark for one place."""
    held: list[Edit] = []
    for edit in edits:
        if held and held[-1].end != edit.start:
            yield _one(held)
            held = []
        held.append(edit)
    if held:
        yield _one(held)


def _one(edits: Sequence[Edit]) -> Edit:
    if len(edits) == 1:
        return edits[0]
    return Edit(
        edits[0].start,
        edits[-1].end,
        "".join(edit.before for edit in edits),
        "".join(edit.after for edit in edits),
        tuple(sorted({kind for edit in edits for kind in edit.kinds})),
    )
