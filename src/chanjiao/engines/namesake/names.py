"""What is left of a Chinese company's name when everything that varies in writing is gone."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pypinyin import Style, lazy_pinyin

_IDLE = re.compile(r"[\W_]+")
_FORM = re.compile(r"(股份有限公司|有限责任公司|有限公司|股份公司|公司)$")
_SUFFIX = re.compile(r"(特别行政区|自治区|自治州|自治县|地区|省|市|区|县|镇|乡|街道|州|盟|旗)$")
SHORTEST_CORE = 3
LONGEST_PLACE = 8


def folded_name(name: str) -> str:
    """One way of writing for full width, brackets, spaces and case.

    >>> folded_name("甲精密（望澜）有限公司 ") == folded_name("甲精密(望澜)有限公司")
    True
    """
    return _IDLE.sub("", unicodedata.normalize("NFKC", name)).lower()


def place_words(names: Iterable[str]) -> frozenset[str]:
    """Names of places with and without their kind, as they stand at the head of a company's name.

    >>> sorted(place_words(["望澜市"]))
    ['望澜', '望澜市']
    """
    words: set[str] = set()
    for name in names:
        folded = folded_name(name)
        words.add(folded)
        bare = _SUFFIX.sub("", folded)
        if len(bare) > 1:
            words.add(bare)
    return frozenset(word for word in words if len(word) <= LONGEST_PLACE)


def core_name(name: str, places: frozenset[str] = frozenset()) -> str:
    """The name without place and form of incorporation; a name that is nothing else stays whole.

    >>> core_name("望澜市鼎盛机械（望澜）有限公司", place_words(["望澜市"]))
    '鼎盛机械'
    >>> core_name("望澜有限公司", place_words(["望澜市"]))
    '望澜有限公司'
    """
    return core_and_places(name, places)[0]


def core_and_places(name: str, places: frozenset[str]) -> tuple[str, frozenset[str]]:
    """The core, and the places that were taken away, without their kind.

    >>> core_and_places("望澜市鼎盛机械有限公司", place_words(["望澜市"]))
    ('鼎盛机械', frozenset({'望澜'}))
    """
    written = unicodedata.normalize("NFKC", name)
    found: set[str] = set()
    for inside in re.findall(r"\(([^()]*)\)", written):
        if folded_name(inside) in places:
            written = written.replace(f"({inside})", "")
            found.add(_bare(folded_name(inside)))
    whole = folded_name(written)
    text = _FORM.sub("", whole)
    while place := _place_at_head(text, places):
        text = text[len(place) :]
        found.add(_bare(place))
    return (text, frozenset(found)) if len(text) >= SHORTEST_CORE else (whole, frozenset())


def _place_at_head(text: str, places: frozenset[str]) -> str:
    sizes = range(min(LONGEST_PLACE, len(text) - SHORTEST_CORE), 1, -1)
    return next((text[:size] for size in sizes if text[:size] in places), "")


def _bare(place: str) -> str:
    return _SUFFIX.sub("", place) or place


def sound(text: str) -> str:
    """Pinyin without tones, letter by letter, so that a homophone slip sounds the same.

    >>> sound("鼎盛") == sound("鼎胜")
    True
    """
    return " ".join(_syllable(character) for character in text)


@cache
def _syllable(character: str) -> str:
    return lazy_pinyin(character, style=Style.NORMAL)[0]
