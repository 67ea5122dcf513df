"""Every quantity of a text with what it counts, whose it is, when, and whether it is so."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from chanjiao.engines.text.facts.amounts import amounts
from chanjiao.engines.text.facts.context import Context
from chanjiao.engines.text.facts.indicators import Indicators
from chanjiao.engines.text.facts.model import Figure
from chanjiao.engines.text.facts.periods import Period
from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.quantity import Amount
from chanjiao.engines.text.facts.standing import status_at

REPORTING = re.compile(r"发布|公布|消息|获悉|了解到|介绍|通报|透露|报告|报道|数据|说|表示")
CLAUSE_END = re.compile(r"[，；。]")
# Characters: a period that opens its sentence, and one that goes with the number right behind it.
SENTENCE_LEAD = 3
LOCAL_REACH = 3
CEREMONY = re.compile(
    r"^[“\s]*(?:会上|会议上|会议还|大会上|大会为|仪式上|签约仪式上|仪式现场|活动上|活动中"
    r"|活动现场|现场|当天|当日)"
)


def figures(read: Context) -> Iterator[Figure]:
    """Figures in order of the text."""
    names = Places((m.start, m.end) for m in read.mentions)
    proper = Places((m.start, m.end) for m in read.mentions if not m.is_reference)
    indicators = Indicators(read.text, read.words, names, read.sentences.clause)
    quantities = amounts(read.text, proper)
    for index, amount in enumerate(quantities):
        earlier = quantities[index - 1] if index else None
        later = quantities[index + 1] if index + 1 < len(quantities) else None
        start, end = _quote(read, amount)
        yield Figure(
            read.article,
            read.bearers.of(amount.core),
            indicators.of(amount, earlier, later),
            amount.value,
            amount.unit,
            amount.qualifier,
            status_at(read.sentences, amount.core, read.when),
            _period(read, amount),
            read.text[start:end],
            start,
            end,
            amount.upper,
            (amount.start, amount.end),
        )


def _quote(read: Context, amount: Amount) -> tuple[int, int]:
    """The clause around the number without its closing mark and blanks."""
    start, end = read.sentences.clause(amount.core)
    start, end = min(start, amount.start), max(end, amount.end)
    while start < amount.start and read.text[start] in " \t\u3000“”":
        start += 1
    while end > amount.end and read.text[end - 1] in " \t\u3000\n，。；：！？,;:!?":
        end -= 1
    return start, end


def _period(read: Context, amount: Amount) -> str:
    """The nearest span of time told before the number in its sentence, or the day of the event."""
    start, _ = read.sentences.sentence(amount.core)
    held = [p for p in _before(read, start, amount) if _holds(read, p, start, amount)]
    if held:
        cohort = [p for p in held if p.value.endswith("届")]
        return (cohort or held)[-1].value if held[-1].value.startswith("截至") else held[-1].value
    if CEREMONY.match(read.text[start : amount.start]):
        days = [p.value for p in read.when if p.is_day and p.start < start]
        return days[-1] if days else ""
    return ""


def _before(read: Context, start: int, amount: Amount) -> list[Period]:
    first = bisect_left(read.when, start, key=lambda p: p.start)
    last = bisect_left(read.when, amount.start, key=lambda p: p.start)
    return list(read.when[first:last])


def _holds(read: Context, period: Period, start: int, amount: Amount) -> bool:
    """Whether a span of time told before still holds at the number."""
    between = read.text[period.end : amount.core]
    if period.is_compared or (period.is_local and len(between) > LOCAL_REACH):
        return False
    if period.is_repeated:
        return CLAUSE_END.search(between) is None
    if period.is_day and REPORTING.search(between):
        return False
    return "；" not in between or period.start - start <= SENTENCE_LEAD
