"""When: the spans of time a text names, counted from the day it was published."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

type Reader = Callable[[re.Match[str], date | None], str | None]

CN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
N = r"[\d一二两三四五六七八九十]"
YEAR_WORDS = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "前年": -2,
    "明年": 1,
    "后年": 2,
}
DAY_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2}
MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
PART = (
    rf"(?P<part>[上下]半年|第?[一二三四]季度|前[一二三]季度|[春秋]季(?:学期)?|年?[底末初]|年中"
    rf"|{MONTH}月?\s?[至到—-]\s?{MONTH}月份?|{MONTH}月份?[底初末]?)?"
)
COMPARED = re.compile(
    r"(?:较|比|与|同|是|为|高于|低于|相比|不及|超|创|(?:成立|创办|始建|创建|建校|组建|诞生|筹建)[于在]?)\s?$"
)
PLANNED_BEFORE = re.compile(r"[将拟]|计划|预计|力争|今年")
UNTIL = re.compile(r"截[至止]到?(?:于)?\s?$")
SINCE = re.compile(r"(?P<since>以来)|起(?![草步点源])")
# Months in which a part of the year begins that is told without them.
BEGINS = {"秋季": 9, "冬季": 12, "下半年": 7, "第四季度": 10, "四季度": 10, "年底": 12}
LOCAL = re.compile(r"的(?:\d|[一二三四五六七八九]成)")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time named from ``start`` to ``end``.

    ``is_day``: one single day. ``is_compared``: only what something is held against (较去年).
    ``is_future``: it lies after the publication. ``is_local``: it goes with the next number only.
    ``is_repeated``: every so often, which holds for its own clause only.
    """

    start: int
    end: int
    value: str
    is_day: bool = False
    is_compared: bool = False
    is_future: bool = False
    is_local: bool = False
    is_repeated: bool = False


def periods(text: str, published_on: date | None) -> list[Period]:
    """Every span of time, in order; without a date to count from 去年 keeps its own word.

    >>> [p.value for p in periods("去年下半年，2021年3月起，“十四五”期间", date(2024, 5, 1))]
    ['2023下半年', '2021-03', '十四五']
    """
    found = [
        (match, value)
        for pattern, reader in PATTERNS
        for match in pattern.finditer(text)
        if (value := reader(match, published_on)) is not None
    ]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    return list(_apart(text, found, published_on))


def _apart(
    text: str, found: list[tuple[re.Match[str], str]], today: date | None
) -> Iterator[Period]:
    at, told = 0, ""
    for match, value in found:
        if match.start() < at:
            continue
        if "\n" in text[at : match.start()]:
            told = ""
        at = match.end()
        if match[0] == "同年":
            if not told[:4].isdigit():
                continue
            value = told[:4]
        value = _in_year_told(match, value, told, today)
        told = (
            value if re.match(r"\d{4}(?!届)", value) and not match.groupdict().get("word") else told
        )
        before = text[max(0, match.start() - 4) : match.start()]
        value = _since_or_until(text, match, value, before)
        yield Period(
            *match.span(),
            value,
            is_day=re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None,
            is_compared=bool(value[0].isdigit() and COMPARED.search(before)),
            is_future=_is_future(value, today),
            is_local=LOCAL.match(text, match.end()) is not None,
            is_repeated=value.startswith("每"),
        )


def _in_year_told(match: re.Match[str], value: str, told: str, today: date | None) -> str:
    """A bare month goes on with the year told before it in the paragraph: 2024年3月 … 11月."""
    if not match.groupdict().get("month") or not told or not today or not value[:1].isdigit():
        return value
    later = f"{told[:4]}{value[4:]}"
    return later if later[:7] <= f"{today.year}-{today.month:02d}" else value


def _since_or_until(text: str, match: re.Match[str], value: str, before: str) -> str:
    if UNTIL.search(before) and value[0].isdigit():
        return f"截至{value}"
    since = SINCE.match(text, match.end())
    if since and match[0] in YEAR_WORDS and since["since"]:
        return value
    if since and re.fullmatch(r"\d{4}", value):
        return value + ("年以来" if since["since"] else "年起")
    return value


def _is_future(value: str, today: date | None) -> bool:
    if value.startswith(("未来", "今后")) or value.endswith("年内"):
        return True
    year = re.match(r"(\d{4})(?!届)(?:-(\d\d))?", value)
    if not year or not today:
        return False
    month = int(year[2]) if year[2] else next((n for p, n in BEGINS.items() if p in value), 1)
    return (int(year[1]), month) > (today.year, today.month)


def _years(found: re.Match[str], today: date | None) -> str | None:
    first, second = found["first"], found["second"]
    second = second if len(second) == 4 else first[:2] + second
    if int(second) < int(first):
        return None
    return f"{first}-{second}学年" if found["school"] else f"{first}至{second}"


def _year(found: re.Match[str], today: date | None) -> str:
    return _with_part(found["year"], found["part"], found["day"])


def _year_word(found: re.Match[str], today: date | None) -> str:
    if today is None:
        return found[0]
    return _with_part(str(today.year + YEAR_WORDS[found["word"]]), found["part"], found["day"])


def _this_year(found: re.Match[str], today: date | None) -> str:
    return f"{today.year}{found[0]}" if today else found[0]


def _months(found: re.Match[str], today: date | None) -> str:
    return f"{today.year}年{found[0]}" if today else found[0]


def _month(found: re.Match[str], today: date | None) -> str | None:
    """A day without a year is of the publication's, or of the year before if still to come."""
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    if today is None:
        return found[0]
    planned = PLANNED_BEFORE.search(found.string, max(0, found.start() - 8), found.start())
    year = today.year - (1 if month > today.month + 1 and not planned else 0)
    day = f"-{int(found['day']):02d}" if found["day"] else ""
    return f"{year}-{month:02d}{day}"


def _day(found: re.Match[str], today: date | None) -> str:
    word = found[0]
    return (today + timedelta(days=DAY_WORDS[word])).isoformat() if today else word


def _year_end(found: re.Match[str], today: date | None) -> str:
    if today is None:
        return found[0]
    return f"{today.year}" if found[0] == "年内" else f"{today.year}年底"


def _as_told(found: re.Match[str], today: date | None) -> str:
    return str(found["name"])


def _with_part(year: str, part: str | None, day: str | None) -> str:
    if not part:
        return year
    month = re.fullmatch(rf"({MONTH})月份?[底初末]?", part)
    if month:
        number = int(month[1]) if month[1].isdigit() else _chinese(month[1])
        if not 1 <= number <= 12:
            return year
        return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day else "")
    if part[-1] in "底末初" or part == "年中":
        return f"{year}年{part[-1].replace('末', '底')}"
    return f"{year}年{part}" if "月" in part else year + part


def _chinese(text: str) -> int:
    if text[0] == "十":
        return 10 + (CN_DIGITS[text[1]] if len(text) > 1 else 0)
    return CN_DIGITS[text[0]]


PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            r"(?<!\d)(?P<first>(?:19|20)\d{2})\s?年?\s?[—\-–~～至到]{1,2}\s?(?P<second>(?:19"
            r"|20)?\d{2})"
            r"(?![\d月%])\s?(?P<school>学年)?年?"
        ),
        _years,
    ),
    (re.compile(r"(?<!\d)(?P<name>(?:19|20)\d{2}\s?届)(?!\d)"), _as_told),
    (
        re.compile(
            rf"(?<!\d)(?P<year>(?:19"
            rf"|20)\d{{2}})\s?年(?![级龄])度?\s?{PART}(?:\s?(?P<day>\d{{1,2}})\s?日)?"
        ),
        _year,
    ),
    (
        re.compile(
            rf"(?<![成产用工之以])(?P<word>{'|'.join(YEAR_WORDS)})度?(?!同期){PART}(?:(?P<day>\d{{1,2}})日)?"
        ),
        _year_word,
    ),
    (re.compile(r"(?<![\d年])\d{1,2}月?\s?[至到—-]\s?\d{1,2}月(?!\d)"), _months),
    (
        re.compile(
            r"(?<![\d个年])(?P<month>\d{1,2})\s?月(?:份|[底末初]"
            r"|[上中下]旬)?(?:\s?(?P<day>\d{1,2})\s?日)?"
        ),
        _month,
    ),
    (
        re.compile(r"[上下]半年|第[一二三四]季度|前[一二三]季度|(?<![第前])[一二三四]季度"),
        _this_year,
    ),
    (re.compile(r"“?(?P<name>十[一二三四五六]五)”?(?=期间|以来|时期|末|规划|[，。])"), _as_told),
    (
        re.compile(
            rf"(?P<name>近年来|近几年来?|(?:最近|过去|近){N}{{1,2}}年(?:来|间)?"
            rf"|{N}{{1,3}}[多余]?年来|{N}{{1,2}}年间"
            rf"|(?:未来|今后){N}{{1,2}}(?:[至到—-]{N})?年|{N}{{1,2}}年内|截[至止]目前|目前"
            rf"|当前|同年|本学期|本学年|本月|全年(?!任务|目标|计划)"
            r"|每学期|每学年|每年|每月|每季度|每周|成立以来|建校以来|创办以来)"
        ),
        _as_told,
    ),
    (re.compile("|".join(DAY_WORDS)), _day),
    (re.compile(r"(?<![\d今去前明后上当每全年])(?:年[底末](?!\S{0,2}[总评])|年内)"), _year_end),
)
