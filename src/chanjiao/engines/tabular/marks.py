"""Headings compared blind to width, case, spaces, punctuation, units and required-marks."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chanjiao.engines.tabular.cells import Cell, shown

BRACKETS = re.compile(r"[(\[{<【〔《「『][^()\[\]{}<>【】〔〕《》「」『』]*[)\]}>】〕》」』]")
NOT_WORD = re.compile(r"[\W_]+")
UNIT = re.compile(r"[(\[【〔]\s*(?:单位\s*[:：]?\s*)?([^()\[\]【】〔〕]+?)\s*[)\]】〕]")


def folded(heading: str) -> str:
    """Keep only what distinguishes a heading; what stands in brackets is kept too.

    >>> folded("企业名称（全称）＊ "), folded("Credit Code:")
    ('企业名称全称', 'creditcode')
    """
    return NOT_WORD.sub("", unicodedata.normalize("NFKC", heading).casefold())


def without_brackets(heading: str) -> str:
    """Fold a heading after leaving out remarks and units in brackets.

    >>> without_brackets("*月薪下限(元/月)")
    '月薪下限'
    """
    text = unicodedata.normalize("NFKC", heading)
    return folded(BRACKETS.sub("", text))


def unit_in(heading: str) -> str:
    """Give what stands in a heading's brackets, which may be a unit.

    >>> unit_in("年产值（单位：万元）"), unit_in("月薪")
    ('万元', '')
    """
    found = UNIT.findall(unicodedata.normalize("NFKC", heading))
    return found[-1].strip() if found else ""


@dataclass(frozen=True)
class Wanted:
    """The folded headings and sheet names that the caller can use."""

    headings: frozenset[str] = frozenset()
    sheet_names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, headings: Iterable[str], sheet_names: Iterable[str]) -> "Wanted":
        return cls(frozenset(map(folded, headings)), frozenset(map(folded, sheet_names)))

    def names_sheet(self, name: str) -> bool:
        return folded(name) in self.sheet_names

    def hits(self, cells: Iterable[Cell]) -> int:
        """Count the cells that read like a wanted heading."""
        texts = (shown(cell) for cell in cells if cell != "")
        return sum(
            folded(text) in self.headings or without_brackets(text) in self.headings
            for text in texts
            if len(text) <= 100
        )

    def best(self, rows: Sequence[Sequence[Cell]]) -> int:
        return max((self.hits(row) for row in rows), default=0)
