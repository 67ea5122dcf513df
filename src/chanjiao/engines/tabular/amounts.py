"""Numbers as people write them: full width, thousands, 万 and 亿, percent, units."""

import re
import unicodedata
from decimal import Decimal

from chanjiao.engines.tabular.model import Problem

NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
GROUPED_WRONGLY = re.compile(r"[+-]?[\d,.]*,[\d,.]*")
RANGE = re.compile(r"\d[\d,.]*\s*(?:万|千|k|元)*\s*(?:-|~|至|到|—|–)\s*\d.*", re.IGNORECASE)
VAGUE = re.compile(
    r"^(约|大约|大概|近|超过|不少于|至少|不低于|若干|面议|>|<|≥|≤)|(左右|以上|以下|余|多|\+)$"
)

#: What a money amount may be written in, as yuan.
MONEY_UNITS = {
    "": Decimal(1),
    "元": Decimal(1),
    "圆": Decimal(1),
    "块": Decimal(1),
    "rmb": Decimal(1),
    "cny": Decimal(1),
    "人民币": Decimal(1),
    "百元": Decimal(100),
    "千": Decimal(1000),
    "千元": Decimal(1000),
    "k": Decimal(1000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "w": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
    "万亿": Decimal(10**12),
    "万亿元": Decimal(10**12),
}
PER = re.compile(r"(?:/|每)(?:人|月|年|天|日|小时|时)+$")
COUNTERS = (
    "人次",
    "人",
    "名",
    "个",
    "家",
    "户",
    "项",
    "件",
    "台",
    "套",
    "门",
    "次",
    "所",
    "班",
    "岁",
)
LONGEST_NUMBER = 30


def halved(text: str) -> str:
    """Bring to half width and drop the spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def fault(code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "") -> Problem:
    return Problem(
        "",
        code,
        zh,
        en,
        remedy_zh or "请只写一个数字，如 1200。",
        remedy_en or "Write one number, such as 1200.",
    )


def parse_number(text: str) -> Decimal | Problem:
    """Read a bare number.

    >>> parse_number("１，２００.５０"), parse_number("1,20").code, parse_number("10-15").code
    (Decimal('1200.50'), 'bad_grouping', 'number_range')
    """
    bare = halved(text).replace("−", "-")
    if len(bare) <= LONGEST_NUMBER and NUMBER.fullmatch(bare) and bare.isascii():
        return Decimal(bare.replace(",", ""))
    if RANGE.fullmatch(bare):
        zh, en = f"“{text}”是一个范围。", f"“{text}” is a range."
        return fault("number_range", zh, en)
    if VAGUE.search(bare):
        zh, en = f"“{text}”不是确切的数字。", f"“{text}” is not an exact number."
        return fault("vague_number", zh, en)
    if GROUPED_WRONGLY.fullmatch(bare) and re.search(r"\d", bare):
        zh = f"“{text}”的千位分隔符位置不对，可能漏了数字。"
        return fault("bad_grouping", zh, f"The thousands separators in “{text}” are misplaced.")
    return fault("not_a_number", f"“{text}”不是数字。", f"“{text}” is not a number.")


def parse_count(text: str, unit: str) -> Decimal | Problem:
    """Read a number that a counter such as 人 may follow.

    >>> parse_count("120人", ""), parse_count("3 吨", "吨"), parse_count("1.2万人", "人")
    (Decimal('120'), Decimal('3'), Decimal('12000.0'))
    """
    bare = halved(text)
    for suffix in (unit, *COUNTERS):
        if suffix and bare.endswith(suffix) and len(bare) > len(suffix):
            bare = bare.removesuffix(suffix)
            break
    scale = Decimal(10_000) if bare.endswith("万") else Decimal(1)
    number = parse_number(bare.removesuffix("万"))
    return reworded(number, bare, text) if isinstance(number, Problem) else number * scale


def reworded(problem: Problem, inner: str, text: str) -> Problem:
    """Quote the value as the user wrote it, not as it was cut for reading."""
    zh = problem.zh.replace(f"“{inner.removesuffix('万')}”", f"“{text}”")
    en = problem.en.replace(f"“{inner.removesuffix('万')}”", f"“{text}”")
    return fault(problem.code, zh, en, problem.remedy_zh, problem.remedy_en)


def parse_percent(text: str) -> tuple[Decimal, bool] | Problem:
    """Read a number and whether it stood with a percent sign.

    >>> parse_percent("12.5％"), parse_percent("0.3")
    ((Decimal('12.5'), True), (Decimal('0.3'), False))
    """
    bare = halved(text)
    number = parse_number(bare.removesuffix("%"))
    if isinstance(number, Problem):
        return reworded(number, bare.removesuffix("%"), text)
    return number, bare.endswith("%")


def money_unit(text: str) -> Decimal | None:
    """Give the worth in yuan of a unit such as ``万元/月``; ``None`` when it is no unit of money.

    >>> money_unit("万元/月"), money_unit("人")
    (Decimal('10000'), None)
    """
    return MONEY_UNITS.get(PER.sub("", halved(text).lower()))


def parse_money(text: str, default_unit: Decimal) -> Decimal | Problem:
    """Read an amount in yuan; a number without a unit counts in ``default_unit``.

    >>> parse_money("1.2亿", Decimal(10000)), parse_money("¥8,000元/月", Decimal(1))
    (Decimal('120000000.0'), Decimal('8000'))
    """
    bare = PER.sub("", halved(text).lower())
    bare = re.sub(r"^(人民币|rmb|cny|[¥￥])", "", bare)
    split = re.fullmatch(r"([+-]?[\d.,]+)([^\d.,+-]*)", bare)
    unit = MONEY_UNITS.get(split[2]) if split else None
    if split is None or unit is None:
        number = parse_number(text)
        if not isinstance(number, Problem):
            return number * default_unit
        return fault(number.code, number.zh.replace("不是数字", "不是金额"), number.en)
    number = parse_number(split[1])
    if isinstance(number, Problem):
        return reworded(number, split[1], text)
    return number * (unit if split[2] else default_unit)
