"""Which short names a page may use for a body that it has named in full once."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from chanjiao.engines.text.facts.names import PROVINCES, Name
from chanjiao.engines.text.facts.suffixes import KINDS, SORTS
from chanjiao.engines.text.facts.words import Word, Words

DECLARED = re.compile(
    r"[（(]\s?(?:以下|下文|以下统)?\s?(?:简称|称)(?:为)?\s?[:：]?([^（）()\n]{2,40})[）)]"
)
QUOTED = re.compile(r"[“\"]([^”\"]{1,20})[”\"]")
CORE_ENDS = re.compile(
    r"(?:职业技术|职业|技术|技师|高等|高级|中等|专科|专业|师范|理工|科技)*(?:大学|学院|学校"
    r"|中学|中专)$"
)
TRADE_WORDS = re.compile(
    r"(?:控股|股份|有限|责任|公司|集团|科技|实业|工业|制造|技术|发展|投资|贸易|工程|建设|服务"
    r"|销售|服饰|电子|机械|设备|装备|材料|汽车|配件|零部件|精密|生物|医药|制药|食品|纺织|能源"
    r"|智能|"
    r"信息|网络|软件|电器|电气|家电|物流|建筑|环保|化工|模塑|模具|渔业|铝业|铜业|泵业|阀门"
    r"|轨道交通|船舶|重工|电梯|远洋)+$"
)

ENDINGS_IN_FULL = {
    "职院": "职业学院",
    "职高": "职业高级中学",
    "技校": "技工学校",
    "职教中心": "职业教育中心",
    "管委会": "管理委员会",
}
# Offices and parks by the short forms that everybody uses, wherever in the name they stand.
WORDS_IN_FULL = {
    "经开区": "经济技术开发区",
    "高新区": "高新技术产业开发区",
    "高新技术开发区": "高新技术产业开发区",
    "人社": "人力资源和社会保障",
    "人力社保": "人力资源和社会保障",
    "人力资源社会保障": "人力资源和社会保障",
    "发改": "发展和改革",
    "发展改革": "发展和改革",
    "经信": "经济和信息化",
    "工信": "工业和信息化",
    "住建": "住房和城乡建设",
    "教体": "教育体育",
    "教育和体育": "教育体育",
    "卫健委": "卫生健康委员会",
    "卫生健康委": "卫生健康委员会",
    "市监": "市场监督管理",
    "市场监管": "市场监督管理",
    "退役军人局": "退役军人事务局",
    "科协": "科学技术协会",
    "工商联": "工商业联合会",
}
WORD_IN_FULL = re.compile("|".join(sorted(WORDS_IN_FULL, key=len, reverse=True)))
OFFICE_ENDS = re.compile(r"(?:(?<=改革)|(?<=信息化))委$")
LEGAL_FORM = re.compile(r"(?:科技|股份|有限|责任|集团|控股)*公司$")
DROPPED = sorted((sort for sort in SORTS if len(sort) > 1), key=len, reverse=True)
LONGEST_PLACE = 5


def declared(text: str, names: Sequence[Name]) -> dict[str, str]:
    """Short names a page announces itself: （以下简称“某某”）, to the full name before it."""
    ends = {name.end: name.text for name in names}
    found: dict[str, str] = {}
    for one in DECLARED.finditer(text):
        full = ends.get(one.start())
        if full is None:
            continue
        for short in QUOTED.findall(one[1]) or re.split(r"[、，或]", one[1]):
            short = short.strip(' “”"')
            if 2 <= len(short) < len(full):
                found[short] = full
    return found


def shorter(name: Name, words: Words) -> Iterator[str]:
    """Short names that follow from the full one by the usual ways, longest first."""
    inside = words[words.covering(name.start) : words.covering(name.end - 1) + 1]
    if name.kind == "enterprise":
        yield from _brands(name.text, inside)
    elif name.kind == "school":
        yield from _schools(name.text, inside)


def _brands(full: str, inside: Sequence[Word]) -> Iterator[str]:
    """凌河新能源 from 凌河新能源科技股份有限公司: what is left without trade and legal form."""
    base = re.sub(r"(?:股份|有限|责任|集团|控股)*公司$|集团$", "", full)
    core = TRADE_WORDS.sub("", base)
    place = inside[0].text if inside and inside[0].tag == "ns" and len(inside) > 1 else ""
    for brand in (base, core, core.removeprefix(place)):
        if 3 <= len(brand) < len(full) and brand != place:
            yield brand
    marked = re.search(r"（[^）]*）", core)
    if marked and marked.start() >= 2:
        yield core[: marked.start()]


def _schools(full: str, inside: Sequence[Word]) -> Iterator[str]:
    """东方职业技术学院, 浙工贸 and 工贸学院 from 浙江工贸职业技术学院."""
    place = inside[0].text if inside and inside[0].tag == "ns" and len(inside) > 1 else ""
    place = place or next((p for p in PROVINCES if full.startswith(p)), "")
    rest = full.removeprefix(place)
    core = CORE_ENDS.sub("", rest)
    if place and len(rest) > 4 and core:
        yield rest
    if not 2 <= len(core) <= 5:
        return
    for ending in ("职业学院", "学院", "职院", "大学", "技师学院", "职高", "中专", "学校"):
        for short in (place + core + ending, core + ending):
            if short not in (full, rest):
                yield short
    if place:
        yield place[0] + core


def is_short_for(short: str, full: str) -> bool:
    """Whether a name could be another one's short form: its characters in order, its own word kept.

    >>> is_short_for("轻工职院", "楚江轻工职业学院"), is_short_for("望海学院", "望海理工学院")
    (True, False)
    """
    if short != full and _in_full(short) == _in_full(full):
        return len(short) < len(full)
    if short != full and len(short) > 4 and LEGAL_FORM.sub("集团", full) == short:
        return True
    short, full = _in_full(short), _in_full(full)
    if not 3 <= len(short) < len(full) or short[-1] != full[-1]:
        return False
    core = TRADE_WORDS.sub("", own_part(short))
    if len(core) < 2 or core not in full:
        return False
    return all(
        kind in ("equal", "delete") and (kind == "equal" or _may_drop(full, low, high))
        for kind, low, high, _, _ in SequenceMatcher(None, full, short, False).get_opcodes()
    )


def _in_full(name: str) -> str:
    name = WORD_IN_FULL.sub(lambda found: WORDS_IN_FULL[found[0]], name)
    name = OFFICE_ENDS.sub("委员会", name)
    for short, full in ENDINGS_IN_FULL.items():
        if name.endswith(short):
            return name.removesuffix(short) + full
    return name


def _may_drop(full: str, low: int, high: int) -> bool:
    """A place in front, or words that only tell the sort and the trade."""
    part = full[low:high]
    if low == 0:
        return high - low <= LONGEST_PLACE
    rest = re.sub("|".join(DROPPED), "", part)
    return not TRADE_WORDS.sub("", rest)


def own_part(name: str) -> str:
    """A name without its ending and what only tells its sort."""
    for ending in sorted(KINDS, key=len, reverse=True):
        if name.endswith(ending):
            name = name.removesuffix(ending)
            break
    changed = True
    while changed:
        changed = False
        for sort in SORTS:
            if len(sort) > 1 and name.endswith(sort):
                name, changed = name.removesuffix(sort), True
    return name
