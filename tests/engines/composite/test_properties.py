"""What must hold of every index, whatever the data."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.composite import (
    Aggregate,
    Combine,
    Gate,
    Impute,
    Normalise,
    Recipe,
    Scale,
    Treat,
    build,
    changes,
    contributions,
    difference,
    lmdi,
    row_of,
)
from tests.engines.composite.worlds import scheme, table

MONOTONE = {
    "amean": Combine("amean"),
    "gmean": Combine("gmean"),
    "hmean": Combine("hmean"),
    "power": Combine("power", power=3.0),
    "minimum": Combine("minimum"),
    "maximum": Combine("maximum"),
    "owa": Combine("owa", order=(4, 3, 2, 1)),
    "copeland": Combine("copeland"),
}
POSTS = Normalise(Scale("goalposts", to=(1, 100), posts=(0, 10)))
seeds = st.integers(0, 10_000)
several = settings(max_examples=10, deadline=None)


def fixed(kind="amean", **more):
    """Fixed goalposts, so that a unit's score is nobody else's business."""
    return Recipe(normalise=POSTS, aggregate=Aggregate(Combine(kind, **more)))


@given(seed=seeds, factor=st.floats(0.01, 100))
@several
def test_only_proportions_of_weights_count(seed, factor):
    tree = scheme()
    data = table(tree, units=12, gaps=0.2, seed=seed)
    scaled = tree.reweighted({c: tree[c].weight * factor for c in tree.children("G1")})
    for kind in ("amean", "gmean", "mpi", "owa"):
        more = {"order": (4, 3, 2, 1)} if kind == "owa" else {}
        recipe = replace(fixed(), aggregate=Aggregate(levels={2: Combine(kind, **more)}))
        one, two = (build(data, s, recipe).scores() for s in (tree, scaled))
        np.testing.assert_allclose(one, two, rtol=1e-9)


@given(seed=seeds)
@several
def test_the_order_of_units_changes_no_bit_of_any_score(seed):
    tree = scheme()
    data = table(tree, units=23, gaps=0.2, seed=seed)
    recipe = Recipe(
        impute=Impute("group_mean", "side"),
        treat=Treat(),
        normalise=Normalise(Scale("goalposts", posts=(-3, 9))),
        aggregate=Aggregate(each={"I": Combine("gmean")}),
    )
    order = np.random.default_rng(seed).permutation(len(data))
    one, two = build(data, tree, recipe), build(data.taking(order), tree, recipe)
    # Sums over units (means of groups, skewness) may round otherwise; ranks may not notice.
    np.testing.assert_allclose(one.scores()[order], two.scores(), rtol=1e-12)
    assert one.ranks()[order].tolist() == two.ranks().tolist()


@given(seed=seeds)
@several
def test_equal_units_have_equal_bits_and_share_a_rank(seed):
    tree = scheme()
    data = table(tree, units=17, gaps=0.2, seed=seed)
    twins = data.taking(np.array([*range(17), 3]))
    twins = replace(twins, units=(*data.units, "twin"))
    made = build(twins, tree, fixed("gmean"))
    assert made.scores()[3] == made.scores()[17]
    assert made.ranks()[3] == made.ranks()[17]


@pytest.mark.parametrize("kind", MONOTONE)
@given(seed=seeds, gain=st.floats(0.1, 5))
@settings(max_examples=10, deadline=None)
def test_a_better_value_never_costs_its_unit(kind, seed, gain):
    tree = scheme(groups=1, each=4)
    data = table(tree, units=9, gaps=0.15, seed=seed)
    dice = np.random.default_rng(seed)
    row, column = int(dice.integers(9)), int(dice.integers(4))
    better = data.values.copy()
    better[row, column] += gain * tree[tree.leaves[column]].direction
    recipe = Recipe(normalise=POSTS, aggregate=Aggregate(each={"G0": MONOTONE[kind]}))
    before = build(data, tree, recipe).scores()[row]
    after = build(data.with_values(better), tree, recipe).scores()[row]
    assert np.isnan(before) == np.isnan(after)
    assert np.isnan(before) or after >= before - 1e-12


@given(seed=seeds)
@several
def test_a_gap_counts_as_nothing_said_and_never_as_0(seed):
    tree = scheme(groups=1, each=4)
    data = table(tree, units=8, gaps=0.0, seed=seed, skewed=False)
    holed = data.values.copy()
    holed[0, 2] = np.nan
    for kind in ("amean", "gmean", "hmean", "power", "mpi", "minimum"):
        recipe = replace(fixed(), aggregate=Aggregate(each={"G0": Combine(kind, power=2.0)}))
        gap = build(data.with_values(holed), tree, recipe).scores("G0")[0]
        without = build(data, tree.without([tree.leaves[2]]), recipe).scores("G0")[0]
        assert gap == pytest.approx(without, rel=1e-12)
        children = [build(data, tree, recipe).scores(c)[0] for c in tree.leaves[:2]]
        # The control: were the gap a 0 (score 1 at best), the mean would fall.
        if kind == "amean":
            zero = holed.copy()
            zero[0, 2] = 0 if tree[tree.leaves[2]].direction > 0 else 10
            assert build(data.with_values(zero), tree, recipe).scores("G0")[0] < gap
            assert gap >= min(children) / 4


@given(seed=seeds)
@several
def test_a_row_of_gaps_has_no_score_and_no_rank(seed):
    tree = scheme()
    data = table(tree, units=8, seed=seed)
    holed = data.values.copy()
    holed[2] = np.nan
    for recipe in (fixed(), fixed("copeland"), fixed("minimum")):
        made = build(data.with_values(holed), tree, recipe)
        assert np.isnan(made.scores()[2])
        assert np.isnan(made.ranks()[2])
        assert np.nanmax(made.ranks()) <= 7


@given(seed=seeds, kind=st.sampled_from(["amean", "gmean", "hmean", "power", "mpi", "minimum"]))
@several
def test_parts_of_a_difference_between_units_add_up_exactly(seed, kind):
    tree = scheme()
    data = table(tree, units=6, gaps=0.2, seed=seed)
    levels = {2: Combine(kind, power=2.5), 3: Combine("gmean", gates=(Gate("G0", 70),))}
    # From 50 on, since the penalty of mpi may take a very uneven row below 0.
    high = Normalise(Scale("goalposts", to=(50, 100), posts=(0, 10)))
    made = build(data, tree, Recipe(normalise=high, aggregate=Aggregate(levels=levels)))
    for one, two in ((0, 1), (2, 3), (4, 5)):
        before, after = row_of(made, one), row_of(made, two)
        parts = difference(made, before, after)
        whole = after["I"] - before["I"]
        assert np.isnan(whole) or fsum(parts.values()) == whole


@given(seed=seeds)
@several
def test_contributions_of_a_mean_are_weight_times_score_and_add_up_exactly(seed):
    tree = scheme()
    data = table(tree, units=4, gaps=0.0, seed=seed)
    made = build(data, tree, fixed())
    share = tree.effective_weights()
    for row in range(4):
        parts = contributions(made, row)
        assert fsum(parts.values()) == made.scores()[row]
        for code, part in parts.items():
            assert part == pytest.approx(share[code] * made.scores(code)[row], rel=1e-9)


@given(
    pairs=st.lists(
        st.tuples(st.floats(1, 100), st.floats(1, 100), st.floats(0.1, 5), st.floats(0.1, 5)),
        min_size=1,
        max_size=6,
    )
)
@several
def test_lmdi_parts_add_up_exactly_with_weights_that_change(pairs):
    before, after, weights, later = (list(x) for x in zip(*pairs, strict=True))
    by_value, by_weight = lmdi(before, after, weights, later)
    start, end = (
        float(np.exp(np.array(w) @ np.log(x) / sum(w)))
        for w, x in ((weights, before), (later, after))
    )
    assert fsum([*by_value, *by_weight]) == pytest.approx(end - start, abs=1e-9)
    same = lmdi(before, after, weights)
    assert same[1] == [0.0] * len(pairs)


@given(seed=seeds)
@settings(max_examples=5, deadline=None)
def test_the_four_parts_of_a_change_add_up_exactly_and_stand_where_the_change_is(seed):
    tree = scheme()
    data = table(tree, units=7, gaps=0.1, seed=seed)
    dice = np.random.default_rng(seed)
    first = build(data, tree, fixed())
    later = data.with_values(data.values + dice.uniform(0, 1, data.values.shape))
    wider = Normalise(Scale("goalposts", to=(1, 100), posts=(0, 12)))
    steps = {
        "data": build(later, tree, fixed()),
        "definition": build(data, tree, replace(fixed(), normalise=wider)),
        "weights": build(data, tree.reweighted({"G0": 9.0}), fixed()),
        "method": build(data, tree, fixed("gmean")),
    }
    for factor, second in steps.items():
        for change in changes(first, second):
            others = [part for name, part in change.parts.items() if name != factor]
            assert others == [0.0] * 3
            assert change.parts[factor] == change.after - change.before
    everything = build(
        later, tree.reweighted({"G0": 9.0}), replace(fixed("gmean"), normalise=wider)
    )
    for change in changes(first, everything):
        assert fsum(change.parts.values()) == change.after - change.before
        assert all(part != 0 for part in change.parts.values())
