"""The bodies of a page: names found, known or listed, put together where they mean the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from chanjiao.engines.text.facts.locality import Locality, locality
from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.model import Kind, KnownOrganisation, Organisation
from chanjiao.engines.text.facts.names import Name, names
from chanjiao.engines.text.facts.places import Ordered, Places
from chanjiao.engines.text.facts.references import HEADS, references
from chanjiao.engines.text.facts.shortening import declared, is_short_for, shorter
from chanjiao.engines.text.facts.words import Words

LISTED = re.compile(
    r"等(?:全国|全省|全市|本地|当地|知名|龙头|重点|多家"
    r"|多所|\d+多?余?[家所个]|[一二两三四五六七八九十]+[余多]?[家所个])?"
    r"(?:家|所)?(?:知名|龙头|骨干|本地|重点|成员|会员|合作|规上)?(?P<kind>企业|公司|单位|院校"
    r"|高校|学校)"
)
KIND_BY_WORD: dict[str, Kind] = {
    "企业": "enterprise",
    "公司": "enterprise",
    "院校": "school",
    "高校": "school",
    "学校": "school",
}
LEFT_EDGE = re.compile(
    r"^.*(?:与|和|同|跟|对|由|向|为|给|从|在|把|被|及|携手|联合|走访了?|参观了?|走进|来自"
    r"|包括|邀请了?|引进了?|吸引了?|联手|对接|组织|推荐|赴|到|于|的|有|是|了|：)"
)
PLAIN_ITEM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,12}")
PARK_HEAD = re.compile(r"园区|开发区|高新区|新区|经开区|产业园")
LIST_START = re.compile(r"[，。；：\n（）()]")
LONGEST_LIST = 120
LONGEST_UNCUT = 8
LONGEST_NAME = 40
MOST_NAMES = 500
SHORTEST_KNOWN = 3


def mentions(
    text: str, words: Words, known: Sequence[KnownOrganisation] = ()
) -> tuple[list[Mention], dict[str, str]]:
    """All mentions in order of the text, and the keys of the known bodies among them."""
    found = _with_known(names(text, words), text, known)
    found = _with_listed(found, text)
    called = _canonical(found, text, locality(words))
    named = [Mention(n.start, n.end, n.text, called[n.text], n.kind) for n in found]
    named = sorted([*named, *_short_mentions(text, words, named)], key=lambda m: m.start)
    keys: dict[str, str] = {}
    if known:
        named, keys = _resolved(named, known)
    everything = [*named, *references(text, words, named)]
    return _placed_offices(sorted(everything, key=lambda m: m.start)), keys


def organisations(
    found: Iterable[Mention], keys: dict[str, str], article: str = ""
) -> Iterator[Organisation]:
    """One organisation for each body, in the order in which they are first named."""
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(mention.canonical, []).append(mention)
    for canonical, group in groups.items():
        surfaces = tuple(dict.fromkeys(m.text for m in group))
        places = tuple((m.start, m.end) for m in group)
        kind = group[0].kind
        yield Organisation(article, canonical, surfaces, kind, places, keys.get(canonical, ""))


def _with_known(found: list[Name], text: str, known: Sequence[KnownOrganisation]) -> list[Name]:
    """Names of the register stand where they stand, whatever the grammar thought of them."""
    if not known:
        return found
    machine, bodies = _machine(tuple(known))
    hits = [
        Name(start, end, text[start:end], bodies[index].kind)
        for index, start, end in machine.find_matches_as_indexes(text)
    ]
    ordered = Ordered(hits)
    kept, dropped = [], set()
    for name in found:
        inside = [
            h for h in ordered.starting(name.start - LONGEST_NAME, name.end) if h.end > name.start
        ]
        size = name.end - name.start
        if any(h.end >= name.end or h.end - h.start >= size for h in inside):
            continue
        dropped.update(inside)
        kept.append(name)
    return sorted([*kept, *(h for h in hits if h not in dropped)], key=lambda n: n.start)


@lru_cache(maxsize=4)
def _machine(known: tuple[KnownOrganisation, ...]) -> tuple[AhoCorasick, list[KnownOrganisation]]:
    pairs = [
        (word, body)
        for body in known
        for word in (body.name, *body.aliases)
        if len(word) >= SHORTEST_KNOWN
    ]
    machine = AhoCorasick([word for word, _ in pairs], matchkind=MatchKind.LeftmostLongest)
    return machine, [body for _, body in pairs]


def _with_listed(found: list[Name], text: str) -> list[Name]:
    """Companies without an ending, named in a list: 比邻电子、某某厂等12家企业."""
    taken = Places((n.start, n.end) for n in found)
    extra = []
    for one in LISTED.finditer(text):
        low = max(0, one.start() - LONGEST_LIST)
        told = text[low : one.start()]
        at = low + max((stop.end() for stop in LIST_START.finditer(told)), default=0)
        items = text[at : one.start()].split("、")
        for number, item in enumerate(items if len(items) > 1 else ()):
            edge = LEFT_EDGE.match(item) if number == 0 else None
            start = at + (edge.end() if edge else 0)
            bare = text[start : at + len(item)]
            at += len(item) + 1
            is_free = not taken.touches(start, start + max(1, len(bare)))
            is_cut = number > 0 or edge is not None or len(item) <= LONGEST_UNCUT
            kind = KIND_BY_WORD.get(one["kind"])
            if (
                kind
                and is_free
                and is_cut
                and PLAIN_ITEM.fullmatch(bare)
                and not GENERIC_ITEM.search(bare)
            ):
                extra.append(Name(start, start + len(bare), bare, kind))
    return sorted([*found, *extra], key=lambda n: n.start)


GENERIC_ITEM = re.compile(
    r"^(?:机械|电子|汽车|服装|纺织|化工|食品|医药|五金|卫浴|建筑|物流|数控|焊接|模具|电商"
    r"|旅游|家政|养老|护理|软件|新能源|新材料|智能制造|高端装备|生物医药|数字经济|装备制造"
    r"|制造|信息技术)$"
    r"|(?:企业|行业|产业|领域|专业|技术|院校|单位|制造业|服务业)$"
    r"|^(?:职业|技工|中职|高职|普通|本科|中等|高等|技师|专科|民办|公办)*(?:学校|学院)$"
)


def _canonical(found: Sequence[Name], text: str, here: Locality) -> dict[str, str]:
    """Each way of writing to the fullest name it is a short form of, with its place."""
    announced = declared(text, found)
    placed = {name.text: here.placed(name.text) for name in found}
    kinds = {name.text: name.kind for name in found}
    called: dict[str, str] = {}
    for name in sorted(placed, key=lambda text: -len(placed[text])):
        others = called if len(placed) <= MOST_NAMES else {}
        full = announced.get(name) or next(
            (
                other
                for other in others
                if kinds[other] == kinds[name]
                and called[other] == placed[other]
                and is_short_for(placed[name], placed[other])
            ),
            name,
        )
        called[name] = called.get(full, placed.get(full, full))
    return called


def _short_mentions(text: str, words: Words, named: Sequence[Mention]) -> Iterator[Mention]:
    """Places where only a short form stands that follows from a full name."""
    taken = Places((m.start, m.end) for m in named)
    plain = [Name(m.start, m.end, m.text, m.kind) for m in named]
    shorts: dict[str, Mention] = {}
    by_text = {m.text: m for m in named}
    for short, full in declared(text, plain).items():
        shorts.setdefault(short, by_text[full])
    for mention, name in zip(named, plain, strict=True):
        for short in shorter(name, words):
            shorts.setdefault(short, mention)
    if not shorts:
        return
    machine = AhoCorasick(list(shorts), matchkind=MatchKind.LeftmostLongest)
    for _, start, end in machine.find_matches_as_indexes(text):
        short = text[start:end]
        is_part = text[start - 1 : start] == "“" and text[end : end + 1] != "”"
        if not taken.touches(start, end) and short not in GENERIC_SHORTS and not is_part:
            body = shorts[short]
            yield Mention(start, end, short, body.canonical, body.kind)


GENERIC_SHORTS = frozenset(["公司", "学校", "学院", "企业", "集团", "园区"])


def _placed_offices(found: list[Mention]) -> list[Mention]:
    """园区管理办公室 and 开发区管委会 belong to the park the page speaks of."""
    parks = Counter(m.canonical for m in found if m.kind == "park" and not m.is_reference)
    placed = []
    for mention in found:
        head = PARK_HEAD.match(mention.canonical) if mention.kind == "government" else None
        if head:
            fitting = (p for p, _ in parks.most_common() if p.endswith(HEADS[head[0]]))
            park = next(fitting, head[0])
            mention = replace(mention, canonical=park + mention.canonical[head.end() :])
        placed.append(mention)
    return placed


def _resolved(
    named: Sequence[Mention], known: Sequence[KnownOrganisation]
) -> tuple[list[Mention], dict[str, str]]:
    """Canonical names as the register has them, with its keys."""
    by_name = {word: body for body in known for word in (*body.aliases, body.name)}
    keys: dict[str, str] = {}
    resolved = []
    for mention in named:
        body = by_name.get(mention.canonical) or by_name.get(mention.text)
        body = body or _only_one(mention, known)
        if body:
            keys[body.name] = body.key
            kind = body.kind if body.kind != "other" else mention.kind
            mention = replace(mention, canonical=body.name, kind=kind)
        resolved.append(mention)
    return resolved, keys


def _only_one(mention: Mention, known: Sequence[KnownOrganisation]) -> KnownOrganisation | None:
    """The one known body that a name can be short for; none where two could be meant."""
    ending = _by_ending(tuple(known)).get(mention.canonical[-1], ())
    fitting = [body for body in ending if is_short_for(mention.canonical, body.name)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=4)
def _by_ending(known: tuple[KnownOrganisation, ...]) -> dict[str, list[KnownOrganisation]]:
    found: dict[str, list[KnownOrganisation]] = {}
    for body in known:
        if body.name:
            found.setdefault(body.name[-1], []).append(body)
    return found
