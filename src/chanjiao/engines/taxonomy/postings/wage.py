"""Pay: the amount that is the wage among all figures, brought to yuan a month."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.amounts import SMALL, Amount, amounts
from chanjiao.engines.taxonomy.postings.model import Told, Wage
from chanjiao.engines.taxonomy.postings.numerals import number
from chanjiao.engines.taxonomy.postings.paywords import RANK, Context, context

#: Words near which a wage can stand; plain words only, which the machine finds fast.
SPOT: Final = re.compile(
    "元|薪|工资|待遇|收入|报酬|酬劳|保底|到手|税前|税后|日结|/月|/天|/小时|/日|/时|/年|/h|每月"
    "|每天|每小时"
    "|0k|1k|2k|3k|4k|5k|6k|7k|8k|9k|0-|00|50|千|万|块钱|块/|0w|5w|月入|实习补贴"
)
#: A text of nothing but an amount: 8000左右, 5000以上, 10000+.
BARE: Final = re.compile(
    r"[\d.,\-kw千万元块¥/月年天日时小周以上下左右起约到至+\s一二两三四五六七八九十百半约每个]+"
)
LONGEST_BARE: Final = 24
REACH_LEFT, REACH_RIGHT = 24, 34
#: What a figure of a period can be and still be somebody's pay, in yuan.
LIKELY: Final = {
    "hour": (5, 1000), "day": (40, 5000), "week": (200, 20_000), "month": (500, 300_000),
    "year": (8000, 5_000_000), "piece": (0.001, 5000),
}  # fmt: skip
NEGOTIABLE: Final = re.compile(r"面议|面谈|详谈|待定|电议|可谈|面洽|另议|协商|negotiable")
NEGOTIABLE_NEAR: Final = re.compile(
    r"面议|(?:薪|资|待遇|报酬|收入)[^,。;\n]{0,8}?,?(?:面谈|详谈|待定|电议|可谈|面洽|另议|协商)"
)
UNMEASURED: Final = re.compile(
    "面议|面谈|详谈|待定|电议|可谈|面洽|另议|协商|计件|按件|日结|天结|现结|过万|上万|破万"
    "|过两万|过二万|超万"
)
PIECE: Final = re.compile(r"计件|按件")
DAILY: Final = re.compile(r"日结|天结|当天结|(?<!表)现结(?![果合构论])")
MONTHS: Final = re.compile(
    r"(?<![\d.])(1[2-9]|2[0-4])(?:\.\d)?\s?(?:[-~]\s?(?:1[2-9]|2[0-4])\s?)?(?:个月)?薪"
    r"|十([二三四五六七八])薪|(?:全年|一年|共)(?:发)?(1[2-9])个月"
    r"|(?<=[k万千元月0])[*x]\s?(1[2-9])(?![\d人名])"
)
DOUBLE: Final = re.compile(r"双薪|第?十三个?月(?:工资|薪)")
#: 月薪过万, but not 成千上万.
TEN_THOUSAND: Final = re.compile(
    r"(?:^|薪|资|收入|月入|待遇|到手)[^,。;\n成]{0,5}(?:过|上|破|超)(两|二)?万"
)
TAX: Final = ((re.compile(r"税前|含税"), "before"), (re.compile(r"税后|到手|实发|纯收入"), "after"))
YEARLY_FROM: Final = 50_000
LEAST_PLAIN, MOST_PLAIN, ROUND_TO = 1000, 100_000, 50
DAYS_BELOW: Final = 1000
WEEKS_PER_MONTH: Final = 365.2425 / 7 / 12


@dataclass(frozen=True, slots=True)
class PayRules:
    """How a day's and an hour's pay become a month's: dated rule data that the caller hands in."""

    days_per_month: float
    hours_per_day: float

    def monthly(self, yuan: float | None, basis: str) -> int | None:
        """Yuan a month; a piece rate has none.

        >>> PayRules(21.75, 8).monthly(20, "hour"), PayRules(21.75, 8).monthly(150_000, "year")
        (3480, 12500)
        """
        if yuan is None or basis == "piece":
            return None
        days = self.days_per_month
        factors = {
            "hour": days * self.hours_per_day, "day": days, "week": WEEKS_PER_MONTH,
            "month": 1.0, "year": 1 / 12,
        }  # fmt: skip
        return round(yuan * factors[basis])


class _Seen(NamedTuple):
    amount: Amount
    context: Context
    basis: str
    confidence: float
    low: float | None
    high: float | None


def read_wage(folded: str, rules: PayRules, *, is_column: bool) -> list[Told]:
    """Readings of the pay, the likeliest first; ``is_column`` where nothing but pay stands.

    >>> found = read_wage("底薪3000+提成,综合6000-9千/月,13薪", PayRules(21.75, 8), is_column=False)
    >>> found[0].value[:6]
    (6000, 9000, 'month', 6000.0, 9000.0, 13.0)
    """
    is_column = is_column or (len(folded) <= LONGEST_BARE and BARE.fullmatch(folded) is not None)
    figures = amounts(folded) if is_column else _figures(folded)
    seen = [one for amount in figures if (one := _seen(folded, amount, is_column=is_column))]
    seen = _shifts_joined(folded, seen)
    seen.sort(key=_standing)
    if not seen and not is_column and not UNMEASURED.search(folded):
        return []
    extras = _extras(folded, is_column=is_column)
    return [_found(one, extras, rules) for one in seen] or _unmeasured(
        folded, extras, is_column=is_column
    )


def _figures(folded: str) -> list[Amount]:
    """The figures near words of pay; most figures of a text are far from any."""
    found: list[Amount] = []
    first, last = -1, -1
    for spot in SPOT.finditer(folded):
        if spot.start() - REACH_LEFT > last:
            if last > 0:
                found += amounts(folded, first, last)
            first = max(spot.start() - REACH_LEFT, last, 0)
        last = min(spot.end() + REACH_RIGHT, len(folded))
    return found + amounts(folded, first, last) if last > 0 else found


def _standing(one: "_Seen") -> tuple[float, bool, float, int]:
    """What is called the wage stands first, then what comes by the month or year."""
    is_short = one.basis not in ("month", "year")
    return -RANK[one.context.label], is_short, -one.confidence, one.amount.start


def _seen(folded: str, amount: Amount, *, is_column: bool) -> _Seen | None:
    around = context(folded, amount)
    if around is None:
        return None
    low, high = amount.low, amount.high
    if not amount.is_range:
        if around.is_low or (around.is_base and high is not None):
            high = None
        elif around.is_high and high is not None:
            low, high = None, high if high is not None else low
    size = high if high is not None else low
    if size is None:
        return None
    basis, confidence = _basis(amount, around, size, is_column=is_column)
    if not basis or _is_unlikely(low, high, basis):
        return _thousands(amount, around, size, is_column=is_column)
    return _Seen(amount, around, basis, confidence, low, high)


def _basis(amount: Amount, around: Context, size: float, *, is_column: bool) -> tuple[str, float]:
    """The period of a figure and how sure it is that this is pay; no period, no pay."""
    told = is_column or bool(around.label)
    if around.period:
        return around.period, 0.98 if told else (0.9 if amount.has_unit or amount.period else 0.6)
    if size >= YEARLY_FROM and (amount.has_unit or told) and not amount.is_in_k:
        return "year", 0.7 if told else 0.4
    if size >= LEAST_PLAIN:
        return _monthly(amount, size, told=told, is_column=is_column)
    if not told or not (amount.has_unit or (is_column and not amount.is_range)):
        return "", 0.0  # 8-12 in a column are thousands a month
    return ("hour" if size < SMALL else "day"), 0.6


def _monthly(amount: Amount, size: float, *, told: bool, is_column: bool) -> tuple[str, float]:
    """A figure as large as a month's pay, and without any period."""
    if told:
        return "month", 0.95 if amount.has_unit or amount.is_range or is_column else 0.85
    if amount.has_unit:
        return "month", 0.85 if amount.is_range else 0.6
    low, high = amount.low or 0, amount.high or 0
    is_round = amount.is_range and not (low % ROUND_TO or high % ROUND_TO)
    return ("month", 0.65) if is_round and low >= LEAST_PLAIN and size <= MOST_PLAIN else ("", 0.0)


def _is_unlikely(low: float | None, high: float | None, basis: str) -> bool:
    least, most = LIKELY[basis]
    return not all(least <= one <= most for one in (low, high) if one is not None)


def _thousands(amount: Amount, around: Context, size: float, *, is_column: bool) -> _Seen | None:
    """A column that says 8-12 most likely means thousands a month; a person must look."""
    if not is_column or amount.has_unit or around.period or not 1 <= size < SMALL:
        return None
    low, high = (one and one * 1000 for one in (amount.low, amount.high))
    return _Seen(amount, around, "month", 0.4, low, high)


def _shifts_joined(folded: str, seen: list[_Seen]) -> list[_Seen]:
    """白班21元/小时,夜班23元/小时 is one wage with two ends."""
    for one, other in pairwise(seen):
        between = folded[one.amount.end : other.amount.start]
        if one.basis == other.basis and len(between) < 12 and re.search("[夜晚中]班", between):
            ends = [end for end in (one.low, one.high, other.low, other.high) if end is not None]
            amount = one.amount._replace(end=other.amount.end, is_range=True)
            joined = one._replace(amount=amount, low=min(ends), high=max(ends))
            return [joined, *(each for each in seen if each not in (one, other))]
    return seen


class _Extras(NamedTuple):
    months: float | None
    is_negotiable: bool
    is_piecework: bool
    tax: str


def _extras(folded: str, *, is_column: bool) -> _Extras:
    pattern = NEGOTIABLE if is_column else NEGOTIABLE_NEAR
    match = MONTHS.search(folded)
    months = None
    if match:
        word = next(group for group in match.groups() if group)
        months = float(word) if word.isdigit() else 10 + (number(word) or 0)
    elif DOUBLE.search(folded):
        months = 13.0
    tax = next((name for words, name in TAX if words.search(folded)), "")
    return _Extras(months, bool(pattern.search(folded)), bool(PIECE.search(folded)), tax)


def _found(one: _Seen, extras: _Extras, rules: PayRules) -> Told:
    wage = Wage(
        rules.monthly(one.low, one.basis), rules.monthly(one.high, one.basis), one.basis,
        one.low, one.high, extras.months, extras.is_negotiable,
        extras.is_piecework or one.basis == "piece",
        "base" if one.context.is_base else ("trial" if one.context.label == "trial" else ""),
        extras.tax,
    )  # fmt: skip
    method = "range" if one.amount.is_range else "amount"
    return Told(wage, "", one.amount.start, one.amount.end, method, one.confidence)


def _unmeasured(folded: str, extras: _Extras, *, is_column: bool) -> list[Told]:
    """Pay that is told without a figure: 过万, 面议, 计件, 日结."""
    match = TEN_THOUSAND.search(folded)
    if match:
        low = 20_000.0 if match[1] else 10_000.0
        wage = Wage(int(low), None, "month", low, None, *extras)
        return [Told(wage, "", *match.span(), "words", 0.8)]
    match = (NEGOTIABLE if is_column else NEGOTIABLE_NEAR).search(folded)
    if match:
        wage = Wage(None, None, "piece" if extras.is_piecework else "", None, None, *extras)
        return [Told(wage, "", *match.span(), "words", 0.95)]
    for pattern, basis in ((PIECE, "piece"), (DAILY, "day")):
        match = pattern.search(folded)
        if match:
            wage = Wage(None, None, basis, None, None, *extras)
            return [Told(wage, "", *match.span(), "words", 0.9)]
    return []
