"""The part of a specification about what may be otherwise, and which figure is watched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chanjiao.engines.composite.experiment import (
    Choice,
    Definition,
    Experiment,
    Input,
    Noise,
    Range,
    WeightSets,
)
from chanjiao.engines.composite.inputs import Inputs
from chanjiao.engines.composite.marked import Marked
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.sobol import Target, gap_between, rank_change, rank_of, score_of
from chanjiao.engines.composite.specification import Specification, specification_of

STEPS = {
    "denominate": "denominate", "screen": "screen", "impute": "impute", "treat": "treat",
    "normalise": "normalise", "weights": "weigh", "aggregate": "aggregate",
}  # fmt: skip
RANGES = {
    "treat.skew_thresh": ("treat", "skew"),
    "treat.kurt_thresh": ("treat", "kurt"),
    "treat.lambda": ("treat", "boxcox"),
    "screen.dat_thresh": ("screen", "known"),
    "screen.nonzero_thresh": ("screen", "nonzero"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """An experiment, the figure whose variance is parted, and how many places are the top."""

    experiment: Experiment
    target: Target
    target_name: str
    resamples: int
    top: int


def plan_of(
    spec: Specification, inputs: Inputs, *, reps: int | None = None, seed: int | None = None
) -> Plan:
    """From the ``uncertainty`` section; ``reps`` and ``seed`` go before what it says."""
    entry = spec.uncertainty
    if entry is None:
        raise spec.document.refuse(
            "没有 uncertainty 一节，请写出要变动什么。",
            "has no section uncertainty; say what is to vary.",
        )
    entry.only("kind", "reps", "seed", "resamples", "target", "top", "vary")
    kind = entry.get("kind")
    varied = [_input(name, one, spec, inputs) for name, one in entry.need("vary").items()]
    experiment = Experiment(
        inputs.table.choosing(spec.scheme.leaves),
        spec.scheme,
        spec.recipe,
        tuple(varied),
        reps or _whole(entry, "reps", 1000, least=3),
        seed if seed is not None else _whole(entry, "seed", 1, least=0),
        kind.one_of(("sample", "sobol")) if kind else "sample",  # type: ignore[arg-type]
        inputs.others,
    )
    target, name = _target(entry.get("target"), inputs)
    resamples = _whole(entry, "resamples", 200, least=10)
    return Plan(experiment, target, name, resamples, _whole(entry, "top", 10, least=1))


def _whole(entry: Marked, key: str, default: int, least: int) -> int:
    found = entry.get(key)
    if found is None:
        return default
    if not least <= found.whole() <= 1_000_000:
        raise found.refuse(f"须在 {least} 与 100 万之间。", f"must lie between {least} and 1e6.")
    return found.whole()


def _target(entry: Marked | None, inputs: Inputs) -> tuple[Target, str]:
    if entry is None or not entry.is_mapping():
        if entry is not None:
            entry.one_of(("rank_change",))
        return rank_change, "rank_change"
    entry.only("score", "rank", "gap", "period")
    period = entry.get("period")
    when = period.text() if period else ""
    for key, make in (("score", score_of), ("rank", rank_of)):
        found = entry.get(key)
        if found is not None:
            return make(_unit(found, inputs), when), f"{key} {found.text()}"
    parts = entry.need("gap").sequence()
    if len(parts) != 2:
        raise entry.need("gap").refuse("须为两个单位。", "must name two units.")
    one, two = (_unit(part, inputs) for part in parts)
    return gap_between(one, two, when), f"gap {one}–{two}"


def _unit(entry: Marked, inputs: Inputs) -> str:
    if entry.text() not in inputs.table.units:
        raise entry.refuse(f"{entry.text()} 不是数据里的单位。", f"{entry.text()} is no unit.")
    return entry.text()


# -------------------------------------------------------------------------------------- inputs


def _input(name: str, entry: Marked, spec: Specification, inputs: Inputs) -> Input:
    for key, make in KINDS.items():
        if entry.get(key) is not None:
            return make(name, entry, spec, inputs)
    raise entry.refuse(f"须写 {'、'.join(KINDS)} 之一。", f"must hold one of {', '.join(KINDS)}.")


def _noise(name: str, entry: Marked, spec: Specification, _inputs: Inputs) -> Noise:
    entry.only("noise", "levels", "nodes", "sets")
    scheme = spec.scheme
    named, levels = entry.get("nodes"), entry.get("levels")
    nodes = [_node(one, scheme) for one in named.sequence()] if named else []
    if levels is not None:
        wanted = [one.whole() for one in levels.sequence()]
        nodes += [n.code for n in scheme if n.level in wanted and n.code != scheme.root]
        if not nodes:
            raise levels.refuse("这些层没有节点。", "are levels without nodes.")
    return Noise(name, entry.need("noise").share(), tuple(nodes), _whole(entry, "sets", 1000, 1))


def _node(entry: Marked, scheme: Scheme) -> str:
    if entry.text() not in scheme or entry.text() == scheme.root:
        raise entry.refuse(
            f"{entry.text()} 没有权重可变。", f"{entry.text()} has no weight to vary."
        )
    return entry.text()


def _remove(name: str, entry: Marked, spec: Specification, _inputs: Inputs) -> WeightSets:
    """Nothing left out, or each of these in turn."""
    entry.only("remove")
    codes = [_node(one, spec.scheme) for one in entry.need("remove").sequence()]
    return WeightSets(name, ({}, *({code: 0.0} for code in codes)))


def _sets(name: str, entry: Marked, spec: Specification, _inputs: Inputs) -> WeightSets:
    entry.only("weight_sets")
    options = []
    for one in entry.need("weight_sets").sequence():
        for code, value in one.items():
            _node(Marked(code, value.line, value.path), spec.scheme)
        options.append({code: value.number() for code, value in one.items()})
    return WeightSets(name, tuple(options))


def _definition(name: str, entry: Marked, spec: Specification, inputs: Inputs) -> Definition:
    entry.only("definition", "columns")
    code = entry.need("definition").text()
    if code not in spec.scheme.leaves:
        raise entry.need("definition").unknown(code, spec.scheme.leaves)
    columns = []
    for one in entry.need("columns").sequence():
        if one.text() != code and one.text() not in inputs.others:
            raise one.unknown(one.text(), (code, *inputs.others))
        columns.append(one.text())
    return Definition(name, code, tuple(columns))


def _at(name: str, entry: Marked, spec: Specification, inputs: Inputs) -> Choice | Range:
    entry.only("at", "values", "range")
    at = entry.need("at")
    words = at.text().split(".")
    if words[0] not in STEPS:
        raise at.unknown(words[0], tuple(STEPS))
    step = STEPS[words[0]]
    if getattr(spec.recipe, step) is None:
        raise at.refuse(
            f"要改变 {words[0]}，但 spec 没有这一步。",
            f"varies {words[0]}, a step that the specification does not take.",
        )
    bounds = entry.get("range")
    if bounds is not None:
        if at.text() not in RANGES:
            raise at.unknown(at.text(), tuple(RANGES))
        low, high = bounds.pair()
        if not low < high:
            raise bounds.refuse("须从小到大。", "must go from low to high.")
        return Range(name, *RANGES[at.text()], low, high)
    options = []
    for value in entry.need("values").sequence():
        changed = specification_of(_with(spec.document, words, value), inputs)
        options.append(getattr(changed.recipe, step))
    return Choice(name, step, tuple(options))


def _with(document: Marked, words: list[str], value: Marked) -> Marked:
    """The document with one place changed; ``true`` gives way to what is said inside it."""
    inside: dict[str, Marked] = dict(document.value) if document.is_mapping() else {}
    if len(words) == 1:
        inside[words[0]] = value
    else:
        held = inside.get(words[0], Marked({}, value.line, words[0]))
        # A level's list of methods can't hold one for all: what is said now goes before it.
        inside[words[0]] = _with(held, words[1:], value)
    return Marked(inside, document.line, document.path)


KINDS: Mapping[str, Callable[[str, Marked, Specification, Inputs], Input]] = {
    "at": _at,
    "noise": _noise,
    "definition": _definition,
    "weight_sets": _sets,
    "remove": _remove,
}
