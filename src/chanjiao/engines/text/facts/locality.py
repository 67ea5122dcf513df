"""The city, county and province a page speaks of, so that 全市 and 市教育局 have a name."""

from collections import Counter
from dataclasses import dataclass

from chanjiao.engines.text.facts.names import NO_PLACES, PROVINCES
from chanjiao.engines.text.facts.words import Words

LEVELS = {"市": "city", "县": "county", "省": "province", "区": "district", "镇": "town"}
NOT_PLACE_TAGS = ("v", "p", "d", "r", "m", "q", "uj", "ul", "c", "f", "t", "x")
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Locality:
    """Names with their level at the end (某某市), empty where the page tells none."""

    city: str = ""
    county: str = ""
    province: str = ""

    def home_of(self, level: str) -> str:
        """The place that a bare 市, 县 or 省 means here."""
        return {"市": self.city, "县": self.county, "省": self.province}.get(level, "")

    def placed(self, name: str) -> str:
        """市教育局 with the city it belongs to; other names as they are."""
        home = self.home_of(name[0])
        return home + name[1:] if home else name


def locality(words: Words) -> Locality:
    """The places most often named, each with its level.

    >>> locality(Words("兰溪市教育局说，全市有3所学校。兰溪市在浙江省。"))
    Locality(city='兰溪市', county='', province='浙江省')
    """
    found: dict[str, Counter[str]] = {"市": Counter(), "县": Counter(), "省": Counter()}
    for index, word in enumerate(words):
        level = word.text[-1:]
        if level in found and (name := _place(words, index)):
            found[level][name] += 1
    best = {level: counts.most_common(1)[0][0] if counts else "" for level, counts in found.items()}
    return Locality(best["市"], best["县"], best["省"])


def _place(words: Words, index: int) -> str:
    """The place name that this word ends; empty when it is no name."""
    word = words[index]
    name = word.text
    if name in NO_PLACES or word.tag in ("v", "r", "d"):
        return ""
    while len(name) < LONGEST and index > 0:
        before = words[index - 1]
        is_part = before.tag in ("ns", "nr", "nz", "nrfg") or (
            len(before.text) == 1 and before.tag not in NOT_PLACE_TAGS
        )
        if len(name) >= 3 and not (before.tag in ("ns", "nr") and len(before.text) == 1):
            break
        if not is_part or len(before.text) + len(name) > LONGEST or before.text in NO_PLACES:
            break
        name, index = before.text + name, index - 1
    if name[-1] == "省":
        return name if name[:-1] in PROVINCES else ""
    return name if 3 <= len(name) <= LONGEST else ""
