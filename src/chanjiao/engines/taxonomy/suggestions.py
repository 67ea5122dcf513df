"""What the aligner answers: codes with a score, how it got there, and why, in both languages."""

from dataclasses import dataclass
from typing import Literal

from chanjiao.engines.taxonomy.likeness import Wording
from chanjiao.engines.taxonomy.phrases import shown

type Method = Literal["memory", "name", "alias", "shop", "learned", "model", "likeness"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for a person who must decide."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code for a raw text; ``score`` is 0–1, what the aligner gives for the code being right."""

    code: str
    name: str
    score: float
    method: Method
    reasons: tuple[Reason, ...]


def exact_reason(wording: Wording, name: str) -> Reason:
    text = shown(wording.text)
    if wording.kind == "name":
        return Reason(f"与标准名称“{text}”相同", f"Same as the standard name “{text}”")
    if wording.kind == "alias":
        return Reason(
            f"“{text}”是“{name}”在目录中的别称或工种", f"“{text}” is listed under “{name}”"
        )
    if wording.kind == "learned":
        return Reason(
            f"此前有人把“{text}”定为该代码", f"People chose this code for “{text}” before"
        )
    return Reason(f"车间里说的“{text}”通常指“{name}”", f"On the shop floor “{text}” means “{name}”")


def likeness_reason(wording: Wording, cosine: float) -> Reason:
    text = shown(wording.text)
    return Reason(
        f"字面与“{text}”相近（{cosine:.2f}）", f"Its characters resemble “{text}” ({cosine:.2f})"
    )


def model_reason(terms: list[str], share: float) -> Reason:
    """Words that speak for the code; of a guess that hardly counts nothing good is said.

    >>> model_reason([], 0.004).zh
    '可能性很低（不到 1%），仅供比较'
    """
    if share < 0.01:
        return Reason(
            "可能性很低（不到 1%），仅供比较", "Unlikely (under 1%), shown for comparison"
        )
    zh = "".join(f"“{term}”" for term in terms)
    en = ", ".join(f"“{term}”" for term in terms)
    how = f"{share:.0%}"
    return Reason(
        f"{zh}常见于该职业（{how}）" if zh else f"整体用词与该职业相符（{how}）",
        f"{en} is typical of this code ({how})" if en else f"Its wording fits this code ({how})",
    )


def memory_reason(text: str, *, is_own: bool) -> Reason:
    words = shown(text)
    if is_own:
        return Reason(f"本机构此前已把“{words}”定为该代码", f"Your body chose this for “{words}”")
    return Reason(f"办公室已为全区把“{words}”定为该代码", f"The office set this for “{words}”")
