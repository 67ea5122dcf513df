"""Width, case, dashes and blanks folded, one character for one, so that offsets stay true."""

import re
import unicodedata
from typing import Final

DASHES: Final = "—–―−‐‑‒﹣－⁃～〜∼~"
BLANKS: Final = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u3000\u200b\u200c\u200d\ufeff\u202f\u205f"
)
DOTS: Final = "•‧・∙⋅●"
OPENING: Final = "［【〔〖「『"
CLOSING: Final = "］】〕〗」』"


def _table() -> dict[str, str]:
    table = {chr(point): chr(point - 0xFEE0).lower() for point in range(0xFF01, 0xFF5F)}
    for points in (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0x2E80, 0x2EF4)):
        for point in points:  # radicals and compatibility forms that look like their characters
            plain = unicodedata.normalize("NFKC", chr(point))
            if len(plain) == 1 and plain != chr(point):
                table[chr(point)] = plain
    table |= dict.fromkeys(DASHES, "-") | dict.fromkeys(DOTS, "·")
    table |= dict.fromkeys(BLANKS, " ") | {chr(point): " " for point in range(0x2000, 0x200B)}
    table |= dict.fromkeys(OPENING, "[") | dict.fromkeys(CLOSING, "]")
    table |= {"￥": "¥", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "✕": "x", "×": "x", "＊": "*"}
    table |= {"、": "、", "。": "。", "﹑": "、", "､": "、", "｡": "。"}
    # Half a pair is no character; what stands for it is as long.
    table |= {chr(point): "\ufffd" for point in range(0xD800, 0xE000)}
    return {one: other for one, other in table.items() if one != other}


TABLE: Final = _table()
FOLDED: Final = re.compile(
    "["
    + "".join(re.escape(one) for one in TABLE if not "\ud800" <= one <= "\udfff")
    + "\ud800-\udfff]"
)


def fold(text: str) -> str:
    """The same number of characters, each in its plainest form.

    >>> fold("８Ｋ－１２Ｋ／月，（税前）")
    '8k-12k/月,(税前)'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return FOLDED.sub(lambda match: TABLE[match[0]], lowered)
