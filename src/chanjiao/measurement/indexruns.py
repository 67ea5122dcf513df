"""What an experiment and a comparison leave on disk."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from chanjiao.engines.composite import (
    Inputs,
    Outcome,
    Plan,
    Refused,
    Specification,
    changes,
    dominance,
    influences,
    plan_of,
    run,
    standings,
    top_share,
)
from chanjiao.measurement.indexfiles import FileRefused, Row, built, write_rows

MOST_PAIRS = 400  # rows beyond which who-beats-whom would be a file of millions of cells


def write_uncertainty(
    read: tuple[Inputs, Specification], options: Mapping[str, Any], out: Path
) -> int:
    """ranks.csv, dominance.csv, design.csv and, of a Sobol design, sensitivity.csv."""
    inputs, spec = read
    out.mkdir(parents=True, exist_ok=True)
    try:
        plan = plan_of(spec, inputs, reps=options["reps"], seed=options["seed"])
        outcome = run(plan.experiment)
        shares = []
        if plan.experiment.kind == "sobol":
            shares = influences(outcome, plan.target, plan.resamples)
    except Refused as fault:
        raise FileRefused(f"{options['spec']}: {fault}") from fault
    write_rows(out / "ranks.csv", _ranks(outcome, plan))
    write_rows(out / "design.csv", _design(outcome))
    if len(inputs.table) <= MOST_PAIRS:
        write_rows(out / "dominance.csv", _dominance(outcome))
    if shares:
        heads = ["input", "Si", "Si_q5", "Si_q95", "STi", "STi_q5", "STi_q95", "target"]
        rows = [
            [one.name, one.first, one.first_low, one.first_high, one.total, one.total_low,
             one.total_high, plan.target_name]
            for one in shares
        ]  # fmt: skip
        write_rows(out / "sensitivity.csv", [heads, *rows])
    return len(outcome.scores)


def _ranks(outcome: Outcome, plan: Plan) -> Iterable[Row]:
    is_panel = bool(outcome.experiment.data.periods)
    top = top_share(outcome, plan.top)
    yield ["uCode", *(["Time"] if is_panel else []), "Score", "Nominal", "Mean", "Median", "Q5",
           "Q95", "Best", "Worst", f"Top{plan.top}", "Ranked"]  # fmt: skip
    for place, one in enumerate(standings(outcome)):
        yield [
            one.unit, *([one.period] if is_panel else []), outcome.nominal_scores[place],
            one.nominal, one.mean, one.median, one.low, one.high, one.best, one.worst,
            top[place], one.ranked,
        ]  # fmt: skip


def _design(outcome: Outcome) -> Iterable[Row]:
    picks = outcome.design.picks
    yield ["run", *picks]
    columns = [np.asarray(column).tolist() for column in picks.values()]
    for number, row in enumerate(zip(*columns, strict=True), 1):
        yield [number, *row]


def _dominance(outcome: Outcome) -> Iterable[Row]:
    data = outcome.experiment.data
    names = [
        f"{unit} {data.periods[n]}" if data.periods else unit for n, unit in enumerate(data.units)
    ]
    yield ["above", *names]
    for name, row in zip(names, dominance(outcome).tolist(), strict=True):
        yield [name, *row]


def write_comparison(
    first: tuple[Inputs, Specification, str], second: tuple[Inputs, Specification, str], out: Path
) -> int:
    """compare.csv: scores and ranks of both builds, and the four parts of each change."""
    before, after = (built(*one) for one in (first, second))
    try:
        found = changes(before, after)
    except Refused as fault:
        raise FileRefused(str(fault)) from fault
    if not found:
        raise FileRefused(
            f"{second[2]}: 两次计算没有共同的单位（面板须年份相同）。"
            " The two builds have no unit in common (in panels, of the same period)."
        )
    out.mkdir(parents=True, exist_ok=True)
    is_panel = bool(after.result.periods)
    heads = ["uCode", *(["Time"] if is_panel else []), "ScoreBefore", "ScoreAfter", "Change",
             "RankBefore", "RankAfter", "Data", "Definition", "Weights", "Method"]  # fmt: skip
    rows = [
        [one.unit, *([one.period] if is_panel else []), one.before, one.after,
         one.after - one.before, one.rank_before, one.rank_after, *one.parts.values()]
        for one in found
    ]  # fmt: skip
    write_rows(out / "compare.csv", [heads, *rows])
    return len(found)
