"""The least schooling a posting asks for, and a level that it only prefers."""

import re
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.model import Education, Told

SUBJECT: Final = (
    "语文|数学|英语|物理|化学|生物|历史|地理|政治|科学|信息|音乐|体育|美术|教|老师|课|学科|各科"
    "|部|段|阶段|年级|学生|家长|辅导|题|作业"
)
#: Words of each level by GB/T 4658 code; what follows may make them something else.
WORDS: Final = {
    "11": r"博士研究生|博士(?!后|生导师|导师|站)|ph\.?d",
    "14": (
        r"硕士研究生|硕士(?!生?导师)|e?mba\b|硕博|硕(?=[、/]?[及或和]?博)"
        r"|master(?=['’]?s?\s?(?:degree|of\b|$))"
    ),
    "10": r"研究生(?!产|物|命|活|态|成|长|意|导师|院)",
    "20": (
        r"大学本科|本科(?!室|技|目|普|教学|建设)|学士|大本(?=及|以|学|毕|文)"
        r"|[一二]本(?=及|以上|学|毕|本科)|大学(?=[及或]?以上|学历|毕业|文化|程度|水平|\)|$)"
        r"|本(?=[、/]?硕)|bachelor"
    ),
    "30": (
        r"大学专科|大专|高职高专|高职(?!称|位|业|能|责|场|务|级|工)|高专|专科(?!医|门诊|护|疾"
        r"|手术|用药|检查|治|特色|联|发展|诊|病|室|领|产|知|线|技|人|培|学术|带)"
        r"|associate(?: degree|$)|junior college"
    ),
    "41": (
        r"(?<![其集])中专(?!业|注|家|题|心|项|利|用|攻|卖|员|线|职|门|人|长|营|精|属|车)"
        r"|中等专业学校|中等专科"
    ),
    "47": (r"(?<![其集])中技(?!术|能|巧|师|改|工)|技校|(?:高级)?技工(?:学校|院校)|技师学院"),
    "44": r"职高|职业高中",
    "40": (r"大?中职(?!责|位|业|能|工|务|称|级|场)|中等职业(?:学校|教育)?|职校|职业学校|大中专"),
    "60": (
        rf"(?<![提新])高中(?!低|压|级|层|端|档|频|音|温|速|阶|基|小学|初中|{SUBJECT})|high school"
    ),
    "70": (
        rf"初高中(?!{SUBJECT})"
        rf"|(?<![最当起])初中(?!级|期|高级|创|始|步|、?高中?(?:{SUBJECT})|{SUBJECT})"
    ),
    "80": rf"小学(?!语|数|生|、?(?:初|高)?中?(?:{SUBJECT})|{SUBJECT})",
}
LEVEL: Final = re.compile("|".join(f"(?P<c{code}>{words})" for code, words in WORDS.items()))
#: Where a level can begin; plain words only, which the machine finds fast.
TRIGGER: Final = re.compile(
    "博士|ph|硕|mba|emba|master|研究生|大学|本科|本(?=[、/]?硕)|学士|大本|一本|二本|bachelor"
    "|大专|高职|高专|专科"
    "|associate|junior|中专|中等|中技|技校|技工|高级技工|技师学院|职高|职业高中|中职|职校"
    "|职业学校|大中专|高中|high"
    "|初高中|初中|小学"
)
ANY: Final = re.compile(
    r"不限学历|不论学历|(?<![上的])学历[、,和及与/]?(?:性别|专业|经验|年龄|户籍|男女"
    r"|工作经验){0,3}[:、]?(?:要求)?[:]?\s?(?:均|皆|都)?"
    r"(?:不限|无要求|不做?要求|不作要求|不拘|没有?要求|无限制|从宽|没要求|不做?(?:硬性|特别"
    r"|特殊|严格)要求)|(?:无"
    r"|没有?)学历(?:限制|要求|门槛)"
    r"|对学历(?:没有|无|不做?|不作)(?:特别|特殊)?要求|不看学历|学历要求[:]?\s?(?:无|不限)"
    r"|文化(?:程度)?不限"
    r"|不限(?:性别|经验|专业|年龄)[、,/]?学历|(?:性别|专业|经验|年龄|男女)[、,和/]学历(?:均"
    r"|都)?不限"
)
ANY_HINT: Final = re.compile(
    "不限|无要求|没要求|没有要求|不做|不作要求|不要求|不拘|无学历|没学历|不看学历|不论学历|硬性"
    "|从宽|无限制|没有学历|对学历"
)
ANY_COLUMN: Final = re.compile(
    r"不限|无要求|无$|不要求|没要求|any|不拘|其他|其它|none", re.IGNORECASE
)
ABOVE: Final = re.compile(
    r"\s?(?:\(含\)|\(含?[^()]{1,6}\))?(?:学历|学位|文化"
    r"|毕业)?(?:程度)?\s?(?:\(含\))?[及或含]?(?:其)?以上|\+|起"
)
BELOW: Final = re.compile(r"(?:学历)?\s?(?:及|或)?以下")
AFTER: Final = re.compile(
    r"\s?(?:\([^()]{1,8}\))?(?:[及或]?以上)?\s?(?:生)?(?:学历|学位|文化|毕业|程度|应届|及同等"
    r"|同等|水平|在读|在校|[即均也亦]可|都行)|[及或]?以下(?:学历)?(?:者)?(?:勿|免|请勿|不要|不考虑)"
)
BEFORE: Final = re.compile(
    r"(?:学历|学位|文化(?:程度)?|教育(?:程度|背景)?|统招|全日制|正规|最低|至少|普通|国家承认的?"
    r"|要求|211|985|院校|届|应届|相关|专业|在读|在校|内外|的|领域|高年级|或者?|[及和]"
    r"|具有|具备|须|需|有|限|取得|持有)(?:要求|水平|为|层次)?[:是]?\s?[\"“(\[]?$"
)
WISH: Final = re.compile(r"优先|更佳|为佳|最好|尤佳|加分|更好|者优|从优|优厚")
WISH_BEFORE: Final = re.compile(r"最好(?:是|有|具有)?|优先(?:考虑|录用)?(?:全日制|统招)?$")
JOINED: Final = re.compile(
    r"(?:毕业|学历|生|学位"
    r"|院校)?(?:\s?\d{1,2}年(?:及?以上)?(?:相关)?(?:工作)?经?验?)?\s?(?:[、/,;(或和及与\-]|或者"
    r"|以及|及以上|以上){0,3}"
    r"\s?(?:\(含\))?\s?(?:应届|全日制|统招|大学|普通)?"
)
SCHOOLS: Final = re.compile(
    r"学校|院校|高校|留学|论文|申请|考研|课程|课题|学生|班(?!以)|老师|教育|招生|就业|合作"
    r"|生(?:的)?(?:日常|管理|招|就业|培养"
    r"|实习管理|教学|辅导|活动)"
)
YEARS: Final = re.compile(
    r"\s?(?:毕业|学历)?\s?(?:生)?(?:要求|需|须)?(?:具?有)?\s?\d{1,2}\s?(?:-\d{1,2})?年"
)
LOOSE: Final = re.compile(r"(?:放宽|破格|降低|升|提升)(?:至|到|为|录用|录取)?[^,。;\n]{0,4}$")
EDGES: Final = frozenset(' .,。;:\n()[]|/·、\t!?"“”+-')
RANK: Final = {
    "80": 0, "70": 1, "60": 2, "40": 2, "41": 2, "44": 2, "47": 2, "30": 3, "20": 4, "10": 5,
    "14": 5, "11": 6,
}  # fmt: skip
NAMES: Final = {
    "80": "小学", "70": "初中", "60": "高中", "40": "中职", "41": "中专", "44": "职高",
    "47": "技校", "30": "大专", "20": "本科", "10": "研究生", "14": "硕士", "11": "博士",
}  # fmt: skip
SECONDARY: Final = 2
#: The platform's five levels by rank: lower secondary schooling asks for no level above it.
LEVELS: Final = (0, 0, 1, 2, 3, 4, 4)
#: 本科以上(985优先) prefers a school, not a level.
WHICH_SCHOOL: Final = re.compile(r"\((?:985|211|双一流|名校|重点|院校|高校)[^()]{0,12}\)?")
STOP: Final = re.compile("[,。;\n]")
FULL_TIME: Final = re.compile("统招|全日制")


class _Mention(NamedTuple):
    code: str
    start: int
    end: int
    is_above: bool
    is_wish: bool
    confidence: float


def read_education(folded: str, *, is_column: bool) -> list[Told]:
    """Readings of the schooling, the surest first.

    >>> [(f.code, f.value.wish) for f in read_education("大专以上学历,本科优先", is_column=False)]
    [('30', '本科')]
    """
    if is_column:
        match = ANY_COLUMN.search(folded)
        if match and not LEVEL.search(folded):
            return [_any(*match.span(), 0.98)]
    groups = _groups(folded, _mentions(folded, is_column=is_column))
    asked = [group for group in groups if not group[0].is_wish]
    wished = [one for group in groups for one in group if one.is_wish]
    found = [_told(folded, group, wished) for group in asked]
    match = ANY.search(folded) if ANY_HINT.search(folded) else None
    # 硕士及以上学历,专业不限 leaves the major open, not the schooling
    if match and not any(one.start <= match.start() < one.end for one in found):
        found.append(_any(*match.span(), 0.93))
    found.sort(key=lambda one: -one.confidence)
    if found or not wished:
        return found
    best = min(wished, key=lambda one: RANK[one.code])
    code = _shared_code(wished, RANK[best.code])
    level = LEVELS[RANK[best.code]]
    wish = Education(NAMES[code], level, False, best.is_above, False, NAMES[code])
    return [Told(wish, code, best.start, best.end, "wish", best.confidence)]


def _shared_code(group: list[_Mention], least: int) -> str:
    """The code of the lowest level; several kinds of secondary school are 40."""
    codes = {one.code for one in group if RANK[one.code] == least}
    if len(codes) == 1:
        return next(iter(codes))
    return "40" if least == SECONDARY else min(codes - {"10"})


def _any(start: int, end: int, confidence: float) -> Told:
    return Told(Education("不限", 0, False), "-", start, end, "any", confidence)


def _mentions(folded: str, *, is_column: bool) -> list[_Mention]:
    found = []
    last = 0
    for trigger in TRIGGER.finditer(folded):
        at = trigger.start()
        match = LEVEL.match(folded, at) if at >= last else None
        if match is None:
            continue
        last = match.end()
        code = (match.lastgroup or "c")[1:]
        one = _mention(folded, code, at, last, is_column=is_column)
        if one is not None:
            found.append(one)
    return found


def _mention(folded: str, code: str, start: int, end: int, *, is_column: bool) -> _Mention | None:
    left, clause = folded[max(0, start - 12) : start], _clause(folded, end)
    if LOOSE.search(left):
        return None
    above, after = ABOVE.match(folded, end), AFTER.match(folded, end)
    closing = above or after
    stop = closing.end() if closing else end
    wish = WISH.search(WHICH_SCHOOL.sub("", clause))
    is_wish = bool(wish and not LEVEL.search(clause, 0, wish.start()))
    if ("最好" in left or "优先" in left) and WISH_BEFORE.search(left):
        is_wish = True
    if is_column:
        return _Mention(code, start, above.end() if above else end, bool(above), is_wish, 0.99)
    if not above and SCHOOLS.match(folded, end) and "毕业" not in clause and not is_wish:
        return None
    confidence = 0.97 if above else 0.95 if after else _confidence(folded, start, end, is_wish)
    return _Mention(code, start, stop, bool(above), is_wish, confidence)


def _confidence(folded: str, start: int, end: int, is_wish: bool) -> float:
    """How sure it is that a level without 以上 or 学历 behind it is asked for."""
    starts = not start or folded[start - 1] in EDGES
    if BEFORE.search(folded, max(0, start - 12), start):
        return 0.9
    if YEARS.match(folded, end):
        return 0.88
    if starts and (end == len(folded) or folded[end] in EDGES):
        return 0.8
    if is_wish:
        return 0.85
    return 0.4 if starts and start else 0.0


def _clause(folded: str, start: int) -> str:
    """What follows up to the next stop, twenty characters at most."""
    stop = STOP.search(folded, start, start + 24)
    return folded[start : stop.start() if stop else start + 24]


def _groups(folded: str, mentions: list[_Mention]) -> list[list[_Mention]]:
    """Levels that are alternatives of one demand stand together: 大专/本科, 高中或中专."""
    groups: list[list[_Mention]] = []
    for one in mentions:
        last = groups[-1][-1] if groups else None
        if last is not None and one.start < last.end:  # 中专(含高中)以上
            groups[-1].append(one)
            continue
        is_joined = last is not None and JOINED.fullmatch(folded, last.end, one.start)
        if is_joined and last is not None and (not last.is_above or last.is_wish == one.is_wish):
            if one.is_wish and not last.is_wish and last.is_above:
                groups.append([one])
            else:
                groups[-1].append(one)
        else:
            groups.append([one])
    return [_agreed(group) for group in groups if max(one.confidence for one in group) > 0]


def _agreed(group: list[_Mention]) -> list[_Mention]:
    """硕士、本科优先 wishes for both; one is as sure as its surest neighbour."""
    is_wish = group[-1].is_wish and all(one.is_wish or not one.is_above for one in group)
    confidence = max(one.confidence for one in group)
    return [one._replace(is_wish=is_wish, confidence=confidence) for one in group]


def _told(folded: str, group: list[_Mention], wished: list[_Mention]) -> Told:
    least = min(RANK[one.code] for one in group)
    lowest = [one for one in group if RANK[one.code] == least]
    code = _shared_code(group, least)
    wish = max((one for one in wished), key=lambda one: RANK[one.code], default=None)
    around = folded[max(0, group[0].start - 10) : group[-1].end + 6]
    education = Education(
        NAMES[code], LEVELS[least], True, any(one.is_above for one in group),
        bool(FULL_TIME.search(around)), NAMES[wish.code] if wish else "",
    )  # fmt: skip
    return Told(education, code, group[0].start, group[-1].end, "level", lowest[0].confidence)
