"""What figures can be told of: places, projects, centres and events beside the bodies of a page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chanjiao.engines.text.facts.locality import Locality
from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.names import NO_PLACES
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.sentences import Span
from chanjiao.engines.text.facts.words import Words

TOWNSHIP = re.compile(r"[镇乡区村]里|[该我][镇乡区村]")
WHOLE = re.compile(
    r"(?P<city>全市|我市|本市|市里|市区两级|市、区两级)|(?P<county>全县|我县|本县|县里|县域)"
    r"|(?P<province>全省|我省|本省)"
)
TOWN = re.compile(r"(?:市|县|镇|乡|村|社区|新城|区)$")
THING_QUOTED = re.compile(
    r"“([^”“，。！？；\n]{2,16})”(?P<tail>项目|订单班|班|工程|平台|基地|学院|中心|夜校|夜大|工作室|大赛|站)?"
)
THING_END = re.compile(
    r"(?:项目|实训中心|中心|基地|实训室|公寓|实验室|平台|工程|夜校|大赛|服务站|驿站|技工站|工作站|学院|展会"
    r"|产业园|课程体系|生产线|夜大|讲堂|联合体)$"
)
THING_START = re.compile(r"(?:^|[，。\n的；“]|该|本届|本次|此次)$")
EVENT = re.compile(
    r"(?:(?:(?![的和与在于及了由])[\u4e00-\u9fff]){2,6}?[省市县区])?第[\d一二三四五六七八九十]{1,3}届[\u4e00-\u9fff（）]{2,16}?"
    r"(?:大赛|竞赛|博览会|展会|招聘会|洽谈会|对接会|运动会|文化节|艺术节|活动周|论坛|年会)"
)
PARK_HEADS = frozenset({"园区", "开发区", "高新区", "经开区", "新区"})
COMMITTEE = re.compile(
    r"(?P<park>.+(?:高新区|开发区|经开区|新区|园区|产业园))(?:管委会|管理委员会)"
)
SHORTEST_TOWN = 3
LONGEST_HEAD = 4


@dataclass(frozen=True, slots=True)
class Bearer:
    """Something a figure can be told of, where it is named."""

    start: int
    end: int
    name: str
    is_body: bool
    is_reference: bool = False


def park_of(head: str, mentions: Sequence[Mention]) -> str:
    """园区 on a page that names its committee only: 某某高新区 from 某某高新区管委会."""
    if head not in PARK_HEADS:
        return head
    found = (COMMITTEE.fullmatch(m.canonical) for m in mentions if m.kind == "government")
    return next((one["park"] for one in found if one), head)


def named(bearers: Sequence[Bearer]) -> Iterator[Bearer]:
    """该项目 stands for the centre or base named before, where no project has a name."""
    thing = ""
    for bearer in bearers:
        if bearer.name in ("项目", "工程") and thing:
            yield replace(bearer, name=thing)
            continue
        if THING_END.search(bearer.name) and len(bearer.name) > LONGEST_HEAD:
            thing = bearer.name
        yield bearer


def apart(bearers: Sequence[Bearer]) -> Iterator[Bearer]:
    end = 0
    for bearer in sorted(bearers, key=lambda b: (b.start, -b.end)):
        if bearer.start >= end:
            yield bearer
            end = bearer.end


def wholes(text: str, words: Words, taken: Places, here: Locality) -> Iterator[Bearer]:
    """全市 is the city, 全省 the province that the page speaks of, 镇里 the last town named."""
    for found in TOWNSHIP.finditer(text):
        level = found[0].strip("里该我")
        named = re.findall(
            rf"[\u4e00-\u9fff]{{2,3}}{level}",
            text[max(0, found.start() - 300) : found.start()],
        )
        if named and taken.end_at(found.start()) is None:
            yield Bearer(found.start(), found.end(), named[-1], False)
    for found in WHOLE.finditer(text):
        level = found.lastgroup or "city"
        name = getattr(here, level) or found[0]
        if taken.end_at(found.start()) is None and not _is_told_of(text, words, found):
            yield Bearer(found.start(), found.end(), name, False)


def _is_told_of(text: str, words: Words, whole: re.Match[str]) -> bool:
    """毕业生本省就业率: the province only tells what rate it is."""
    before = words.ending_at(whole.start())
    return whole[0].startswith("本") and before is not None and words[before].tag == "n"


def places(text: str, words: Words, taken: Places, here: Locality) -> Iterator[Bearer]:
    """Cities, counties and towns by name, the page's own city also without its 市."""
    for index, word in enumerate(words):
        is_noun = word.tag in ("ns", "n", "nr", "nz") and word.text not in NO_PLACES
        if is_noun and TOWN.search(word.text):
            start = _town_start(words, index)
            is_name = word.tag != "n" or start != word.start
            if is_name and word.end - start >= SHORTEST_TOWN and taken.end_at(start) is None:
                yield Bearer(start, word.end, text[start : word.end], False)
    for whole in filter(None, (here.city, here.county)):
        for found in re.finditer(rf"(?:(?<=[，。；\n“])|^){whole[:-1]}(?!{whole[-1]})", text):
            if taken.end_at(found.start()) is None:
                yield Bearer(found.start(), found.end(), whole, False)


def _town_start(words: Words, index: int) -> int:
    """岚/州市 was cut in two by jieba, which does not know the place."""
    is_short = len(words[index].text) < SHORTEST_TOWN and index > 0
    if is_short and words[index - 1].tag in ("nr", "ns", "nz"):
        return words[index - 1].start
    return words[index].start


def things(text: str, words: Words, taken: Places) -> Iterator[Bearer]:
    """Projects, centres, named things: “工匠夜校”, 某公寓项目; 项目 alone means the last one."""
    last: dict[str, str] = {}
    for start, end in sorted(_thing_spans(text, words, taken)):
        name = re.sub(r"[“”]", "", text[start:end])
        if len(name) > LONGEST_HEAD:
            last[name[-2:]] = name
        yield Bearer(start, end, last.get(name[-2:], name), False)


def _thing_spans(text: str, words: Words, taken: Places) -> Iterator[Span]:
    for found in THING_QUOTED.finditer(text):
        if not taken.touches(*found.span()) and (found["tail"] or THING_END.search(found[1])):
            yield found.span()
    for found in EVENT.finditer(text):
        if not taken.touches(*found.span()):
            yield found.span()
    for index, word in enumerate(words):
        if THING_END.search(word.text) and taken.end_at(word.start) is None:
            start = _noun_start(words, index)
            if THING_START.search(text[max(0, start - 2) : start]):
                yield start, word.end


def _noun_start(words: Words, index: int) -> int:
    start = index
    while start > 0 and words[start].end - words[index].end > -20:
        before = words[start - 1]
        if before.tag not in ("n", "vn", "nz", "j", "b", "l", "nr", "ns", "a", "eng", "nrt", "s"):
            break
        start -= 1
    return words[start].start


def main_of(mentions: Sequence[Mention], text: str) -> str:
    """The body a page is about: named in its first line, else most often."""
    if not mentions:
        return ""
    head = text.find("\n") if 0 < text.find("\n") < 60 else 0
    counts = Counter(m.canonical for m in mentions)
    titled = [m.canonical for m in mentions if m.end <= head]
    return max(titled or list(counts), key=lambda name: counts[name])
