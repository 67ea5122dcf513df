"""What would move a unit by one rank: for each indicator, the least change that does it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from chanjiao.engines.composite.aggregating import aggregated
from chanjiao.engines.composite.building import Build
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.table import Floats

HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Move:
    """An indicator's score now and as it would have to be; ``None`` where no score will do.

    ``raw`` is the value that has this score, where the scale is a straight line.
    """

    code: str
    now: float
    needed: float | None
    raw_now: float
    raw: float | None


@dataclass(frozen=True, slots=True)
class Moves:
    """Who would be passed, at what score, and by which single change."""

    unit: str
    rival: str
    score: float
    rival_score: float
    moves: tuple[Move, ...]


def moves(
    build: Build,
    row: int,
    towards: Literal["up", "down"] = "up",
    ends: tuple[float, float] = (1.0, 100.0),
) -> Moves:
    """Each known indicator's least change that passes the next unit of the period, others still.

    Scores stay within ``ends``, the lowest and highest of the scale. Methods that compare
    units or weights read off the data are held as they are. Raises :class:`Refused` for the
    first (``up``) or last (``down``), for a unit without a score, and for Copeland and BoD.
    """
    scheme, table = build.scheme, build.result
    methods = {build.recipe.aggregate.of(scheme, node).kind for node in scheme.aggregates}
    if methods & {"copeland", "bod"}:
        raise Refused(
            "用 Copeland 或 BoD 合成时，单项变化会改变所有单位的得分，不能这样推算。",
            "Under Copeland or benefit of the doubt one change moves every unit; "
            "this can't be told.",
        )
    rival = _rival(build, row, towards)
    goal = float(build.scores()[rival])
    codes = [c for c in scheme.leaves if not np.isnan(table.values[row, table.codes.index(c)])]
    start = np.array([table.values[row, table.codes.index(code)] for code in codes])
    end = np.full(len(codes), ends[1] if towards == "up" else ends[0])
    needed = _least(build, row, codes, (start, end), (goal, towards))
    found = []
    for place, code in enumerate(codes):
        raw_now, raw = _raw(build, row, code, needed[place])
        score = None if np.isnan(needed[place]) else float(needed[place])
        found.append(Move(code, float(start[place]), score, raw_now, raw))
    return Moves(
        table.units[row], table.units[rival], float(build.scores()[row]), goal, tuple(found)
    )


def _rival(build: Build, row: int, towards: str) -> int:
    """The nearest unit of the period above or below."""
    rows = next(rows for _, rows in build.result.blocks() if row in rows)
    scores = build.scores()
    own = scores[row]
    if np.isnan(own):
        raise Refused(
            f"{build.result.units[row]} 没有得分。", f"{build.result.units[row]} has no score."
        )
    others = [n for n in rows.tolist() if (scores[n] > own if towards == "up" else scores[n] < own)]
    if not others:
        raise Refused(
            f"{build.result.units[row]} 已是{'第一' if towards == 'up' else '最后'}。",
            f"{build.result.units[row]} is {'first' if towards == 'up' else 'last'} already.",
        )
    return int(min(others, key=lambda n: abs(scores[n] - own)))


def _least(
    build: Build,
    row: int,
    codes: list[str],
    path: tuple[Floats, Floats],
    aim: tuple[float, str],
) -> Floats:
    """By halving, all indicators at once: the score nearest to now that passes the goal."""
    start, end = path
    goal, towards = aim
    near, far = np.zeros(len(codes)), np.ones(len(codes))

    def passes(share: Floats) -> Floats:
        tried = _with(build, row, codes, start + share * (end - start))
        return np.asarray(tried > goal if towards == "up" else tried < goal)

    able = passes(far)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        does = passes(middle)
        far, near = np.where(does, middle, far), np.where(does, near, middle)
    return np.where(able, start + far * (end - start), np.nan)


def _with(build: Build, row: int, codes: list[str], scores: Floats) -> Floats:
    """The unit's index with one indicator at a time changed, a row for each."""
    table = build.result
    count = len(codes)
    leaves = {}
    for code in build.scheme.leaves:
        column = np.full(count, table.values[row, table.codes.index(code)])
        if code in codes:
            column[codes.index(code)] = scores[codes.index(code)]
        leaves[code] = column
    rows = (codes, [np.arange(count)])
    made = aggregated(build.scheme, leaves, build.weights, build.recipe.aggregate, rows)
    return made[build.scheme.root]


def _raw(build: Build, row: int, code: str, score: float) -> tuple[float, float | None]:
    """The value now and the one with this score, before scaling."""
    place = build.scheme.leaves.index(code)
    step = next(n for n, one in enumerate(build.steps) if one.name == "normalise")
    before = build.steps[step - 1].table if step else build.data.choosing(build.scheme.leaves)
    rows = np.arange(len(build.result)) if step else build.rows
    now = float(before.values[rows[row], place])
    slope, offset = build.lines.slope[place], build.lines.offset[place]
    if np.isnan(score) or np.isnan(slope) or slope == 0:
        return now, None
    return now, float((score - offset) / slope * build.scheme[code].direction)
