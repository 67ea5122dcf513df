"""Which of the spans of time a text names a place in it belongs to."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from chanjiao.engines.text.facts.periods import Period
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
        self._when = when
        self._days = [period for period in when if period.is_day]

    def at(self, place: int) -> str:
        """The nearest span told before in the sentence, or the day of the ceremony; else empty."""
        start, _ = self._sentences.sentence(place)
        held = [p for p in self._before(start, place) if self._holds(p, start, place)]
        if held:
            cohort = [p for p in held if p.value.endswith("届")]
            return (cohort if cohort and held[-1].value.startswith("截至") else held)[-1].value
        if CEREMONY.match(self._text[start:place]):
            return self.day_before(start)
        return ""

    def day_before(self, place: int) -> str:
        """The last single day that is told before a place; in the first line the next one."""
        days = [p.value for p in self._days if p.start < place]
        if days:
            return days[-1]
        first_line = self._text.find("\n")
        is_title = self._days and place <= first_line
        return self._days[0].value if is_title else ""

    def only_day(self, place: int) -> str:
        """The day of the news: the one single day that the text tells, if it tells but one."""
        return self.day_before(place) if len({p.value for p in self._days}) == 1 else ""

    def _before(self, start: int, place: int) -> Sequence[Period]:
        first = bisect_left(self._when, start, key=lambda p: p.start)
        last = bisect_left(self._when, place, key=lambda p: p.start)
        return self._when[first:last]

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
