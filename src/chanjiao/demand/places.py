"""Where a position lies: the area, and the step of a chain, by name or code."""

from collections.abc import Callable
from typing import Any

from chanjiao.core.labels import Labels
from chanjiao.engines.tabular import Problem

MOST_NAMED = 12


def place_checker(labels: Labels, column: str, zh: str, en: str) -> Callable[[str], Any]:
    """A checker for sheets and forms: any spelling becomes the label, or says what is wrong."""

    def read(text: str) -> Any:
        found = labels.find(text)
        if len(found) == 1:
            return labels.label(found[0])
        if found:
            shown = [labels.label(pk) for pk in found]
            return Problem(
                column, "unclear_place", f"有 {len(found)} 个{zh}叫“{text}”。",
                f"{len(found)} {en}s are called “{text}”.",
                f"请写明是哪一个：{_listed(shown, '、')}。", f"Say which: {_listed(shown, ', ')}.",
            )  # fmt: skip
        known = [label for label, _english in labels]
        return Problem(
            column, "unknown_place", f"没有登记{zh}“{text}”。", f"There is no {en} “{text}”.",
            *_instead(known, zh, en),
        )  # fmt: skip

    return read


def _instead(known: list[str], zh: str, en: str) -> tuple[str, str]:
    if not known:
        return f"请先登记{zh}，或留空。", f"Record the {en} first, or leave this empty."
    return (
        f"请填写名称或编码，如：{_listed(known, '、')}。",
        f"Give a name or code, such as {_listed(known, ', ')}.",
    )


def area_checker(labels: Labels) -> Callable[[str], Any]:
    return place_checker(labels, "area", "区域", "area")


def node_checker(labels: Labels) -> Callable[[str], Any]:
    return place_checker(labels, "node", "产业链环节", "chain step")


def _listed(labels: list[str], comma: str) -> str:
    more = "……" if len(labels) > MOST_NAMED else ""
    return comma.join(labels[:MOST_NAMED]) + more
