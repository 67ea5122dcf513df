"""spec.yaml: the steps of a build in words, with COINr's names for what COINr has.

The grammar stands in ``docs/engines/composite.md``. Whatever would not be read is refused with
its line, so that a slip of spelling never falls back to a default in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from chanjiao.engines.composite.building import PREPARING, Recipe, StepName
from chanjiao.engines.composite.denominating import By, Denominate
from chanjiao.engines.composite.imputing import Impute
from chanjiao.engines.composite.inputs import GAPS, Inputs
from chanjiao.engines.composite.marked import Marked, read
from chanjiao.engines.composite.ranking import Ties
from chanjiao.engines.composite.scheme import Scheme
from chanjiao.engines.composite.screening import Screen
from chanjiao.engines.composite.specmethods import aggregate_of, weigh_of
from chanjiao.engines.composite.specscales import normalise_of
from chanjiao.engines.composite.treating import How as Treatment, Treat

SECTIONS = (
    "exclude", "order", "denominate", "screen", "impute", "treat", "normalise", "weights",
    "aggregate", "ranks", "uncertainty",
)  # fmt: skip
SCREENS = {"byNA": "missing", "byzeros": "zeros", "byNAandzeros": "both"}
IMPUTES = {
    "i_mean": "mean", "i_median": "median", "i_mean_grp": "group_mean",
    "i_median_grp": "group_median", "impute_panel": "last", "none": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Specification:
    """A recipe for one pair of tables, the tree it leaves, and the uncertainty section as read."""

    recipe: Recipe
    scheme: Scheme
    uncertainty: Marked | None
    document: Marked


def read_specification(text: str, inputs: Inputs) -> Specification:
    r"""From the text of a spec.yaml. Raises :class:`Refused` with line, place and remedy.

    >>> from chanjiao.engines.composite.inputs import read_inputs
    >>> meta = "iCode,Level,Parent,Type\nx,1,I,Indicator\nI,2,,Aggregate"
    >>> inputs = read_inputs("uCode,x\nA,1\nB,2", meta)
    >>> spec = read_specification("normalise: {f_n: n_minmax, l_u: [1, 10]}", inputs)
    >>> spec.recipe.normalise.scale.to
    (1.0, 10.0)
    >>> read_specification("normalize: {}", inputs)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    chanjiao.engines.composite.faults.Refused: 第 1 行：...; did you mean normalise?
    """
    document = read(text, "spec")
    return specification_of(document, inputs)


def specification_of(document: Marked, inputs: Inputs) -> Specification:
    """The same from a document already read."""
    document.only(*SECTIONS)
    scheme = inputs.scheme
    left_out = document.get("exclude")
    if left_out is not None:
        codes = []
        for one in left_out.sequence():
            if one.text() not in scheme:
                raise one.refuse(f"{one.text()} 不在 iMeta 里。", f"{one.text()} is not in iMeta.")
            codes.append(one.text())
        scheme = scheme.without(codes)
    inputs = replace(inputs, scheme=scheme, table=inputs.table.choosing(scheme.leaves))
    recipe = Recipe(
        denominate=_denominate(document.get("denominate"), inputs),
        screen=_screen(document.get("screen"), inputs),
        impute=_impute(document.get("impute"), inputs),
        treat=_treat(document.get("treat"), inputs),
        normalise=normalise_of(document.get("normalise"), inputs),
        weigh=weigh_of(document.get("weights"), scheme),
        aggregate=aggregate_of(document.get("aggregate"), scheme),
        order=_order(document.get("order")),
        ties=_ties(document.get("ranks")),
    )
    scheme = _reweighted(document.get("weights"), scheme)
    return Specification(recipe, scheme, document.get("uncertainty"), document)


def _order(entry: Marked | None) -> tuple[StepName, ...]:
    if entry is None:
        return PREPARING
    words = [one.one_of(PREPARING) for one in entry.sequence()]
    steps = tuple(step for word in words for step in PREPARING if step == word)
    if len(steps) != len(set(steps)):
        raise entry.refuse("有步骤写了两次。", "names a step twice.")
    # Steps that the specification does not take may be left out of the order.
    return (*steps, *(step for step in PREPARING if step not in steps))


def _ties(entry: Marked | None) -> Ties:
    if entry is None:
        return "min"
    return entry.one_of(get_args(Ties))  # type: ignore[return-value]


def _denominate(entry: Marked | None, inputs: Inputs) -> Denominate | None:
    """``true`` takes iMeta's Denominator column, a mapping says it here."""
    if entry is None or entry.value is False:
        return None
    if entry.value is True:
        by = {
            code: By(said)
            for code in inputs.scheme.leaves
            if (said := inputs.meta[code].get("Denominator", "").strip()) not in GAPS
        }
        return Denominate(by)
    found = {}
    for code, value in entry.items():
        if code not in inputs.scheme.leaves:
            raise value.refuse("不是指标。", "is no indicator.")
        if value.is_mapping():
            value.only("Denominator", "denominator", "ScaleFactor", "factor")
            base = (value.get("Denominator") or value.need("denominator")).text()
            factor = value.get("ScaleFactor") or value.get("factor")
            size = factor.number() if factor else 1.0
            if factor and size == 0:
                raise factor.refuse("不能为 0。", "must not be 0.")
            found[code] = By(base, size)
        else:
            found[code] = By(value.text())
        if found[code].base not in inputs.table.bases:
            raise value.unknown(found[code].base, tuple(inputs.table.bases))
    return Denominate(found)


def _screen(entry: Marked | None, inputs: Inputs) -> Screen | None:
    if entry is None or entry.value is False:
        return None
    if entry.value is True:
        return Screen()
    entry.only("unit_screen", "dat_thresh", "nonzero_thresh", "force", "Force")
    how = entry.get("unit_screen")
    known, nonzero = entry.get("dat_thresh"), entry.get("nonzero_thresh")
    forced = {}
    force = entry.get("force") or entry.get("Force")
    for unit, value in force.items() if force else ():
        if unit not in inputs.table.units:
            raise value.refuse("不是数据里的单位。", "is no unit of the data.")
        forced[unit] = value.flag()
    return Screen(
        by=SCREENS[how.one_of(tuple(SCREENS))] if how else "missing",  # type: ignore[arg-type]
        known=known.share() if known else Screen().known,
        nonzero=nonzero.share() if nonzero else Screen().nonzero,
        force=forced,
    )


def _impute(entry: Marked | None, inputs: Inputs) -> Impute | None:
    if entry is None or entry.value is False:
        return None
    if entry.value is True:
        return Impute()
    entry.only("f_i", "use_group", "impute_by", "group_level", "normalise_first", "max_time",
               "f_i_para", "disable")  # fmt: skip
    off = entry.get("disable")
    if off is not None and off.flag():
        return None
    how, group = entry.get("f_i"), entry.get("use_group")
    method = IMPUTES[how.one_of(tuple(IMPUTES))] if how else "mean"
    if method.startswith("group") and group is None:
        raise entry.refuse("按分组补缺要写 use_group。", "by groups needs use_group.")
    if group is not None and group.text() not in inputs.table.groups:
        raise group.unknown(group.text(), tuple(inputs.table.groups))
    by, first = entry.get("impute_by"), entry.get("normalise_first")
    across = by is not None and by.one_of(("column", "row")) == "row"
    if across and method.startswith("group"):
        raise entry.refuse(
            "横向补缺不能再按分组。", "can't fill across rows and by groups at once."
        )
    para = entry.get("f_i_para")
    reach = entry.get("max_time") or (para.get("max_time") if para else None)
    return Impute(
        method,  # type: ignore[arg-type]
        group.text() if group else "",
        across,
        first.flag() if first else None,
        {code: inputs.scheme[code].direction for code in inputs.scheme.leaves},
        _within(entry.get("group_level"), inputs.scheme),
        reach.whole() if reach else None,
    )


def _within(entry: Marked | None, scheme: Scheme) -> Mapping[str, str]:
    if entry is None:
        return {}
    level = entry.whole()
    if not 2 <= level <= scheme.top:
        raise entry.refuse(
            f"须在 2 与 {scheme.top} 之间。", f"must lie between 2 and {scheme.top}."
        )
    found = {}
    for leaf in scheme.leaves:
        above = [code for code in scheme.ancestors(leaf) if scheme[code].level <= level]
        found[leaf] = above[-1] if above else leaf
    return found


TREATMENTS = get_args(Treatment)


def _points(entry: Marked) -> int | None:
    """``none`` or nothing, COINr's NULL, is no limit."""
    if entry.value in (None, "none"):
        return None
    if entry.whole() < 0:
        raise entry.refuse("不能为负。", "must not be negative.")
    return entry.whole()


def _treatment(entry: Marked) -> str:
    return "none" if entry.value is None else entry.one_of(TREATMENTS)


TREATS: Mapping[str, tuple[str, Callable[[Marked], object]]] = {
    "winmax": ("most_points", _points),
    "skew_thresh": ("skew", Marked.number),
    "kurt_thresh": ("kurt", Marked.number),
    "force_win": ("force", Marked.flag),
    "combine_treat": ("combine", Marked.flag),
    "lambda": ("boxcox", Marked.number),
    "f1": ("first", _treatment),
    "f2": ("second", _treatment),
}
PARAS: Mapping[str, Mapping[str, tuple[str, Callable[[Marked], object]]]] = {
    "f1_para": {
        **TREATS,
        "skew_thresh": ("inner_skew", Marked.number),
        "kurt_thresh": ("inner_kurt", Marked.number),
    },
    "f2_para": {"lambda": TREATS["lambda"]},
    "f_pass_para": {key: TREATS[key] for key in ("skew_thresh", "kurt_thresh")},
}


def _treat(entry: Marked | None, inputs: Inputs) -> Treat | None:
    if entry is None or entry.value in (False, "none"):
        return None
    if entry.value is True:
        return Treat()
    entry = entry.unwrapped("global_specs")
    entry.only(*TREATS, *PARAS, "indiv_specs")
    general = _one_treat(entry, Treat())
    each: dict[str, Treat | None] = {}
    single = entry.get("indiv_specs")
    for code, part in single.items() if single else ():
        if code not in inputs.scheme.leaves:
            raise part.refuse("不是指标。", "is no indicator.")
        if part.value == "none":
            each[code] = None
            continue
        part.only(*TREATS, *PARAS)
        each[code] = _one_treat(part, general)
    return replace(general, each=each)


def _one_treat(entry: Marked, base: Treat) -> Treat:
    changes: dict[str, object] = {}
    for key, value in entry.items():
        if key in TREATS:
            field, parse = TREATS[key]
            changes[field] = parse(value)
        elif key in PARAS:
            value.only(*PARAS[key], "na.rm")
            for inner, part in value.items():
                if inner != "na.rm":
                    field, parse = PARAS[key][inner]
                    changes[field] = parse(part)
    return replace(base, **changes)  # type: ignore[arg-type]


def _reweighted(entry: Marked | None, scheme: Scheme) -> Scheme:
    """Numbers given here go before those of iMeta."""
    given = entry.get("given") if entry is not None and entry.is_mapping() else None
    if given is None:
        return scheme
    weights = {}
    for code, value in given.items():
        if code not in scheme:
            raise value.refuse("不在框架里。", "is not in the scheme.")
        weights[code] = value.number()
        if weights[code] < 0:
            raise value.refuse("不能为负。", "must not be negative.")
    return scheme.reweighted(weights)
