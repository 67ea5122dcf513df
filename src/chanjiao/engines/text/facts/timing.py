"""Which of the spans of time a text names a place in it belongs to."""

import re
from collections.abc import Sequence

from chanjiao.engines.text.facts.periods import Period
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.sentences import Sentences

REPORTING = re.compile(r"发布|公布|消息|获悉|了解到|介绍|通报|透露|报告|报道|数据|说|表示")
CLAUSE_END = re.compile(r"[，；。]")
# What comes once a thing is done has no day yet: 2025年底投产，达产后年产30万片.
WHEN_DONE = re.compile(r"(?:达产|投产|建成|完工|投用|竣工)后")
REPORTED = re.compile(
    r"\s*[^，。；]{0,14}(?:显示|介绍|悉|获悉|了解|统计|表明|看)，(?:截[至止]到?)?"
)
YEARLY = re.compile(
    r"\d{4}(?:[上下]半年|第?[一二三四]季度|前[一二三]季度|年\d{1,2}.{1,2}\d{1,2}月)?"
)
SUMMARY = re.compile(
    r"度?[^\n，。]{0,8}(?:工作总结|工作情况|工作综述|运行情况|统计公报|总结报告|总结)"
)
# What is so now is of no year told before, and what is to come still less.
STANDING = re.compile(r"目前|现有|拥有|共有|累计|已|建有|设有|总数|总量|成立于")
TO_COME = re.compile(r"下半年|下一步|接下来|力争|计划|将|预计|目标|今后|未来")
CEREMONY = re.compile(
    r"^[“\s]*(?:会上|会议上|会议还|大会上|大会为|仪式上|签约仪式上|仪式现场|活动上|活动中|活动现场|现场|当天|当日)"
)
# Characters: a period that opens its sentence, and one that goes with the number right behind it.
SENTENCE_LEAD = 3
LOCAL_REACH = 3


class Timing:
    """The spans of time of one text."""

    def __init__(self, text: str, sentences: Sentences, when: Sequence[Period]) -> None:
        self._text = text
        self._sentences = sentences
        self._when = Ordered(when)
        days = [period for period in when if period.is_day]
        self._days = Ordered(days)
        self._first_day = days[0].value if days else ""
        self._has_one_day = len({day.value for day in days}) == 1
        self._first_line = text.find("\n")
        titled = [p for p in when if p.end <= self._first_line and YEARLY.fullmatch(p.value)]
        is_summary = len(titled) == 1 and SUMMARY.match(text, titled[0].end)
        self._about = titled[0].value if is_summary else ""

    def at(self, place: int) -> str:
        """The nearest span told before in the sentence, or the day of the ceremony; else empty."""
        start, _ = self._sentences.sentence(place)
        held = [p for p in self._when.starting(start, place) if self._holds(p, start, place)]
        if held:
            cohort = [p for p in held if p.value.endswith("届")]
            return (cohort if cohort and held[-1].value.startswith("截至") else held)[-1].value
        if CEREMONY.match(self._text[start:place]):
            return self.day_before(start)
        return self._led(start, place) or self._titled(start, place)

    def _led(self, start: int, place: int) -> str:
        """The year or part of it that opened an earlier sentence of the paragraph and still holds.

        去年，学校招生3200人。建成实训基地12个。 Both are of last year.
        """
        first = self._text.rfind("\n", 0, start) + 1
        if STANDING.search(self._text, start, place):
            return ""
        if self._sentences.sentence(first)[0] == start:
            return ""
        told = [p for p in self._when.starting(first, start) if not p.is_compared]
        if not told or not YEARLY.fullmatch(told[-1].value) or told[-1].is_future:
            return ""
        opening = self._sentences.sentence(told[-1].start)[0]
        return told[-1].value if self._opens(told[-1], opening) else ""

    def _titled(self, start: int, place: int) -> str:
        """The time that a summary is about by its title: 某局2025年上半年工作总结."""
        if not self._about or place <= self._first_line:
            return ""
        told = self._text[start:place]
        return "" if STANDING.search(told) or TO_COME.search(told) else self._about

    def _opens(self, period: Period, start: int) -> bool:
        lead = self._text[start : period.start]
        return len(lead) <= SENTENCE_LEAD or REPORTED.fullmatch(lead) is not None

    def day_before(self, place: int) -> str:
        """The last single day that is told before a place; in the first line the next one."""
        if day := self._days.before(place):
            return day.value
        return self._first_day if place <= self._first_line else ""

    def only_day(self, place: int) -> str:
        """The day of the news: the one single day that the text tells, if it tells but one."""
        return self.day_before(place) if self._has_one_day else ""

    def _holds(self, period: Period, start: int, place: int) -> bool:
        """Whether a span of time told before still holds at the place."""
        between = self._text[period.end : place]
        if period.is_compared or (period.is_local and len(between) > LOCAL_REACH):
            return False
        if period.is_repeated:
            return CLAUSE_END.search(between) is None
        if WHEN_DONE.search(between):
            return False
        if period.is_day and REPORTING.search(between):
            return False
        return "；" not in between or self._opens(period, start)
