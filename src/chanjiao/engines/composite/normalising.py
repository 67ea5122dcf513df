"""Step 5: indicators on a common scale, each by its own kind of scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from chanjiao.engines.composite.decisions import Decisions, Part, joined, part
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.scales import Lot, Scale, scored
from chanjiao.engines.composite.table import Flags, Floats, Ints, Table


@dataclass(frozen=True, slots=True)
class Normalise:
    """``scale`` for all indicators but those of ``each``.

    In a panel ``pooled`` scales over all periods together, so that a score means the same in
    each; otherwise every period has its own. A column without spread has no score by the
    methods that look at spread: it is left out, on record, unless ``refuse_flat``.
    """

    scale: Scale = field(default_factory=Scale)
    each: Mapping[str, Scale] = field(default_factory=dict)
    pooled: bool = True
    refuse_flat: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """score = offset + slope · value · direction, NaN where a scale is no straight line."""

    offset: Floats
    slope: Floats


def normalise(
    table: Table, step: Normalise, directions: Mapping[str, int] | None = None
) -> tuple[Table, Decisions, Lines]:
    """Score all indicators; a gap stays a gap. Goalposts are the scheme's, not the data's.

    >>> table = Table.of("abcd", ["x"], [[70], [88], [None], [120]])
    >>> scale = Scale("goalposts", to=(0, 100), posts=(60, 100))
    >>> done, told, _ = normalise(table, Normalise(scale))
    >>> done.values.ravel().tolist(), told.by_rule()
    ([25.0, 70.0, nan, 100.0], {'goalposts': 2, 'goalposts_above': 1})
    """
    directions = directions or {}
    turn = np.array([float(directions.get(code, 1)) for code in table.codes])
    scales = [step.each.get(code, step.scale) for code in table.codes]
    turned = _turned(table, scales, turn)
    scores = np.full(turned.shape, np.nan)
    lines = Lines(np.full(len(turn), np.nan), np.full(len(turn), np.nan))
    parts: list[Part] = []
    blocks = [np.arange(len(table))] if step.pooled else [rows for _, rows in table.blocks()]
    for columns in _lots(scales):
        for rows in blocks:
            units = [table.units[n] for n in rows.tolist()]
            lot = Lot(
                turned[np.ix_(rows, columns)],
                [scales[n] for n in columns],
                [table.codes[n] for n in columns],
                turn[columns],
                units,
            )
            parts += _lot(lot, (rows, columns), (table, scores, lines), step)
    told = joined(parts, table.units, table.periods, table.codes)
    return table.with_values(scores), told, lines


def _turned(table: Table, scales: Sequence[Scale], turn: Floats) -> Floats:
    values = table.values
    for curve, floor, name in (("ln", 0.0, "ln(x)"), ("log1p", -1.0, "ln(1+x)")):
        logged = np.array([scale.curve == curve for scale in scales], bool)
        if not logged.any():
            continue
        bad = np.argwhere((values <= floor) & logged)
        if len(bad):
            row, column = bad[0]
            raise Refused(
                f"单位 {table.units[row]} 的指标 {table.codes[column]} 为 {values[row, column]:g}，"
                f"不能取对数 {name}。",
                f"Unit {table.units[row]} has {table.codes[column]} = {values[row, column]:g}; "
                f"{name} needs more than {floor:g}.",
            )
        safe = np.where(logged, values, 1.0)
        values = np.where(logged, np.log(safe) if curve == "ln" else np.log1p(safe), values)
    return np.asarray(values * turn)


def _lots(scales: Sequence[Scale]) -> list[Ints]:
    found: dict[str, list[int]] = {}
    for n, scale in enumerate(scales):
        found.setdefault(scale.kind, []).append(n)
    return [np.array(columns) for columns in found.values()]


def _lot(
    lot: Lot, place: tuple[Ints, Ints], into: tuple[Table, Floats, Lines], step: Normalise
) -> list[Part]:
    rows, columns = place
    table, scores, lines = into
    found = scored(lot)
    if step.refuse_flat and found.flat.any():
        code = lot.codes[int(np.flatnonzero(found.flat)[0])]
        raise Refused(
            f"指标 {code} 各单位的值都相同，{lot.scales[0].kind} 不能计分。",
            f"Indicator {code} is the same everywhere; {lot.scales[0].kind} cannot score it.",
        )
    scores[np.ix_(rows, columns)] = found.scores
    is_one = len(rows) == len(table)  # a line a period is no line
    straight = np.array([is_one and scale.curve == "none" for scale in lot.scales]) & ~found.flat
    lines.offset[columns] = np.where(straight, found.offset, np.nan)
    lines.slope[columns] = np.where(straight, found.slope, np.nan)
    kind = lot.scales[0].kind
    known = ~np.isnan(lot.x)
    flat: Flags = known & found.flat
    plain = known & ~flat & ~found.below & ~found.above
    raw = table.values[np.ix_(rows, columns)]
    made = [
        part(name, where, raw, found.scores)
        for name, where in (
            (kind, plain),
            (f"{kind}_below", found.below),
            (f"{kind}_above", found.above),
            ("no_spread", flat),
        )
    ]
    return [replace(one, rows=rows[one.rows], columns=columns[one.columns]) for one in made]


def frozen(step: Normalise, lines: Lines, codes: Sequence[str]) -> Normalise:
    """The same scales with what they took from the data written down, for another year.

    Raises :class:`Refused` for scales that depend on who else is there (ranks).

    >>> table = Table.of("ab", ["x"], [[0], [10]])
    >>> step = Normalise(Scale("minmax"))
    >>> _, _, lines = normalise(table, step)
    >>> later = Table.of("ab", ["x"], [[5], [20]])
    >>> normalise(later, frozen(step, lines, ["x"]))[0].values.ravel().tolist()
    [50.5, 199.0]
    """
    each: dict[str, Scale] = {}
    for n, code in enumerate(codes):
        scale = step.each.get(code, step.scale)
        if scale.kind in ("goalposts", "band", "scaled", "none", "linear"):
            each[code] = scale
        elif np.isnan(lines.slope[n]):
            raise Refused(
                f"指标 {code} 的 {scale.kind} 取决于当年有哪些单位，不能固定到别的年份。",
                f"Indicator {code} is scored by {scale.kind}, which depends on who is there and "
                "cannot be frozen for another year.",
            )
        else:
            line = (float(lines.offset[n]), float(lines.slope[n]))
            each[code] = Scale("linear", posts=line)
    return replace(step, each=each)
