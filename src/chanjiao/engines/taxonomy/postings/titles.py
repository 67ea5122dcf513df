"""The post's own name in a raw posting: labelled, after the word for hiring, or at the start."""

import re
from typing import Final

from chanjiao.engines.taxonomy.postings.model import Told

LABELLED: Final = re.compile(
    r"(?:岗位名称|职位名称|招聘岗位|招聘职位|应聘岗位|需求岗位|招聘工种|岗位|职位|工种|职务"
    r"|job title|title)\s?为?:\s?(?:1[、.])?"
)
HIRING: Final = re.compile(
    r"(?<![统应竞返解外返被社校行公])(?:招聘会:|诚聘|招聘|急招|急聘|急需|高聘|直招|特聘|聘请"
    r"|招收|招募|招|聘)(?:以下(?:人员"
    r"|岗位|人才))?\s?[:]?\s?(?:1[、.)])?(?:(?:\d{1,3}"
    r"|[一二两三四五六七八九十数多若干]{1,2})(?:名|位|个)的?)?"
)
NOT_HIRED: Final = re.compile(
    r"(?:相关|说明|性质|团队|系统|应届|非|研究生|标|股|、|工作人员|制度|调配|考核|体系|经验"
    r"|资料|基本|考生|录|租|募|聘|投资|手|财|人数"
    r"|对象|要求|信息|启事|简章|公告|专业|单位|企业|计划|流程|程序|工作|渠道|需求|管理"
    r"|培训|条件|会(?!计)|岗位|职位|人员|人才|标准|活动|简历|网|培|录用|面试|方案|指标|部|生"
    r"|投标|呼"
    r"|牌|商|待|\]|,|。|;|\n|者|学历|范围|数量|热线|电话|部门|后|的|啦|中|了|渠|海|$)"
)
NOT_FIRST: Final = re.compile(
    r"(?:精通|从事|利用|寻找|请|您|指|详细|技能|方向|职位|校招|税|协助|面向|相关|参与|完成|掌握"
    r"|了解|项目介绍|研究方向|工作方向|工作目标|办公地点|上岗|业务知识|工作描述|职位职责"
    r"|岗位职业"
    r"|工作(?=要求|经验|职责|:)|性别|任职|资格|应聘|月薪|工资|年薪|日薪|时薪|双休|包吃|包住"
    r"|五险|岗位职责|工作职责|职位描述|任职要求"
    r"|任职资格|岗位要求|工作内容|岗位描述|职责|要求|公司"
    r"|我们|企业|描述|工作地|薪|福利|待遇|学历|\d|[一二三四五六七八九]、|负责|经验|电话|地址"
    r"|联系|职位要求|招聘要求|职责描述|岗位说明|主要|本|能|有|具|熟|男|女|年龄|专业|各位|好消息"
    r"|急|要|诚|因|随着|为|基本|试用)"
)
DELIMITER: Final = re.compile(
    r"[,。;\n|:!?、]|\s{1,}|(?<=[\u4e00-\u9fff)a-z])(?=\d+(?:\.\d+)?\s?(?:-|k|千|万|元|名|人|位"
    r"|个))|[*x]\d|若干|数名|多名|[一二两三四五六七八九十]{1,2}[名人位](?!员|力|事)"
    r"|[\[(](?=[^\])]*(?:\d|名|若干|人\)|薪|包|险|休|元|班|证|急|高薪|补|晚班|长白|坐班|应届"
    r"|实习生可|可|住|吃))|要求|薪资|月薪|工资|待遇|包吃|长白班|坐班|五险|底薪|年薪|学历|欢迎"
    r"|(?:工作|岗位)?职责|任职|工作目标|岗位要求|职位描述|工作内容"
    r"|持(?=[^有]{0,8}证)|数量"
)
WITH_LIST: Final = re.compile(r"[、/]")
PREFIX: Final = re.compile(
    r"^(?:\s|[\[(](?:[^\])]{0,14})[\])]|高薪|急|诚|直招|长期|大量|常年|现|需|若干|熟练|名"
    r"|\d{1,3}名|[:、.\-·*#>★☆◆●■【]|一批|数名|各类|优秀|以下|如下|全职|多名|[一二两三]名)+"
)
SUFFIX: Final = re.compile(
    r"(?:各|\s|[:、.\-·,]|若干|数名|急招|高薪|数量|人数|招聘|岗位|\d+|等|等岗位"
    r"|(?<=[工员师])[一二两三四五六七八九十])+$"
)
COMPANY: Final = re.compile(r"(?:公司|集团|工厂|厂|企业|店|中心|医院|学校|幼儿园|酒店|超市)$")
POST_END: Final = re.compile(
    r"(?:工|员|师|手|长|理|助|生|管|驶|机|务|计|秘|士|监|人|代表|顾问|干部|客服|文案|运营|主播"
    r"|设计|开发|教|嫂|姨|倌|厨|练|编|导|探|卫|安|洁|电|焊|车|钳|铣|磨|手们|架构|测试|产品|经理"
    r"|主管|销售|采购|出纳|会计|普工|学徒|助手|师傅|小时工|老师|阿姨|工程师|技师|设计师|操作工"
    r"|管理|跟单|外贸|内勤|前台|行政|人事|财务|质检|品检|仓管|文员|司机)(?:\([^)]{1,12}\))?$"
)
NEXT_POST: Final = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:工|员|师|手)(?=[,。;\n\s、\d各]|$)")
LETTER: Final = re.compile(r"[\u4e00-\u9fffa-z]")
LONGEST: Final = 24
#: A beginning without the ending of a post is one only where it is short.
MOST_BARE: Final = 12


def read_title(folded: str) -> Told | None:
    """Where the post is named in free text; None where it is not.

    >>> text = "某某阀门有限公司招聘数控车工5名,月薪7000"
    >>> found = read_title(text)
    >>> text[found.start : found.end], found.method
    ('数控车工', 'hiring')
    """
    match = LABELLED.search(folded, 0, 400)
    if match:
        found = _cut(folded, match.end(), "label", 0.95)
        if found:
            return found
    first = _first(folded)
    if first and first.confidence > 0.8:
        return first
    for match in HIRING.finditer(folded, 0, 400):
        if NOT_HIRED.match(folded, match.end()):
            continue
        found = _cut(folded, match.end(), "hiring", 0.9)
        if found:
            return found
    return first


def _first(folded: str) -> Told | None:
    lead = PREFIX.match(folded)
    start = lead.end() if lead else 0
    if NOT_FIRST.match(folded, start) or HIRING.match(folded, start):
        return None
    found = _cut(folded, start, "first", 0.6)
    if found is None:
        return None
    is_heading = folded[found.end : found.end + 2].strip().startswith(":")
    words = folded[found.start : found.end]
    if COMPANY.search(words) or HIRING.search(words) or re.search("[某]|有限", words):
        return None
    if POST_END.search(words):
        return found._replace(confidence=0.9)
    is_none = is_heading or words.isascii() or "不限" in words or len(words) > MOST_BARE
    return None if is_none else found


def _cut(folded: str, start: int, method: str, confidence: float) -> Told | None:
    """The stretch from a place up to what can't belong to a post's name."""
    lead = PREFIX.match(folded[start : start + 40])
    start += lead.end() if lead else 0
    end = _end(folded, start)
    if end is None:
        return None
    tail = SUFFIX.search(folded[start:end])
    end = start + tail.start() if tail else end
    end = _closed(folded, start, end)
    words = folded[start:end].strip()
    if len(words) < 2 or not LETTER.search(words) or NOT_FIRST.match(words):
        return None
    return Told(None, "", start, end, method, confidence)


def _end(folded: str, start: int) -> int | None:
    """Where the name ends; None where nothing ends it in time."""
    last = min(len(folded), start + LONGEST)
    position = start + 1
    while stop := DELIMITER.search(folded, position, last):
        # 缝纫工、裁剪工 stay together
        is_list = stop[0] == "、" and POST_END.search(folded[start : stop.start()])
        if not is_list or not NEXT_POST.match(folded, stop.end()):
            return stop.start()
        position = stop.end()
    return last if last == len(folded) else None


def _closed(folded: str, start: int, end: int) -> int:
    """With the bracket closed that the name opens; an empty name where it can't be."""
    words = folded[start:end]
    opened, closed = words.count("("), words.count(")")
    if opened == closed:
        return end
    more = folded.find(")", end, end + 12)
    if opened > closed and more >= 0 and "(" not in folded[end:more]:
        return more + 1
    return end if opened > closed else start
