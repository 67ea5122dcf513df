"""Pinyin glosses that a machine put behind characters: 學(xué) is 學."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pypinyin import Style, pinyin

from chanjiao.engines.text.draft import Change

HAN = r"㐀-鿿豈-﫿"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = rf"[a-zêü{TONED}]{{1,7}}"
GLOSS = re.compile(rf"(?<=[{HAN}])[(（]({SYLLABLE})[)）]")
SIGN = re.compile(rf"[{HAN}][(（][a-zü]*[{TONED}]")


def glosses(text: str) -> Iterator[Change]:
    """Every gloss that is a reading of the character before it; others are left alone."""
    for found in GLOSS.finditer(text):
        if bare(found[1]) in readings(text[found.start() - 1]):
            yield found.start(), found.end(), ""


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character without their tones, ü written as v."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)
    return frozenset(bare(one) for one in found[0])


@cache
def first_reading(character: str) -> str:
    """The reading a machine writes down that does not look at the words around, with its tone."""
    return pinyin(character, style=Style.TONE)[0][0]


def bare(syllable: str) -> str:
    """A syllable without tone marks, ü as v.

    >>> bare("lǜ"), bare("xué")
    ('lv', 'xue')
    """
    parts = unicodedata.normalize("NFD", syllable.lower())
    kept = "".join("v" if part == "̈" else part for part in parts if _is_kept(part))
    return kept.replace("uv", "v")


def _is_kept(part: str) -> bool:
    return part == "̈" or not unicodedata.combining(part)
