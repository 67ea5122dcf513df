"""What machines do to pages, done on purpose: traditional script, glosses, commas, late reading."""

from functools import cache
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

SITES = 3
NARROW = str.maketrans("，；：！？（）", ",;:!?()")
CLEAN = (
    "今天下午，市里的技师学院召开推进会，会上为十家校外实训基地授牌，并与四家产业学院签约。"
    "“长期以来，学校对企业的帮助非常大，培养了一大批高技能人才。”企业代表、公司总经理说，"
    "接下来将全力支持学校的教学拓展，促进教育链、创新链与产业链加快融合。"
    "据介绍，联合体汇聚了多方力量：园区提供岗位，学校调整专业，行业协会开展评价；"
    "去年共有三百多名学生在园区企业实习，其中八成留在当地就业（含灵活就业）。"
)


@cache
def to_traditional() -> OpenCC:
    return OpenCC("s2tw")


def glossed(text: str, random: Random, share: float = 0.3) -> str:
    """Some characters followed by their reading in brackets."""
    parts = []
    for one in text:
        parts.append(one)
        if "一" <= one <= "鿿" and random.random() < share:
            parts.append(f"({pinyin(one, style=Style.TONE)[0][0]})")
    return "".join(parts)


def commas(text: str, random: Random, share: float = 0.5) -> str:
    return "".join(
        f",{one}" if one in "，。、；" and random.random() < share else one for one in text
    )


def late(text: str) -> str:
    """A passage as a reader sees it who lost the first byte, up to the first half letter."""
    data = text.encode("gbk")[1:]
    shown, at = "?", 0
    while at < len(data):
        if data[at] < 0x80:
            return shown + chr(data[at]) + data[at + 1 :].decode("gbk", "ignore")
        shown += data[at : at + 2].decode("gbk")
        at += 2
    return shown


def spoilt(seed: int) -> str:
    random = Random(seed)
    return glossed(commas(to_traditional().convert(CLEAN), random), random).translate(NARROW)


def ruined(text: str, seed: int) -> str:
    """A whole page after the machines: script, a few passages read late, glosses, commas, marks."""
    random = Random(seed)
    page = to_traditional().convert(text)
    runs = {i: late_run(page[i : i + 12]) for i, c in enumerate(page[:-8]) if c in "。，"}
    sites = [site for site, run in runs.items() if run]
    parts, at = [], 0
    for site in sorted(random.sample(sites, min(SITES, len(sites)))):
        if site < at:
            continue
        run, length = runs[site]
        parts += [_spoilt(page[at:site], random), run]
        at = site + length
    parts.append(_spoilt(page[at:], random))
    return "".join(parts)


def _spoilt(text: str, random: Random) -> str:
    return glossed(commas(text, random, 0.3), random, 0.15).translate(NARROW)


def late_run(passage: str) -> tuple[str, int] | None:
    """How a passage looks that is read a byte late, up to its first half letter, and its length.

    None where no character of it ends in a letter's byte, or one is not in GBK.
    """
    try:
        ends = [c.encode("gbk")[-1] for c in passage]
    except UnicodeEncodeError:
        return None
    letter = next((n for n, end in enumerate(ends) if 0x40 <= end < 0x7F), None)
    if letter is None or any(c.isascii() for c in passage[: letter + 1]):
        return None
    try:
        return late(passage[: letter + 1]), letter + 1
    except UnicodeDecodeError:  # the late reader meets a pair that is no character
        return None


def swallowed_run(passage: str) -> tuple[str, int] | None:
    """A passage whose second character lost its first byte to a gloss, and its length.

    The glosser misread the last byte of the first character and the first of the second as one
    character and put its reading behind it; the first byte of the second then ate the bracket.
    """
    try:
        data = passage.encode("gbk")
        seen = data[1:3].decode("gbk")
    except UnicodeError:
        return None
    if len(data) < 4 or passage[0].isascii() or not "\u4e00" <= seen <= "\u9fff":
        return None
    shown = f"{passage[0]}?{pinyin(seen, style=Style.TONE)[0][0]})"
    at = 3
    while at < len(data):
        if data[at] < 0x80:
            return shown + chr(data[at]), (at + 1) // 2
        try:
            shown += data[at : at + 2].decode("gbk")
        except UnicodeDecodeError:
            return None
        at += 2
    return None
