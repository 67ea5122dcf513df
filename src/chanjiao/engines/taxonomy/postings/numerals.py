"""Numbers as postings write them: 8, 1.2万, 4千5, 一万二, 三千五, 十."""

import re
from typing import Final

DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9,
}  # fmt: skip
SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
#: One numeral, for use inside longer patterns; it has no groups. It begins with a set, which
#: the machine looks for faster than for alternatives.
NUMERAL: Final = (
    r"[\d一二两三四五六七八九十百千万半〇零](?:(?<=\d)\d{0,8}(?:,\d{3}){0,3}(?:\.\d{1,4})?"
    r"|(?<!\d)[一二两三四五六七八九十百千万半〇零]{0,7})"
)
PLAIN: Final = re.compile(r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?")
MIXED: Final = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)([万千百])(\d)?")


def number(text: str) -> float | None:
    """The value of one numeral; None where the characters are no number.

    >>> [number(one) for one in ("8,000", "1.2万", "4千5", "一万二", "三千五百", "十五", "半")]
    [8000.0, 12000.0, 4500.0, 12000.0, 3500.0, 15.0, 0.5]
    >>> number("万") is None
    True
    """
    if PLAIN.fullmatch(text):
        return float(text.replace(",", ""))
    mixed = MIXED.fullmatch(text)
    if mixed:
        scale = SCALES[mixed[2]]
        return round(float(mixed[1]) * scale + int(mixed[3] or 0) * scale / 10, 4)
    return 0.5 if text == "半" else _chinese(text)


def _chinese(text: str) -> float | None:
    total, section, digit, scale = 0, 0, -1, 1
    for character in text:
        if character in DIGITS:
            if digit > 0:
                return None  # 五六 is a range, not a number
            digit = DIGITS[character]
        elif character in SCALES:
            scale = SCALES[character]
            if digit < 0 and not (section or total) and scale != 10:
                return None  # a bare 千 or 万
            if scale == 10_000:
                total, section = (section + max(digit, 0)) * scale, 0
            else:
                section += (digit if digit >= 0 else 1) * scale
            digit = -1
        else:
            return None
    if digit > 0:  # 一万二 is 12,000 and 三千五 is 3,500, but 一百零二 ends in units
        section += digit * (scale // 10 if scale > 10 and "零" not in text else 1)
    return float(total + section) if total + section else None
