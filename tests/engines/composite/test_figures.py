"""The four pictures: one definition each, plain data, and drawn by the engine that draws."""

import json

import numpy as np
import pytest

from chanjiao.engines import charts
from chanjiao.engines.composite import (
    Choice,
    Experiment,
    Noise,
    Normalise,
    Recipe,
    Scale,
    Treat,
    build,
    contribution_bars,
    contributions,
    influences,
    rank_intervals,
    run,
    sensitivity_bars,
    standings,
    sunburst,
)
from tests.engines.composite.worlds import scheme, table

TREE = scheme()
RECIPE = Recipe(treat=Treat(), normalise=Normalise(Scale("minmax")))


@pytest.fixture(scope="module")
def outcome():
    varied = (Noise("权重", 0.3), Choice("处理", "treat", (Treat(), Treat(most_points=1))))
    return run(Experiment(table(TREE, units=8), TREE, RECIPE, varied, reps=20, kind="sobol"))


def test_all_four_are_plain_data_and_the_drawing_engine_draws_them(outcome):
    made = build(table(TREE, units=8), TREE, RECIPE)
    parts = [contributions(made, row) for row in range(8)]
    drawn = [
        sunburst(TREE, {"G0": "契合"}),
        contribution_bars(made.result.units, parts, floor=1.0),
        rank_intervals(standings(outcome), captions={"median": "中位"}),
        sensitivity_bars(influences(outcome)),
    ]
    for option in drawn:
        json.dumps(option, allow_nan=False)
    # Drawing costs; one with names of both kinds stands for the rest, which are bars.
    assert "契合" in charts.svg(drawn[0], 400, 300)


def test_the_rings_of_the_framework_add_up_to_the_whole():
    parts = sunburst(TREE)["series"][0]["data"]
    assert sum(part["value"] for part in parts) == pytest.approx(1)
    for part in parts:
        assert sum(child["value"] for child in part["children"]) == pytest.approx(part["value"])


def test_a_pile_reaches_the_score_and_a_gap_is_no_0():
    made = build(table(TREE, units=9, gaps=0.3), TREE, RECIPE)
    parts = [contributions(made, row) for row in range(9)]
    option = contribution_bars(made.result.units, parts)
    assert option["yAxis"]["data"] == list(reversed(made.result.units))
    piles = np.array([[v or 0 for v in one["data"]] for one in option["series"]]).sum(axis=0)
    assert piles[::-1].tolist() == pytest.approx(made.scores().tolist())
    assert any(v is None for one in option["series"] for v in one["data"])


def test_intervals_stand_in_order_of_the_nominal_rank(outcome):
    option = rank_intervals(standings(outcome))
    nominal = option["series"][3]["data"]
    assert nominal == sorted(nominal)
    low, span = option["series"][0]["data"], option["series"][1]["data"]
    median = option["series"][2]["data"]
    assert all(a <= m <= a + s for a, s, m in zip(low, span, median, strict=True))


def test_an_estimate_below_0_is_drawn_as_nothing(outcome):
    for one in sensitivity_bars(influences(outcome))["series"]:
        assert min(one["data"]) >= 0
