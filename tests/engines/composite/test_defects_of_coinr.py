"""The eight defects measured in COINr 1.1.14, each handled here (docs/engines/composite.md)."""

from dataclasses import replace

import numpy as np
import pytest

from chanjiao.engines.composite import (
    Aggregate,
    Choice,
    Combine,
    Definition,
    Experiment,
    Node,
    Noise,
    Normalise,
    Recipe,
    Refused,
    Rule,
    Scale,
    Scheme,
    Table,
    Treat,
    Weigh,
    build,
    designed,
    influences,
    read_inputs,
    read_specification,
    run,
)
from chanjiao.engines.composite.experiment import picked
from tests.engines.composite.worlds import scheme, table

FLAT = Scheme([Node("I"), *(Node(c, "I") for c in "abc")])
RAW = Normalise(Scale("none"))


def flat(rows, units=None):
    return Table.of(units or [f"u{n}" for n in range(len(rows))], "abc", rows)


@pytest.mark.parametrize("kind", ["amean", "gmean", "hmean", "power", "minimum", "mpi", "owa"])
def test_1_all_means_have_one_rule_for_gaps(kind):
    how = Combine(kind, power=3.0, order=(1, 1, 1))
    made = build(
        flat([[4, 9, None], [4, 9, 6]]), FLAT, Recipe(normalise=RAW, aggregate=Aggregate(how))
    )
    pair = build(
        flat([[4, 9, None]]), FLAT.without("c"),
        Recipe(normalise=RAW, aggregate=Aggregate(replace(how, order=(1, 1)))),
    )  # fmt: skip
    assert made.scores()[0] == pytest.approx(pair.scores()[0])
    strict = Recipe(normalise=RAW, aggregate=Aggregate(replace(how, known=0.7)))
    assert np.isnan(build(flat([[4, 9, None], [4, 9, 6]]), FLAT, strict).scores()).tolist() == [
        True, False,
    ]  # fmt: skip


def test_2_the_gii_logarithm_is_taken_and_refused_where_it_turns_the_order_round():
    values = [1.0, 2, 3, 4, 5, 6, 7, 900]
    tree = Scheme([Node("I"), Node("a", "I")])
    data = Table.of([f"u{n}" for n in range(8)], "a", [[v] for v in values])
    recipe = Recipe(treat=Treat(first="none", second="log_GII"), normalise=RAW)
    found = build(data, tree, recipe).scores()
    wanted = np.log(899 * (np.array(values) - 1) / 899 + 1)
    np.testing.assert_allclose(found, wanted)
    small = data.with_values(data.values / 1000)
    with pytest.raises(Refused, match="turns the order round"):
        build(small, tree, recipe)


def test_3_copeland_with_gaps_is_the_same_whatever_the_order_of_rows():
    rows = [[3, None, 1], [1, 2, None], [2, 1, 3], [None, 3, 2]]
    how = Recipe(normalise=RAW, aggregate=Aggregate(Combine("copeland")))
    made = build(flat(rows), FLAT, how).scores()
    for order in ([3, 2, 1, 0], [1, 3, 0, 2]):
        again = build(flat([rows[n] for n in order]), FLAT, how).scores()
        assert again.tolist() == made[order].tolist()
    assert made.sum() == 0


def test_4_a_level_may_be_combined_by_copeland():
    meta = """iCode,Level,Weight,Direction,Parent,Type
a,1,1,1,I,Indicator
b,1,1,1,I,Indicator
I,2,1,,,Aggregate"""
    inputs = read_inputs("uCode,a,b\nU,1,2\nV,2,3\nW,3,1", meta)
    spec = read_specification("normalise: {f_n: none}\naggregate: a_copeland", inputs)
    assert build(inputs.table, spec.scheme, spec.recipe).scores().tolist() == [-1, 1, 0]


def test_5_the_usual_scale_has_no_0_and_a_0_elsewhere_is_refused_with_the_remedy():
    assert Scale().to == (1.0, 100.0)
    gmean = Aggregate(Combine("gmean"))
    rows = [[1, 5, 9], [5, 9, 1], [9, 1, 5]]
    fine = build(flat(rows), FLAT, Recipe(normalise=Normalise(Scale("minmax")), aggregate=gmean))
    assert np.isfinite(fine.scores()).all()
    zero = Normalise(Scale("minmax", to=(0, 100)))
    with pytest.raises(Refused, match=r"u0 scores 0 on a.*begin at 1.*on_zero: limit"):
        build(flat(rows), FLAT, Recipe(normalise=zero, aggregate=gmean))
    limit = Aggregate(Combine("gmean", on_zero="limit"))
    found = build(flat([*rows, [9, 9, 9]]), FLAT, Recipe(normalise=zero, aggregate=limit)).scores()
    assert found.tolist() == pytest.approx([0, 0, 0, 100])


def test_6_a_column_without_spread_is_left_out_on_record_or_refused():
    rows = [[1, 7, 9], [5, 7, 1], [9, 7, 5]]
    recipe = Recipe(normalise=Normalise(Scale("minmax")))
    made = build(flat(rows), FLAT, recipe)
    pair = build(flat(rows), FLAT.without("b"), recipe)
    assert made.scores().tolist() == pytest.approx(pair.scores().tolist())
    assert made.step("normalise").decisions.by_rule()["no_spread"] == 3
    assert made.coverage().tolist() == [1, 1, 1]  # the data are there; the scale is not
    with pytest.raises(Refused, match="b is the same everywhere"):
        build(flat(rows), FLAT, Recipe(normalise=Normalise(Scale("minmax"), refuse_flat=True)))
    posts = Recipe(normalise=Normalise(Scale("goalposts", posts=(0, 10))))
    assert build(flat(rows), FLAT, posts).scores("b").tolist() == pytest.approx([70.3] * 3)


def test_7_principal_weights_with_a_negative_loading_are_refused():
    dice = np.random.default_rng(0)
    x = dice.normal(0, 1, (30, 1)) + dice.normal(0, 0.5, (30, 3))
    x[:, 1] *= -1
    recipe = Recipe(normalise=RAW, weigh=Weigh(Rule("pca")))
    data = Table.of([f"u{n}" for n in range(30)], "abc", x)
    with pytest.raises(Refused, match="negatively on b"):
        build(data, FLAT, recipe)
    turned = Scheme([Node("I"), Node("a", "I"), Node("b", "I", direction=-1), Node("c", "I")])
    assert min(build(data, turned, recipe).weights.values()) > 0


def test_8_a_seed_decides_every_bit_and_options_have_equal_parts_of_0_to_1():
    tree = scheme()
    data = table(tree, units=12)
    recipe = Recipe(normalise=Normalise(Scale("minmax")))
    inputs = (
        Noise("weights", 0.3),
        Choice("method", "aggregate", (Aggregate(), Aggregate(Combine("gmean")))),
    )
    experiment = Experiment(data, tree, recipe, inputs, reps=64, seed=3, kind="sobol")
    one, two = run(experiment), run(experiment)
    assert one.scores.tobytes() == two.scores.tobytes()
    assert influences(one) == influences(two)
    other = replace(experiment, seed=4)
    assert (designed(experiment).places != designed(other).places).any()
    third = Definition("d", "a", ("a", "b", "c"))
    # COINr cuts the sample's own range, here 0–0.3, in three.
    assert picked(third, np.array([0.0, 0.1, 0.3])).tolist() == [0, 0, 0]


def test_8_an_input_that_does_nothing_has_about_no_share_whatever_the_level_of_scores():
    tree = scheme()
    data = table(tree, units=12)
    recipe = Recipe(normalise=Normalise(Scale("minmax", to=(5000, 5100))))
    same = Choice("nothing", "aggregate", (Aggregate(), Aggregate(levels={2: Combine("amean")})))
    outcome = run(
        Experiment(data, tree, recipe, (Noise("weights", 0.3), same), reps=64, kind="sobol")
    )
    weights, nothing = influences(outcome, lambda o: o.scores[:, 0])
    assert (nothing.first, nothing.total) == (0, 0)
    assert weights.first == pytest.approx(1, abs=0.25)
