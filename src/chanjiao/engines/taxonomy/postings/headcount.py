"""How many people are looked for."""

import re
from typing import Final

from chanjiao.engines.taxonomy.postings.model import Headcount, Told
from chanjiao.engines.taxonomy.postings.numerals import number

NUMBER: Final = (
    r"[\d一二两三四五六七八九十百](?:(?<=\d)\d{0,3}|(?<!\d)[一二两三四五六七八九十百]{0,3})"
)
LABELLED: Final = re.compile(
    rf"(?:人数|名额|数量"
    rf"|招聘数)(?:要求)?\s?[:为]?\s?(?P<a>{NUMBER})(?:\s?[-至到]\s?(?P<b>{NUMBER}))?\s?(?:人|名"
    rf"|个|位)?(?P<more>以上|\+|左右)?(?![\d.年岁月])"
)
COUNTED: Final = re.compile(
    rf"(?P<a>{NUMBER})(?:\s?(?:-|至|到|或)\s?(?P<b>{NUMBER}))?\s?(?P<u>人|名|个"
    rf"|位)(?P<more>以上|\+|左右)?"
)
NO_START: Final = frozenset("0123456789.第前周每/")
SOME: Final = re.compile(
    r"若干(?=名|人|位|个|[,。;\s)]|$)|数名|多名|数人|大量招|人数不限|名额不限|人数[:]?不限"
    r"|数十[人名]|几名"
    r"|多人(?=[,。;\s)]|$)"
)
HIRING: Final = re.compile(r"招|聘|急需|需[要求]?|缺|录用|岗位|职位|引进|补充|拟|各$|增[加补]")
WORKER: Final = re.compile(
    r"(?:工|员|师|手|长|理|助|生|人|干|监|管|驶|机|厨|嫂|妈|娘|士|教|务|计|纳|秘|问|设计|开发"
    r"|客服|文案|运营|实习|主播|电|检|修)[\s:(、*x]{0,2}$"
)
NOT_BEFORE: Final = re.compile(
    r"作为|成为|现有|拥有|共有|员工|职工|在职|管理(?!员|岗|人)|带领|团队|介绍|推荐|超过|近|约|以上"
    r"|每[间组班]|宿舍|人间|桌|至少|不少于|规模|同时|服务|接待|培训|面向|注册"
)
NOT_AFTER: Final = re.compile(
    r"\s?(?:嵌|单片|处理|微机|arm|mcu|完整|或|间|桌|一[间组班]|宿舍|寝|公寓|标准"
    r"|以上(?:的)?(?:团队|管理|规模|经验|班组)?|团队"
    r"|小组|的?(?:研发)?团队|规模|性格|简历|信息|月|工作日|小时|班|左右的团队|员工|职工|品牌"
    r"|以[上内]|岗位|方面|国家|城市|项目|品种|部门|区|省|市|县|地|行业|客户|代表|专利|子公司"
    r"|分公司|工厂|事业部|能力|条件|重|性|类|力|员(?!工?招)|才|事|民|群|工(?!作人员|\d)|气|身|脸|次"
    r"|为主|品|际)"
)
#: 公司现有员工500人,管理人员30名 counts who is there, not who is wanted.
HELD: Final = re.compile(r"(?:现有|拥有|共有|目前有|下设)[^招聘。;\n]*$")
STAFF: Final = re.compile("(?:员工|职工|企业|公司|团队|参保|单位|在职)(?:的|总)?$")
STOP: Final = re.compile(r"[,。;\n!]")
PLAIN_COLUMN: Final = re.compile(
    rf"(?P<a>{NUMBER})(?:\s?(?:-|至|到)\s?(?P<b>{NUMBER}))?\s?(?:人|名|个|位)?\s?(?P<more>以上"
    rf"|\+|左右)?"
)


def read_headcount(folded: str, *, is_column: bool) -> list[Told]:
    """Readings of the number of people, the surest first.

    >>> [f.value for f in read_headcount("公司现有员工500人,急招焊工2-3名", is_column=False)]
    [Headcount(low=2, high=3)]
    """
    if is_column:
        match = PLAIN_COLUMN.search(folded)
        if match:
            return [_found(match, "column", 0.98)]
        some = SOME.search(folded) or re.search("不限|多|大量", folded)
        return [Told(Headcount(None, None), "", *some.span(), "some", 0.95)] if some else []
    found = [
        _found(match, "label", 0.97)
        for match in LABELLED.finditer(folded)
        if not STAFF.search(folded, max(0, match.start() - 6), match.start())
    ]
    for match in COUNTED.finditer(folded):
        if match.start() and folded[match.start() - 1] in NO_START:
            continue
        confidence = _confidence(folded, match)
        if confidence:
            found.append(_found(match, "count", confidence))
    some = SOME.search(folded)
    if some:
        found.append(Told(Headcount(None, None), "", *some.span(), "some", 0.85))
    return sorted(found, key=lambda one: (-one.confidence, one.start))


def _confidence(folded: str, match: re.Match[str]) -> float:
    """How sure it is that these people are wanted, 0 where they are others."""
    start, end, unit = match.start(), match.end(), match["u"]
    left = STOP.split(folded[max(0, start - 16) : start])[-1]
    hiring = [found.start() for found in HIRING.finditer(left)]
    held = NOT_BEFORE.search(left, hiring[-1] if hiring else 0)
    is_held = held and not re.search(r"招聘?$", left)
    if is_held or NOT_AFTER.match(folded, end) or HELD.search(folded, max(0, start - 30), start):
        return 0.0
    is_worker = WORKER.search(left)
    if hiring and unit in "名人":
        return 0.95
    if unit in "名人位" and is_worker:
        return 0.9
    if hiring and (is_worker or re.search(r"[招聘需缺][:\s]?$", left)):
        return 0.85
    return _bare(folded, left, end, unit)


def _bare(folded: str, left: str, end: int, unit: str) -> float:
    """A number of people beside no word of hiring."""
    if left.endswith("(") and folded[end : end + 1] in ("", ")", ","):
        return 0.85
    if unit == "个" or not left.strip(" (") or left[-1] in " (":
        at_edge = end == len(folded) or folded[end] in " ,。;\n)|"
        return 0.6 if unit in "名人" and at_edge else 0.0
    return {"名": 0.5, "人": 0.4}.get(unit, 0.0)


def _found(match: re.Match[str], method: str, confidence: float) -> Told:
    low = int(number(match["a"]) or 0)
    high = int(number(match["b"]) or 0) if match["b"] else low
    is_open = match["more"] in ("以上", "+")
    count = Headcount(low, None if is_open else high)
    if not low or low > high:
        confidence = 0.2
    return Told(count, "", match.start(), match.end(), method, confidence)
