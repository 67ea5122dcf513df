"""How exactly a number is meant: the words before and after it, 超过 to 以内."""

import re
from dataclasses import replace

from chanjiao.engines.text.facts.model import Qualifier
from chanjiao.engines.text.facts.quantity import Amount

BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at_least", "不少于|不低于|不小于|不下于|至少|最少|最低(?!达)|起码"),
    (
        "at_most",
        "不超过|不高于|不多于|不大于|不到|不足|不及|未到|未超过|至多|最多|最高(?!达)|最快|最长|低于|少于|小于|控制在",
    ),
    ("over", "超过|超出|超|突破|多于|大于|高于|逾|跨过|冲破|过"),
    ("nearly", "将近|接近于?|逼近|靠近|临近|近"),
    ("about", "大约|约为|大概|约占|约合|约|估计"),
)
AFTER: tuple[tuple[Qualifier, str], ...] = (
    ("at_least", "及以上|以上"),
    ("at_most", "及以下|以下|以内|之内"),
    ("about", "左右|上下"),
    ("over", "之多|有余|多|余|出头|开外"),
)
FILLER = (
    r"(?:人民币|达到?|了|为|占|有|至|总计|共计|接收|给予|补贴|可达"
    r"|每月每平方米|每人每[年月]|每[年月人])?"
)
LONGEST_BEFORE = 14

PREFIX = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{words})" for name, words in BEFORE) + rf"){FILLER}\s?$"
)
SUFFIX = re.compile(r"\s?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in AFTER) + ")")
NOT_SUFFIX = re.compile(
    r"\s?(?:多(?:元|样|种|次|方|项|媒|功能|式|维|边)|以[上下](?:学历|职称|学位|文化|级)|余(?:额|下|款))"
)
NOT_PREFIX = re.compile(
    r"(?:通过|经过|经|来过|附近|最近|邻近|临近|走过|度过|签约|预约|节约|大小|多少|减少|缩小)$"
)


def around(text: str, amount: Amount) -> Amount:
    """The amount widened by the words beside it that say how exact it is."""
    start, end, qualifier = amount.start, amount.end, amount.qualifier
    if found := before(text, start):
        start = found[1]
    if told := after(text, end):
        end = told[1]
    if qualifier not in ("range", "ordinal"):
        names = [one[0] for one in (found, told) if one]
        qualifier = names[0] if names else qualifier
    return replace(amount, start=start, end=end, qualifier=qualifier)


def before(text: str, at: int) -> tuple[Qualifier, int] | None:
    """The qualifying word that ends here and where it starts."""
    window = text[max(0, at - LONGEST_BEFORE) : at]
    found = PREFIX.search(window)
    if not found or not found.lastgroup:
        return None
    start = at - len(window) + found.start()
    word_end = at - len(window) + found.end(found.lastgroup)
    if NOT_PREFIX.search(text[max(0, start - 3) : word_end]):
        return None
    return found.lastgroup, start  # type: ignore[return-value]


def after(text: str, at: int) -> tuple[Qualifier, int] | None:
    """The qualifying word that begins here and where it ends."""
    if NOT_SUFFIX.match(text, at):
        return None
    found = SUFFIX.match(text, at)
    if not found or not found.lastgroup:
        return None
    return found.lastgroup, found.end()  # type: ignore[return-value]
