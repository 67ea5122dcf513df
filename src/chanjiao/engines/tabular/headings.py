"""Where the headings are, and which column each of them means.

A heading is matched only when it is equal after folding; one that merely resembles a column is
offered as a suggestion, because 月薪上限 resembles 月薪下限 more than most honest synonyms do.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chanjiao.engines.tabular.cells import Cell, column_letter, shown
from chanjiao.engines.tabular.cleaning import clean
from chanjiao.engines.tabular.marks import folded, unit_in, without_brackets
from chanjiao.engines.tabular.merges import Merge
from chanjiao.engines.tabular.model import Match, Sheet, Unmatched

HEADER_WITHIN = 15
LAST_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\W*$")
RESEMBLES = 0.6
TIERS = ("mapping", "exact", "alias", "unit")
#: Headings that our own error workbook adds, and the running number everybody adds.
IGNORED = frozenset(map(folded, ("序号", "No.", "原行号", "Original row", "问题", "Problems")))

type NumberedRow = tuple[int, list[Cell]]


@dataclass
class Header:
    """``first`` and ``last`` are places in the list of rows; ``headings`` is one text a column."""

    first: int
    last: int
    headings: list[str]
    matches: list[Match] = field(default_factory=list)
    #: ``(heading, letter, column)`` of headings whose column another heading took.
    rivals: list[tuple[Match, Match]] = field(default_factory=list)

    @property
    def score(self) -> int:
        return len(self.matches)


class Dictionary:
    """Folded heading → column and how it was meant."""

    def __init__(self, sheet: Sheet, mapping: Mapping[str, str] | None) -> None:
        self.mapping = {folded(heading): name for heading, name in (mapping or {}).items()}
        self.words: dict[str, tuple[str, str]] = {}
        for column in sheet.columns:
            for word in (column.name, column.zh, column.en):
                self.words.setdefault(folded(word), (column.name, "exact"))
        for column in sheet.columns:
            for alias in column.aliases:
                self.words.setdefault(folded(alias), (column.name, "alias"))

    def find(self, heading: str) -> tuple[str, str] | None:
        """Give the column and how it was found; column ``""`` when told to ignore it."""
        whole, bare = folded(heading), without_brackets(heading)
        shorter = folded(LAST_BRACKETS.sub("", heading))
        if whole in self.mapping:
            return self.mapping[whole], "mapping"
        if whole and whole in self.words:
            return self.words[whole]
        for part in (shorter, bare):
            if part and part in self.words:
                return self.words[part][0], "unit"
        return None


def find_header(
    rows: Sequence[NumberedRow],
    sheet: Sheet,
    mapping: Mapping[str, str] | None,
    merges: Sequence[Merge],
) -> Header | None:
    """Choose the row, or the pair of rows, that names most columns; the first of equals."""
    dictionary = Dictionary(sheet, mapping)
    best: Header | None = None
    for place in range(min(HEADER_WITHIN, len(rows))):
        for header in candidates(rows, place, merges):
            match(header, dictionary)
            if header.score > (best.score if best else 0):
                best = header
    return best


def candidates(
    rows: Sequence[NumberedRow], place: int, merges: Sequence[Merge]
) -> Iterator[Header]:
    """The row alone, then together with the row above it."""
    lower = [clean(shown(cell)) for cell in rows[place][1]]
    yield Header(place, place, lower)
    if place and rows[place - 1][0] == rows[place][0] - 1:
        upper = spread(rows[place - 1], merges)
        yield Header(place - 1, place, joined(upper, lower))


def spread(row: NumberedRow, merges: Sequence[Merge]) -> list[str]:
    """Repeat a heading over the cells merged with it."""
    number, cells = row
    texts = [clean(shown(cell)) for cell in cells]
    for merge in merges:
        if merge.top <= number <= merge.bottom and merge.left < len(texts):
            texts += [""] * (min(merge.right, 200) + 1 - len(texts))
            for index in range(merge.left + 1, min(merge.right, 200) + 1):
                texts[index] = texts[merge.left]
    return texts


def joined(upper: list[str], lower: list[str]) -> list[str]:
    """Two lines of headings as one: what stands above, a line break, what stands below.

    A text file keeps a merged heading only in its first cell, so a blank above takes the heading
    on its left when there is something below.
    """
    width = max(len(upper), len(lower))
    result = []
    group = ""
    for index in range(width):
        above = upper[index] if index < len(upper) else ""
        below = lower[index] if index < len(lower) else ""
        group = above or (group if below else "")
        result.append(f"{group}\n{below}" if below and group and group != below else group or below)
    return result


def readings(heading: str) -> tuple[str, ...]:
    """A heading of two lines may mean its lower line, or both together."""
    if "\n" not in heading:
        return (heading,)
    whole = heading.replace("\n", "")
    return whole, heading.rpartition("\n")[2]


def match(header: Header, dictionary: Dictionary) -> None:
    """Fill in ``matches`` and ``rivals``: the better way of matching wins, equals stay rivals."""
    taken: dict[str, Match] = {}
    for index, heading in enumerate(header.headings):
        found = next((f for text in readings(heading) if (f := dictionary.find(text))), None)
        if not heading or found is None or not found[0]:
            continue
        name, how = found
        new = Match(heading, index, column_letter(index), name, how, unit_in(heading))
        old = taken.get(name)
        if old is None:
            taken[name] = new
        elif TIERS.index(how) < TIERS.index(old.how):
            taken[name] = new
            header.rivals.append((new, old))
        else:
            header.rivals.append((old, new))
    header.matches = sorted(taken.values(), key=lambda one: one.index)


def unmatched(header: Header, sheet: Sheet, mapping: Mapping[str, str] | None) -> list[Unmatched]:
    """List the headings that mean no column, each with the free columns it resembles."""
    told = {folded(heading) for heading in mapping or {}}
    used = {one.index for one in header.matches}
    names = {one.column for one in header.matches}
    free = [column for column in sheet.columns if column.name not in names]
    result = []
    for index, heading in enumerate(header.headings):
        fold = folded(heading)
        if not heading or index in used or fold in IGNORED or fold in told:
            continue
        near = sorted(
            ((resemblance(heading, (c.zh, c.en, *c.aliases)), c.name) for c in free), reverse=True
        )
        names_near = tuple(name for score, name in near if score >= RESEMBLES)[:3]
        result.append(Unmatched(heading, index, column_letter(index), names_near))
    return result


def resemblance(heading: str, words: Sequence[str]) -> float:
    """Greatest likeness, 0 to 1, of a heading to any of the words."""
    own = without_brackets(heading)[:60]
    return max(difflib.SequenceMatcher(None, own, folded(word)).ratio() for word in words)
