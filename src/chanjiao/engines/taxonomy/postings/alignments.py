"""Titles, companies and unknown majors to codes: each distinct wording is aligned once."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from chanjiao.engines.taxonomy.aligner import NOTHING, Aligner, Memory
from chanjiao.engines.taxonomy.suggestions import Suggestion

TOP: Final = 5
#: Wordings that are remembered at most; then the memory starts anew.
MOST_HELD: Final = 50_000
BATCH: Final = 512
LONGEST: Final = 80
#: Half a pair is no character, and word cutting refuses it.
HALF_PAIR: Final = re.compile("[\ud800-\udfff]")
LONGEST_NAME: Final = 24
COMPANY: Final = re.compile(r"[\u4e00-\u9fff()a-z]{2,24}$")
ENDING: Final = re.compile(
    "有限责任公司|股份有限公司|有限公司|集团|总公司|分公司|合作社|事务所|研究院|研究所|公司|工厂"
)
FORM: Final = re.compile(
    r"(?:\([^)]*\)|有限责任|股份|有限|集团|总公司|分公司|控股|公司|工厂|厂|某某|某|\b[x*]{2,}"
    r"|[省市区县]|中国|国际|实业|科技|合作社|诚聘|招聘|因|我)"
)


class Alignments:
    """One aligner and what it has answered; ``suggest`` takes many wordings at once."""

    def __init__(self, aligner: Aligner | Callable[[], Aligner]) -> None:
        self._given = aligner
        self._held: dict[str, list[Suggestion]] = {}

    @property
    def aligner(self) -> Aligner:
        if not isinstance(self._given, Aligner):
            self._given = self._given()
        return self._given

    def learn(self, texts: Sequence[str]) -> None:
        """Align the wordings that are not held yet, in one go."""
        if len(self._held) > MOST_HELD:
            self._held.clear()
        fresh = list(dict.fromkeys(text for text in texts if text not in self._held))
        if fresh:
            whole = [_whole(text) for text in fresh]
            self._held.update(zip(fresh, self.aligner.align_many(whole, TOP), strict=True))

    def suggest(self, text: str, memory: Memory = NOTHING) -> list[Suggestion]:
        """Up to five codes, the best first; what memory holds stands before them."""
        if memory.near is not None:  # an organisation's own words like these count, unremembered
            return self.aligner.align_many([_whole(text)], TOP, memory=memory)[0]
        if text not in self._held:
            self.learn([text])
        found = self._held[text]
        if memory is NOTHING:
            return found
        return self.aligner.remembered_first(text, found, memory)[:TOP]


def _whole(text: str) -> str:
    return HALF_PAIR.sub("\ufffd", text[:LONGEST])


def trade_of(company: str, folded: str) -> tuple[str, int, int] | None:
    """The words of a company's name that tell its trade, and where they stand.

    >>> trade_of("温州某某阀门有限公司", "温州某某阀门有限公司")
    ('温州阀门', 0, 10)
    """
    for ending in ENDING.finditer(folded):
        name = COMPANY.search(folded, max(0, ending.start() - LONGEST_NAME), ending.start())
        if name is not None:
            start, end = name.start(), ending.end()
            words = FORM.sub("", company[start:end])
            return (words, start, end) if len(words) > 1 else None
    return None
