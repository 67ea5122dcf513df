"""Weights against hand figures, published cases and other libraries; and when they refuse."""

import numpy as np
import pytest
from scipy.optimize import linprog

from chanjiao.engines.composite import (
    Aggregate,
    Combine,
    Node,
    Normalise,
    Recipe,
    Refused,
    Rule,
    Scale,
    Scheme,
    Table,
    Weigh,
    benefit_of_doubt,
    budgeted,
    build,
    correlations,
    cronbach,
    doubtful,
    judged,
    priorities,
)
from chanjiao.engines.composite.dataweights import critic, deviation, entropy, principal, variation
from tests.engines.composite.worlds import scheme, table

# Saaty 1980, the comparison of eight criteria for buying a house: published weights and ratio.
HOUSE = np.array([
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    [4, 7, 5, 8, 6, 6, 2, 1],
])  # fmt: skip


def mixed(units=40, columns=4, seed=3):
    dice = np.random.default_rng(seed)
    common = dice.normal(0, 1, (units, 1))
    return 50 + 10 * (common + dice.normal(0, 0.7, (units, columns)))


# ---------------------------------------------------------------------------------- people


def test_priorities_are_those_that_saaty_published_for_the_house():
    weights, ratio = priorities(HOUSE)
    assert weights.round(3).tolist() == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert ratio == pytest.approx(0.169, abs=0.002)


def test_a_judge_who_contradicts_himself_is_told_which_cells_to_look_at():
    names = "abcdefgh"
    with pytest.raises(Refused, match=r"CR=0\.1.*c to g says 6, the rest implies 1\.13"):
        judged(names, {"甲": HOUSE})
    worst = doubtful("甲", names, HOUSE, priorities(HOUSE)[0], 1)[0]
    assert (worst.row, worst.column, worst.said) == ("c", "g", 6)
    assert judged(names, {"甲": HOUSE}, most_ratio=0.2).ratios["甲"] > 0.1


def test_judges_are_pooled_cell_by_cell_and_a_consistent_pair_gives_its_mean():
    one, two = ([[1, a], [1 / a, 1]] for a in (4.0, 1.0))
    found = judged("ab", {"甲": np.array(one), "乙": np.array(two)})
    assert found.weights.tolist() == pytest.approx([2 / 3, 1 / 3])
    assert found.ratios == {"甲": 0, "乙": 0}


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        ([[1, 2], [2, 1]], "reciprocal"),
        ([[1, -2], [-0.5, 1]], "positive"),
        ([[1, 2, 3], [0.5, 1, 1]], "2×2"),
    ],
)
def test_a_matrix_that_is_no_comparison_is_refused(matrix, told):
    with pytest.raises(Refused, match=told):
        judged("ab", {"甲": np.array(matrix)})


def test_a_budget_counts_every_judge_the_same_and_tells_how_far_they_agree():
    found = budgeted("abc", {"甲": {"a": 6, "b": 3, "c": 1}, "乙": {"a": 10, "b": 30, "c": 60}})
    assert found.weights.tolist() == pytest.approx([0.35, 0.3, 0.35])
    assert found.agreement == 0
    with pytest.raises(Refused, match=r"丙.*c"):
        budgeted("abc", {"丙": {"a": 1, "b": 2}})


# ------------------------------------------------------------------------------------ data


def test_principal_weights_are_the_first_right_singular_vector_made_positive():
    x = mixed()
    found = principal(x, "abcd")
    standard = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    loadings = np.abs(np.linalg.svd(standard)[2][0])
    np.testing.assert_allclose(found, loadings / loadings.sum(), rtol=1e-9)


def test_principal_weights_refuse_a_contrast_and_too_few_units():
    x = mixed()
    x[:, 2] = -x[:, 2]
    with pytest.raises(Refused, match="negatively on c"):
        principal(x, "abcd")
    with pytest.raises(Refused, match=r"12 units.*11"):
        principal(mixed(11), "abcd")


def test_entropy_critic_and_variation_equal_their_formulas():
    x = mixed()
    p = x / x.sum(axis=0)
    d = 1 + (p * np.log(p)).sum(axis=0) / np.log(len(x))
    np.testing.assert_allclose(entropy(x, "abcd"), d / d.sum(), rtol=1e-9)
    unit = (x - x.min(axis=0)) / np.ptp(x, axis=0)
    c = unit.std(axis=0) * (1 - np.corrcoef(unit, rowvar=False)).sum(axis=0)
    np.testing.assert_allclose(critic(x, "abcd"), c / c.sum(), rtol=1e-9)
    v = x.std(axis=0) / x.mean(axis=0)
    np.testing.assert_allclose(variation(x, "abcd"), v / v.sum(), rtol=1e-9)
    s = x.std(axis=0)
    np.testing.assert_allclose(deviation(x, "abcd"), s / s.sum(), rtol=1e-9)


def test_entropy_takes_a_0_for_what_it_is_and_refuses_what_has_no_meaning():
    x = mixed()
    x[0, 0] = 0
    assert entropy(x, "abcd").sum() == pytest.approx(1)
    x[0, 0] = -1
    with pytest.raises(Refused, match="a has one below"):
        entropy(x, "abcd")
    with pytest.raises(Refused, match="do not differ"):
        entropy(np.full((12, 2), 5.0), "ab")
    for method in (entropy, critic, variation, deviation):
        with pytest.raises(Refused, match="at least 10 units"):
            method(mixed(9), "abcd")


def test_optimised_weights_make_correlations_as_wished():
    tree = Scheme([Node("I"), *(Node(c, "I") for c in "abcd")])
    data = Table.of([f"u{n}" for n in range(40)], "abcd", mixed())
    rule = Rule("optimised", targets={"a": 5, "b": 5, "c": 5, "d": 6})
    for kind in ("amean", "gmean"):
        recipe = Recipe(
            normalise=Normalise(Scale("minmax")),
            weigh=Weigh(rule),
            aggregate=Aggregate(Combine(kind)),
        )
        made = build(data, tree, recipe)
        found = correlations(made.result.values).values[-1, :-1]
        assert found / found.sum() == pytest.approx(np.array([5, 5, 5, 6]) / 21, abs=1e-6)
    rule = Rule("optimised", targets={"a": 1, "b": 1, "c": 1, "d": 50})
    with pytest.raises(Refused, match="nearest shares"):
        build(data, tree, Recipe(normalise=Normalise(Scale("minmax")), weigh=Weigh(rule)))


# ------------------------------------------------------------------------ benefit of the doubt


@pytest.mark.parametrize(("limits", "seed"), [((0, 1), 0), ((0.1, 0.6), 1), ((0.2, 0.35), 2)])
def test_benefit_of_the_doubt_equals_scipys_linear_programme(limits, seed):
    low, high = limits
    x = np.random.default_rng(seed).uniform(1, 100, (25, 3)) ** 0.5
    x[:, 2] = 100 / x[:, 0] ** 0.2  # a little trade-off, but few on the frontier
    found = benefit_of_doubt(x, low, high)
    for unit, row in enumerate(x):
        share = np.eye(3) * row
        bound = [x, (share - high * row), (low * row - share)]
        a, b = np.concatenate(bound), np.concatenate([np.ones(25), np.zeros(6)])
        best = linprog(-row, A_ub=a, b_ub=b, bounds=(0, None), method="highs")
        assert found.scores[unit] == pytest.approx(-best.fun, rel=1e-7)
        assert (found.shares[unit] >= low - 1e-9).all()
        assert (found.shares[unit] <= high + 1e-9).all()
        assert found.shares[unit].sum() == pytest.approx(1)


def test_benefit_of_the_doubt_refuses_when_it_cannot_tell_units_apart():
    x = np.random.default_rng(0).uniform(1, 100, (20, 12))
    with pytest.raises(Refused, match="too free"):
        benefit_of_doubt(x)
    with pytest.raises(Refused, match=r"cannot be met"):
        benefit_of_doubt(x, 0.2, 0.5)
    with pytest.raises(Refused, match="from 0 up"):
        benefit_of_doubt(x - 50, 0.0, 0.5)


def test_benefit_of_the_doubt_never_takes_a_gap_for_0_nor_depends_on_rows():
    x = np.random.default_rng(5).uniform(20, 100, (30, 3))
    x[0, 1] = np.nan
    order = np.random.default_rng(6).permutation(30)
    one, two = benefit_of_doubt(x, 0.2, 0.5), benefit_of_doubt(x[order], 0.2, 0.5)
    np.testing.assert_allclose(one.scores[order], two.scores, rtol=1e-9)
    zero = x.copy()
    zero[0, 1] = 0
    assert benefit_of_doubt(zero, 0.0, 0.5).scores[0] <= benefit_of_doubt(x, 0.0, 0.5).scores[0]


# --------------------------------------------------------------------------- in the build


def test_each_group_may_have_its_own_rule_and_the_trail_tells_which():
    tree = scheme(groups=3, each=3)
    data = table(tree, gaps=0)
    rules = {
        "G0": Rule("entropy"),
        "G1": Rule("equal"),
        "G2": Rule("budget", points={"甲": {"G2x0": 1, "G2x1": 1, "G2x2": 2}}),
        "I": Rule("cv"),
    }
    recipe = Recipe(normalise=Normalise(Scale("minmax")), weigh=Weigh(each=rules))
    made = build(data, tree, recipe)
    for node in tree.aggregates:
        assert sum(made.weights[c] for c in tree.children(node)) == pytest.approx(1)
    assert [made.weights[c] for c in tree.children("G2")] == [0.25, 0.25, 0.5]
    told = {one.code: one.rule for one in made.step("weigh").decisions}
    assert (told["G0x0"], told["G1x0"], told["G2x0"], told["G1"]) == (
        "entropy", "equal", "budget", "cv",
    )  # fmt: skip


def test_correlations_and_alpha_equal_numpy_and_the_formula():
    x = mixed(columns=3)
    np.testing.assert_allclose(correlations(x).values, np.corrcoef(x, rowvar=False), rtol=1e-9)
    found = correlations(x)
    assert (found.low < found.values)[0, 1]
    assert (found.high > found.values)[0, 1]
    total = x.sum(axis=1).var(ddof=1)
    assert cronbach(x) == pytest.approx(1.5 * (1 - x.var(axis=0, ddof=1).sum() / total))
    assert np.isnan(correlations(np.ones((5, 2))).values).all()
