"""Dates, months and years as people write them; what could mean two days is refused."""

import re
import unicodedata
from datetime import date

from chanjiao.engines.tabular.model import Problem

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}[:时].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))")
YEAR = re.compile(r"(\d{4})[年届级]?")
SHORT = re.compile(r"\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,4}日?")
SERIAL = re.compile(r"[2-7]\d{4}")
EARLIEST, LATEST = 1900, 2199

CHINESE = str.maketrans("〇零○一二三四五六七八九", "000123456789")
TENS = re.compile(r"([1-3])?十([1-9])?")


def tidy(text: str) -> str:
    """Bring width, numerals and separators into one form.

    >>> tidy("二〇二六年十二月三十一日"), tidy("２０２６ 。 ９ 。 １")
    ('2026年12月31日', '2026.9.1')
    """
    text = unicodedata.normalize("NFKC", text).strip().replace("号", "日")
    if "年" in text and not text.isascii():
        text = text.translate(CHINESE)
        text = TENS.sub(lambda m: f"{m[1] or 1}{m[2] or 0}", text)
    text = re.sub(r"[。·]", ".", text)
    return re.sub(r"\s*([-/.年月日])\s*", r"\1", text)


def fault(code: str, zh: str, en: str) -> Problem:
    return Problem(
        "",
        code,
        zh,
        en,
        "请写成 2026-09-01 这样的日期。",
        "Write a date such as 2026-09-01.",
    )


def parse_date(text: str) -> date | Problem:
    """Read a day.

    >>> parse_date("2026年9月1日"), parse_date("20260901"), parse_date("26-9-1").code
    (datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), 'ambiguous_date')
    """
    tidied = tidy(text)
    found = DAY.fullmatch(tidied) or COMPACT.fullmatch(tidied)
    if found:
        return day(text, *(int(part) for part in found.groups()))
    if SHORT.fullmatch(tidied):
        zh = f"“{text}”可能是不同的日期，无法确定年、月、日。"
        return fault("ambiguous_date", zh, f"“{text}” could mean several days.")
    if SERIAL.fullmatch(tidied):
        zh = f"“{text}”像是 Excel 的日期序号，单元格没有设成日期格式。"
        return fault("date_serial", zh, f"“{text}” looks like an Excel day number.")
    if MONTH.fullmatch(tidied) or YEAR.fullmatch(tidied):
        return fault("date_without_day", f"“{text}”没有写到日。", f"“{text}” does not name a day.")
    return fault("not_a_date", f"“{text}”不是日期。", f"“{text}” is not a date.")


def day(text: str, year: int, month: int, number: int) -> date | Problem:
    if not EARLIEST <= year <= LATEST:
        return fault("implausible_year", f"“{text}”的年份不合理。", f"The year of “{text}” is odd.")
    try:
        return date(year, month, number)
    except ValueError:
        return fault("no_such_day", f"没有“{text}”这一天。", f"There is no day “{text}”.")


def parse_month(text: str) -> str | Problem:
    """Read a month as ``YYYY-MM``; a full date gives its month.

    >>> parse_month("2026年9月"), parse_month("202609"), parse_month("2026/9/15")
    ('2026-09', '2026-09', '2026-09')
    """
    tidied = tidy(text)
    if found := MONTH.fullmatch(tidied):
        result = day(text, int(found[1]), int(found[2] or found[3]), 1)
    else:
        result = parse_date(text)
    if isinstance(result, date):
        return f"{result:%Y-%m}"
    remedy = "请写成 2026-09 这样的年月。", "Write a month such as 2026-09."
    code = {"not_a_date": "not_a_month", "date_without_day": "not_a_month"}
    zh = result.zh.replace("不是日期", "不是年月").replace("没有写到日", "没有写到月")
    en = result.en.replace("a date", "a month").replace("name a day", "name a month")
    return Problem("", code.get(result.code, result.code), zh, en, *remedy)


def parse_year(text: str) -> int | Problem:
    """Read a year; 届 and 级 may follow.

    >>> parse_year("2026届"), parse_year("２０２６年"), parse_year("26").code
    (2026, 2026, 'not_a_year')
    """
    tidied = tidy(text)
    if found := YEAR.fullmatch(tidied):
        year = int(found[1])
        if EARLIEST <= year <= LATEST:
            return year
    elif not isinstance(parsed := parse_date(text), Problem):
        return parsed.year
    return Problem(
        "",
        "not_a_year",
        f"“{text}”不是年份。",
        f"“{text}” is not a year.",
        "请写四位年份，如 2026。",
        "Write a year of four digits, such as 2026.",
    )
