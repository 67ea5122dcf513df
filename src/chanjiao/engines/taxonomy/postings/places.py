"""Where the work is: names of areas followed from the wide to the narrow, then coded."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chanjiao.engines.taxonomy.postings.gazetteer import (
    CONTESTED,
    Gazetteer,
    Meaning,
    PlaceHit,
    prefix,
)
from chanjiao.engines.taxonomy.postings.model import Place, Told
from chanjiao.engines.taxonomy.postings.placewords import (
    AFFAIRS,
    AFTER_LABEL,
    AFTER_WEAK,
    EDGES,
    ENDS,
    FIRM,
    FIRM_NAME,
    FULL_ENDS,
    LABEL,
    LEAD,
    LIST,
    LISTED,
    NEAR,
    ORDINARY,
    OTHERS,
    PATH,
    ROAD,
    STOP,
    TITLE_BRACKET,
    WEAK,
    WINDOW,
)

ZONES = ("zone", "scoped")


class _Step(NamedTuple):
    """One resolved name on the way; ``meanings`` holds all where it can't be told which."""

    start: int
    end: int
    meaning: Meaning
    is_sure: bool
    meanings: tuple[Meaning, ...]


class _Stretch(NamedTuple):
    """A stretch of text to read places from.

    ``loose`` takes towns without 镇; ``in_text`` asks of short names that they stand like places,
    except ``at`` right behind a label.
    """

    start: int
    end: int
    confidence: float
    loose: bool = True
    near: str = ""
    in_text: bool = False
    at: int = -1


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
        found = self._read(folded, _Stretch(0, len(folded), 0.97, near=near))
        if found or not near:
            return found
        street = self._near_street(folded, near)
        return [street] if street else []

    def text(self, folded: str, title: tuple[int, int] | None = None) -> list[Told]:
        """Places of free text: after a label, in the title's brackets, else where they stand."""
        for label in LABEL.finditer(folded):
            found = self._labelled(folded, label)
            if found:
                return found
        found = self._brackets(folded, *title) if title else []
        return found or self._loose(folded)

    def company(self, folded: str) -> list[Told]:
        """The area that begins a company's name, for want of a better place."""
        found = self._read(folded, _Stretch(0, min(len(folded), 12), 0.5))
        return [one._replace(method="company") for one in found[:1] if one.start == 0]

    def _labelled(self, folded: str, label: re.Match[str]) -> list[Told]:
        """The places behind one label; a weak one needs a colon, or a name right behind it."""
        is_weak, is_firm = label[0] in WEAK, label[0] in FIRM
        match = (AFTER_WEAK if is_weak else AFTER_LABEL).match(folded, label.end())
        if match is None and not is_weak:
            return []
        start = match.end() if match else label.end()
        stop = STOP.search(folded, start, start + WINDOW)
        end = stop.start() if stop else min(len(folded), start + WINDOW)
        sure, at = 0.85 if is_firm else 0.95, start if match else -1
        told = self._read(folded, _Stretch(start, end, sure, in_text=True, at=at))
        if match is None and told and told[0].start > start:
            return []
        return told[:1] if is_firm else told

    def _brackets(self, folded: str, start: int, end: int) -> list[Told]:
        offset = max(0, start - 16)
        for match in TITLE_BRACKET.finditer(folded[offset : end + 16]):
            first, last = match.start(1) + offset, match.end(1) + offset
            found = self._read(folded, _Stretch(first, last, 0.85))
            if found and found[0].start == first:
                return found
        return []

    def _loose(self, folded: str) -> list[Told]:
        """Names that stand alone or in full; the first stretch of them counts."""
        hits = [hit for hit in self.gazetteer.find(folded) if self._stands(folded, hit)]
        for number, hit in enumerate(hits):
            end = _end_of_names(folded, hits[number:])
            where = _Stretch(hit.start, end, 0.75, loose=False, in_text=True)
            found = self._read(folded, where)
            if found:
                return found
        return []

    def _stands(self, folded: str, hit: PlaceHit) -> bool:
        """Whether a name in running text is likely to be a place at all."""
        meaning = _widest(hit.entry)
        is_none = meaning.kind == "scoped" or _is_other(folded, hit, in_text=True)
        if is_none or FIRM_NAME.match(folded, hit.end):
            return False
        if meaning.kind == "full" and _is_full(folded, hit.start, hit.end):
            return True
        begins = not hit.start or folded[hit.start - 1] in EDGES
        if not begins and not LEAD.search(folded, max(0, hit.start - 4), hit.start):
            return False
        ends = hit.end == len(folded) or folded[hit.end] in ENDS
        if ends or meaning.level <= 2 or hit.end - hit.start > 3:
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

    def _read(self, folded: str, where: _Stretch) -> list[Told]:
        near = where.near or self.home
        steps: list[_Step] = []
        groups: list[list[_Step]] = []
        for hit in self.gazetteer.find(folded, where.start, where.end):
            before = steps[-1] if steps else None
            if hit.start != where.at and _is_other(folded, hit, in_text=where.in_text):
                continue
            step = _step(folded, hit, before, near)
            if step is None or (where.in_text and _is_far(folded, where.start, before, step)):
                continue
            if before is not None and _narrows(folded, before, step):
                groups[-1].append(step)
            elif before is None or _is_next(folded, before, step, in_text=where.in_text):
                groups.append([step])
            else:
                continue  # 温州市瓯海区...对面苏州路: a name inside an address
            steps.append(step)
        found: dict[str, Told] = {}
        for group in groups:
            one = self._place(folded, group, where)
            found.setdefault(one.code or one.value.name, one)
        return list(found.values())

    def _place(self, folded: str, group: list[_Step], where: _Stretch) -> Told:
        last = group[-1]
        code, stop = last.meaning.code, last.end
        if not last.is_sure and len(group) == 1:
            others = tuple((one.code, self.gazetteer.path(one.code)) for one in last.meanings[:5])
            words = folded[last.start : last.end]
            return Told(Place(words), "", last.start, stop, "shared", 0.3, words, others)
        zones = [folded[one.start : one.end] for one in group if one.meaning.kind in ZONES]
        way = PATH.match(folded, stop)
        at = stop + len(way[0].rstrip(",|/")) if way else stop
        loose = where.loose or not code.endswith("00")
        town = self.gazetteer.street(code, folded[: where.end], at, loose=loose)
        street, street_name = "", ""
        if town:
            street, street_name, stop = town
            code = street[:6]
        place = Place(self.gazetteer.path(code), zones[0] if zones else "", street, street_name)
        method = "zone" if zones else "street" if street else "path" if len(group) > 1 else "name"
        return Told(place, code, group[0].start, stop, method, where.confidence, place.name)


def _step(folded: str, hit: PlaceHit, before: _Step | None, near: str) -> _Step | None:
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
    for scope in _scopes(near) if len(codes) > 1 and near else ():
        inside = [one for one in meanings if one.code.startswith(scope)]
        if inside:
            return _Step(hit.start, hit.end, _widest(inside), True, tuple(meanings))
    best = _widest(meanings)
    same = {one.code for one in meanings if (one.level, one.kind) == (best.level, best.kind)}
    is_contested = len(codes) > 1 and folded[hit.start : hit.end] in CONTESTED
    return _Step(hit.start, hit.end, best, len(same) == 1 and not is_contested, tuple(meanings))


def _widest(meanings: Sequence[Meaning]) -> Meaning:
    """Zones stand for what they are; else the province before the city before the county."""
    return min(meanings, key=lambda one: (one.kind not in ZONES, one.level, one.code))


def _narrows(folded: str, before: _Step, step: _Step) -> bool:
    """Whether a name lies within the one before it and goes on with the same place."""
    one, other = before.meaning, step.meaning
    if not other.code.startswith(prefix(one.code)):
        # 苍南龙港: a county that another one was carved from
        return before.end == step.start and one.level == 3 and other.code[:4] == one.code[:4]
    if other.code == one.code and other.kind == one.kind:
        return PATH.fullmatch(folded, before.end, step.start) is not None
    return step.start - before.end < NEAR + 2


def _is_other(folded: str, hit: PlaceHit, *, in_text: bool) -> bool:
    """南京西路 is a road and 浙江大学 a university, though both begin with a place."""
    if hit.start and folded[hit.start - 1] == "非":
        return True
    if _is_full(folded, hit.start, hit.end):
        return in_text and AFFAIRS.match(folded, hit.end) is not None
    if in_text and folded[hit.start : hit.end] in ORDINARY:
        return hit.start == 0 or folded[hit.start - 1] not in FULL_ENDS
    return bool(ROAD.match(folded, hit.end) or OTHERS.match(folded, hit.end))


def _is_full(folded: str, start: int, end: int) -> bool:
    return end - start > 2 and folded[end - 1] in FULL_ENDS


def _is_far(folded: str, start: int, before: _Step | None, step: _Step) -> bool:
    """A short name far behind its label is mostly a word of a sentence."""
    if before is not None or step.start - start <= NEAR:
        return False
    return not _is_full(folded, step.start, step.end)


def _is_next(folded: str, before: _Step, step: _Step, *, in_text: bool) -> bool:
    """Whether a name is another place of the same list."""
    if not in_text:
        return LISTED.search(folded, before.end, step.start) is not None
    if LIST.fullmatch(folded, before.end, step.start):
        return True
    is_near = step.start - before.end <= 2 * NEAR and _is_full(folded, step.start, step.end)
    return is_near and LISTED.search(folded, before.end, step.start) is not None


def _end_of_names(folded: str, hits: Sequence[PlaceHit]) -> int:
    """Where the first stretch of names ends: 温州·龙湾 and what belongs to it."""
    end = hits[0].end
    for hit in hits[1:]:
        if folded[end : hit.start].strip(" ·-/、,()市区"):
            break
        end = hit.end
    return min(len(folded), end + 12)
