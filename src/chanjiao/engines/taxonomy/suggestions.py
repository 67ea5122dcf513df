"""What the aligner answers: codes with a score, how it got there, and why, in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

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
    """A code for a raw text; ``score`` is 0–1, what the aligner gives for the code being right.

    Its reasons are worked out when somebody asks for them: thousands of titles want none.
    """

    code: str
    name: str
    score: float
    method: Method
    why: Callable[[], tuple[Reason, ...]] = field(compare=False, repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.why()


class Pairs(Sequence[tuple[str, str]]):
    """A suggestion's reasons as (Chinese, English) pairs, worked out when they are looked at."""

    def __init__(self, suggestion: Suggestion) -> None:
        self._suggestion = suggestion

    def __getitem__(self, at: Any) -> Any:
        return self._pairs()[at]

    def __len__(self) -> int:
        return len(self._pairs())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._pairs() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._pairs())

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((reason.zh, reason.en) for reason in self._suggestion.reasons)


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
    return Reason(f"平常说的“{text}”通常指“{name}”", f"What people call “{text}” is “{name}”")


def likeness_reason(wording: Wording, cosine: float) -> Reason:
    text = shown(wording.text)
    if wording.kind == "learned":
        return Reason(
            f"与已定为该代码的“{text}”相近（{cosine:.2f}）",
            f"Like “{text}”, for which people chose this code ({cosine:.2f})",
        )
    return Reason(
        f"字面与“{text}”相近（{cosine:.2f}）", f"Its characters resemble “{text}” ({cosine:.2f})"
    )


def model_reason(terms: list[str], share: float) -> Reason:
    zh = "".join(f"“{term}”" for term in terms)
    en = ", ".join(f"“{term}”" for term in terms)
    how = f"{share:.0%}" if share >= 0.01 else "< 1%"
    return Reason(
        f"{zh}常见于该代码（{how}）" if zh else f"整体用词与该代码相符（{how}）",
        f"{en} is typical of this code ({how})" if en else f"Its wording fits this code ({how})",
    )


def memory_reason(text: str, *, is_own: bool) -> Reason:
    words = shown(text)
    if is_own:
        return Reason(f"本机构此前已把“{words}”定为该代码", f"Your body chose this for “{words}”")
    return Reason(f"办公室已为全区把“{words}”定为该代码", f"The office set this for “{words}”")
