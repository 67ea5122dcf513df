"""One spelling for every payload, so that equal content always has equal bytes."""

import json
from collections.abc import Mapping
from typing import Any

MAX_DEPTH = 32


class PayloadError(ValueError):
    """A payload that has no single spelling; ``path`` names the field, e.g. ``pay.min``."""

    def __init__(self, path: str, zh: str, en: str) -> None:
        self.path, self.zh, self.en = path, zh, en
        super().__init__(f"{zh} / {en}")


def canonical(payload: Mapping[str, Any]) -> bytes:
    """Spell a payload as UTF-8 JSON with sorted keys and no spaces.

    Floats are refused because two machines may print the same float differently, and a date is
    refused because its spelling is the caller's choice. Allowed: str, int, bool, None, lists,
    tuples (spelt as lists) and mappings with string keys, nested at most 32 deep.

    Raises PayloadError naming the field, the value and the remedy in Chinese and English.

    >>> canonical({"b": 1, "a": ["数控", None, True]}).decode()
    '{"a":["数控",null,true],"b":1}'
    """
    if not isinstance(payload, Mapping):
        raise PayloadError(
            "",
            f"记录内容须为键值对，收到 {type(payload).__name__}。",
            f"A payload must be a mapping, not {type(payload).__name__}.",
        )
    if not _is_plain(payload, 0):
        raise _complaint(payload, "", 0)
    text = json.dumps(
        payload if type(payload) is dict else dict(payload),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=dict,  # only a Mapping that is no dict gets here: _is_plain let nothing else by
    )
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        shown = ascii(text[error.start : error.end])
        raise PayloadError(
            "",
            f"文本含无法编码的半个字符 {shown}；请先修复文本。",
            f"The text holds half a character {shown} that UTF-8 cannot carry; repair it first.",
        ) from error


def _is_plain(value: object, depth: int) -> bool:
    if value is None or isinstance(value, str | int):
        return True
    if depth >= MAX_DEPTH or not isinstance(value, Mapping | list | tuple):
        return False
    if not isinstance(value, Mapping):
        return all(_is_plain(item, depth + 1) for item in value)
    for key, item in value.items():
        if not isinstance(key, str) or not _is_plain(item, depth + 1):
            return False
    return True


def _complaint(value: object, path: str, depth: int) -> PayloadError:
    """Find the field at fault; called only after the fast check has failed."""
    if depth >= MAX_DEPTH and isinstance(value, Mapping | list | tuple):
        return PayloadError(
            path,
            f"字段 {path} 嵌套超过 {MAX_DEPTH} 层；请展平后再记录。",
            f"Field {path} is nested deeper than {MAX_DEPTH} levels; flatten it first.",
        )
    if isinstance(value, Mapping):
        return _complaint_in_mapping(value, path, depth)
    if isinstance(value, list | tuple):
        at = next(i for i, item in enumerate(value) if not _is_plain(item, depth + 1))
        return _complaint(value[at], f"{path}[{at}]", depth + 1)
    return _complaint_of_kind(value, path)


def _complaint_in_mapping(value: Mapping[Any, Any], path: str, depth: int) -> PayloadError:
    for key, item in value.items():
        here = f"{path}.{key}" if path else str(key)
        if not isinstance(key, str):
            return PayloadError(
                here,
                f"键 {key!r} 不是文本；请改用文本键。",
                f"Key {key!r} is not text; use a text key.",
            )
        if not _is_plain(item, depth + 1):
            return _complaint(item, here, depth + 1)
    raise AssertionError("a mapping was refused without a field at fault")


def _complaint_of_kind(value: object, path: str) -> PayloadError:
    kind = type(value).__name__
    zh, en = "请改为文本、整数、真假或空值", "give text, an integer, a boolean or nothing"
    if isinstance(value, float):
        zh, en = "请改用整数（如分）或文本", "give an integer (such as cents) or text"
    elif hasattr(value, "isoformat"):
        zh, en = "请改用 ISO 8601 文本", "give ISO 8601 text"
    return PayloadError(
        path,
        f"字段 {path} 的值 {value!r} 是 {kind}，没有唯一写法；{zh}。",
        f"Field {path} holds {value!r}, a {kind} without a single spelling; {en}.",
    )
