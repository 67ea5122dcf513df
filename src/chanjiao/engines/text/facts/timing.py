"""Which of the spans of time a text names a place in it belongs to."""

import re
from collections.abc import Sequence

from chanjiao.engines.text.facts.periods import Period
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.sentences import Sentences

REPORTING = re.compile(r"发布|公布|消息|获悉|了解到|介绍|通报|透露|报告|报道|数据|说|表示")
CLAUSE_END = re.compile(r"[，；。]")
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

    def at(self, place: int) -> str:
        """The nearest span told before in the sentence, or the day of the ceremony; else empty."""
        start, _ = self._sentences.sentence(place)
        held = [p for p in self._when.starting(start, place) if self._holds(p, start, place)]
        if held:
            cohort = [p for p in held if p.value.endswith("届")]
            return (cohort if cohort and held[-1].value.startswith("截至") else held)[-1].value
        if CEREMONY.match(self._text[start:place]):
            return self.day_before(start)
        return ""

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
        if period.is_day and REPORTING.search(between):
            return False
        return "；" not in between or period.start - start <= SENTENCE_LEAD
