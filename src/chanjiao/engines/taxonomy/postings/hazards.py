"""Hazards of the workplace that a posting tells of; what it denies does not count."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon
from chanjiao.engines.taxonomy.postings.model import Told

#: 无粉尘, 没有噪音, 不上夜班; 不怕高空 and 不介意噪音 deny nothing.
DENIED: Final = re.compile(
    r"(?:无需?|无须|没有?|不(?:用|需要?|须|涉及|接触|存在|含|上|是|产生|会有?|做|从事|倒|安排"
    r"|带|要求?|必)?|非|免|避免|远离|零|未|拒绝|杜绝|告别|脱离|no)(?:任何|明显|其[他它]|上|倒"
    r"|有|做|接触|什么|需要|从事|用|会|太大的?|大的?|要|在|任?何|产生|刺激性?|强烈的?|安排"
    r"|强制)*\s?$"
)
JOINED: Final = re.compile(r"\s?(?:[、/,]|和|或|及|与|以及)?\s?(?:等|者)?")
LITTLE: Final = re.compile(
    r"(?:较|很|非常|比较)?(?:小|少|低|轻微|不大|不多|不高)|几乎没有|基本没有|极少"
)
WORK: Final = re.compile(
    r"车间|环境|作业|岗位|工作|接触|现场|有|能|可|适应|接受|存在|需|会|属|上|倒|值|做|从事|介意"
    r"|怕|含|带|:|,|、|忍|耐受|恐|对|慎|勿|,|工种"
)
#: 高温补贴 is a benefit, 降噪 a trade; each table row tells its own.
OFFICE: Final = re.compile(
    r"算法|研发|研究|设计|仿真|建模|开发|测试|分析|软件|模型|论文|评估|监测|检测|治理|市场|销售"
    r"|方案|项目|技术|标准|材料|产品|性能|处理|理论|设备|系统|工程师"
)
SHIFTS: Final = frozenset(
    ["two", "three", "three_two", "four_three", "four_two", "five_three", "night"]
)


class _Row(NamedTuple):
    code: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class HazardReader:
    """``table`` rows have code, name, words and what stands before or after other meanings."""

    def __init__(self, table: Iterable[Mapping[str, str]]) -> None:
        pairs: list[tuple[str, _Row]] = []
        self._names: dict[str, str] = {}
        for row in table:
            before, after = (
                tuple(w for w in row[key].split("|") if w) for key in ("not_before", "not_after")
            )
            one = _Row(row["code"], row["name"], before, after)
            self._names[one.code] = one.name
            pairs += [(words, one) for words in row["words"].split("|")]
        self._lexicon = Lexicon(pairs)

    def read(self, folded: str, shift: str = "", at: tuple[int, int] | None = None) -> list[Told]:
        """Hazards in their order, each once; a turn that includes nights is one."""
        found: dict[str, Told] = {}
        denied_end = -1
        for hit in self._lexicon.find(folded):
            if self._is_denied(folded, hit, denied_end):
                denied_end = hit.end
                continue
            confidence = _confidence(folded, hit)
            if confidence and (
                hit.entry.code not in found or found[hit.entry.code].confidence < confidence
            ):
                row = hit.entry
                found[row.code] = Told(row.name, row.code, hit.start, hit.end, "words", confidence)
        if shift in SHIFTS and at and "night" not in found and "night" in self._names:
            found["night"] = Told(self._names["night"], "night", *at, "shift", 0.85)
        return sorted(found.values(), key=lambda one: one.start)

    def _is_denied(self, folded: str, hit: Hit[_Row], denied_end: int) -> bool:
        if (
            denied_end >= 0
            and JOINED.fullmatch(folded, denied_end, hit.start)
            and "," not in folded[denied_end : hit.start]
        ):
            return True
        return bool(DENIED.search(folded, max(0, hit.start - 10), hit.start))


def _confidence(folded: str, hit: Hit[_Row]) -> float:
    """How sure it is that people meet this at work; 0 for another meaning of the words."""
    left, right = folded[max(0, hit.start - 6) : hit.start], folded[hit.end : hit.end + 8]
    row = hit.entry
    if any(left.endswith(one) for one in row.before) or any(
        right.startswith(one) for one in row.after
    ):
        return 0.0
    if LITTLE.match(right):
        return 0.3
    wide = folded[max(0, hit.start - 14) : hit.end + 12]
    if OFFICE.search(wide):
        return 0.35
    return 0.92 if WORK.search(left) or hit.end - hit.start > 2 else 0.7
