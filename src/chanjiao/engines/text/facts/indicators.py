"""What a number counts: the words before or behind it that a reader would put in a table's head."""

import re
from collections.abc import Callable

from chanjiao.engines.text.facts.phrases import Phrases
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.quantity import Amount
from chanjiao.engines.text.facts.sentences import Span
from chanjiao.engines.text.facts.units import DURATIONS
from chanjiao.engines.text.facts.words import Word, Words

CHANGE = re.compile(
    r"(?:同比|环比|年均)?(?:上升|增长|下降|提高|提升|增加|减少|下滑|降低|增幅|降幅|回落|翻|缩短|节约|上浮|下浮|高出|多出|延长|发展)"
)
CHANGED = re.compile(rf"{CHANGE.pattern}(?:了|约|近|超过|超|到|至|为|达)?$")
# 由17家发展到39家: what the second number counts is what the first one did.
MOVED = re.compile(
    r"(?:进一步|逐步|又|再|已)?(?:上升|增长|下降|提高|提升|增加|增|减少|下滑|降低|降|升|发展|扩大|扩展|扩充|延长"
    r"|缩短|拓展|壮大|攀升|跃升|回落|压缩|调整)了?[到至为](?:(?:如今|现在|目前|今年|去年|[^，。；]{0,6}年)的?)?"
)
# 价值1500万元的设备 tells the worth of the equipment.
WORTH = re.compile(r"(?:总?价值|总?规模|总值|原值|估值|总价|标价)[近约超达为]?$")
OF_THEM = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{0,8}?(?:生|员|人|者|工|师|企业|院校|人才|单位|家庭|农户))[中里](?:就|约|已)?有[近超约]?$"
)
AMONG = re.compile(r"[赛会中里]中?有[近超约]?$")
EACH = re.compile(r"每个?(?P<what>班级?|期|届|家|所|校|组|场|车间|项目|户)$")
LISTED = re.compile(
    r"^(?P<verb>新增|新建|建成|建设|引进|开设|培养|设立|增设|签约|储备|输送)?.{2,}(?<![高中初同平对均])等(?P<kind>.{2,})$"
)
LIGHT = re.compile(r"^(?:组织)?(?:开展|举办|举行|召开|办理)(?=[\u4e00-\u9fff]{2})")
COMPARED = re.compile(r"(?:较|比|与)[^较比与]*$")
SHARE = re.compile(
    r"占(?!比)(?P<of>[^，。；、占]{0,14}?)(?:的)?(?:比重|比例|比率|比)?(?:仅|就|均|已)?"
    r"(?:为|达到?|超过|超|近|约|到|了|高达|是)?\s?$"
)
RANKED = re.compile(r"(?:排名|位居|位列|居|列|名列|排在|排|跻身|进入).*$")
SITED = re.compile(r"(?:占地|面积)$")
LASTED = re.compile(r"(?:连续|历时|耗时|为期|长达)$")
ORIGIN = re.compile(r"[由从](?:[^，。；由从]{0,8}的)?\s?$")
RATE = re.compile(
    r"(?:率|比|比例|比重|占比|度|指数|增幅|增长|下降|提高|上升|系数|效应|目标|增速|涨幅|进度)$"
)
TOTAL = re.compile(
    r"(?:数|量|额|值|面积|规模|总数|人数|人次|缺口|能力|名额|收入|投入|投资|经费|资金|费用|产值"
    r"|总量|薪|工资|成本|补贴|学时|课时|次数|时长|时间|年限|价格|租金)$"
)
DOING = re.compile(
    r"(?:招生|录取|培训|就业|毕业|报名|实习|招聘|培养|录用|参加|参训|考核|签约|评为\w+|成为\w+|通过\w*)$"
)
PEOPLE = frozenset({"人", "名", "位", "员"})
SHARES = frozenset({"%", "个百分点", "倍", "番", "‰"})
AREAS = frozenset({"平方米", "亩", "公顷", "平方公里"})
UNIT_NOUNS = {"班": "班", "届": "届", "批次": "批次", "场次": "场次"}
SPANS = DURATIONS | {"岁", "课时", "学时"}
NOUN_TAGS = ("n", "nz", "nt", "vn", "j", "l", "s")


class Indicators:
    """Reads indicators off one text, amount by amount in its order."""

    def __init__(
        self, text: str, words: Words, names: Places, clause: Callable[[int], Span]
    ) -> None:
        self._text = text
        self._phrases = Phrases(text, words, names)
        self._clause = clause
        self._last = self._since = ""
        self._end = 0
        self._by_unit: dict[str, str] = {}

    def of(self, amount: Amount, earlier: Amount | None, later: Amount | None) -> str:
        """What the amount counts, between its neighbours in the same clause."""
        begin, end = self._clause(amount.core)
        low = earlier.end if earlier and earlier.end > begin else begin
        high = later.start if later and later.start < end else end
        self._since = self._told_since(begin)
        told = self._text[low : amount.start]
        if low > begin and self._last and MOVED.fullmatch(told.strip()):
            return _named(self._last, amount)
        found = self._read(amount, low, high)
        if not found:
            found = self._carried(amount, begin, low)
        named = _named(found, amount)
        self._end = amount.end
        if found and "连续" in named:
            self._last = self._since or self._last
        elif found and not CHANGED.search(found):
            self._last = found
            self._by_unit[amount.unit] = found
        return named

    def _told_since(self, begin: int) -> str:
        """What the clause before speaks of when it holds no number: 教师数量偏少，占比仅52%."""
        if begin <= self._end or begin <= 0 or self._text[begin - 1] in "。\n！？":
            return ""
        start, end = self._clause(begin - 1)
        return self._phrases.said(self._phrases.behind(start, end)) if start >= self._end else ""

    def _read(self, amount: Amount, low: int, high: int) -> str:
        if amount.qualifier == "ordinal":
            reader = self._ordinal
        elif self._text[amount.core] == "每":
            reader = self._one_in
        elif amount.unit in SHARES:
            reader = self._share
        elif "元" in amount.unit:
            reader = self._money
        else:
            reader = self._span if amount.unit in SPANS else self._count
        return reader(amount, low, high)

    def _count(self, amount: Amount, low: int, high: int) -> str:
        """Things and people: 新增企业5家, 5家新企业, 引进12名博士, 18人被评为技师."""
        told = self._text[low : amount.start].rstrip()
        return self._among(amount, told, high) or self._counted(amount, low, high)

    def _counted(self, amount: Amount, low: int, high: int) -> str:
        place = self._place(amount, low)
        before = self._phrases.before(low, place)
        behind = self._phrases.behind(amount.end, high)
        said = self._phrases.said
        told = self._text[low : amount.start].rstrip()
        is_apposed = amount.is_written or told.endswith(("等", "的")) or "、" in told
        is_sited = amount.unit in AREAS and SITED.search(said(before))
        if before and (is_sited or place < amount.start):
            return said(before)
        if behind and (is_apposed or not _ends_in_noun(before)):
            is_listed = told.endswith("的") or "、" in told
            verb = "" if is_listed else self._phrases.verb_before(amount.start, low)
            return verb + said(behind)
        if any(len(word.text) > 1 for word in before):
            return said(before)
        if amount.unit in PEOPLE and not before:
            return self._phrases.deed_behind(amount.end, high)
        return ""

    def _among(self, amount: Amount, told: str, high: int) -> str:
        """毕业生中有872人在本县就业, and 每班40人."""
        if (each := EACH.search(told)) and amount.unit in PEOPLE:
            return f"每{each['what']}人数"
        if of := OF_THEM.search(told):
            return f"{self._phrases.deed_behind(amount.end, high)}{of['who']}"
        if amount.unit in PEOPLE and AMONG.search(told):
            deed = self._phrases.deed_behind(amount.end, high)
            return f"{deed}人数" if deed else ""
        return ""

    def _place(self, amount: Amount, low: int) -> int:
        """Where the words before the number end: 面积由原来的8000平方米 ends before 由."""
        origin = ORIGIN.search(self._text[low : amount.start])
        return low + origin.start() if origin else amount.start

    def _money(self, amount: Amount, low: int, high: int) -> str:
        before = self._phrases.before(low, self._place(amount, low))
        said = self._phrases.said(before)
        told = self._text[low : amount.start]
        if (worth := WORTH.search(told)) and self._text.startswith("的", amount.end):
            thing = self._phrases.said(self._phrases.behind(amount.end, high))
            return thing + worth[0].rstrip("近约超达为") if thing else said
        if before and _ends_in_noun(before):
            return said
        behind = self._phrases.said(self._phrases.behind(amount.end, high))
        return self._phrases.verb_before(amount.start, low) + behind if behind else said

    def _span(self, amount: Amount, low: int, high: int) -> str:
        """提前45天完成, 工作两年, 平均时长45天."""
        before = self._phrases.before(low, self._place(amount, low))
        verb = self._phrases.verb_behind(amount.end, high)
        lasted = LASTED.search(self._text[low : amount.start].rstrip("近约超达逾"))
        if lasted and lasted[0] == "连续":
            self._since = LASTED.sub("", self._phrases.said(before))
            return f"{self._since}连续{self._phrases.deed_behind(amount.end, high)}"
        if lasted and lasted.start() == 0:
            return lasted[0]
        if before and before[-1].tag == "v" and verb:
            return before[-1].text + verb
        told = LASTED.sub("", self._phrases.said(before))
        return told or self._phrases.said(self._phrases.behind(amount.end, high))

    def _ordinal(self, amount: Amount, low: int, high: int) -> str:
        before = self._phrases.said(self._phrases.before(low, amount.start))
        if amount.unit == "位":
            return RANKED.sub("", before) or self._last or before
        return self._phrases.said(self._phrases.behind(amount.end, high)) or before

    def _one_in(self, amount: Amount, low: int, high: int) -> str:
        inside = re.search(
            r"[个名位家]([\u4e00-\u9fff]{1,8}?)[中里]", self._text[amount.core : amount.end]
        )
        who = inside[1] if inside else ""
        return f"{who}{self._phrases.deed_behind(amount.end, high)}比例"

    def _share(self, amount: Amount, low: int, high: int) -> str:
        told = self._text[low : amount.start].rstrip()
        if share := SHARE.search(told):
            return self._share_of(low, share)
        if CHANGED.search(told):
            return self._changed(low, told)
        if of := OF_THEM.search(told):
            return f"{self._phrases.deed_behind(amount.end, high)}{of['who']}占比"
        before = self._phrases.said(self._phrases.before(low, self._place(amount, low)))
        verb = self._phrases.verb_behind(amount.end, high)
        if before and verb and not RATE.search(before) and amount.unit == "%":
            return f"{before}{verb}率"
        return self._share_told(amount, before, high)

    def _share_told(self, amount: Amount, before: str, high: int) -> str:
        """留用率41.7%, 七成学员, 八成以上留在本市."""
        behind = self._phrases.said(self._phrases.behind(amount.end, high))
        if not behind and not before and amount.unit == "%":
            behind = self._phrases.deed_behind(amount.end, high)
        if not behind or (before and not amount.is_written):
            return before
        return behind if RATE.search(behind) else behind + "占比"

    def _share_of(self, low: int, share: re.Match[str]) -> str:
        base = self._phrases.said(self._phrases.before(low, low + share.start())) or ""
        of = share["of"].strip("的")
        if of:
            return f"{base}占{of}比重"
        return f"{base or self._since or self._last}占比"

    def _changed(self, low: int, told: str) -> str:
        """同比增长9.7% is the growth of what was told before."""
        change = list(CHANGE.finditer(told))[-1]
        base = COMPARED.sub("", told[: change.start()])
        phrase = self._phrases.said(self._phrases.before(low, low + len(base)))
        is_level = told[change.end() :].endswith(("到", "至", "为"))
        return (phrase or self._last) + ("" if is_level else change[0])

    def _carried(self, amount: Amount, begin: int, low: int) -> str:
        """From what was told before, when this clause only goes on: 达386万元, 再开8期."""
        if known := self._by_unit.get(amount.unit) if low == begin else self._last:
            return known
        if begin <= 0 or self._text[begin - 1] in "。\n！？":
            return self._last
        start, end = self._clause(begin - 1)
        return self._last or self._phrases.said(self._phrases.before(start, end - 1))


def _ends_in_noun(before: list[Word]) -> bool:
    """Whether the words before already name what is counted; a verb alone does not."""
    if not before or all(word.tag in ("v", "vn") for word in before):
        return bool(before) and len(before) > 1 and before[-1].tag == "vn"
    return before[-1].tag in NOUN_TAGS


def _named(found: str, amount: Amount) -> str:
    """The phrase with what its unit adds: 专业 in 46个 is 专业数, 招生 in 人 is 招生人数."""
    if listed := LISTED.match(found):
        found = (listed["verb"] or "") + listed["kind"]
    found = LIGHT.sub("", found)
    if not found or TOTAL.search(found) or (RATE.search(found) and amount.qualifier != "ordinal"):
        return found
    ending = "数"
    if amount.qualifier == "ordinal":
        ending = "排名" if amount.unit == "位" else ""
    elif amount.unit in SHARES | SPANS | {""} or "元" in amount.unit:
        ending = ""
    elif amount.unit in AREAS:
        ending = "面积"
    elif amount.unit == "人次":
        ending = "人次"
    elif amount.unit in PEOPLE and DOING.search(found):
        ending = "人数"
    return found if found.endswith(ending) else found + ending
