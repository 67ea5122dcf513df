"""Working time: the turn, hours a day, days a week and how rest is given."""

import re
from typing import Final

from chanjiao.engines.taxonomy.postings.model import Hours, Told
from chanjiao.engines.taxonomy.postings.numerals import number

NUMBER: Final = r"(?:\d{1,2}(?:\.5)?|[一二两三四五六七八九十]{1,3})"
TRIGGER: Final = re.compile(
    "班|休|大小周|小时|朝九|朝八|弹性|早八|早九|早上|早7|早8|早9|996|995|965|天制|五天|六天|5天"
    "|6天|:00|:30|周日|周末|h制|h/天|8h|8点|7点|9点|八点|九点"
    "|周一至|周一到|周一-|5\\*8"
)
TURN: Final = re.compile(
    "班|朝九|朝八|早八|早九|弹性|24小时|做四休二|上二休二|打卡|时间自由|时间灵活|自由安排|轮岗"
)
REST: Final = re.compile("休|大小周|天制|五天|六天|5天|6天|周六|周末|周一|965|996|5\\*8")
NIGHT: Final = re.compile(
    r"(?<![不无])(?:上夜班|晚班(?=\d|岗|:|$)|适应夜班|接受夜班|能夜班|长夜班|纯夜班|夜班岗"
    r"|需夜班|值夜班|(?:能|可"
    r"|愿|需|要|会|接受|适应|服从)[^,。;\n不无]{0,8}(?:夜班|晚班))"
)
NO_TURNS: Final = re.compile(
    r"(?:不|无需|无须|没有?|免|非)(?:用|需要?|上){0,2}(?:倒班|轮班|两班倒|三班倒|夜班)"
)
#: The first that fits names the turn.
SHIFTS: Final = tuple(
    (name, re.compile(words))
    for name, words in {
        "four_three": r"四班三[倒转运]",
        "four_two": r"四班[两二][倒转运]",
        "three_two": r"三班[两二][倒转运]",
        "five_three": r"五班三[倒转运]|五班四[倒转运]",
        "three": r"三班(?:倒|制|轮|运转)|[3三]班倒|早中[晚夜]|8小时三班|轮三班",
        "two": (
            r"[两二2]班(?:倒|制|轮|运转)|白夜(?:班)?(?:轮|倒|两|交替|对倒)|[两二]班|白晚班"
            r"|日夜(?:班)?(?:轮|倒)|对班|黑白班|白班夜班(?:轮|倒)|轮两班|白班和夜班"
            r"|白、?夜班(?:轮|倒)?"
        ),
        "day": (
            r"[长常纯]白班|正常(?:白)?班|行政班|上?白班(?!夜)|朝[九八]晚[五六]|长日班"
            r"|早[八九]晚[五六]|固定白班|只上白班|日班"
        ),
        "rotating": (
            r"(?:需|要|能|可|愿意?|适应|接受|服从|配合|参与|按)[^,。;\n]{0,4}(?:倒班|轮班|翻班"
            r"|排班)"
            r"|倒班|轮班|翻班|排班制|排班上"
            r"|24小时(?:轮班|值班)|做四休二|上二休二|早晚班|早班晚班|轮岗"
        ),
        "flexible": (
            r"弹性(?:工作|上班|考勤|打卡|时间|制)|弹性工时|自由安排时间|时间自由|不打卡|不坐班"
            r"|工作时间自由|时间灵活"
        ),
    }.items()
)
HOURS: Final = re.compile(
    rf"(?:每[天日班]|一天|[天日]|日均|工作(?:时间|时长)?|上班(?:时间)?|每个班|单班"
    rf"|班次)[^\d一二三四五六七八九十,。;\n]{{0,6}}\s?({NUMBER})(?:\s?-\s?{NUMBER})?\s?(?:个)?(?:小时"
    rf"|h)"
    rf"|({NUMBER})\s?(?:个)?(?:小时|h)\s?(?:工作制|制|/[天日班]|每[天日班]|一[天班]|两班|二班"
    rf"|三班|[长常]?白班|,?\s?(?:双休|单休|两班|长白班|做六|六天|月休|大小周))"
    rf"|[五六56]天({NUMBER})(?:个)?小时|({NUMBER})(?:个)?小时(?=$|[,、;。/ ]\s?(?:两班|双休"
    rf"|单休|三班|长白|坐班|月休))"
)
CLOCK: Final = re.compile(
    r"(?<!\d)(?:早上?|上午|am)?\s?([6-9]|1[0-2]"
    r"|[七八九十])(?:[:点时.]([0-5]\d)?半?)\s?(?:-{1,2}|至|到)\s?(?:次日)?(晚上?|下午"
    r"|pm)?\s?([1-9]|1\d|2[0-4]"
    r"|[五六七八九十])(?:[:点时.]([0-5]\d)?(半)?)?(?![\d年月日号元k千万])"
)
#: A working day that begins between seven and ten and ends before seven in the evening.
DAYTIME: Final = re.compile(
    r"(?:早上?|上午)?\s?(?:[7-9]|10|[七八九])[:点时][^,。;\n]{0,5}(?:-|至|到)\s?(?:晚上?"
    r"|下午)?\s?(?:1[6-8]|[4-6五六])(?:[:点]|半)"
)
DAYS: Final = (
    (re.compile(r"大小周|单双休|大小休|双单休"), 5.5, "alternate"),
    (re.compile(
        r"周末双休|双休|五天(?:工作)?制|5天(?:工作)?制|做五休二|上五休二|五天八小时|5天8小时"
        r"|[五5]天\s?/\s?周|每周(?:工作|上班)?[五5]天(?!以上|及)|一周(?:上)?[五5]天"
        r"|周[六末][日、]?[天日]?(?:均|都)?休(?:息)?(?!日)|周一(?:至|到|-)周五|5\*8|五\*八|965"
        r"|周休二日|休周六日|周六周日休|双薪双休"
    ), 5.0, "two"),
    (re.compile(
        r"单休|做六休一|上六休一|六天(?:工作)?制|6天(?:工作)?制|每周(?:工作"
        r"|上班)?[六6]天(?!以上|及)|一周(?:上)?[六6]天|周[日天]休息?|[上做][六6]天休|六天八小时"
        r"|6天8小时"
        r"|周一(?:至|到|-)周六|996|六休一|做6休1|上6休1|休周日|周休一日|[六6]天\s?/\s?周"
        r"|每周休息?[一1]天|[六6]天(?:8|八)小时"
    ), 6.0, "one"),
)  # fmt: skip
NAMED_DAYS: Final = re.compile(r"双休|单休|周[日天]休|周末")
MONTHLY: Final = re.compile(
    rf"(?:每个?月|月)(?:休息?|可休|公休|假期|休假|轮休"
    rf"|放假)(?:有)?[:]?\s?({NUMBER})(?:\s?-\s?{NUMBER})?\s?[天日]|休({NUMBER})[天日]/月"
    rf"|月({NUMBER})休"
)
ROTA: Final = re.compile(
    r"轮休|调休|排休|做一休一|上一休一|做二休二|上二休二|做四休二|做一休二|上一天休一天"
    r"|上一休二|排班休|轮流休息"
)


def read_hours(folded: str) -> Told | None:
    """The working time, as far as it is told; None where nothing is.

    >>> read_hours("两班倒,每班12小时,月休4天").value
    Hours(shift='two', hours=12.0, days=None, rest='4 a month')
    """
    if not TRIGGER.search(folded):
        return None
    shift, first = _shift(folded)
    length, second = _length(folded)
    days, rest, third = _days(folded)
    spans = [span for span in (first, second, third) if span]
    if not spans:
        return None
    if not shift and second and DAYTIME.match(folded, second[0]):
        shift = "day"
    start, end = min(spans)
    told = Hours(shift, length, days, rest)
    return Told(told, "", start, end, "words", 0.9 if len(spans) > 1 or shift or rest else 0.8)


type _Range = tuple[int, int] | None


def _shift(folded: str) -> tuple[str, _Range]:
    if not TURN.search(folded):
        return "", None
    refusals = [match.span() for match in NO_TURNS.finditer(folded)]
    for name, pattern in SHIFTS:
        for match in pattern.finditer(folded):
            if not any(start <= match.start() < end for start, end in refusals):
                if name in ("rotating", "day"):
                    night = NIGHT.search(folded)
                    if night and name == "day" and "长白" not in match[0]:
                        return "two", match.span()
                return name, match.span()
    night = NIGHT.search(folded)
    if night and not any(start <= night.end() <= end for start, end in refusals):
        return "night", night.span()
    return "", None


def _length(folded: str) -> tuple[float | None, _Range]:
    match = HOURS.search(folded) if "小时" in folded or "h" in folded else None
    if match:
        value = number(next(group for group in match.groups() if group))
        if value and 3 < value <= 24:
            return value, match.span()
    match = CLOCK.search(folded) if "点" in folded or ":" in folded or "时" in folded else None
    if match and not match[3] and not match[2] and not match[5] and "点" not in match[0]:
        return None, None
    if match:
        return _clock(match)
    return None, None


def _clock(match: re.Match[str]) -> tuple[float | None, _Range]:
    """早8点到晚8点 is twelve hours; a day with a noon break is told by its turn alone."""
    starts, ends = number(match[1]), number(match[4])
    if starts is None or ends is None:
        return None, None
    if match[3] in ("晚", "晚上", "下午", "pm") and ends <= 12:
        ends += 12
    if ends <= starts:
        ends += 12
    length = ends - starts
    return (length, match.span()) if length >= 11 else (None, match.span())


def _days(folded: str) -> tuple[float | None, str, _Range]:
    if not REST.search(folded):
        return None, "", None
    match = MONTHLY.search(folded)
    if match:
        value = number(next(group for group in match.groups() if group)) or 0
        if 0 < value < 16:
            return None, f"{value:g} a month", match.span()
    for pattern, days, rest in DAYS:
        match = pattern.search(folded)
        if match:
            return (
                days,
                rest if NAMED_DAYS.search(match[0]) or rest == "alternate" else "",
                match.span(),
            )
    match = ROTA.search(folded)
    return (None, "rota", match.span()) if match else (None, "", None)
