"""The part of a specification that says how indicators are scored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from chanjiao.engines.composite.inputs import Inputs
from chanjiao.engines.composite.marked import Marked
from chanjiao.engines.composite.normalising import Normalise
from chanjiao.engines.composite.scales import KINDS, Curve, Scale

# COINr's names; its functions begin at 0, do not cap distances and take turned values.
COINR: Mapping[str, Scale] = {
    "n_minmax": Scale("minmax", to=(0.0, 100.0)),
    "n_scaled": Scale("scaled", posts=(0.0, 100.0), directed=True),
    "n_zscore": Scale("zscore", to=(0.0, 1.0)),
    "n_dist2max": Scale("dist2max"),
    "n_dist2ref": Scale("dist2ref", clip=False),
    "n_dist2targ": Scale("dist2targ", clip=False, directed=True),
    "n_fracmax": Scale("fracmax", strict=False),
    "n_prank": Scale("prank"),
    "n_rank": Scale("rank"),
    "n_borda": Scale("borda"),
    "n_goalposts": Scale("goalposts", to=(0.0, 100.0), directed=True),
    "none": Scale("none"),
}
OURS: Mapping[str, Scale] = {
    name: Scale(name, to=(0.0, 1.0) if name == "zscore" else (1.0, 100.0))  # type: ignore[arg-type]
    for name in KINDS
    if name not in ("linear", "none")
}
NAMES = (*OURS, *COINR)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "goalposts": ("gposts", "posts", "to", "clip", "trunc2posts", "curve", "directed"),
    "band": ("posts", "band", "to", "curve", "directed"),
    "minmax": ("l_u", "to", "curve"),
    "scaled": ("npara", "posts", "directed"),
    "zscore": ("m_sd", "to", "curve"),
    "dist2ref": ("iref", "reference", "cap_max", "clip"),
    "dist2targ": ("targ", "target", "cap_max", "clip", "directed"),
}
# Column of iMeta → what it sets, for f_n_para: use_iMeta.
FROM_META: Mapping[str, tuple[str, ...]] = {
    "minmax": ("minmax_lower", "minmax_upper"),
    "scaled": ("scaled_lower", "scaled_upper"),
    "zscore": ("zscore_mean", "zscore_sd"),
    "dist2targ": ("Target",),
    "goalposts": ("goalpost_lower", "goalpost_upper"),
}


def normalise_of(entry: Marked | None, inputs: Inputs) -> Normalise:
    """The step as written; without one, fixed goalposts from iMeta on a scale of 1–100."""
    if entry is None:
        each = _all_from_meta(OURS["goalposts"], inputs, None)
        return Normalise(OURS["goalposts"], each)
    entry = entry.unwrapped("global_specs")
    entry.only("f_n", "f_n_para", "indiv_specs", "global", "flat", *_every_field())
    scale, from_meta = _scale(entry, inputs)
    each = _all_from_meta(scale, inputs, entry) if from_meta else {}
    single = entry.get("indiv_specs")
    for code, part in single.items() if single else ():
        if code not in inputs.scheme.leaves:
            raise part.refuse("不是指标。", "is no indicator.")
        part.only("f_n", "f_n_para", *_every_field())
        each[code], own_meta = _scale(part, inputs)
        if own_meta:
            each[code] = _from_meta(each[code], inputs, code, part)
    pooled = entry.get("global")
    flat = entry.get("flat")
    refuse = flat is not None and flat.one_of(("leave_out", "refuse")) == "refuse"
    return Normalise(scale, each, pooled.flag() if pooled else True, refuse)


def _every_field() -> Iterable[str]:
    return dict.fromkeys(field for fields in FIELDS.values() for field in fields)


def _scale(entry: Marked, inputs: Inputs) -> tuple[Scale, bool]:
    """A scale with its parameters, and whether they are to come from iMeta."""
    named = entry.get("f_n")
    name = named.one_of(NAMES) if named else "goalposts"
    base = COINR.get(name) or OURS[name]
    para = entry.get("f_n_para")
    if para is not None and not para.is_mapping():
        para.one_of(("use_iMeta",))
        return (replace(base, directed=base.kind == "scaled"), True)
    holders = [entry] if para is None else [entry, para]
    allowed = FIELDS.get(base.kind, ())
    scale, given = base, False
    for holder in holders:
        for key, value in holder.items():
            if key in ("f_n", "f_n_para", "indiv_specs", "global", "flat"):
                continue
            if key not in allowed:
                raise value.unknown(key, allowed or ("（无 none）",))
            scale, given = SETTERS[key](scale, value), True
    if base.kind == "goalposts" and not given:
        return base, True
    return scale, False


def _posts(scale: Scale, value: Marked) -> Scale:
    """COINr's (lower, upper, size), on the turned scale."""
    numbers = [one.number() for one in value.sequence()]
    if len(numbers) != 3:
        raise value.refuse("须为 [下限, 上限, 满分] 三个数。", "must be [lower, upper, size].")
    low, high, size = numbers
    return replace(scale, posts=(low, high), to=(0.0, size), directed=True)


def _raw_posts(scale: Scale, value: Marked) -> Scale:
    directed = scale.directed and scale.kind == "scaled"
    return replace(scale, posts=value.pair(), directed=directed)


def _to(scale: Scale, value: Marked) -> Scale:
    low, high = value.pair()
    if scale.kind != "zscore" and not low < high:
        raise value.refuse(f"须从小到大，现为 {low:g}、{high:g}。", "must go from low to high.")
    if scale.kind == "zscore" and not high > 0:
        raise value.refuse("的标准差须大于 0。", "needs a deviation above 0.")
    return replace(scale, to=(low, high))


def _reference(scale: Scale, value: Marked) -> Scale:
    is_place = isinstance(value.value, int) and not isinstance(value.value, bool)
    return replace(scale, reference=value.whole() if is_place else value.text())


SETTERS: Mapping[str, Callable[[Scale, Marked], Scale]] = {
    "gposts": _posts,
    "posts": _raw_posts,
    "npara": lambda s, v: replace(s, posts=v.pair(), directed=True),
    "band": lambda s, v: replace(s, band=v.pair()),
    "to": _to,
    "l_u": _to,
    "m_sd": _to,
    "targ": lambda s, v: replace(s, target=v.number(), directed=True),
    "target": lambda s, v: replace(s, target=v.number(), directed=False),
    "iref": _reference,
    "reference": _reference,
    "clip": lambda s, v: replace(s, clip=v.flag()),
    "cap_max": lambda s, v: replace(s, clip=v.flag()),
    "trunc2posts": lambda s, v: replace(s, clip=v.flag()),
    "curve": lambda s, v: replace(s, curve=v.one_of(get_args(Curve))),  # type: ignore[arg-type]
    "directed": lambda s, v: replace(s, directed=v.flag()),
}


# ----------------------------------------------------------------------- parameters from iMeta


@dataclass(frozen=True, slots=True)
class _Row:
    inputs: Inputs
    code: str
    entry: Marked | None

    def number(self, column: str) -> float:
        found = self.inputs.number(self.code, column)
        if found is None:
            place = self.entry or Marked(None, 1, "normalise")
            raise place.refuse(
                f"要用 iMeta 的 {column}，但指标 {self.code} 没有；请补上，或改用不依赖它的方法，"
                "如 normalise: {f_n: n_minmax, l_u: [1, 100]}。",
                f"takes {column} from iMeta, but indicator {self.code} has none; give it, or "
                "use a method without it, such as normalise: {f_n: n_minmax, l_u: [1, 100]}.",
            )
        return found

    def flag(self, column: str, default: bool) -> bool:
        said = self.inputs.meta[self.code].get(column, "").strip().lower()
        return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}.get(
            said, default
        )


def _all_from_meta(scale: Scale, inputs: Inputs, entry: Marked | None) -> dict[str, Scale]:
    return {code: _from_meta(scale, inputs, code, entry) for code in inputs.scheme.leaves}


def _from_meta(scale: Scale, inputs: Inputs, code: str, entry: Marked | None) -> Scale:
    columns = FROM_META.get(scale.kind)
    if columns is None:
        raise (entry or Marked(None, 1)).refuse(
            f"{scale.kind} 的参数不能取自 iMeta，可以的有：{'、'.join(FROM_META)}。",
            f"can't take the parameters of {scale.kind} from iMeta; {', '.join(FROM_META)} can.",
        )
    row = _Row(inputs, code, entry)
    numbers = [row.number(column) for column in columns]
    if scale.kind == "dist2targ":
        cap = row.flag("dist2targ_cap_max", default=False)
        return replace(scale, target=numbers[0], clip=cap, directed=False)
    both = (numbers[0], numbers[1])
    if scale.kind == "goalposts":
        size = inputs.number(code, "goalpost_scale")
        to = scale.to if size is None else (0.0, size)
        clip = row.flag("goalpost_trunc2posts", default=True)
        return replace(scale, posts=both, to=to, clip=clip, directed=False)
    if scale.kind == "scaled":
        return replace(scale, posts=both, directed=True)
    return replace(scale, to=both)
