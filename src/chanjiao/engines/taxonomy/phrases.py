"""Raw titles as people type them: what makes two the same, and the part that names the work."""

import re
import unicodedata
from typing import Final

# What stands before the post: 某某公司招聘焊工, 急招叉车司机.
HIRING: Final = re.compile(r"^.*?(?:诚聘|招聘|急招|急聘|高薪聘请|长期招)(?=.{2,})")
# What is promised in brackets is not part of the trade: （五险一金）, 【双休】, (J10001).
PROMISE: Final = re.compile(
    r"[\[【(（][^\])】）]*(?:险|薪|双休|单休|包吃|包住|吃住|食宿|补贴|元|\dk|奖|急|实习|兼职|应届"
    r"|校招|社招|无责|提成|周结|月结|长白班|白班|倒班|[a-z]\d{3,})[^\])】）]*[\])】）]",
    re.IGNORECASE,
)
PAY: Final = re.compile(
    r"\d+(?:\.\d+)?(?:[-~到至]\d+(?:\.\d+)?)?\s*(?:k|元|万|千|块)[^,，/ ]*", re.IGNORECASE
)
BREAKS: Final = re.compile(r"[\s,，、/|+\-—·!！:：;；。.()\[\]【】{}<>《》\"“”*#&~]+")
LETTERS: Final = re.compile(r"[a-z]+")


def same_key(text: str) -> str:
    """What two wordings have in common when they are the same: width, case and blanks apart.

    >>> same_key(" ＣＮＣ 操机 ")
    'cnc操机'
    """
    key = text.replace("\ufffd", "")
    for _time in range(4):  # a blank gone or a letter folded may let marks join anew
        folded = "".join(unicodedata.normalize("NFKC", key).casefold().split())
        if folded == key:
            break
        key = folded
    return key


def core(text: str) -> str:
    """The title without advertiser, pay and promises; never empty where the text is not.

    >>> core("某某公司招聘数控车工（包吃住）5000-8000元/月")
    '数控车工 /月'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = HIRING.sub("", folded)
    found = PAY.sub(" ", PROMISE.sub(" ", found))
    return found.strip() or folded.strip()


def pieces(text: str) -> list[str]:
    """A cleaned title cut at punctuation: 车工/铣工 names two trades."""
    return [part for part in BREAKS.split(text) if part]


def shown(text: str, length: int = 40) -> str:
    """A wording as a sentence may quote it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
