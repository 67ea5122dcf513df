"""Numbers as Chinese pages write them: 3,200、1.2万、两千三百余、数十、七八."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
CHINESE = "零〇一二两三四五六七八九十百千万亿"

ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
WRITTEN = re.compile(rf"[{CHINESE}]+")
VAGUE = re.compile(r"(?:[数几]|好几|上)(?P<mag>[十百千万亿]+)")
TIMES = re.compile(r"\s?(?P<more>[余多来几])?(?P<times>万亿|亿|万|千|百)?(?P<after>[余多来几])?")
LONGEST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Number:
    """A value from ``start`` to ``end``; ``is_over`` after 余, 多, 数 and the like."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    is_over: bool = False
    is_written: bool = False


def number_at(text: str, at: int) -> Number | None:
    """The number that begins here, with its 万 and 余; None where none does.

    >>> number_at("3.2万余人", 0).value, number_at("两千三百余名", 0).value
    (Decimal('32000'), Decimal('2300'))
    >>> number_at("七八个", 0).upper
    Decimal('8')
    >>> number_at("十四五", 0) is None
    True
    """
    if found := ARABIC.match(text, at):
        digits = found[0].replace(",", "")
        fits = len(digits) <= LONGEST_DIGITS
        return _multiplied(text, Number(at, found.end(), Decimal(digits))) if fits else None
    if found := VAGUE.match(text, at):
        value = _read(found["mag"])
        return None if value is None else Number(at, found.end(), value, None, True, True)
    found = WRITTEN.match(text, at)
    return _written_at(text, found) if found and len(found[0]) <= LONGEST_DIGITS else None


def _written_at(text: str, found: re.Match[str]) -> Number | None:
    if pair := _neighbours(found[0]):
        return Number(found.start(), found.end(), pair[0], pair[1], False, True)
    value = _read(found[0])
    if not value:
        return None
    return _multiplied(text, Number(found.start(), found.end(), value, None, False, True))


def _multiplied(text: str, number: Number) -> Number:
    """The number with what follows it: 余 before or after a 万, which counts it up."""
    found = TIMES.match(text, number.end)
    if not found or not (found["more"] or found["times"] or found["after"]):
        return number
    more, times, after = found["more"], found["times"], found["after"]
    if more and not times:
        after, end = None, found.start("more") + 1
    else:
        end = found.end()
    value = number.value * (Decimal(_factor(times)) if times else 1)
    if value == value.to_integral_value():
        value = Decimal(int(value))
    return Number(number.start, end, value, None, bool(more or after), number.is_written)


def _factor(times: str) -> int:
    return MYRIADS.get(times) or MAGNITUDES[times]


def _neighbours(written: str) -> tuple[Decimal, Decimal] | None:
    """三四百 as 300 to 400; only digits that follow each other."""
    first, second = DIGITS.get(written[0]), DIGITS.get(written[1:2])
    if first is None or second is None or second != first + 1 or first == 0:
        return None
    rest = written[2:]
    factor = _read("一" + rest) if rest else Decimal(1)
    if factor is None or any(c in DIGITS for c in rest):
        return None
    return first * factor, second * factor


def _read(written: str) -> Decimal | None:
    """Value of a whole written number, or None when it is no well-formed one."""
    total, rest = 0, written
    for name, size in MYRIADS.items():
        head, found, tail = rest.partition(name)
        if not found:
            continue
        part = _below_myriad(head) if head else 1
        if part is None:
            return None
        total += part * size
        rest = tail
    if not rest:
        return Decimal(total)
    part = _below_myriad(rest)
    if part is None:
        return None
    return Decimal(total + part)


def _below_myriad(written: str) -> int | None:
    """一千二百三十四, also 三千五 for 3500; digits that stand without a magnitude fail."""
    total, held, last = 0, None, 10**4
    for c in written:
        if c in DIGITS:
            if held not in (None, 0):
                return None
            held = DIGITS[c]
        elif c in MAGNITUDES and MAGNITUDES[c] < last:
            last = MAGNITUDES[c]
            total += (1 if held is None else held) * last
            held = None
        else:
            return None
    if held is None:
        return total
    is_short = last in (100, 1000) and "零" not in written[-2:] and "〇" not in written[-2:]
    return total + held * (last // 10 if is_short else 1)
