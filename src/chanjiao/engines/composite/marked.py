"""YAML whose every value remembers its line, so that a refusal can name it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from math import isfinite
from typing import Any

import yaml

from chanjiao.engines.composite.faults import Refused

LARGEST = 1_000_000  # characters
DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with its line and the words that lead to it.

    ``value`` is a dict of str → ``Marked``, a list of ``Marked``, or a plain scalar.
    """

    value: Any
    line: int
    path: str = ""

    def refuse(self, zh: str, en: str) -> Refused:
        """A refusal that names this place."""
        at = f"{self.path} " if self.path else ""
        return Refused(f"{at}{zh}", f"{at}{en}", line=self.line)

    # ------------------------------------------------------------------ what kind of thing it is

    def mapping(self) -> "dict[str, Marked]":
        if not isinstance(self.value, dict):
            raise self.refuse("须为“键: 值”的一组。", "must be a mapping of keys and values.")
        return self.value

    def items(self) -> "Iterator[tuple[str, Marked]]":
        return iter(self.mapping().items())

    def sequence(self) -> "list[Marked]":
        if not isinstance(self.value, list):
            raise self.refuse("须为列表，如 [1, 2]。", "must be a list, such as [1, 2].")
        return self.value

    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    def is_list(self) -> bool:
        return isinstance(self.value, list)

    def text(self) -> str:
        """A scalar as it would be written; numbers are words here (codes like 101)."""
        if isinstance(self.value, (dict, list)) or self.value is None:
            raise self.refuse("须为一个词。", "must be one word or text.")
        if isinstance(self.value, bool):
            raise self.refuse(
                f"是 {str(self.value).lower()}，若是代码请加引号。",
                f"reads as {str(self.value).lower()}; quote it if it is a code.",
            )
        return str(self.value)

    def number(self) -> float:
        """A finite number; ``1/3`` is one too."""
        value = self.value
        if isinstance(value, str) and "/" in value:
            try:
                value = float(Fraction(value.replace(" ", "")))
            except (ValueError, ZeroDivisionError, OverflowError):
                raise self._no_number() from None
        if isinstance(value, str):
            # YAML 1.1 takes 1e-3 for a word.
            try:
                value = float(value)
            except ValueError:
                raise self._no_number() from None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._no_number()
        try:
            number = float(value)
        except OverflowError:
            raise self._no_number() from None
        if not isfinite(number):
            raise self._no_number()
        return number

    def _no_number(self) -> Refused:
        shown = "…" if isinstance(self.value, (dict, list)) else repr(self.value)[:40]
        return self.refuse(f"的值 {shown} 须为数。", f"is {shown}; give a number.")

    def whole(self) -> int:
        number = self.number()
        if number != int(number):
            raise self.refuse(f"的值 {number:g} 须为整数。", f"is {number:g}; give a whole number.")
        return int(number)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse("须为 true 或 false。", "must be true or false.")
        return self.value

    def share(self) -> float:
        number = self.number()
        if not 0 <= number <= 1:
            raise self.refuse(
                f"的值 {number:g} 须在 0 与 1 之间。", f"is {number:g}; give a share from 0 to 1."
            )
        return number

    def pair(self) -> tuple[float, float]:
        parts = self.sequence()
        if len(parts) != 2:
            raise self.refuse("须为两个数。", "must be two numbers.")
        return parts[0].number(), parts[1].number()

    def one_of(self, options: Sequence[str]) -> str:
        word = self.text()
        if word not in options:
            raise self.unknown(word, options)
        return word

    def unknown(self, word: str, options: Sequence[str]) -> Refused:
        near = get_close_matches(word, options, 1)
        zh = f"，是否想写 {near[0]}？" if near else "。"
        en = f"; did you mean {near[0]}?" if near else "."
        return self.refuse(
            f"没有“{word}”这一项，可用：{'、'.join(options)}{zh}",
            f"knows no {word!r}; there are {', '.join(options)}{en}",
        )

    # ---------------------------------------------------------------------------- what is in it

    def get(self, key: str) -> "Marked | None":
        found = self.mapping().get(key)
        return None if found is None or found.value is None else found

    def need(self, key: str) -> "Marked":
        found = self.get(key)
        if found is None:
            raise self.refuse(f"缺 {key}。", f"lacks {key}.")
        return found

    def unwrapped(self, key: str) -> "Marked":
        """With the mapping under ``key`` laid open, as COINr wraps what is general."""
        inner = self.get(key) if self.is_mapping() else None
        if inner is None:
            return self
        outer = {name: value for name, value in self.items() if name != key}
        for name, value in inner.items():
            if name in outer:
                raise value.refuse("写了两次。", "stands twice.")
        return Marked({**outer, **inner.mapping()}, self.line, self.path)

    def only(self, *keys: str) -> None:
        """Refuse keys that nobody would read: a slip of spelling is not passed over."""
        for key, entry in self.items():
            if key not in keys:
                raise entry.unknown(key, keys)


class _Loader(yaml.SafeLoader):
    pass


def read(text: str, name: str = "") -> Marked:
    """The document of a YAML text. Raises :class:`Refused` with the line of what is wrong.

    Anchors, several documents, doubled keys and more than a million characters are refused.

    >>> read("a: {b: 1/4}").need("a").need("b").number()
    0.25
    """
    if len(text) > LARGEST:
        raise Refused(
            f"{name} 有 {len(text)} 个字符，上限 {LARGEST}。",
            f"{name} has {len(text)} characters; the limit is {LARGEST}.",
        )
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise Refused(
                    f"{name or '文件'} 是空的。", f"{name or 'The file'} is empty.", line=1
                )
            return _marked(loader, node, "", set())
        finally:
            loader.dispose()
    except yaml.YAMLError as fault:
        raise _not_yaml(fault) from None
    except RecursionError:
        raise Refused("嵌套太深。", "Nested too deeply.", line=1) from None


def _marked(loader: _Loader, node: yaml.Node, path: str, seen: set[int]) -> Marked:
    line = node.start_mark.line + 1
    here = Marked(None, line, path)
    if id(node) in seen:
        raise _alias(node, path)
    seen.add(id(node))
    if path.count(".") > DEEPEST:
        raise here.refuse("嵌套太深。", "is nested too deeply.")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Marked] = {}
        for key_node, value_node in node.value:
            key = _key(key_node, here)
            way = f"{path}.{key}" if path else key
            if key in found:
                at = Marked(None, key_node.start_mark.line + 1, way)
                raise at.refuse("写了两次。", "stands twice.")
            if id(value_node) in seen:
                raise _alias(key_node, way)
            found[key] = _marked(loader, value_node, way, seen)
        return Marked(found, line, path)
    if isinstance(node, yaml.SequenceNode):
        parts = [
            _marked(loader, part, f"{path}[{n}]", seen) for n, part in enumerate(node.value, 1)
        ]
        return Marked(parts, line, path)
    return Marked(_scalar(loader, node, here), line, path)


def _scalar(loader: _Loader, node: yaml.Node, here: Marked) -> Any:
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError):
        shown = node.value[:40]
        raise here.refuse(
            f"的值 {shown} 读不出来。", f"holds {shown}, which can't be read."
        ) from None


def _alias(node: yaml.Node, path: str) -> Refused:
    at = Marked(None, node.start_mark.line + 1, path)
    return at.refuse("用了别名（*），请把内容写全。", "uses an alias (*); write it out.")


def _key(node: yaml.Node, here: Marked) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        raise Marked(None, node.start_mark.line + 1, here.path).refuse(
            "的键须为一个词。", "has a key that is no single word."
        )
    return str(node.value)


def _not_yaml(fault: yaml.YAMLError) -> Refused:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    problem = str(getattr(fault, "problem", None) or getattr(fault, "reason", None) or fault)
    if isinstance(fault, yaml.composer.ComposerError) and "document" in problem:
        problem = "more than one document"
    line = mark.line + 1 if mark is not None else 1
    problem = problem.splitlines()[0][:120] if problem else "unreadable"
    return Refused(f"不是合法的 YAML：{problem}。", f"This is not YAML: {problem}.", line=line)
