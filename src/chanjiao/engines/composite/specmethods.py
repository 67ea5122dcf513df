"""The parts of a specification about weights and about drawing children together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

import numpy as np

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.combining import Combine, Effect, Gate, Kind
from chanjiao.engines.composite.marked import Marked
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.table import Floats
from chanjiao.engines.composite.weighing import How, Rule, Weigh

METHODS = get_args(How)
COINR = {
    "a_amean": "amean",
    "a_gmean": "gmean",
    "a_hmean": "hmean",
    "a_genmean": "power",
    "a_copeland": "copeland",
}
KINDS = (*get_args(Kind), *COINR)
NODE_FIELDS = (
    "f_ag", "f_ag_para", "dat_thresh", "p", "penalty", "order", "ceiling", "shares", "gate",
    "on_zero",
)  # fmt: skip


# ------------------------------------------------------------------------------------ weights


def weigh_of(entry: Marked | None, scheme: Scheme) -> Weigh:
    """``weights: equal`` for all groups, or ``each`` parent its own rule."""
    if entry is None:
        return Weigh()
    if not entry.is_mapping():
        word = entry.one_of((*METHODS, "none"))
        how = "equal" if word == "none" else word
        if how in ("ahp", "budget"):
            raise entry.refuse("要写出评委的判断。", "needs the judges' comparisons or points.")
        return Weigh(Rule(how))  # type: ignore[arg-type]
    entry.only("given", "method", "each")
    named = entry.get("method")
    general = Rule(named.one_of(METHODS)) if named else Rule()  # type: ignore[arg-type]
    each = {}
    single = entry.get("each")
    for node, part in single.items() if single else ():
        if node not in scheme.aggregates:
            raise part.unknown(node, scheme.aggregates)
        each[node] = _rule(part, scheme.children(node))
    return Weigh(general, each)


def _rule(entry: Marked, children: tuple[str, ...]) -> Rule:
    if not entry.is_mapping():
        return Rule(entry.one_of(METHODS))  # type: ignore[arg-type]
    entry.only("method", "comparisons", "cr_max", "points", "targets", "shares")
    how = entry.need("method").one_of(METHODS)
    most = entry.get("cr_max")
    wanted = {"ahp": "comparisons", "budget": "points"}.get(how)
    if wanted and entry.get(wanted) is None:
        raise entry.refuse(f"缺 {wanted}。", f"lacks {wanted}.")
    comparisons = entry.get("comparisons")
    points, targets = entry.get("points"), entry.get("targets")
    return Rule(
        how,  # type: ignore[arg-type]
        {judge: _matrix(m, children) for judge, m in comparisons.items()} if comparisons else {},
        most.number() if most else 0.10,
        {judge: _numbers(row, children) for judge, row in points.items()} if points else {},
        _numbers(targets, children) if targets else {},
        shares_of(entry.get("shares"), children),
    )


def _matrix(entry: Marked, children: tuple[str, ...]) -> Floats:
    rows = [[cell.number() for cell in row.sequence()] for row in entry.sequence()]
    size = len(children)
    if len(rows) != size or any(len(row) != size for row in rows):
        raise entry.refuse(
            f"须为 {size}×{size}，次序为 {'、'.join(children)}。",
            f"must be {size}×{size}, in the order {', '.join(children)}.",
        )
    return np.array(rows)


def _numbers(entry: Marked, children: tuple[str, ...]) -> Mapping[str, float]:
    entry.only(*children)
    return {child: value.number() for child, value in entry.items()}


def shares_of(entry: Marked | None, children: tuple[str, ...]) -> Mapping[str, tuple[float, float]]:
    """Least and most share: one pair for all children, or one for each named."""
    if entry is None:
        return {}
    if entry.is_list():
        return dict.fromkeys(children, entry.pair())
    entry.only(*children)
    return {child: value.pair() for child, value in entry.items()}


# -------------------------------------------------------------------------------- aggregation


def aggregate_of(entry: Marked | None, scheme: Scheme) -> Aggregate:
    """One method, or a list with one for each level above indicators, or nodes' own."""
    if entry is None:
        return Aggregate()
    if not entry.is_mapping():
        return Aggregate(combine_of(Marked({"f_ag": entry}, entry.line, entry.path), Combine()))
    entry.only(*NODE_FIELDS, "nodes")
    levels = _levels(entry, scheme)
    general = Combine() if levels else combine_of(entry, Combine())
    each = {}
    single = entry.get("nodes")
    for node, part in single.items() if single else ():
        if node not in scheme.aggregates:
            raise part.unknown(node, scheme.aggregates)
        base = levels.get(scheme[node].level, general)
        mapped = part if part.is_mapping() else Marked({"f_ag": part}, part.line, part.path)
        mapped.only(*NODE_FIELDS)
        each[node] = combine_of(mapped, base, scheme.children(node))
    return Aggregate(general, levels, each)


def _levels(entry: Marked, scheme: Scheme) -> dict[int, Combine]:
    """COINr's vectors: the first entry makes level 2, the next level 3, and so on."""
    lists = {
        key: value.sequence()
        for key in ("f_ag", "dat_thresh", "f_ag_para", "p")
        if (value := entry.get(key)) is not None and value.is_list()
    }
    if not lists:
        return {}
    count = scheme.top - 1
    for key, parts in lists.items():
        if len(parts) != count:
            raise entry.need(key).refuse(
                f"有 {len(parts)} 项，框架在指标之上有 {count} 层。",
                f"has {len(parts)} entries; the scheme has {count} levels above indicators.",
            )
    found = {}
    for place in range(count):
        own = {k: lists[k][place] if k in lists else v for k, v in entry.items() if k != "nodes"}
        kept = {key: value for key, value in own.items() if value.value is not None}
        found[place + 2] = combine_of(Marked(kept, entry.line, entry.path), Combine())
    return found


def combine_of(entry: Marked, base: Combine, children: tuple[str, ...] = ()) -> Combine:
    """A node's method from its words, over a base."""
    words = dict(entry.items())
    para = entry.get("f_ag_para")
    if para is not None:
        para.only("p")
        words |= para.mapping()
    changes: dict[str, object] = {}
    for key, (field, parse) in PARTS.items():
        value = words.get(key)
        if value is not None and value.value is not None:
            changes[field] = parse(value, children)
    if changes.get("kind") == "power" and "power" not in changes:
        raise entry.refuse("幂平均要写 p。", "is a power mean and needs p.")
    return replace(base, **changes)  # type: ignore[arg-type]


def _kind(value: Marked, _children: tuple[str, ...]) -> str:
    word = value.one_of(KINDS)
    return COINR.get(word, word)


def _ceiling(value: Marked, _children: tuple[str, ...]) -> float:
    if value.number() <= 0:
        raise value.refuse("须大于 0。", "must exceed 0.")
    return value.number()


def _gates(entry: Marked, children: tuple[str, ...]) -> tuple[Gate, ...]:
    """``gate: {A: 40}`` or ``gate: {A: {min: 40, effect: withhold}}``."""
    found = []
    for child, value in entry.items():
        if children and child not in children:
            raise value.unknown(child, children)
        if value.is_mapping():
            value.only("min", "effect", "note")
            effect = value.get("effect")
            word = effect.one_of(get_args(Effect)) if effect else "cap"
            found.append(Gate(child, value.need("min").number(), word))  # type: ignore[arg-type]
        else:
            found.append(Gate(child, value.number()))
    return tuple(found)


PARTS: Mapping[str, tuple[str, Callable[[Marked, tuple[str, ...]], object]]] = {
    "f_ag": ("kind", _kind),
    "p": ("power", lambda v, _: v.number()),
    "dat_thresh": ("known", lambda v, _: v.share()),
    "penalty": ("penalty", lambda v, _: {"-": -1, "+": 1}[v.one_of(("-", "+"))]),
    "ceiling": ("ceiling", _ceiling),
    "order": ("order", lambda v, _: tuple(one.number() for one in v.sequence())),
    "on_zero": ("on_zero", lambda v, _: v.one_of(("refuse", "limit"))),
    "gate": ("gates", _gates),
    "shares": ("shares", shares_of),
}
