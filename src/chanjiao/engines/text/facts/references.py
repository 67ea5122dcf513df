"""What 该校, 公司, 园区 and 联合体 stand for: the body of that kind a reader has in mind."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.places import Ordered, Places
from chanjiao.engines.text.facts.words import Words

# Reference word: endings of the names it can stand for.
HEADS: dict[str, tuple[str, ...]] = {
    "校": (
        "大学",
        "学院",
        "学校",
        "中学",
        "中专",
        "职高",
        "技校",
        "职院",
        "教育中心",
        "职教中心",
        "高中",
        "小学",
    ),
    "局": ("局",),
    "委": ("委", "委员会"),
    "院": ("学院", "研究院", "医院", "职院"),
    "学校": (
        "大学",
        "学院",
        "学校",
        "中学",
        "中专",
        "职高",
        "技校",
        "职院",
        "教育中心",
        "职教中心",
        "高中",
        "小学",
    ),
    "学院": ("学院", "大学", "职院"),
    "产业学院": ("产业学院",),
    "大学": ("大学",),
    "公司": ("公司", "集团", "厂"),
    "企业": ("公司", "集团", "厂"),
    "集团": ("集团", "集团公司", "集团有限公司"),
    "厂": ("厂",),
    "园区": (
        "园区",
        "产业园",
        "工业园",
        "科技园",
        "开发区",
        "高新区",
        "新区",
        "示范区",
        "集聚区",
        "产业园区",
        "经开区",
    ),
    "产业园": ("产业园", "产业园区"),
    "开发区": ("开发区", "经开区"),
    "经开区": ("开发区", "经开区"),
    "高新区": ("高新区", "开发区"),
    "新区": ("新区",),
    "联合体": ("联合体",),
    "共同体": ("共同体",),
    "联盟": ("联盟",),
    "协会": ("协会",),
    "商会": ("商会",),
    "学会": ("学会",),
    "街道": ("街道",),
    "职教集团": ("职教集团", "职业教育集团"),
    "研究院": ("研究院",),
    "医院": ("医院",),
    "管委会": ("管委会", "管理委员会"),
    "县职教中心": ("职教中心", "教育中心"),
}
WORD = re.compile(
    r"(?P<pointer>该|我|本|这所|这家)?(?P<head>"
    + "|".join(sorted(HEADS, key=len, reverse=True))
    + ")"
)
POINTERS = ("该", "这所", "这家")
IN_FULL = {"校": "学校", "院": "学院"}
NEEDS_POINTER = frozenset({"校", "院", "局", "委", "企业", "厂", "大学", "医院"})
NOT_BEFORE = re.compile(
    r"(?:[一二两三四五六七八九十\d多余几各些]\s?(?:所|家|个|批)?|多所|多家|各类|等|高等|职业"
    r"|高职|中职|技工|技师|本科|合作|参与|校企|用人|用工|其他|其它|知名|龙头|重点|骨干|"
    r"试点|二级|共建|组建|建设|设立|成立|创办|特色|现代|产业|企业|工业|兄弟|外地|行业|母|子"
    r"|分|上市|国有|民营|全|类|型|级|好|名|大|小|新|老|国际|所|家)$"
)
NOT_AFTER = re.compile(r"(?:类|型|式|制|生|派|城|化|级|界|里的|之间|们|联盟化|家)")
# 学校 and 学院 never mean what a school and a company run together.
JOINT = re.compile(r"(?:产业|企业|工匠|工程师|（工匠）)学院$")
# A college of nothing but subjects is a faculty where the page names a whole institution.
SUBJECT = (
    r"(?:航运|航海|海洋|机电|机械|智能|制造|电子|电气|信息|计算机|软件|人工智能|大数据|汽车|车辆|交通|轨道"
    r"|建筑|土木|土建|材料|化学|化工|生物|医药|药学|护理|医学|健康|食品|纺织|服装|艺术|设计|传媒|旅游"
    r"|管理|经济|经贸|商贸|财经|会计|金融|物流|电商|电子商务|外语|外国语|人文|马克思主义|教育|学前|体育"
    r"|公共|基础|工程|技术|科学|应用|装备|控制|自动化|能源|新能源|环境|测绘|农业|园艺|园林|动物|水产|与)"
)
FACULTY = re.compile(rf"{SUBJECT}{{1,6}}学院")
INSTITUTION = re.compile(r"职业|技师|大学|学校|高等|中专|理工|师范|教育中心")
SENTENCE = re.compile(r"[。！？\n]")
LONE = re.compile(
    r"(?<=[，；])企业(?=捐赠|捐资|投入|出资|提供|派出|选派|承担|负责|累计|先后|每年|将|为学)"
)
CLEAR_LEAD = 3


def references(text: str, words: Words, named: Sequence[Mention]) -> Iterator[Mention]:
    """Each reference that one body of the page answers to."""
    taken = Places((m.start, m.end) for m in named)
    counts = Counter(m.canonical for m in named)
    yield from _lone_enterprise(text, taken, named)
    fitting: dict[str, _Fitting] = {}
    for found in _heads(text, words, taken):
        head = found["head"]
        points = found["pointer"] in POINTERS
        key = f"该{head}" if points else head
        if key not in fitting:
            fitting[key] = _fitting(head, named, counts, joint=points)
        if body := _answering(text, found.start(), fitting[key], counts, points=points):
            yield Mention(found.start(), found.end(), found[0], body.canonical, body.kind, True)


def _lone_enterprise(text: str, taken: Places, named: Sequence[Mention]) -> Iterator[Mention]:
    """企业捐赠设备38台 in a sentence that names one company before: that one."""
    firms = Ordered([m for m in named if m.kind == "enterprise"])
    for found in LONE.finditer(text):
        start = _sentence_start(text, found.start())
        inside = {m.canonical: m for m in firms.within(start, found.start())}
        if len(inside) == 1 and taken.end_at(found.start()) is None:
            (body,) = inside.values()
            yield Mention(*found.span(), found[0], body.canonical, body.kind, True)


def _sentence_start(text: str, at: int) -> int:
    return max((f.end() for f in SENTENCE.finditer(text, max(0, at - 400), at)), default=0)


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Bodies that a reference word can stand for, and the one most spoken of."""

    named: Ordered[Mention]
    main: Mention | None


def _fitting(head: str, named: Sequence[Mention], counts: Counter[str], *, joint: bool) -> _Fitting:
    endings = HEADS[head]
    found = [m for m in named if m.canonical.endswith(endings)]
    if head != "产业学院" and not (joint and head == "学院"):
        found = [m for m in found if not JOINT.search(m.canonical)]
    if head in ("校", "学校", "学院"):
        found = [m for m in found if not _is_faculty(m, found)] or found
    main = max(found, key=lambda m: (counts[m.canonical], -m.start), default=None)
    return _Fitting(Ordered(found), main)


def _is_faculty(mention: Mention, others: Sequence[Mention]) -> bool:
    """航运工程学院 beside 江澜海事职业技术学院: a faculty, by its name of nothing but a subject."""
    name = mention.canonical
    return FACULTY.fullmatch(name) is not None and any(
        INSTITUTION.search(other.canonical) for other in others if other.canonical != name
    )


def heads(text: str, words: Words, taken: Places) -> Iterator[Mention]:
    """References that no body of the page answers to, by the word itself: 街道, 学校."""
    for found in _heads(text, words, taken):
        name = IN_FULL.get(found["head"], found["head"])
        yield Mention(found.start(), found.end(), name, name, "other", True)


def _heads(text: str, words: Words, taken: Places) -> Iterator[re.Match[str]]:
    for found in WORD.finditer(text):
        is_bare = not found["pointer"] and found["head"] in NEEDS_POINTER
        is_free = taken.end_at(found.start()) is None
        if is_free and not is_bare and _stands_alone(text, words, found):
            yield found


def _stands_alone(text: str, words: Words, found: re.Match[str]) -> bool:
    if words.ending_at(found.end()) is None or NOT_AFTER.match(text, found.end()):
        return False
    if found["pointer"]:
        return True
    before = words.ending_at(found.start())
    begins = found.start() == 0 or (before is not None and not _is_name_part(words, before))
    return begins and not NOT_BEFORE.search(text[max(0, found.start() - 3) : found.start()])


def _is_name_part(words: Words, number: int) -> bool:
    """A noun right before the word makes it part of a name that was not known as one."""
    return words[number].tag in ("n", "nr", "ns", "nz", "nt", "j", "m", "b")


def _answering(
    text: str, at: int, fitting: _Fitting, counts: Counter[str], *, points: bool
) -> Mention | None:
    """The body most spoken of, unless another one of the kind was named just before."""
    main = fitting.main
    if main is None:
        return None
    last = fitting.named.before(at) or next(iter(fitting.named))
    if points and last.end <= at and not _is_listed(text, last):
        return last
    if counts[main.canonical] >= CLEAR_LEAD * counts[last.canonical] or _is_listed(text, last):
        return main
    inside = fitting.named.within(_sentence_start(text, at), at)
    return inside[0] if inside and not _is_listed(text, inside[0]) else last


def _is_listed(text: str, mention: Mention) -> bool:
    return text[mention.end : mention.end + 1] in ("、", "等") or text[mention.start - 1] == "、"
