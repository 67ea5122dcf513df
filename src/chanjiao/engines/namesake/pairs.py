"""Pairs of names that may mean one body, with the reason and a score.

Equal forms meet in a table; merely alike names meet only where they share one of their rarest
pairs of characters, or stand close together in the order of their cores. A block that many share
is passed over, so that work grows with the number of names and not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal, cast

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from chanjiao.engines.namesake.names import core_and_places, folded_name, sound

type Reason = Literal["name", "core", "sound", "alike"]

SCORES: dict[Reason, int] = {"name": 100, "core": 96, "sound": 92}
ALIKE_FROM = 85
RAREST = 4
LARGEST_BLOCK = 40
LARGEST_GROUP = 8
BRAND = 4
KINDS_OF_PLACE = frozenset("省市区县镇乡")
NEIGHBOURS = 5
_MARKS = re.compile(r"[0-9a-z一二三四五六七八九十百零]+")


@dataclass(frozen=True, slots=True)
class Namesake[K: Hashable]:
    """Two keys whose names may mean one body; ``score`` is 0–100."""

    first: K
    second: K
    reason: Reason
    score: int


@dataclass(frozen=True, slots=True)
class _Forms:
    folded: str
    core: str
    sound: str
    places: frozenset[str]


def namesakes[K: Hashable](
    names: Mapping[K, str], places: frozenset[str] = frozenset()
) -> list[Namesake[K]]:
    """All pairs among ``names``; each pair once, under its strongest reason.

    >>> found = namesakes({1: "鼎盛机械有限公司", 2: "鼎胜机械有限公司", 3: "鼎丰机械有限公司"})
    >>> [(pair.first, pair.second, pair.reason) for pair in found]
    [(1, 2, 'sound')]
    """
    forms = {key: _forms(name, places) for key, name in names.items()}
    order = {key: number for number, key in enumerate(forms)}
    found: dict[tuple[K, K], Namesake[K]] = {}
    for one, other in _candidates(forms):
        first, second = (one, other) if order[one] < order[other] else (other, one)
        if (first, second) in found:
            continue
        judged = _judge(forms[first], forms[second])
        if judged:
            found[first, second] = Namesake(first, second, *judged)
    return list(found.values())


def namesakes_of[K: Hashable](
    name: str, others: Mapping[K, str], places: frozenset[str] = frozenset(), limit: int = 5
) -> list[tuple[K, Reason, int]]:
    """Who among ``others`` may be the body called ``name``; the likeliest first.

    >>> namesakes_of("鼎盛机械公司", {7: "鼎盛机械有限公司"})
    [(7, 'core', 96)]
    """
    form = _forms(name, places)
    near = process.extract(form.folded, others, scorer=fuzz.WRatio, limit=60, score_cutoff=60)
    judged = ((key, _judge(form, _forms(text, places))) for text, _score, key in near)
    hits = [(key, *verdict) for key, verdict in judged if verdict]
    return sorted(hits, key=lambda hit: -hit[2])[:limit]


def _forms(name: str, places: frozenset[str]) -> _Forms:
    core, found = core_and_places(name, places)
    return _Forms(folded_name(name), core, sound(core), found)


def _judge(one: _Forms, other: _Forms) -> tuple[Reason, int] | None:
    """The strongest reason; the same words under two places are two bodies."""
    if one.folded == other.folded:
        return "name", SCORES["name"]
    if not (one.places <= other.places or other.places <= one.places):
        return None
    for reason, same in (("core", one.core == other.core), ("sound", one.sound == other.sound)):
        if same:
            return cast("Reason", reason), SCORES[cast("Reason", reason)]
    score = fuzz.ratio(one.core, other.core, score_cutoff=ALIKE_FROM)
    if score and _is_same_mark(one.core, other.core) and _only_adds(one.core, other.core):
        return "alike", min(int(score), SCORES["sound"] - 1)
    return None


def _is_same_mark(one: str, other: str) -> bool:
    """Numbers and letters tell branches and phases apart, however alike the rest is."""
    return _MARKS.findall(one) == _MARKS.findall(other)


def _only_adds(one: str, other: str) -> bool:
    """Another character, or one more in the brand at the head, is another firm.

    A character that only sounds the same is a slip of the keyboard, and a word of trade that one
    of the two leaves out (精密, 制造) may be mere shortness.
    """
    for step in Levenshtein.opcodes(one, other):
        here, there = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        if step.tag == "replace" and sound(here) != sound(there):
            return False
        if here + there in KINDS_OF_PLACE:
            continue
        added = len(here) + len(there)
        if step.tag in ("insert", "delete") and step.src_start < BRAND and added == 1:
            return False
        if step.tag in ("insert", "delete") and step.src_start == 0:
            return False
    return True


def _candidates[K: Hashable](forms: Mapping[K, _Forms]) -> Iterator[tuple[K, K]]:
    for field in ("folded", "core", "sound"):
        groups: dict[str, list[K]] = defaultdict(list)
        for key, form in forms.items():
            groups[getattr(form, field)].append(key)
        for group in groups.values():
            yield from _meetings(group)
    for block in _blocks(forms):
        yield from combinations(block, 2)
    ordered = sorted(forms, key=lambda key: forms[key].core)
    for step in range(1, NEIGHBOURS + 1):
        yield from zip(ordered, ordered[step:], strict=False)


def _meetings[K: Hashable](group: list[K]) -> Iterator[tuple[K, K]]:
    """Everybody with everybody in a small group; in a large one each with the first."""
    if len(group) <= LARGEST_GROUP:
        yield from combinations(group, 2)
    else:
        yield from ((group[0], other) for other in group[1:])


def _blocks[K: Hashable](forms: Mapping[K, _Forms]) -> Iterable[list[K]]:
    counts = Counter(gram for form in forms.values() for gram in _grams(form.core))
    blocks: dict[str, list[K]] = defaultdict(list)
    for key, form in forms.items():
        for gram in sorted(_grams(form.core), key=lambda one: (counts[one], one))[:RAREST]:
            blocks[gram].append(key)
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _grams(text: str) -> set[str]:
    return {one + other for one, other in pairwise(text)}
