"""Every number equals that of the rules in loops, and ranks are the same to the last one."""

import numpy as np
import pytest

from chanjiao.engines.composite import (
    Aggregate,
    By,
    Combine,
    Denominate,
    Impute,
    Normalise,
    Recipe,
    Scale,
    Treat,
    build,
)
from tests.engines.composite import plain
from tests.engines.composite.worlds import column, scheme, table

SCALES = {
    "minmax": (Scale("minmax", to=(1, 100)), lambda x: plain.minmax(x, 1, 100)),
    "zscore": (Scale("zscore", to=(50, 10)), lambda x: plain.zscore(x, 50, 10)),
    "rank": (Scale("rank"), plain.rank_up),
    "prank": (Scale("prank"), plain.prank),
    "borda": (Scale("borda"), lambda x: [None if r is None else r - 1 for r in plain.rank_up(x)]),
}
MEANS = {
    "amean": Combine("amean"),
    "gmean": Combine("gmean"),
    "hmean": Combine("hmean"),
    "power": Combine("power", power=2.0),
}


def expected(tree, data, scale, kind, *, most_points=None, groups=None, base=None):
    """The plain rules from raw values to every node's score."""
    scores = {}
    for code in tree.leaves:
        x = column(data.column(code))
        if base is not None and code == tree.leaves[0]:
            x = [None if v is None else v / b for v, b in zip(x, base, strict=True)]
        if groups is not None:
            x = plain.impute_group_mean(x, groups)
        if most_points is not None:
            x = plain.treat(x, most_points)
        turn = tree[code].direction
        scores[code] = scale([None if v is None else v * turn for v in x])
    for node in tree.aggregates:
        children = tree.children(node)
        weights = [tree[child].weight for child in children]
        rows = zip(*(scores[child] for child in children), strict=True)
        scores[node] = [plain.mean(row, weights, kind) for row in rows]
    return scores


def same(made, wanted):
    for code, values in wanted.items():
        want = np.array([np.nan if v is None else v for v in values])
        np.testing.assert_allclose(made.result.column(code), want, rtol=1e-9, atol=1e-9)
    assert column(made.ranks()) == plain.rank_down(column(made.scores()))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("points", [1, 3, 5])
def test_treated_scores_equal_the_rules_cell_by_cell(seed, points):
    tree = scheme(dice=np.random.default_rng(seed))
    data = table(tree, units=25 + seed, seed=seed)
    recipe = Recipe(
        treat=Treat(most_points=points), normalise=Normalise(Scale("minmax", to=(0, 100)))
    )
    same(build(data, tree, recipe), expected(tree, data, plain.minmax, "amean", most_points=points))


@pytest.mark.parametrize("kind", MEANS)
@pytest.mark.parametrize("name", ["minmax", "zscore"])
def test_scales_and_means_equal_the_rules(name, kind):
    scale, rule = SCALES[name]
    tree = scheme()
    data = table(tree, gaps=0.2)
    recipe = Recipe(normalise=Normalise(scale), aggregate=Aggregate(MEANS[kind]))
    same(build(data, tree, recipe), expected(tree, data, rule, kind))


@pytest.mark.parametrize("name", ["rank", "prank", "borda"])
def test_ranks_as_scores_equal_the_rules_with_ties(name):
    scale, rule = SCALES[name]
    tree = scheme()
    data = table(tree, gaps=0.2)
    data = data.with_values(np.round(data.values))
    same(build(data, tree, Recipe(normalise=Normalise(scale))), expected(tree, data, rule, "amean"))


def test_all_steps_in_another_order_equal_the_rules():
    tree = scheme()
    data = table(tree, gaps=0.2)
    recipe = Recipe(
        denominate=Denominate({tree.leaves[0]: By("people")}),
        impute=Impute("group_mean", "side"),
        treat=Treat(),
        normalise=Normalise(Scale("minmax", to=(1, 100))),
        order=("denominate", "impute", "screen", "treat", "normalise"),
    )
    wanted = expected(
        tree, data, lambda x: plain.minmax(x, 1, 100), "amean",
        most_points=5, groups=data.groups["side"], base=data.bases["people"],
    )  # fmt: skip
    same(build(data, tree, recipe), wanted)


@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_copeland_equals_the_rule_and_does_not_depend_on_the_order_of_rows(gaps):
    tree = scheme(groups=1, each=5)
    data = table(tree, gaps=gaps)
    data = data.with_values(np.round(data.values))
    recipe = Recipe(
        normalise=Normalise(Scale("none")), aggregate=Aggregate(each={"G0": Combine("copeland")})
    )
    made = build(data, tree, recipe)
    turned = [column(data.column(c) * tree[c].direction) for c in tree.leaves]
    wanted = plain.copeland(turned, [tree[c].weight for c in tree.leaves])
    assert made.scores("G0").tolist() == wanted
    order = np.random.default_rng(1).permutation(len(data))
    again = build(data.taking(order), tree, recipe)
    assert again.scores("G0").tolist() == made.scores("G0")[order].tolist()
