"""Years of experience: asked for, only preferred, or not needed."""

import re
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.model import Experience, Told
from chanjiao.engines.taxonomy.postings.numerals import number

NUMBER: Final = (
    r"[\d半一二两三四五六七八九十](?:(?<=\d)\d?(?:\.5)?|(?<!\d)[一二两三四五六七八九十]{0,2})"
)
#: How far before 年 its figure begins.
BACK: Final = 12
YEARS: Final = re.compile(
    rf"({NUMBER})\s?(?:年|\+)?\s?(?:(?:-{{1,2}}|至|到|~|或)\s?({NUMBER})\s?)?[+多]?\s?(年"
    rf"|个月)(?![\d月薪终底级度假会产龄])"
    r"(?P<more>\s?(?:\(含\))?(?:[及或]?(?:其)?以上|\+|起)|以下|以内|之内)?"
)
FOR_WORK: Final = re.compile(
    r"经验|经历|从业|工龄|工作年限|工作(?!日|制|餐|地|时间)|操作|驾驶|管理|设计|开发|从事|岗位"
    r"|背景|实践|资历|开车|驾龄|实操"
)
BEFORE: Final = re.compile(
    r"经验|从事|工作年限|年限|驾龄|从业|工龄|至少|不少于|不低于|具[有备]|须有|需有|要求|最少"
    r"|最低|满|工作|经历|在岗|本岗|有"
)
NOT_WORK_BEFORE: Final = re.compile(
    r"合同|试用|服务期|公司|企业|集团|我们|成立|专注|学制|签|入职|历史|创[立建]|质保|保修|年龄"
    r"|每|未来|规划|近|连续"
    r"|有效|深耕|行业内|团队拥有|累计|毕业(?!生)|期限|实习|提前|协议|在职|晋升|拥有"
)
NOT_WORK_AFTER: Final = re.compile(
    r"\s?(?:余|多)?(?:历史|规划|合同|制|前|后(?!端)|期|发展|以来|的?团队|内(?!勤)|免费|质保"
    r"|晋升|一[签次届]|左右可|带薪|劳动)"
)
COMPANY: Final = re.compile(r"团队|历史|的企业|的公司|专业厂|厂家|生产商|供应商|服务商")
STOP: Final = re.compile(r"[,。;\n!]")
WISH: Final = re.compile(r"优先|更佳|为佳|尤佳|者优|最好|加分|优厚|从优")
SPOT: Final = re.compile("年|个月")
#: Marks between which a range of years is of experience.
EDGES: Final = frozenset(" |/·,;\n\t()[]、")
#: What texts without any of these words can't tell.
TALK: Final = re.compile(
    "经验|应届|在校|往届|毕业生|校招|生手|新手|零基础|小白|包教|学徒|熟手|熟练工|年限|经历|老手"
    "|带薪培训"
)
ANY: Final = re.compile(
    r"(?:工作)?经验(?:要求)?[:]?\s?(?:均|皆)?(?:不限|无要求|不做?要求|不作要求|没有?要求)"
    r"|不限(?:工作)?经验|(?:年限|工作年限)[:]?不限"
    r"|有无经验(?:均可|皆可|都可)|(?:无|没有)(?:工作)?经验(?:要求|限制)|不限(?:学历|性别|专业"
    r"|年龄)[、,和及/](?:工作)?经验"
)
NONE_NEEDED: Final = re.compile(
    r"无(?:需|须)(?:任何|相关|工作)?经验|不需要?(?:任何|相关|工作)?经验|(?:无|没有?)(?:相关"
    r"|工作)*经验(?:者)?(?:的)?(?:也|亦|均|皆|都)?(?:可|能|行|带薪|公司|包教|提供)"
    r"|接[受收]无(?:工作)?经验|学徒(?:工)?(?:也|亦|均|都)?可|生手|新手|零基础|小白|包教"
    r"|可接收学徒|接收学徒|收学徒|可学徒|带薪培训"
)
NONE_HINT: Final = re.compile(
    "无需|无须|无经验|没经验|不需|没有|生手|新手|零基础|小白|包教|学徒|带薪培训|无相关|无工作"
)
ANY_HINT: Final = re.compile(
    "不限|无要求|没要求|没有要求|不要求|不做要求|不作要求|有无|经验要求|限制"
)
FRESH: Final = re.compile(r"应届|在校生|往届|毕业生均?可|校招")
NOT_FRESH: Final = re.compile(
    r"(?:非|不(?:接受|招|考虑|要)|除)应届|应届(?:毕业)?生?(?:者)?(?:暂不|勿|不(?:考虑|接受|招"
    r"|予)|除外|不要)"
)
PLAIN_WISH: Final = re.compile(
    r"(?:经验|经历|熟手|熟练工|老手|背景)(?:者|的|人员)?(?:可)?(?:优先|更佳|为佳|尤佳|从优"
    r"|加分)|有[^,。;\n]{0,24}?经[验历](?:者|的)?优先|熟练(?:工|者)优先"
)
PLAIN: Final = re.compile(
    r"(?:须|需|要|具)?[有备具](?:[^,。;\n无]{0,20})(?:工作|实践|实操|管理|从业|相关|操作|项目"
    r"|开发|设计|维修|销售|驾驶)(?:的)?经[验历]"
)
COLUMN_ANY: Final = re.compile(r"不限|无要求|不要求|没要求|any")
COLUMN_NONE: Final = re.compile(r"无经验|无需|0年|没有经验")


class _Years(NamedTuple):
    low: float | None
    high: float | None
    start: int
    end: int
    is_wish: bool
    confidence: float


def read_experience(folded: str, *, is_column: bool) -> list[Told]:
    """Readings of the years asked for, the surest first.

    >>> [f.value[:3] for f in read_experience("1-3年工作经验,5年以上优先", is_column=False)]
    [(1.0, 3.0, True), (5.0, None, False)]
    """
    years = _years(folded, is_column=is_column)
    if not is_column and not TALK.search(folded):
        return [_of(one, False) for one in sorted(years, key=lambda one: one.is_wish)]
    fresh = FRESH.search(folded)
    welcomes = bool(fresh) and not NOT_FRESH.search(folded)
    asked = [one for one in years if not one.is_wish]
    found = [_of(one, welcomes) for one in asked]
    found += _without_years(folded, fresh if welcomes else None, is_column=is_column)
    found += [_of(one, welcomes) for one in years if one.is_wish]
    if found:
        return found
    wish = PLAIN_WISH.search(folded)
    if wish:
        return [Told(Experience(None, None, False), "", *wish.span(), "wish", 0.85)]
    plain = PLAIN.search(folded) if "经" in folded else None
    if plain:
        return [Told(Experience(None, None), "", *plain.span(), "plain", 0.7)]
    return []


def _of(one: _Years, fresh: bool) -> Told:
    years = Experience(one.low, one.high, not one.is_wish, False, fresh and not one.is_wish)
    return Told(years, "", one.start, one.end, "wish" if one.is_wish else "years", one.confidence)


def _without_years(folded: str, fresh: re.Match[str] | None, *, is_column: bool) -> list[Told]:
    found = []
    is_fresh = fresh is not None
    none = COLUMN_NONE.search(folded) if is_column else None
    if none is None and NONE_HINT.search(folded):
        none = NONE_NEEDED.search(folded)
    low = 0.0 if none or is_fresh else None
    match = COLUMN_ANY.search(folded) if is_column else None
    if match is None and ANY_HINT.search(folded):
        match = ANY.search(folded)
    if match:
        any_ = Experience(low, None, False, True, is_fresh)
        found.append(Told(any_, "", *match.span(), "any", 0.96))
    if none:
        found.append(
            Told(Experience(0.0, None, False, False, is_fresh), "", *none.span(), "none", 0.9)
        )
    if fresh:
        found.append(
            Told(Experience(0.0, None, False, False, True), "", *fresh.span(), "fresh", 0.9)
        )
    return found


def _years(folded: str, *, is_column: bool) -> list[_Years]:
    if "年" not in folded and "月" not in folded:
        return []
    found = []
    last = 0
    for spot in SPOT.finditer(folded):
        at = spot.start()
        if at < last:
            continue
        match = YEARS.search(folded, max(last, at - BACK), min(len(folded), at + 12))
        while match and match.end() <= at:
            match = YEARS.search(folded, match.end(), min(len(folded), at + 12))
        if match is None or (match.start() and folded[match.start() - 1] in "0123456789.年第"):
            continue
        last = match.end()
        confidence = 0.98 if is_column else _confidence(folded, match)
        if confidence:
            found.append(_measured(folded, match, confidence))
    return found


def _confidence(folded: str, match: re.Match[str]) -> float:
    """How sure it is that the years are of work, 0 where something else lasts so long."""
    left = STOP.split(folded[max(0, match.start() - 14) : match.start()])[-1]
    right = STOP.split(folded[match.end() : match.end() + 24], maxsplit=1)[0]
    is_other = NOT_WORK_BEFORE.search(left) or NOT_WORK_AFTER.match(folded, match.end())
    if is_other or COMPANY.search(right):
        return 0.0
    if re.search("经[验历]|从业", right):
        return 0.97
    if "经验" in left or "年限" in left or "从事" in left or "驾龄" in left or "在岗" in left:
        return 0.95
    more = match["more"]
    if FOR_WORK.search(right) or (BEFORE.search(left) and more):
        return 0.8 if more or match[2] else 0.6
    is_bare = (more and match[3] == "年") or (match[2] and _is_alone(folded, match))
    return 0.7 if is_bare else 0.0


def _is_alone(folded: str, match: re.Match[str]) -> bool:
    """数控车工 | 1-3年 | 大专: a range of years between marks is of experience."""
    start, end = match.span()
    starts = not start or folded[start - 1] in EDGES
    return starts and (end == len(folded) or folded[end] in EDGES)


def _measured(folded: str, match: re.Match[str], confidence: float) -> _Years:
    low, high = number(match[1]), number(match[2]) if match[2] else None
    if match[3] == "个月":
        low, high = (one and round(one / 12, 2) for one in (low, high))
    more = match["more"] or ""
    if "下" in more or "内" in more:
        low, high = (low if high else 0.0), high or low
    right = STOP.split(folded[match.end() : match.end() + 30], maxsplit=1)[0]
    wish = WISH.search(right)
    is_wish = bool(wish) and not YEARS.search(right)
    return _Years(low, high, match.start(1), match.end(), is_wish, confidence)
