"""Phrases before and behind a number that can say what it counts."""

import re
from collections.abc import Sequence

from chanjiao.engines.text.facts.places import Places
from chanjiao.engines.text.facts.wordlists import wordset
from chanjiao.engines.text.facts.words import Word, Words

# Words between what is counted and the number.
FILLERS = wordset(
    """
    达 达到 达成 为 是 约 约为 共 共有 共计 总计 合计 计 有 近 超 超过 突破 了 已 已达 已有
    升至 提高 提高到 提升 提升到 提升至 提高至 降至 增至 增加 增加到 增加至 到 至 仅 仅为 仅有
    仍 均 则 就 还 又 高达 多达 保持 在 稳定 左右 大约 将 预计 可 能 可达 逾 过 不少 不少于 不
    低于 不低于 高于 于 多于 少于 最多 最高 最低 最大 至少 达至 始终 一直 接近 将近 分别 分别为
    平均 占 人民币 ： : 得 跃升 攀升 扩大 扩大到 发展 发展到 增长 增长到 增长至 “ 累计达 降到 升到
    涨到 降为 升为 上升到 下降到 减少到
    各 每 一行 每人每年 每人 每个 一共 总共 也 都 由 从 等 再 不足 不到 不及
    """
)
# Words that a phrase may not begin with.
EDGES = wordset(
    """
    现有 拥有 共有 目前 其中 已 先后 累计 还 也 均 都 共 全市 全省 全县 今年 去年 有 现 设有 内有
    达到 实现 具有 包括 涵盖 覆盖 配备 配置 拥 将 可 能 可能 会 并 又 再 仅 就 只 则 该 此 本 这 各
    每年 每月 每 预计 计划 力争 争取 目标 拟 规划 完成 总计 合计 分别 同时 另 另有 此外 以及 和 与
    及 或 、 等 至 到 从 由 在 为 对 向 把 使 让 给 按 按照 用 以 于 是 了 的 地 得 着 过 “ ” ‘ ’
    （ ） ( ) ： : ， · 一批 多 每个 我们 我校 学校 公司 当年 年 月 日 近 约 超 首次
    首批 第一 这里 那里 期间 以来 来 后 前 中 里 上 内 间 时 从而 因此 但 而 且 即 却 仍 已经 曾
    正 正在 一共 总共 一度 长期 一次性 至今 最大 最高 随后 如今 近年来 原 通过 辖区 内 市里 中有
    区内 县内 市内 镇内 园内 这所 这家 这个 这座 这种 该校 该院
    """
)
# Verbs behind a number that say what happened to those counted, not what they are.
DEEDS = wordset(
    """
    参加 参会 出席 入选 获批 就业 毕业 实习 签约 录用 入园 上岗 参与 报名 获奖 取得 通过 成为
    来自 获得 居住 考取 晋级 留在 进校 授课 支持 入驻 落户 开展 提供 用于 集中 投入 建设 完成
    """
)
# Verbs of having: what stands before them is who has it.
HOLDING = wordset(
    "现有 共有 拥有 设有 累计 先后 已有 建有 新增加 现 共 已 仅有 只有 还有 另有 年均"
)
WITH_WHOM = frozenset("为对向给与和同从")
KEPT_VERBS = frozenset({"实习", "就业", "毕业", "签约", "建设"})
NOUNISH = re.compile(r"(?:n\w*|vn|j|a|an|b|l|s|eng|zg|g|i|k|h|ng|vg|mq|nrt)$")
BREAKS = re.compile(r"[，。；！？：\n、|｜\t]")
INSIDE = frozenset(
    ["首期", "课时", "现代", "本地", "当地", "本科", "自主", "自有", "全年", "年度", "一次性"]
)
BOUND = INSIDE | frozenset("及和与")
WHO = frozenset({"学院", "学校", "公司", "企业", "园区", "街道", "协会", "集团", "政府", "商会"})
TRIMMED = re.compile(r"^[“”‘’（）()、，：:\s的]+|[“”‘’（(、，：:\s的]+$")
QUOTES = re.compile(r"[“”‘’\s]")
HEAD = re.compile(r"^(?:现有|共有|拥有|设有|已有|建有)")
LEVEL = re.compile(r"[十百千万亿]+级")
TAIL = re.compile(r"(?:仅为|约为|达到|高达|为|达|是|有|和|与|及|现场|集中|正式)$")
TOLD_WHEN = re.compile(r"(?:(?:19|20)\d{2}年度?|今年|去年)(?![级届])")
TIME = re.compile(r"(?:19|20)\d{2}|年|去年|今年|前年|明年|\d{1,2}|月|上半年|下半年")
WHAT = re.compile(r"(?:专业|班|项目|群|课程|工种|岗位|专业群)$")
LONGEST = 22
FARTHEST_OF = 4


class Phrases:
    """Phrases of one text; they never run into the name of a body."""

    def __init__(self, text: str, words: Words, names: Places) -> None:
        self._text = text
        self._words = words
        self._names = names

    def before(self, low: int, place: int) -> list[Word]:
        """Words that end right before ``place``, without names, adverbs and fillers."""
        if place <= low:
            return []
        index = self._words.covering(place - 1)
        while index >= 0 and self._words[index].start >= low and _is_filler(self._words[index]):
            index -= 1
        kept: list[Word] = []
        while index >= 0 and self._words[index].start >= low:
            word = self._words[index]
            if self._stops(word, kept) or (kept and kept[0].end - word.start > LONGEST):
                break
            kept.append(word)
            index -= 1
        kept.reverse()
        if kept and all(word.tag.startswith("v") for word in kept):
            kept = [*self._before_time(index, low), *kept]
        is_led = bool(kept) and kept[0].text in WITH_WHOM
        if is_led or (index >= 0 and self._words[index].text in WITH_WHOM):
            deed = next((n for n, w in enumerate(kept) if w.tag == "v"), 0)
            kept = kept[deed:]
        while kept and kept[0].text in EDGES:
            kept.pop(0)
        cut = max((n for n, w in enumerate(kept[:-1]) if w.text in HOLDING), default=-1)
        kept = kept[cut + 1 :]
        is_told_who = len(kept) > 1 and kept[0].text in WHO and kept[1].tag.startswith("v")
        return kept[1:] if is_told_who else kept

    def _before_time(self, index: int, low: int) -> list[Word]:
        """The major in 家具设计专业2023年招生320人, whose verb a year parts from it."""
        at = index
        while at >= 0 and self._words[at].start >= low and TIME.fullmatch(self._words[at].text):
            at -= 1
        if at == index or at < 0 or not WHAT.search(self._words[at].text):
            return []
        kept: list[Word] = []
        while at >= 0 and self._words[at].start >= low:
            word = self._words[at]
            if self._stops(word, kept) or word.text in EDGES - BOUND:
                break
            kept.append(word)
            at -= 1
        return kept[::-1]

    def behind(self, place: int, high: int) -> list[Word]:
        """The noun phrase that begins right behind ``place``, or behind the next 的.

        Where jieba took unit and noun for one word the rest of the clause is cut anew.
        """
        if place >= high:
            return []
        level = LEVEL.match(self._text, place, high)
        place = level.end() if level else place
        rest = self._from(place, high)
        kept = _nouns(rest)
        if kept and kept[0].text not in DEEDS:
            return kept
        of = _behind_of(rest)
        return _nouns(rest[of:]) if of else []

    def _from(self, place: int, high: int) -> Sequence[Word]:
        first, last = self._words.covering(place), self._words.covering(high - 1)
        if self._words[first].start == place and self._words[last].end == high:
            return self._words[first : last + 1]
        return [
            Word(place + w.start, place + w.end, w.text, w.tag)
            for w in Words(self._text[place:high])
        ]

    def verb_behind(self, place: int, high: int) -> str:
        """A verb right behind the number: 100%录用."""
        index = self._words.covering(place) if place < high else len(self._words)
        if index >= len(self._words) or self._words[index].start < place:
            return ""
        word = self._words[index]
        return word.text if word.tag in ("v", "vn") and len(word.text) > 1 else ""

    def deed_behind(self, place: int, high: int) -> str:
        """What is said of those counted: 18人被评为首席技师."""
        told = self._text[place:high].strip("，。；、！？ \n”")
        told = re.sub(r"^(?:左右|以上|已|均|都|也|就|被|还|能|可|中)+", "", told)
        return QUOTES.sub("", told) if 2 <= len(told) <= LONGEST else ""

    def verb_before(self, place: int, low: int) -> str:
        """A verb of two characters right before the number: 引进12名博士."""
        index = self._words.covering(max(low, place - 1))
        for word in reversed(self._words[max(0, index - 3) : index + 1]):
            if word.start < low:
                break
            if word.text in FILLERS:
                continue
            is_verb = word.tag in ("v", "vn") and len(word.text) > 1
            return word.text if is_verb and word.text not in EDGES else ""
        return ""

    def said(self, kept: Sequence[Word]) -> str:
        """A phrase as one string without quotation marks."""
        if not kept:
            return ""
        told = QUOTES.sub("", TRIMMED.sub("", self._text[kept[0].start : kept[-1].end]))
        told = TOLD_WHEN.sub("", told) or told
        return HEAD.sub("", TAIL.sub("", told)) or told

    def _stops(self, word: Word, kept: Sequence[Word]) -> bool:
        if self._names.end_at(word.start) is not None or BREAKS.search(word.text):
            return True
        if word.text in BOUND or (kept and kept[-1].text == "强"):  # 世界500强企业
            return False
        if word.text == "比" or word.tag in ("d", "q"):
            return bool(kept) != (word.tag == "q")
        return word.tag in ("p", "c", "r", "t", "y", "e", "m")


def _nouns(words: Sequence[Word]) -> list[Word]:
    """The noun phrase that these words begin with; a leading 的 is passed over."""
    kept: list[Word] = []
    for number, word in enumerate(words):
        if word.text == "的" and not kept:
            continue
        is_noun = NOUNISH.match(word.tag) or word.text in INSIDE or word.text in ("“", "”")
        if not is_noun and not _is_led(word, kept, words[number + 1 : number + 2]):
            break
        kept.append(word)
    return kept


def _is_led(word: Word, kept: Sequence[Word], following: Sequence[Word]) -> bool:
    """Whether a verb belongs to the nouns behind it (实习学生), not to those before it."""
    if word.tag not in ("v", "t", "ad") or word.text in EDGES or not following:
        return False
    if word.text in DEEDS and word.text not in KEPT_VERBS:
        return False
    is_after_noun = any(one.tag.startswith("n") for one in kept)
    return not is_after_noun and following[0].tag in ("n", "vn", "nz", "l", "j")


def _behind_of(words: Sequence[Word]) -> int | None:
    """Number of the word behind a 的 that closes a short clause: 获批的国家级示范区."""
    for number, word in enumerate(words[: FARTHEST_OF + 1]):
        if BREAKS.search(word.text) or word.tag == "m":
            return None
        if word.text == "的":
            return number + 1
    return None


def _is_filler(word: Word) -> bool:
    return word.text in FILLERS or word.text.isspace() or word.text in "（("
