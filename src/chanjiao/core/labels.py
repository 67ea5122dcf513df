"""What the records of a short list are called, and which one people mean by what they write."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: its name in both languages, its code, and what else it may be called."""

    pk: int
    name: str
    name_en: str
    code: str
    others: tuple[str, ...] = ()


class Labels:
    """Every record under a label of its own: its name, with its code where others share it.

    >>> grids = Labels([Entry(1, "一网格", "", "J1"), Entry(2, "一网格", "", "K1"),
    ...                 Entry(3, "草桥街道", "Caoqiao", "J")])
    >>> [grids.label(pk) for pk in (1, 3)]
    ['一网格（J1）', '草桥街道']
    >>> grids.find("一网格"), grids.find("caoqiao"), grids.find("K1"), grids.find("二网格")
    ([1, 2], [3], [2], [])
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Sequence[Entry] = tuple(entries)
        shared: defaultdict[str, int] = defaultdict(int)
        for one in self.entries:
            shared[_folded(one.name)] += 1
        self._labels = {
            one.pk: one.name if shared[_folded(one.name)] == 1 else f"{one.name}（{one.code}）"
            for one in self.entries
        }
        self._found: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.entries:
            for word in {self._labels[one.pk], one.name, one.name_en, one.code, *one.others}:
                if word:
                    self._found[_folded(word)].append(one.pk)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """(label, English name) in the order of the list."""
        return ((self._labels[one.pk], one.name_en) for one in self.entries)

    def label(self, pk: int | None) -> str:
        """Empty where there is no record."""
        return self._labels.get(pk, "") if pk else ""

    def find(self, text: str) -> list[int]:
        """Whom these words mean: nobody, one, or several that share a name."""
        return list(self._found.get(_folded(text), ()))


def _folded(text: str) -> str:
    """Width, case and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
