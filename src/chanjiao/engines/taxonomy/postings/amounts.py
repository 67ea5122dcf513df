"""Sums of money as postings write them: a figure or a range, its unit and its period."""

import re
from typing import Any, Final, NamedTuple

from chanjiao.engines.taxonomy.postings.numerals import DIGITS, NUMERAL, SCALES, number

FIGURE: Final = re.compile(
    rf"({NUMERAL})(?!\d)\s?"
    r"(k(?![a-z])|w(?![a-z])|千元?|万元?|元|块钱?)?(\d(?![\d.,k千万元]))?([多余]元?)?"
)
SECOND: Final = re.compile(
    rf"({NUMERAL})(?!\d)\s?(k(?![a-z])|w(?![a-z])|千元?|万元?|元|块钱?)?(\d(?![\d.,k千万元]))?"
)
#: 五六千, 七八千, 5、6千
PAIR: Final = re.compile(
    r"(?:([一二两三四五六七八九])[、,]?([二三四五六七八九])|([1-9])、([2-9]))([千万百])(?![\d分])"
)
PERIOD: Final = re.compile(
    r"\s?(?:元|块钱?|rmb|cny|人民币)?\s?\(?(?:(?:/|每|一|\\|p/)\s?(?:人/|人每|位/)?(?:个)?(?:工作)?"
    r"(月|month|mon|年|year|yr|y(?![a-z])|天|日|day|小时|钟头|时|hour|hr|[hdm](?![a-z])|周|星期"
    r"|礼拜|8小时|8h"
    r"|班|晚|件|单|套|双|趟|票|台|打|吨|车|只|条|米|方|平|斤|kg|公斤|个)|(?:元)?/?(月)\b)?\)?"
)
TO: Final = re.compile(r"\s?(?:-{1,2}|至|到)\s?¥?\s?|/(?=\d+(?:\.\d+)?[k千万])")
ENDS: Final = re.compile(
    r"\s?\(?(?:元\s?)?(以上|及以上|或以上|起薪|起步?(?!重|吊|草|价)|\+(?!\s?(?:[五六]险|社保"
    r"|公积金|包|住|食宿|双休|餐|福利|单休|吃))|-{1,2}(?=$|[,;。])|以内|以下|之内|封顶|不等"
    r"|左右|上下)"
)
SAID: Final = re.compile(r"\s?\(?(年薪|月薪|日薪|时薪|周薪|税前年薪)")
SCALE: Final = {"k": 1000, "w": 10_000, "千": 1000, "万": 10_000, "元": 1, "块": 1}
BASIS: Final = {
    "月": "month", "month": "month", "mon": "month", "m": "month", "年": "year",
    "year": "year", "yr": "year", "y": "year",
    "天": "day", "日": "day", "day": "day", "d": "day", "班": "day", "晚": "day", "8小时": "day",
    "8h": "day", "小时": "hour", "钟头": "hour", "时": "hour", "hour": "hour", "hr": "hour",
    "h": "hour", "周": "week", "星期": "week", "礼拜": "week",
}  # fmt: skip
SPOKEN: Final = {"年": "year", "月": "month", "日": "day", "时": "hour", "周": "week"}
UPWARD: Final = frozenset(["以上", "及以上", "或以上", "起薪", "起", "起步", "+", "-"])
DOWNWARD: Final = frozenset(["以内", "以下", "之内", "封顶"])
THOUSANDS: Final = 1000
SMALL: Final = 100  # a figure below this is no monthly pay in yuan


class Amount(NamedTuple):
    """A sum or a range, in yuan of its period; ``period`` is empty where none is told."""

    start: int
    end: int
    low: float | None
    high: float | None
    period: str
    has_unit: bool
    is_range: bool
    is_in_k: bool = False


#: What a figure of money must not follow: the rest of a number, a date, a model's name.
BEFORE: Final = re.compile(r"[\d.a-z/]$|\d[-:,]$")


def amounts(folded: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """Every figure that could be money, from left to right.

    >>> [(a.low, a.high, a.period) for a in amounts("0.8-1万/月 或 200元/天起 七八千")]
    [(8000.0, 10000.0, 'month'), (200.0, None, 'day'), (7000.0, 8000.0, '')]
    """
    found = []
    position = start
    stop = len(folded) if end is None else end
    while match := FIGURE.search(folded, position, stop):
        at = match.start()
        if at and BEFORE.search(folded, max(0, at - 2), at):
            position = at + 1
            continue
        amount = _amount(folded, match)
        position = max(match.end(), amount.end if amount else 0, position + 1)
        if amount is not None:
            found.append(amount)
    return found


def _amount(folded: str, match: re.Match[str]) -> Amount | None:
    pair = PAIR.match(folded, match.start(1))
    if pair:
        return _pair(folded, pair)
    first, unit, rest, many = match.group(1, 2, 3, 4)
    end, period = _period(folded, match.end())
    to = TO.match(folded, end)
    second = SECOND.match(folded, to.end()) if to else None
    if second is None:
        return _single(folded, match, (first, unit, rest), end, period or "", many)
    low, high = _range((first, unit, rest), second.group(1, 2, 3))
    if low is None or high is None or low > high:
        return None
    end, later = _period(folded, second.end())
    end, _word = _ending(folded, end)
    if not later:
        end, later = _period(folded, end)
    end, said = _said(folded, end)
    has_unit = bool(unit or second[2] or (set(second[1]) & {"千", "万"}))
    in_k = "k" in (unit, second[2])
    return Amount(match.start(1), end, low, high, later or period or said, has_unit, True, in_k)


def _pair(folded: str, match: re.Match[str]) -> Amount:
    scale = SCALES[match[5]]
    low, high = (DIGITS.get(one) or int(one) for one in match.group(1, 2, 3, 4) if one)
    end, period = _period(folded, match.end())
    end, _word = _ending(folded, end)
    return Amount(match.start(), end, float(low * scale), float(high * scale), period, True, True)


def _single(
    folded: str, match: re.Match[str], parts: tuple[str, str, str], end: int, period: str, many: str
) -> Amount | None:
    value = _value(*parts)
    if value is None:
        return None
    end, word = _ending(folded, end)
    if not period:
        end, period = _period(folded, end)
        if word == "":
            end, word = _ending(folded, end)
    end, said = _said(folded, end)
    is_up = word in UPWARD or bool(many)
    low = None if word in DOWNWARD else value
    high = None if is_up else value
    has_unit = bool(parts[1]) or bool(set(parts[0]) & {"千", "万"})
    return Amount(match.start(1), end, low, high, period or said, has_unit, False)


def _period(folded: str, at: int) -> tuple[int, str]:
    """Where the period's words end, and hour, day, week, month, year or piece."""
    match = PERIOD.match(folded, at)
    if match is None:
        return at, ""
    word = match[1] or match[2]
    if not word:
        return match.start() + len(match[0].rstrip(" (")), ""
    return match.end(), BASIS.get(word, "piece")


def _ending(folded: str, at: int) -> tuple[int, str]:
    match = ENDS.match(folded, at)
    return (match.end(), match[1]) if match else (at, "")


def _said(folded: str, at: int) -> tuple[int, str]:
    match = SAID.match(folded, at)
    return (match.end(), SPOKEN[match[1][-2]]) if match else (at, "")


def _value(figure: str, unit: str | None, rest: str | None) -> float | None:
    if unit and rest:
        return number(figure + unit[0] + rest) if unit[0] in "千万" else None
    value = number(figure)
    if value is None:
        return None
    return round(value * SCALE[unit[0]], 2) if unit else value


def _range(
    first: tuple[str | Any, ...], second: tuple[str | Any, ...]
) -> tuple[float | None, float | None]:
    """Both ends; a missing unit is the other end's where the figures ask for it."""
    high = _value(*second)
    low = _value(*first)
    if low is None or high is None:
        return low, high
    bare = not first[1] or first[1][0] in "元块"
    if bare and low < SMALL:
        scale = SCALE[second[1][0]] if second[1] else _spoken_scale(second[0])
        if scale > 1 and low * scale <= high:
            low *= scale
        elif scale > 1 or (high >= THOUSANDS and low * THOUSANDS <= high):
            low *= THOUSANDS  # 8-1.2万, 5到8000
    elif not second[1] and high < SMALL <= low and first[1]:
        high *= SCALE[first[1][0]]  # 8千-12
    return round(low, 2), round(high, 2)


def _spoken_scale(figure: str) -> int:
    """五到八千 counts both in thousands, 八到一万二 does not."""
    return next((SCALES[one] for one in reversed(figure) if one in "千万"), 1)
