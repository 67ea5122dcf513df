"""Names of areas as people write them, functional zones among them, with the codes they mean."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.codebook import CodeItem, CodeList
from chanjiao.engines.taxonomy.postings.folding import fold
from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon

PEOPLES: Final = (
    "蒙古族?|回族?|藏族?|维吾尔|苗族?|彝族?|壮族?|布依族?|朝鲜族?|满族?|侗族?|瑶族?|白族?"
    "|土家族?|哈尼族?|哈萨克族?|傣族?"
    "|黎族?|傈僳族?|佤族?|畲族?|拉祜族?|水族|东乡族|纳西族?|景颇族?|柯尔克孜族?|土族|达斡尔族?"
    "|仫佬族?|羌族|布朗族?|撒拉族?|毛南族?"
    "|仡佬族?|锡伯族?|普米族|塔吉克族?|怒族|鄂温克族?|德昂族|保安族|裕固族|独龙族|鄂伦春族?|各族"
)
SELF_GOVERNED: Final = re.compile(rf"(?:{PEOPLES})*自治(?:区|州|县|旗)$")
ENDING: Final = re.compile(r"(?:特别行政区|省|市|地区|盟|区|县|旗|林区)$")
STREET_END: Final = re.compile(r"(?:街道办事处|街道|民族乡|镇|乡|地区|苏木|办事处)$")
TECH_ZONE: Final = re.compile(
    r"(高新技术产业|高新技术|火炬高技术产业|经济技术|经济)(?:开发区|园区|产业园区)$"
)
UNNAMED: Final = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
#: Short names that people use for the county more than for the city or the other way about.
CONTESTED: Final = frozenset(["朝阳", "通州", "鼓楼", "江北", "宝山", "南山", "新城", "和平"])
#: 中关村东路 is a road.
ROAD: Final = re.compile(r"[东西南北中]?(?:路|大道|大街|街(?!道)|巷)")
LONGEST_STREET: Final = 10


class Meaning(NamedTuple):
    """One thing a name can mean; ``within`` is the code prefix where a zone's name is used."""

    code: str
    level: int
    kind: str
    name: str
    within: str = ""


type PlaceHit = Hit[tuple[Meaning, ...]]


def prefix(code: str) -> str:
    """The digits that all areas below share: 33 for 330000, 3303 for 330300."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


class Gazetteer:
    """Areas, their short names, zones with the area they lie in, and the streets of counties.

    ``zones`` are rows with name, area, within (a code prefix or nothing) and aliases parted by
    ``|``; ``streets`` maps a county's code to ``001某某街道|002某某镇``.
    """

    def __init__(
        self, areas: CodeList, zones: Iterable[Mapping[str, str]], streets: Mapping[str, str]
    ) -> None:
        self.areas = areas
        self._streets = streets
        self._by_county: dict[str, dict[str, tuple[str, str]]] = {}
        self._by_city: dict[str, dict[str, tuple[str, str]]] = {}
        table: dict[str, list[Meaning]] = {}
        for item in areas:
            for words, kind in _wordings(item):
                table.setdefault(words, []).append(Meaning(item.code, item.level, kind, item.name))
        for zone in zones:
            _add_zone(table, areas, zone)
        self._names = Lexicon((words, tuple(found)) for words, found in table.items())

    def find(self, folded: str, start: int = 0, end: int | None = None) -> list[PlaceHit]:
        return self._names.find(folded, start, end)

    def path(self, code: str) -> str:
        """Province, city and county in one: 浙江省温州市瓯海区."""
        item = self.areas.get(code)
        if item is None:
            return ""
        above = [one.name for one in self.areas.ancestors(code) if one.name not in UNNAMED]
        return "".join([*reversed(above), item.name])

    def street(
        self, code: str, folded: str, start: int, *, loose: bool
    ) -> tuple[str, str, int] | None:
        """The street or town named at a place in the text: its code, name and where it ends.

        Below a city all its counties are looked through; ``loose`` takes a town without 镇.
        """
        known = self._streets_of(code)
        for length in range(min(LONGEST_STREET, len(folded) - start), 1, -1):
            words = folded[start : start + length]
            found = known.get(words)
            if found and (loose or STREET_END.search(words)):
                is_road = ROAD.match(folded, start + length) and not STREET_END.search(words)
                return None if is_road else (found[0], found[1], start + length)
        return None

    def _streets_of(self, code: str) -> Mapping[str, tuple[str, str]]:
        if not code.endswith("00"):
            if code not in self._by_county:
                self._by_county[code] = _street_names(code, self._streets.get(code, ""))
            return self._by_county[code]
        if code.endswith("0000"):
            return {}
        if code not in self._by_city:
            names: dict[str, tuple[str, str]] = {}
            for county in self.areas.children(code):
                names |= self._streets_of(county.code)
            names |= _street_names(code, self._streets.get(code, ""))
            self._by_city[code] = names
        return self._by_city[code]


def _street_names(county: str, packed: str) -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for one in packed.split("|") if packed else ():
        number, name = one[:3], one[3:]
        names[fold(name)] = (county + number, name)
        stem = STREET_END.sub("", name)
        if len(stem) > 1:
            names.setdefault(fold(stem), (county + number, name))
            if stem != name:
                names.setdefault(fold(stem) + "镇", (county + number, name))
    return names


def _wordings(item: CodeItem) -> list[tuple[str, str]]:
    """The official name and what it is shortened to."""
    if item.name in UNNAMED:
        return []
    found = [(item.name, "full")]
    stem = SELF_GOVERNED.sub("", item.name)
    if stem == item.name:
        stem = ENDING.sub("", item.name)
    if len(stem) > 1 and stem != item.name:
        found.append((stem, "short"))
    match = TECH_ZONE.search(item.name)
    if match:
        town = item.name[: match.start()].removesuffix("市")
        kind = "高新区" if "高" in match[1] else "经开区"
        found += [(town + kind, "full"), (town + "开发区", "full")] if town else []
    return [(words, kind) for words, kind in found if words not in ("郊", "城", "矿")]


def _add_zone(table: dict[str, list[Meaning]], areas: CodeList, zone: Mapping[str, str]) -> None:
    item = areas.get(zone["area"])
    if item is None:
        return
    within = zone.get("within") or ""
    words = (
        [zone["name"], *zone["aliases"].split("|")] if not within else zone["aliases"].split("|")
    )
    meaning = Meaning(item.code, item.level, "scoped" if within else "zone", zone["name"], within)
    for one in words:
        if one and meaning not in table.setdefault(one, []):
            table[one].append(meaning)
