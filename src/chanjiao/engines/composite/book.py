"""An indicator book: one YAML file that says what is measured, how it is scored and why.

A book is one version and never changes; its identity is the digest of its content. Indicators
name the metric that counts them; values that were decided on a day stand among the parameters
with their date and source. The grammar stands in ``docs/engines/composite.md``.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.booklines import (
    Doubts,
    Indicator,
    Parameter,
    Words,
    anchored,
    day,
    doubts_of,
    indicator_of,
    parameter_of,
    words_of,
)
from chanjiao.engines.composite.building import Recipe
from chanjiao.engines.composite.combining import Combine
from chanjiao.engines.composite.marked import Marked, read
from chanjiao.engines.composite.normalising import Normalise
from chanjiao.engines.composite.scales import Scale
from chanjiao.engines.composite.scheme import Node, Scheme
from chanjiao.engines.composite.specmethods import NODE_FIELDS, combine_of, weigh_of
from chanjiao.engines.composite.weighing import Weigh

SECTIONS = (
    "book", "units", "parameters", "scale", "missing", "tree", "indicators", "weights",
    "uncertainty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a book. ``scheme`` is the tree, ``methods`` how its nodes are combined."""

    code: str
    version: str
    title: Words
    effective: date
    owner: str
    units: Mapping[str, Any]
    parameters: Mapping[str, Parameter]
    scheme: Scheme
    words: Mapping[str, Words]
    indicators: Mapping[str, Indicator]
    methods: Mapping[str, Combine]
    weigh: Weigh
    scale: Scale
    doubts: Doubts
    digest: str

    def recipe(self, on: date | None = None) -> Recipe:
        """The steps with parameters as of a day (the first day of the book unless told).

        Raises :class:`Refused` for a day before a parameter had any value.
        """
        when = on or self.effective
        each = {code: one.scale(self.scale, self.parameters, when)
                for code, one in self.indicators.items()}  # fmt: skip
        return Recipe(
            normalise=Normalise(self.scale, each),
            weigh=self.weigh,
            aggregate=Aggregate(each=self.methods),
        )

    def metrics(self) -> dict[str, str]:
        """Indicator → the metric that counts it; alternatives as ``code.name``."""
        found = {code: one.metric for code, one in self.indicators.items()}
        for code, one in self.indicators.items():
            found |= {f"{code}.{name}": metric for name, metric in one.alternatives.items()}
        return found

    def value(self, parameter: str, on: date | None = None) -> Any:
        """A parameter's value on a day."""
        return self.parameters[parameter].on(on or self.effective)


def read_book(text: str) -> Book:
    """From YAML. Raises :class:`Refused` with line and reason for anything not understood.

    >>> book = read_book('''
    ... book: {code: demo, version: 0.1.0, title: {zh: 示例}, effective: 2025-01-01}
    ... tree:
    ... - {code: I, zh: 指数, aggregate: gmean}
    ... - {code: A, zh: 契合, parent: I}
    ... indicators:
    ... - {code: A1, parent: A, zh: 覆盖率, metric: coverage, unit: "%", goalposts: [0.3, 0.9]}
    ... ''')
    >>> book.code, book.scheme.leaves, book.metrics(), len(book.digest)
    ('demo', ('A1',), {'A1': 'coverage'}, 64)
    """
    document = read(text, "book")
    document.only(*SECTIONS)
    head = document.need("book")
    head.only("code", "version", "title", "effective", "owner", "licence", "note")
    parameters = {name: parameter_of(name, entry) for name, entry in _items(document, "parameters")}
    scale = _scale(document.get("scale"))
    indicators = _indicators(document.need("indicators"), parameters)
    scheme, words = _scheme(document.need("tree"), indicators)
    owner = head.get("owner")
    return Book(
        head.need("code").text(),
        head.need("version").text(),
        words_of(head.need("title")),
        day(head.need("effective")),
        owner.text() if owner else "",
        plain(document.get("units")) or {},
        parameters,
        scheme,
        words,
        indicators,
        _methods(document, scheme),
        weigh_of(document.get("weights"), scheme),
        scale,
        doubts_of(document.get("uncertainty"), indicators),
        digest_of(document),
    )


def digest_of(document: Marked) -> str:
    """SHA-256 of what a document says: comments, spacing and the order of keys don't count."""
    text = json.dumps(plain(document), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(entry: Marked | None) -> Any:
    """The value without its marks."""
    if entry is None:
        return None
    if isinstance(entry.value, dict):
        return {key: plain(value) for key, value in entry.value.items()}
    if isinstance(entry.value, list):
        return [plain(value) for value in entry.value]
    return entry.value


def _items(document: Marked, key: str) -> list[tuple[str, Marked]]:
    entry = document.get(key)
    return list(entry.items()) if entry is not None else []


def _scale(entry: Marked | None) -> Scale:
    if entry is None:
        return Scale()
    entry.only("to", "clip")
    to, clip = entry.get("to"), entry.get("clip")
    ends = to.pair() if to else Scale().to
    if to is not None and not ends[0] < ends[1]:
        raise to.refuse("须从小到大。", "must go from low to high.")
    return Scale(to=ends, clip=clip.flag() if clip else True)


def _indicators(entry: Marked, parameters: Mapping[str, Parameter]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for part in entry.sequence():
        one = indicator_of(part, parameters)
        if one.code in found:
            raise part.need("code").refuse(f"{one.code} 已有。", f"{one.code} stands already.")
        found[one.code] = one
    if not found:
        raise entry.refuse("至少要有一个指标。", "must hold at least one indicator.")
    return found


def _scheme(entry: Marked, indicators: Mapping[str, Indicator]) -> tuple[Scheme, dict[str, Words]]:
    nodes, words, lines = [], {}, {}
    for part in entry.sequence():
        part.only("code", "parent", "zh", "en", "weight", "aggregate", "note")
        code = part.need("code").text()
        if code in lines or code in indicators:
            raise part.need("code").refuse(f"{code} 已有。", f"{code} stands already.")
        parent, weight = part.get("parent"), part.get("weight")
        words[code] = words_of(part)
        lines[code] = part
        nodes.append(
            Node(
                code,
                parent.text() if parent else None,
                _weight(weight) if weight else 1.0,
                1,
                words[code].zh,
                words[code].en,
            )
        )
    for code, part in lines.items():
        parent = part.get("parent")
        if parent is not None and parent.text() not in lines:
            raise parent.unknown(parent.text(), tuple(lines))
        if not any(node.parent == code for node in nodes) and not any(
            one.parent == code for one in indicators.values()
        ):
            raise part.refuse(f"{code} 下没有指标。", f"{code} has no indicators below it.")
    for one in indicators.values():
        if one.parent not in lines:
            raise one.source.need("parent").unknown(one.parent, tuple(lines))
        nodes.append(
            Node(one.code, one.parent, one.weight, one.direction, one.words.zh, one.words.en)
        )
        words[one.code] = one.words
    return anchored(entry, lambda: Scheme(nodes)), words


def _weight(entry: Marked) -> float:
    weight = entry.number()
    if weight < 0:
        raise entry.refuse(
            f"的权重 {weight:g} 不能为负。", f"is {weight:g}; weights are 0 or more."
        )
    return weight


def _methods(document: Marked, scheme: Scheme) -> dict[str, Combine]:
    missing = document.get("missing")
    base = Combine()
    if missing is not None:
        missing.only("known", "note")
        base = replace(base, known=missing.need("known").share())
    found = {}
    for part in document.need("tree").sequence():
        code = part.need("code").text()
        how = part.get("aggregate")
        if how is None:
            found[code] = base
            continue
        words = how if how.is_mapping() else Marked({"f_ag": how}, how.line, how.path)
        words.only(*NODE_FIELDS)
        found[code] = combine_of(words, base, scheme.children(code))
    return found
