"""Skills with how well they must be mastered, read where a level word or a tool's name stands."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon
from chanjiao.engines.taxonomy.postings.model import Skill, Told

#: Words of each level; each begins with a plain character, which the machine finds fast.
LEVEL: Final = re.compile(
    "精通(?:使用|操作)?|娴熟"
    "|熟练(?:地|的)?(?:使用|掌握|操作|运用|应用|驾驶)?|熟知|熟手|掌握|擅长|善于|善用|能独立"
    "|独立完成"
    "|熟悉(?:使用|操作|运用|应用)?|熟识|通晓"
    "|了解|知晓|略懂|接触过|理解"
    "|会(?![计议员展谈务同面场客馆诊上后])|能够(?=[使用看读操运做独编绘识熟开应上有])"
    "|能(?=[使用看读操运做独编绘识熟开应上有])"
    "|懂|可以(?=[使用操])|可(?=[使用操])|具备|具有|使用(?![者期])|运用|操作(?![工员规流])"
)
LEVEL_OF: Final = {
    "精": "master", "娴": "master", "了": "aware", "知": "aware", "略": "aware", "接": "aware",
    "理": "aware", "掌": "skilled", "擅": "skilled", "善": "skilled",     "通": "familiar",
    "熟练": "skilled", "熟知": "skilled", "熟手": "skilled", "熟悉": "familiar", "熟识": "familiar",
}  # fmt: skip
RANK: Final = {"master": 4, "skilled": 3, "familiar": 2, "able": 1, "aware": 0, "": -1}
AFTER: Final = re.compile(
    r"(?:等)?(?:软件|工具|系统|技能|设备|语言|焊接)?(?:的)?(?:操作|使用|运用|应用|编程"
    r"|技术)?\s?(?:非常|要求|须|特别|基本|十分|必须)?(?P<word>精通|娴熟|熟练|熟悉)(?!掌握|使用"
    r"|操作|运用|应用|[^,。;\n、]{0,4}(?:cad|plc))"
)
WISH: Final = re.compile(r"[^,。;\n]{0,20}?(?:优先|更佳|为佳|尤佳|加分|者优|最好)")
STOP: Final = re.compile(r"[。;\n!]")
REACH: Final = 46
#: Tools whose names are no ordinary words stand for themselves, with or without a level.
TOOLS: Final = frozenset(
    ["drawing", "cae", "cam", "control", "it", "design", "office", "quality", "chem"]
)
OFFICE: Final = frozenset(["Word", "Excel", "PPT"])
NOT_HERE: Final = re.compile(
    r"(?:工程师|公司|培训|专业|岗位|行业|岗|师傅|部门?|证|员|总监|经理|主管|学徒|助理|品牌|厂"
    r"|事业部|机构|类|师|工(?!艺|程|具|业|作|装|序|况|件|时|厂|地)|专员|实习生)"
)
DUTY: Final = re.compile(
    r"(?:负责|从事|参与|协助|完成|进行|执行|承担|组织|做好|开展|支持|配合)[^,。;\n]{0,16}$"
)


class _Entry(NamedTuple):
    kind: str
    name: str
    is_tool: bool


class SkillReader:
    """``table`` rows have kind, name and words parted by ``|``."""

    def __init__(self, table: Iterable[Mapping[str, str]]) -> None:
        self._lexicon: Lexicon[_Entry] = Lexicon(
            (words, _Entry(row["kind"], row["name"], _is_tool(row["kind"], words)))
            for row in table
            for words in row["words"].split("|")
        )

    def read(
        self, folded: str, title: tuple[int, int] | None = None, *, is_column: bool = False
    ) -> list[Told]:
        """Skills in their order, each once at its highest level; a column names nothing else."""
        hits = self._lexicon.find(folded)
        if not hits:
            return []
        levels = [
            (match.start(), match.end(), _level_of(match[0])) for match in LEVEL.finditer(folded)
        ]
        found: dict[str, Told] = {}
        number, last_level, last_end = 0, "", -1
        for hit in hits:
            if title and title[0] <= hit.start < title[1]:
                continue
            while number < len(levels) and levels[number][1] <= hit.start:
                number += 1
            level = self._level(folded, hit, levels[number - 1] if number else None)
            if not level and last_end >= 0 and _is_listed(folded, last_end, hit.start):
                level = last_level
            one = _skill(folded, hit, level, is_column=is_column)
            if one is None:
                continue
            last_level, last_end = level, hit.end
            held = found.get(one.value.name)
            if held is None or RANK[held.value.level] < RANK[one.value.level]:
                found[one.value.name] = one
        return sorted(_plainest_left_out(found), key=lambda each: each.start)

    def _level(self, folded: str, hit: Hit[_Entry], before: tuple[int, int, str] | None) -> str:
        near = folded[hit.end : hit.end + 16]
        if "熟" in near or "精通" in near:
            after = AFTER.match(folded, hit.end)
            if after:
                return _level_of(after["word"])
        if before is None or hit.start - before[1] > REACH:
            return ""
        between = folded[before[1] : hit.start]
        if STOP.search(between) or "," in between:
            return ""
        return before[2]


def _level_of(words: str) -> str:
    return LEVEL_OF.get(words[0]) or LEVEL_OF.get(words[:2], "able")


def _plainest_left_out(found: Mapping[str, Told]) -> list[Told]:
    """西门子 S7-1200 PLC is one skill, and so are Word、Excel 等办公软件."""
    spans = [(one.start, one.end, name) for name, one in found.items()]
    kept = []
    for name, one in found.items():
        near = [
            other for start, end, other in spans if other != name and -2 <= one.start - end <= 8
        ]
        if any(other.endswith(name) for other in near) or (name == "Office" and set(near) & OFFICE):
            continue
        kept.append(one)
    return kept


def _is_tool(kind: str, words: str) -> bool:
    return kind in TOOLS and words.isascii() and len(words) > 1


def _is_listed(folded: str, end: int, start: int) -> bool:
    """Whether two skills stand in one list: CAD、UG, Word and PPT."""
    gap = folded[end:start]
    return len(gap) <= 8 and bool(
        re.fullmatch(
            r"(?:软件|语言|等|系统|编程|技术|操作|办公|\s)*(?:[、/,和或及与\s&+]|以及|或者"
            r"|等)*(?:办公)?",
            gap,
        )
    )


def _skill(folded: str, hit: Hit[_Entry], level: str, *, is_column: bool) -> Told | None:
    entry = hit.entry
    words = folded[hit.start : hit.end]
    if words.isascii() and len(words) <= 4 and _in_english(folded, hit.start, hit.end):
        return None
    if NOT_HERE.match(folded, hit.end):
        return None
    if is_column:
        confidence = 0.95
    elif not level:
        if not entry.is_tool or (len(words) < 3 and words not in ("ug", "c#", "ps", "bi")):
            return None
        confidence = 0.7
    else:
        confidence = 0.92 if level != "able" else 0.85
        if level == "able" and DUTY.search(folded[max(0, hit.start - 20) : hit.start]):
            confidence = 0.5
    near = folded[hit.end : hit.end + 26]
    wish = ("优" in near or "佳" in near or "加分" in near or "最好" in near) and bool(
        WISH.match(near)
    )
    return Told(Skill(entry.name, level, not wish), "", hit.start, hit.end, "words", confidence)


def _in_english(folded: str, start: int, end: int) -> bool:
    """A short Latin word amid English prose is not the tool of that name."""
    left, right = folded[max(0, start - 2) : start], folded[end : end + 2]
    return (len(right) == 2 and right[0] == " " and "a" <= right[1] <= "z") or (
        len(left) == 2 and left[1] == " " and "a" <= left[0] <= "z"
    )
