"""What machines do to pages, done on purpose: traditional script, glosses, commas, late reading."""

from functools import cache
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

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
