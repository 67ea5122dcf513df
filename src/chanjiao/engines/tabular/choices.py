"""Yes and no, one of a list, several of a list — as people write them."""

import difflib

from chanjiao.engines.tabular.marks import folded
from chanjiao.engines.tabular.model import SEPARATORS, Column, Problem

YES = frozenset(
    [
        "是",
        "有",
        "对",
        "√",
        "✓",
        "✔",
        "☑",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "已",
        "需",
        "需要",
        "同意",
        "on",
    ]
)
NO = frozenset(
    [
        "否",
        "无",
        "不",
        "不是",
        "没有",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "f",
        "0",
        "未",
        "不需要",
        "不同意",
        "off",
    ]
)
MOST_SHOWN = 8


def yes_or_no(text: str) -> bool | Problem:
    """Read a yes or a no.

    >>> yes_or_no("√"), yes_or_no("无"), yes_or_no("也许").code
    (True, False, 'not_yes_or_no')
    """
    word = text.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    return Problem(
        "",
        "not_yes_or_no",
        f"“{text}”不是“是”或“否”。",
        f"“{text}” is neither yes nor no.",
        "请填“是”或“否”。",
        "Write 是 (yes) or 否 (no).",
    )


def choice(column: Column, text: str) -> str | Problem:
    """Give the stored value; width, case and punctuation do not count."""
    found = column.choice_of.get(folded(text) or text)
    return unknown(column, text) if found is None else found


def choices(column: Column, text: str) -> tuple[str, ...] | Problem:
    """Give the stored values in the order written, each once."""
    found: dict[str, None] = {}
    for part in SEPARATORS.split(text):
        if not part.strip():
            continue
        one = choice(column, part.strip())
        if isinstance(one, Problem):
            return one
        found[one] = None
    return tuple(found)


def unknown(column: Column, text: str) -> Problem:
    words = {label: value for value, label in labels(column).items()}
    near = difflib.get_close_matches(text, list(words), n=3, cutoff=0.5)
    offered = near or list(words)[:MOST_SHOWN]
    more = "等" if not near and len(words) > MOST_SHOWN else ""
    english = [(column.choices or {})[words[label]][1] for label in offered]
    return Problem(
        "",
        "unknown_choice",
        f"“{text}”不在可选范围内。",
        f"“{text}” is not among the choices.",
        f"请从{'、'.join(offered)}{more}中选择。",
        f"Choose one of {', '.join(english)}{' …' if more else ''}.",
    )


def labels(column: Column) -> dict[str, str]:
    return {value: words[0] for value, words in (column.choices or {}).items()}
