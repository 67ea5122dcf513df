"""Runs in batches say what single builds say, on panels too; and what they tell of units."""

from dataclasses import replace

import numpy as np
import pytest

from chanjiao.engines.composite import (
    Aggregate,
    Choice,
    Combine,
    Definition,
    Experiment,
    Impute,
    Noise,
    Normalise,
    Range,
    Recipe,
    Refused,
    Scale,
    Screen,
    Table,
    Treat,
    WeightSets,
    build,
    designed,
    dominance,
    gap_between,
    influences,
    rank_of,
    removals,
    run,
    score_of,
    standings,
    top_share,
)
from chanjiao.engines.composite.experiment import data_with, recipe_with
from tests.engines.composite.worlds import scheme, table

TREE = scheme()
BASE = Recipe(
    screen=Screen(known=0.7),
    treat=Treat(),
    normalise=Normalise(Scale("minmax")),
    aggregate=Aggregate(each={"I": Combine("gmean")}),
)


def inputs():
    return (
        Choice("points", "treat", (Treat(most_points=1), Treat(most_points=5))),
        Choice("filling", "screen", (Screen(known=0.7), Screen(known=0.0), None)),
        Choice("root", "aggregate", (BASE.aggregate, Aggregate(), Aggregate(Combine("copeland")))),
        Range("skewness", "treat", "skew", 1.0, 3.0),
        Definition("first", "G0x0", ("G0x0", "other")),
        Noise("weights", 0.4, nodes=("G0", "G1x1")),
        WeightSets("without", ({}, {"G2": 0.0})),
    )


def experiment(reps=40, **more):
    data = table(TREE, units=14, gaps=0.3)
    other = {"other": data.column("G0x0") * 1.5 + 1}
    return Experiment(data, TREE, BASE, inputs(), reps=reps, others=other, **more)


def test_every_run_equals_the_build_that_its_picks_describe():
    plan = experiment()
    outcome = run(plan)
    codes = [node.code for node in TREE if node.code != "I"]
    for number in range(0, 40, 3):
        picks = {name: float(values[number]) for name, values in outcome.design.picks.items()}
        recipe = recipe_with(plan, picks)
        factors = outcome.design.noise["weights"][int(picks["weights"])]
        weights = {c: TREE[c].weight * f for c, f in zip(codes, factors, strict=True)}
        if picks["without"]:
            weights["G2"] = 0.0
        made = build(data_with(plan, picks), TREE.reweighted(weights), recipe)
        np.testing.assert_allclose(outcome.scores[number][made.rows], made.scores(), rtol=1e-12)
        gone = np.setdiff1d(np.arange(14), made.rows)
        assert np.isnan(outcome.scores[number][gone]).all()
        assert outcome.ranks[number][made.rows].tolist() == made.ranks().tolist()


@pytest.mark.parametrize("kind", ["coupling", "owa", "mpi", "minimum", "bod", "hmean"])
def test_every_method_may_be_reckoned_in_batches(kind):
    how = Combine(kind, order=(3, 2, 1), shares=dict.fromkeys(("G0", "G1", "G2"), (0.2, 0.5)))
    recipe = replace(BASE, screen=None, aggregate=Aggregate(each={"I": how}))
    below = Choice("below", "treat", (Treat(), Treat(most_points=2)))
    data = table(TREE, units=10, gaps=0.1)
    plan = Experiment(data, TREE, recipe, (Noise("w", 0.3, nodes=("G0x0", "G0")), below), reps=6)
    outcome = run(plan)
    codes = [node.code for node in TREE if node.code != "I"]
    for number in range(6):
        picks = {name: float(values[number]) for name, values in outcome.design.picks.items()}
        factors = outcome.design.noise["w"][int(picks["w"])]
        weights = {c: TREE[c].weight * f for c, f in zip(codes, factors, strict=True)}
        made = build(data, TREE.reweighted(weights), recipe_with(plan, picks))
        np.testing.assert_allclose(outcome.scores[number], made.scores(), rtol=1e-9)


def test_weights_vary_only_where_they_are_told_to():
    drawn = designed(experiment()).noise["weights"]
    codes = [node.code for node in TREE if node.code != "I"]
    moved = [code for place, code in enumerate(codes) if (drawn[:, place] != 1).any()]
    assert moved == ["G0", "G1x1"]
    assert np.abs(drawn - 1).max() <= 0.4


def test_rank_intervals_top_shares_and_dominance_agree_with_the_runs():
    outcome = run(experiment(reps=60))
    ranks = outcome.ranks
    for row, one in enumerate(standings(outcome)):
        known = ranks[:, row][~np.isnan(ranks[:, row])]
        assert one.low == np.quantile(known, 0.05)
        assert (one.best, one.worst) == (known.min(), known.max())
        assert one.nominal == outcome.nominal_ranks[row] or np.isnan(one.nominal)
        assert top_share(outcome, 3)[row] == pytest.approx((known <= 3).mean())
    above = dominance(outcome)
    both = ~np.isnan(outcome.scores[:, 0] - outcome.scores[:, 1])
    assert above[0, 1] == pytest.approx((outcome.scores[both, 0] > outcome.scores[both, 1]).mean())
    assert np.isnan(np.diag(above)).all()
    assert np.nanmax(above + above.T) <= 1


def panel():
    years = [table(TREE, units=9, gaps=0.1, seed=n) for n in range(3)]
    return Table(
        sum((one.units for one in years), ()),
        TREE.leaves,
        np.concatenate([one.values + n for n, one in enumerate(years)]),
        sum(((str(2022 + n),) * 9 for n in range(3)), ()),
    )


def test_a_panel_is_treated_and_ranked_by_year_and_scaled_together():
    data = panel()
    recipe = Recipe(treat=Treat(), normalise=Normalise(Scale("minmax")))
    made = build(data, TREE, recipe)
    for number in range(3):
        rows = np.arange(9 * number, 9 * number + 9)
        assert np.nanmin(made.ranks()[rows]) == 1
        alone = build(replace(data.taking(rows), periods=()), TREE, recipe)
        treated = made.step("treat").table.values[rows]
        np.testing.assert_array_equal(treated, alone.step("treat").table.values)
        own = build(data, TREE, replace(recipe, normalise=Normalise(Scale("minmax"), pooled=False)))
        np.testing.assert_allclose(own.scores()[rows], alone.scores(), rtol=1e-12)
    assert np.nanmax(made.step("normalise").table.values, axis=0).tolist() == [100.0] * 12


def test_experiments_run_on_panels_and_rank_within_years():
    varied = (Noise("weights", 0.3), Choice("root", "aggregate", (Aggregate(), BASE.aggregate)))
    recipe = Recipe(normalise=Normalise(Scale("minmax")))
    plan = Experiment(panel(), TREE, recipe, varied, reps=16, kind="sobol")
    outcome = run(plan)
    assert outcome.scores.shape == (64, 27)
    assert outcome.ranks[:, :9].max() <= 9
    assert outcome.row("u003", "2023") == 12
    assert len(influences(outcome, score_of("u003", "2023"))) == 2
    assert run(plan).scores.tobytes() == outcome.scores.tobytes()


def test_a_value_of_an_earlier_year_fills_a_gap_within_its_reach():
    data = panel()
    holed = data.values.copy()
    holed[9 + 4, 0] = holed[18 + 4, 0] = np.nan
    data = data.with_values(holed)
    filled = build(data, TREE, Recipe(impute=Impute("last"), normalise=Normalise(Scale("none"))))
    assert filled.step("impute").table.values[18 + 4, 0] == holed[4, 0]
    short = build(
        data, TREE, Recipe(impute=Impute("last", reach=1), normalise=Normalise(Scale("none")))
    )
    values = short.step("impute").table.values
    assert values[9 + 4, 0] == holed[4, 0]
    assert np.isnan(values[18 + 4, 0])


def test_shares_of_variance_are_those_of_a_sum_that_is_known():
    """Score = mean of two children whose weights move: the analytic shares are equal."""
    flat = scheme(groups=2, each=1)
    data = Table.of("uvw", flat.leaves, [[1, 9], [5, 5], [9, 1]])
    varied = (Noise("one", 0.3, nodes=("G0",)), Noise("two", 0.3, nodes=("G1",)))
    plan = Experiment(
        data, flat.reweighted({"G0": 1, "G1": 1}), Recipe(normalise=Normalise(Scale("minmax"))),
        varied, reps=800, kind="sobol",
    )  # fmt: skip
    one, two = influences(run(plan), gap_between("u", "w"))
    for share in (one, two):
        assert share.first == pytest.approx(0.5, abs=0.12)
        assert share.first_low < share.first < share.first_high
        assert share.total == pytest.approx(0.5, abs=0.12)


@pytest.mark.parametrize(
    ("varied", "told"),
    [
        ((Choice("x", "impute", (Impute(),)),), "impute.*not take"),
        ((Choice("x", "treat", ()),), "no options"),
        ((Noise("x", 1.5),), "from 0 to 1"),
        ((Noise("x", 0.5, nodes=("Z",)),), "Z"),
        ((WeightSets("x", ({"Z": 1.0},)),), "Z"),
        ((Definition("x", "G0x0", ("elsewhere",)),), "elsewhere"),
        ((Noise("x", 0.1), Noise("x", 0.1)), "name of its own"),
        ((), "name of its own"),
    ],
)
def test_a_plan_that_would_skip_something_is_refused(varied, told):
    with pytest.raises(Refused, match=f"(?s){told}"):
        Experiment(table(TREE), TREE, BASE, varied)


def test_methods_that_do_not_fit_stop_the_experiment_instead_of_leaving_runs_out():
    z = Choice("scale", "normalise", (BASE.normalise, Normalise(Scale("zscore", to=(0, 1)))))
    with pytest.raises(Refused, match="gmean"):
        run(Experiment(table(TREE), TREE, BASE, (z, Noise("w", 0.1)), reps=10))


def test_shares_of_variance_refuse_a_sample_a_constant_and_a_missing_target():
    plain = run(experiment(reps=10))
    with pytest.raises(Refused, match="Sobol design"):
        influences(plain)
    crossed = run(experiment(reps=10, kind="sobol"))
    often = int(np.isnan(crossed.scores).sum(axis=0).argmax())
    target = rank_of(crossed.experiment.data.units[often])
    with pytest.raises(Refused, match="screened out"):
        influences(crossed, target)
    with pytest.raises(Refused, match="same in every run"):
        influences(crossed, lambda o: np.ones(len(o.scores)))


def test_removing_a_node_is_its_weight_at_0():
    data = table(TREE, gaps=0.1)
    recipe = Recipe(normalise=Normalise(Scale("minmax")))
    made = build(data, TREE, recipe)
    for one in removals(made, ["G1", "G0x2"]):
        again = build(data, TREE.reweighted({one.code: 0.0}), recipe)
        np.testing.assert_allclose(one.scores, again.scores(), rtol=1e-12)
        assert one.mean_change == pytest.approx(np.abs(again.ranks() - made.ranks()).mean())
    assert {one.code for one in removals(made)} == set(TREE.leaves)
