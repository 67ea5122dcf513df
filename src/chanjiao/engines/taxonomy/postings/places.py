"""Where the work is: names of areas followed from the wide to the narrow, then coded."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.gazetteer import (
    CONTESTED,
    Gazetteer,
    Meaning,
    PlaceHit,
    prefix,
)
from chanjiao.engines.taxonomy.postings.model import Place, Told

#: Words after which a place is told; each is plain, which the machine finds fast.
LABEL: Final = re.compile(
    "(?:工作地点|上班地点|工作地址|上班地址|工作城市|工作区域|工作地区|地点|地址|区域|城市|地区"
    "|所在地|工作地|上班地|base|位于|坐落于|坐落在"
    "|厂址|地处|就近分配|工厂设在|工厂建在|工厂在|公司在|厂区在|厂在|门店在|总部在|上班在|驻点"
    "|派驻|常驻)"
)
AFTER_LABEL: Final = re.compile(r"(?:\s?[:为在是于]|\s|(?=[\u4e00-\u9fff]))\s?")
WINDOW: Final = 70
STOP: Final = re.compile(r"[。;\n!]")
ROAD: Final = re.compile(
    r"[东西南北中]?[一二三四五六七八九]?(?:路|大道|大街|街(?!道)|巷|弄|高速|大桥|公路|国道|支路"
    r"|山庄|饭店|大厦|酒店|花园|广场|小区)"
)
OTHERS: Final = re.compile(
    r"大学|学院|银行|师范|科技大|交通大|理工|财经|日报|电视|话|菜|人(?!民|才)|籍|户口|户籍|牌照"
    r"|社保|市场|办事处|分公司|订单|客户|办公室"
    r"|料理|小吃|时间|总部|证券|保险|交易所|医科|农大|外国语|工业大|航空航天|邮电|政法|协和"
    r"|同仁|大众|现代|奔驰|汽车|烤鸭|地铁|户|风格|旅游"
)
LISTED: Final = re.compile(r"[、,;/和及或与|+]|以及|或者|\s")
PATH: Final = re.compile(r"[\s·\-/>|(:,省市区县的]*")
EDGES: Final = frozenset(' ,。;:\n()[]|/·、\t!?"“”-+')
#: What may stand behind a county's short name: 永康某厂.
ENDS: Final = EDGES | {"某"}
LEAD: Final = re.compile(r"(?:招聘?|诚聘|急聘|[分派]配?[至到往在]|前往|驻|[在到于])$")
FULL_ENDS: Final = "省市区县旗州盟"
TITLE_BRACKET: Final = re.compile(r"[\[(]([^\])(\[]{2,12})[\])]")


class _Step(NamedTuple):
    """One resolved name on the way; ``meanings`` holds all where it can't be told which."""

    start: int
    end: int
    meaning: Meaning
    is_sure: bool
    meanings: tuple[Meaning, ...]


class PlaceReader:
    """Reads places with one gazetteer; ``home`` is the area to prefer where a name is shared."""

    def __init__(self, gazetteer: Gazetteer, home: str = "") -> None:
        self.gazetteer = gazetteer
        self.home = home

    def column(self, folded: str, context: str = "") -> list[Told]:
        """Places of a cell that holds nothing else.

        Short names count as much as long ones there. ``context`` is the code of the wider area
        that another column told, in which names and streets are looked for first.
        """
        near = context or self.home
        found = self._read(folded, 0, len(folded), loose=True, confidence=0.97, near=near)
        if found or not near:
            return found
        street = self._near_street(folded, near)
        return [street] if street else []

    def text(self, folded: str, title: tuple[int, int] | None = None) -> list[Told]:
        """Places of free text: after a label, in the title's brackets, else where they stand."""
        found: list[Told] = []
        for label in LABEL.finditer(folded):
            match = AFTER_LABEL.match(folded, label.end())
            if match is None:
                continue
            stop = STOP.search(folded, match.end(), match.end() + WINDOW)
            end = stop.start() if stop else min(len(folded), match.end() + WINDOW)
            found = self._read(folded, match.end(), end, loose=True, confidence=0.95)
            if found:
                break
        if not found and title:
            found = self._brackets(folded, *title)
        return found or self._loose(folded)

    def company(self, folded: str) -> list[Told]:
        """The area that begins a company's name, for want of a better place."""
        found = self._read(folded, 0, min(len(folded), 12), loose=True, confidence=0.5)
        return [
            one._replace(method="company", confidence=0.5) for one in found[:1] if one.start == 0
        ]

    def _brackets(self, folded: str, start: int, end: int) -> list[Told]:
        around = folded[max(0, start - 16) : end + 16]
        for match in TITLE_BRACKET.finditer(around):
            offset = max(0, start - 16)
            first, last = match.start(1) + offset, match.end(1) + offset
            found = self._read(folded, first, last, loose=True, confidence=0.85)
            if found and found[0].start == first:
                return found
        return []

    def _loose(self, folded: str) -> list[Told]:
        """Names that stand alone or in full; the first stretch of them counts."""
        hits = [hit for hit in self.gazetteer.find(folded) if self._stands(folded, hit)]
        for number, hit in enumerate(hits):
            end = _stretch(folded, hits[number:])
            found = self._read(folded, hit.start, end, loose=False, confidence=0.75)
            if found:
                return found
        return []

    def _stands(self, folded: str, hit: PlaceHit) -> bool:
        """Whether a name in running text is likely to be a place at all."""
        meaning = _widest(hit.entry)
        if meaning.kind == "scoped" or _is_other(folded, hit):
            return False
        length = hit.end - hit.start
        if meaning.kind == "full" and length > 2 and folded[hit.end - 1] in FULL_ENDS:
            return True
        if (
            hit.start
            and folded[hit.start - 1] not in EDGES
            and not LEAD.search(folded, max(0, hit.start - 4), hit.start)
        ):
            return False
        if meaning.level <= 2 or length > 3 or hit.end == len(folded) or folded[hit.end] in ENDS:
            return True
        return self.gazetteer.street(meaning.code, folded, hit.end, loose=True) is not None

    def _near_street(self, folded: str, near: str) -> Told | None:
        for start in range(min(len(folded), 30)):
            found = self.gazetteer.street(near, folded, start, loose=start == 0)
            if found:
                code, name, end = found
                place = Place(self.gazetteer.path(code[:6]), "", code, name)
                return Told(place, code[:6], start, end, "street", 0.7, place.name)
        return None

    def _read(
        self, folded: str, start: int, end: int, *, loose: bool, confidence: float, near: str = ""
    ) -> list[Told]:
        near = near or self.home
        steps: list[_Step] = []
        groups: list[list[_Step]] = []
        hits = self.gazetteer.find(folded, start, end)
        for hit in hits:
            if _is_other(folded, hit):
                continue
            before = steps[-1] if steps else None
            step = self._step(folded, hit, before, near)
            if step is None:
                continue
            if before is not None and _narrows(folded, before, step):
                groups[-1].append(step)
            elif before is not None and not LISTED.search(folded, before.end, step.start):
                continue  # 温州市瓯海区...对面苏州路: a name inside an address
            else:
                groups.append([step])
            steps.append(step)
        return self._told(folded, groups, end, loose=loose, confidence=confidence)

    def _step(self, folded: str, hit: PlaceHit, before: _Step | None, near: str) -> _Step | None:
        """Which of its meanings a name has here; None where it has none."""
        context = before.meaning.code if before else near
        meanings = [one for one in hit.entry if _holds(one, context)]
        if not meanings:
            return None
        for scope in _scopes(before.meaning.code) if before else ():
            inside = [one for one in meanings if one.code.startswith(scope) and one.code != context]
            if inside:
                return _Step(hit.start, hit.end, _widest(inside), True, tuple(inside))
        return _alone(folded, hit, meanings, near)

    def _told(
        self, folded: str, groups: list[list[_Step]], end: int, *, loose: bool, confidence: float
    ) -> list[Told]:
        found: dict[str, Told] = {}
        for group in groups:
            one = self._place(folded, group, end, loose=loose, confidence=confidence)
            found.setdefault(one.code or one.value.name, one)
        return list(found.values())

    def _place(
        self, folded: str, group: list[_Step], end: int, *, loose: bool, confidence: float
    ) -> Told:
        last = group[-1]
        meaning, stop = last.meaning, last.end
        if not last.is_sure and len(group) == 1:
            others = tuple((one.code, self.gazetteer.path(one.code)) for one in last.meanings[:5])
            words = folded[last.start : last.end]
            return Told(Place(words), "", last.start, stop, "shared", 0.3, words, others)
        code = meaning.code
        zone = next(
            (one.meaning.name for one in group if one.meaning.kind in ("zone", "scoped")), ""
        )
        street, street_name = "", ""
        way = PATH.match(folded, stop)
        at = stop + len(way[0].rstrip(",|/")) if way else stop
        town = self.gazetteer.street(code, folded[:end], at, loose=loose or not code.endswith("00"))
        if town:
            street, street_name, stop = town
            code = street[:6]
        place = Place(self.gazetteer.path(code), zone, street, street_name)
        method = "zone" if zone else ("street" if street else "path" if len(group) > 1 else "name")
        return Told(place, code, group[0].start, stop, method, confidence, place.name)


def _scopes(code: str) -> tuple[str, str, str]:
    """An area's own prefix, its city's and its province's."""
    return prefix(code), code[:4], code[:2]


def _holds(meaning: Meaning, context: str) -> bool:
    """Whether 高新区 or the like is used in this meaning where the context lies."""
    if meaning.kind != "scoped":
        return True
    wide = prefix(context) if context else "-"
    return context.startswith(meaning.within) or meaning.within.startswith(wide)


def _alone(folded: str, hit: PlaceHit, meanings: Sequence[Meaning], near: str) -> _Step:
    """A name without a wider one before it: the nearest of its meanings, else the widest."""
    codes = {one.code for one in meanings}
    if len(codes) > 1 and near:
        for scope in (near, near[:4], near[:2]):
            inside = [one for one in meanings if one.code.startswith(scope)]
            if inside:
                return _Step(hit.start, hit.end, _widest(inside), True, tuple(meanings))
    best = _widest(meanings)
    same = {one.code for one in meanings if (one.level, one.kind) == (best.level, best.kind)}
    is_contested = len(codes) > 1 and folded[hit.start : hit.end] in CONTESTED
    return _Step(hit.start, hit.end, best, len(same) == 1 and not is_contested, tuple(meanings))


def _widest(meanings: Sequence[Meaning]) -> Meaning:
    """Zones stand for what they are; else the province before the city before the county."""
    return min(meanings, key=lambda one: (one.kind not in ("zone", "scoped"), one.level, one.code))


def _narrows(folded: str, before: _Step, step: _Step) -> bool:
    inside = step.meaning.code.startswith(prefix(before.meaning.code))
    if not inside or (
        step.meaning.code == before.meaning.code and step.meaning.kind == before.meaning.kind
    ):
        return inside and PATH.fullmatch(folded, before.end, step.start) is not None
    return len(folded[before.end : step.start]) < 12


def _is_other(folded: str, hit: PlaceHit) -> bool:
    """南京西路 is a road and 浙江大学 a university, though both begin with a place."""
    if folded[hit.end - 1] in FULL_ENDS and hit.end - hit.start > 2:
        return False
    return bool(ROAD.match(folded, hit.end) or OTHERS.match(folded, hit.end))


def _stretch(folded: str, hits: Sequence[PlaceHit]) -> int:
    """Where the first stretch of names ends: 温州·龙湾 and what belongs to it."""
    end = hits[0].end
    for hit in hits[1:]:
        if len(folded[end : hit.start].strip(" ·-/、,()市区")) > 0:
            break
        end = hit.end
    return min(len(folded), end + 12)
