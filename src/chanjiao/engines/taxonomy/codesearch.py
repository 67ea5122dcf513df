"""The index behind a list's search box: substring, pinyin, initials, code prefix, loose order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

Entry = tuple[int, str, bool]  # row number, text, whether it is the name (or an alias)
# The kinds of match, best first; a lower rank stands higher in the list.
CODE, NAME, ALIAS, NAME_START, ALIAS_START, CODE_START, NAME_PART, ALIAS_PART = range(8)
SPELLED: Final = 8  # whole, start or part; then the same for aliases
LOOSE: Final = 14
NO_MATCH: Final = (99, 0, "")


def _matched(kind: int) -> str:
    if kind in (CODE, CODE_START):
        return "code"
    if SPELLED <= kind < LOOSE:
        return "pinyin"
    return "alias" if kind in (ALIAS, ALIAS_START, ALIAS_PART) else "name"


@dataclass(frozen=True, slots=True)
class Hit[T]:
    """A found item, what matched (name, alias, code or pinyin) and the matching text."""

    item: T
    matched: str
    text: str


type Ranks = dict[int, tuple[int, int, str]]  # row number -> kind, position, matched text


def spell(text: str) -> tuple[str, str, frozenset[int]]:
    """Full reading, initials and where syllables start: 数控 gives shukong, sk, {0, 3}."""
    from pypinyin import lazy_pinyin  # 0.2 s to load, needed only once somebody searches

    syllables = [part.lower() for part in lazy_pinyin(text)]
    ends = list(accumulate(map(len, syllables)))
    initials = "".join(part[0] if part.isalpha() else part for part in syllables)
    return "".join(syllables), initials, frozenset([0, *ends])


class SearchIndex[T]:
    """Built from (item, code, name, aliases); texts are folded once, pinyin when first asked."""

    def __init__(self, rows: Iterable[tuple[T, str, str, tuple[str, ...]]]) -> None:
        self._items: list[T] = []
        self._codes: list[str] = []
        self._entries: list[Entry] = []
        for number, (item, code, name, aliases) in enumerate(rows):
            self._items.append(item)
            self._codes.append(code)
            self._entries.append((number, name.lower(), True))
            self._entries += [(number, alias.lower(), False) for alias in aliases]

    @cached_property
    def _spelled(self) -> list[tuple[int, str, bool, tuple[str, str, frozenset[int]]]]:
        return [(row, text, is_name, spell(text)) for row, text, is_name in self._entries]

    def search(self, query: str) -> list[Hit[T]]:
        words = query.lower().split()
        if not words:
            return []
        ranks = self._ranks(words[0])
        for word in words[1:]:
            more = self._ranks(word)
            ranks = {row: max(rank, more[row]) for row, rank in ranks.items() if row in more}
        order = sorted(
            ranks, key=lambda row: (*ranks[row][:2], len(ranks[row][2]), self._codes[row])
        )
        return [self._hit(row, ranks[row]) for row in order]

    def _hit(self, row: int, rank: tuple[int, int, str]) -> Hit[T]:
        return Hit(self._items[row], _matched(rank[0]), rank[2])

    def _ranks(self, word: str) -> Ranks:
        best: Ranks = {}
        self._match_texts(word, best)
        self._match_codes(word, best)
        if word.isascii() and word.isalnum() and not word.isdigit():
            self._match_pinyin(word, best)
        elif not best and len(word) > 1:
            self._match_loosely(word, best)
        return best

    def _match_texts(self, word: str, best: Ranks) -> None:
        for row, text, is_name in self._entries:
            at = text.find(word)
            if at >= 0:
                kind = _kind(text, word, at, (NAME, NAME_START, NAME_PART))
                _keep(best, row, (kind if is_name else kind + 1, at, text))

    def _match_codes(self, word: str, best: Ranks) -> None:
        bare = word.upper().replace("-", "")
        for row, code in enumerate(self._codes):
            plain = code.replace("-", "")
            if plain.startswith(bare) or (plain[0].isalpha() and plain[1:].startswith(bare)):
                kind = CODE if len(plain) - len(bare) <= plain[0].isalpha() else CODE_START
                _keep(best, row, (kind, 0, code))

    def _match_pinyin(self, word: str, best: Ranks) -> None:
        for row, text, is_name, (full, initials, starts) in self._spelled:
            base = SPELLED if is_name else SPELLED + 3
            kinds = (base, base + 1, base + 2)
            at = initials.find(word)
            if at >= 0:
                _keep(best, row, (_kind(initials, word, at, kinds), at, text))
            at = full.find(word)
            if at in starts:
                _keep(best, row, (_kind(full, word, at, kinds), at, text))

    def _match_loosely(self, word: str, best: Ranks) -> None:
        """Characters in the right order with others between: 数控操作 finds 数控机床操作工."""
        pattern = re.compile(".*?".join(map(re.escape, word)))
        for row, text, _ in self._entries:
            found = pattern.search(text)
            if found:
                _keep(best, row, (LOOSE, found.end() - found.start() - len(word), text))


def _kind(text: str, word: str, at: int, kinds: tuple[int, int, int]) -> int:
    if at:
        return kinds[2]
    return kinds[0] if len(text) == len(word) else kinds[1]


def _keep(best: Ranks, row: int, rank: tuple[int, int, str]) -> None:
    if rank < best.get(row, NO_MATCH):
        best[row] = rank
