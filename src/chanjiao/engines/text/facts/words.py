"""A text cut into words with their parts of speech and places."""

import re
from bisect import bisect_left
from typing import NamedTuple

import rjieba

from chanjiao.engines.text.facts.wordlists import listed

GLUED = re.compile(r"[由和与从向对在于为将被把同跟及至到赴比会经据等]")
LEVEL_GLUED = re.compile(r"[省市县区镇乡村][有是共现]")  # 北塘/镇有 for 北塘镇/有
HALF_PLACE = re.compile(r"[\u4e00-\u9fff][市县区镇]")
TORN_TAGS = ("zg", "g", "ng", "nz", "nr", "nrfg")
SURROGATES = re.compile("[\ud800-\udfff]")
PIECE = 20_000
# Words that jieba's dictionary tags as what they hardly ever are in the press.
TAGS = {
    "选派": "v",
    "整合": "v",
    "真实": "a",
    "模拟": "vn",
    "办理": "v",
    "周期": "n",
    "落实率": "n",
    "选手": "n",
    "学徒": "n",
    "代表": "n",
    "工位": "n",
    "标准": "n",
    "展位": "n",
}

# Words of this field that jieba does not have and cuts up.
OWN = re.compile(
    "|".join(
        sorted(
            listed(
                """
                经开区 高新区 人社局 人社厅 经信局 经信厅 发改局 发改委 科技局 教体局 教育局
                文旅局 卫健局
                卫健委 市监局 住建局 农业农村局 总工会 管委会 党工委 职教中心 产教融合 校企合作
                产教联合体
                技师学院 订单班 冠名班 学徒制 工匠学院 人社部 工信部 职教集团 技能人才 链主企业
                规上企业
                大师工作室 职教高考 中高职 专精特新 到账 到款 落实率 录取率 留用率 满意度 满意率
                占比 求人倍率 生师比 普职比 供需比 双师型 匹配度 取证率 持证率 对口率 小巨人
                产业工人 工商联 团市委 退役军人事务局
                科创园
                """
            ),
            key=len,
            reverse=True,
        )
    )
)


def is_known(word: str) -> bool:
    """Whether a word stands in jieba's dictionary or is one of the field: no guessed name."""
    return OWN.fullmatch(word) is not None or bool(rjieba.has_word(word))


class Word(NamedTuple):
    """A word of the text from ``start`` to ``end`` with the tag jieba gives it."""

    start: int
    end: int
    text: str
    tag: str


class Words(list[Word]):
    """Words in order that leave nothing out."""

    def __init__(self, text: str) -> None:
        text = SURROGATES.sub("\ufffd", text)
        super().__init__(_with_own(_cut(text), text))
        self._ends = [word.end for word in self]

    def ending_at(self, place: int) -> int | None:
        """Number of the word that ends here; None inside a word."""
        index = bisect_left(self._ends, place)
        return index if index < len(self) and self[index].end == place else None

    def covering(self, place: int) -> int:
        """Number of the word that holds the character at ``place``."""
        return min(bisect_left(self._ends, place + 1), len(self) - 1)


def _cut(text: str) -> list[Word]:
    """Words of the text; a guessed name that swallowed a preposition gives it back."""
    found: list[Word] = []
    at = 0
    for begin in range(0, len(text), PIECE):
        for word, tag in rjieba.tag(text[begin : begin + PIECE]):
            end = at + len(word)
            if len(word) > 1 + (tag == "nr") and GLUED.match(word) and not rjieba.has_word(word):
                found.append(Word(at, at + 1, word[0], "p"))
                found.append(Word(at + 1, end, word[1:], tag))
            elif tag == "ns" and HALF_PLACE.fullmatch(word) and _is_torn(found):
                torn = found.pop()
                found.append(Word(torn.start, end, torn.text + word, "ns"))
            elif LEVEL_GLUED.fullmatch(word):
                found.append(Word(at, at + 1, word[0], "n"))
                found.append(Word(at + 1, end, word[1], "v"))
            else:
                found.append(Word(at, end, word, TAGS.get(word, tag)))
            at = end
    return found


def _is_torn(found: list[Word]) -> bool:
    """蓼/河市: jieba does not know the place and leaves its first character alone."""
    return bool(found) and len(found[-1].text) == 1 and found[-1].tag in TORN_TAGS


def _with_own(words: list[Word], text: str) -> list[Word]:
    """The words with those of the field in one piece; what they were glued to stands apart."""
    found: list[Word] = []
    index = 0
    for own in OWN.finditer(text):
        while index < len(words) and words[index].end <= own.start():
            found.append(words[index])
            index += 1
        if index < len(words) and words[index].start < own.start():
            word = words[index]
            rest = word.text[: own.start() - word.start]
            found.append(Word(word.start, own.start(), rest, word.tag))
        found.append(Word(own.start(), own.end(), own[0], "n"))
        while index < len(words) and words[index].end <= own.end():
            index += 1
        if index < len(words) and words[index].start < own.end():
            word = words[index]
            words[index] = Word(own.end(), word.end, word.text[own.end() - word.start :], word.tag)
    return found + words[index:]
