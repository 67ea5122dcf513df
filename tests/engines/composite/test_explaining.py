"""Reasons: contributions, changes between editions, and what would move a unit."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest

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
    Screen,
    Table,
    Weigh,
    audit,
    build,
    changes,
    contributions,
    difference,
    doubles,
    frozen,
    moves,
    reliabilities,
    row_of,
)
from tests.engines.composite.worlds import scheme, table

POSTS = Normalise(Scale("goalposts", to=(1, 100), posts=(0, 10)))


def test_a_geometric_difference_is_split_by_logarithmic_means():
    tree = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    data = Table.of("uv", "ab", [[4, 25], [16, 25]])
    made = build(
        data,
        tree,
        Recipe(normalise=Normalise(Scale("none")), aggregate=Aggregate(Combine("gmean"))),
    )
    parts = difference(made, row_of(made, 0), row_of(made, 1))
    assert parts == {"a": pytest.approx(10), "b": 0}
    # Against a unit that is otherwise on both: (20 - 10)/ln 2 · ½ ln(16/4) = 10, and so on.
    later = {"a": 16.0, "b": 36.0, "I": 24.0}
    mean = (24 - 10) / np.log(2.4)
    found = difference(made, row_of(made, 0), later)
    assert found["a"] == pytest.approx(mean * np.log(4) / 2)
    assert fsum(found.values()) == 24.0 - row_of(made, 0)["I"]


def test_what_was_known_on_one_side_only_has_its_own_part():
    tree = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    data = Table.of("uv", "ab", [[4, None], [4, 10]])
    made = build(data, tree, Recipe(normalise=Normalise(Scale("none"))))
    assert difference(made, row_of(made, 0), row_of(made, 1)) == {"a": 0, "b": 3}


def test_relative_methods_refuse_to_be_split():
    tree = scheme(groups=1, each=3)
    made = build(
        table(tree),
        tree,
        Recipe(normalise=POSTS, aggregate=Aggregate(each={"G0": Combine("copeland")})),
    )
    with pytest.raises(Refused, match="other units"):
        contributions(made, 0)
    with pytest.raises(Refused, match="moves every unit"):
        moves(made, 0)


def test_an_indicator_that_comes_and_one_that_goes_are_the_definitions_part():
    tree = Scheme([Node("I"), Node("a", "I"), Node("b", "I")])
    later = Scheme([Node("I"), Node("a", "I"), Node("c", "I")])
    data = Table.of("uv", "ab", [[2, 4], [6, 8]])
    wider = Table.of("uv", "abc", [[2, 4, 10], [6, 8, 0]])
    one = build(data, tree, Recipe(normalise=POSTS))
    two = build(wider, later, Recipe(normalise=POSTS))
    for change in changes(one, two):
        assert fsum(change.parts.values()) == change.after - change.before
        assert change.parts["weights"] == change.parts["method"] == 0
        assert change.parts["definition"] != 0
    bridge = changes(build(wider, tree, Recipe(normalise=POSTS)), two)
    assert [change.parts["data"] for change in bridge] == [0, 0]


def test_a_mixture_that_would_be_nonsense_is_refused_and_named():
    tree = scheme()
    data = table(tree)
    one = build(data, tree, Recipe(normalise=Normalise(Scale("zscore", to=(0, 1)))))
    two = build(data, tree, Recipe(normalise=POSTS, aggregate=Aggregate(Combine("gmean"))))
    with pytest.raises(Refused, match=r"definition before.*method after"):
        changes(one, two)


def test_units_screened_out_or_new_are_left_out_of_the_comparison():
    tree = scheme()
    data = table(tree, units=8, gaps=0.3)
    one = build(data, tree, Recipe(normalise=POSTS, screen=Screen(force={"u001": False})))
    two = build(data.taking(np.arange(7)), tree, Recipe(normalise=POSTS))
    assert "u001" not in [change.unit for change in changes(one, two)]
    assert "u007" not in [change.unit for change in changes(one, two)]


def test_weights_read_off_the_data_are_part_of_the_weights():
    tree = scheme()
    data = table(tree, units=20, gaps=0)
    one = build(data, tree, Recipe(normalise=POSTS))
    two = build(data, tree, Recipe(normalise=POSTS, weigh=Weigh(Rule("entropy"))))
    for change in changes(one, two):
        assert change.parts["weights"] == change.after - change.before


@pytest.mark.parametrize("kind", ["amean", "gmean", "hmean"])
@pytest.mark.parametrize("towards", ["up", "down"])
def test_the_least_move_passes_the_rival_and_a_little_less_does_not(kind, towards):
    tree = scheme()
    data = table(tree, units=10, gaps=0.1, skewed=False)
    recipe = Recipe(normalise=POSTS, aggregate=Aggregate(Combine(kind)))
    made = build(data, tree, recipe)
    row = int(np.flatnonzero(made.ranks() == 5)[0])
    found = moves(made, row, towards)
    sign = 1 if towards == "up" else -1
    tried = [one for one in found.moves if one.raw is not None]
    assert tried
    for one in tried:
        column = data.codes.index(one.code)
        assert one.raw_now == data.values[row, column]
        for share, passes in ((1 + 1e-6, True), (1 - 1e-6, False)):
            values = data.values.copy()
            values[row, column] += share * (one.raw - one.raw_now)
            again = build(data.with_values(values), tree, recipe).scores()[row]
            assert bool(sign * (again - found.rival_score) > 0) is passes
    far = made.result.values[row].copy()
    for one in found.moves:
        if one.needed is None:
            far[made.result.codes.index(one.code)] = 100 if towards == "up" else 1
            break
    else:
        return
    leaves = made.result.codes.index("G0")
    alone = Table.of("u", tree.leaves, [far[:leaves]])
    plain = Scheme(replace(node, direction=1) for node in tree)
    end = build(alone, plain, replace(recipe, normalise=Normalise(Scale("none")))).scores()[0]
    assert sign * (end - found.rival_score) <= 1e-9


def test_the_first_cannot_rise_nor_the_last_fall():
    tree = scheme()
    made = build(table(tree, gaps=0), tree, Recipe(normalise=POSTS))
    with pytest.raises(Refused, match="first already"):
        moves(made, int(made.ranks().argmin()))
    with pytest.raises(Refused, match="last already"):
        moves(made, int(made.ranks().argmax()), "down")


def test_scales_taken_from_the_data_can_be_frozen_for_another_year():
    tree = scheme()
    data = table(tree, gaps=0)
    for kind in ("minmax", "zscore", "dist2max"):
        made = build(data, tree, Recipe(normalise=Normalise(Scale(kind))))
        kept = frozen(made.recipe.normalise, made.lines, tree.leaves)
        again = build(data, tree, Recipe(normalise=kept))
        np.testing.assert_allclose(again.scores(), made.scores(), rtol=1e-9)
    made = build(data, tree, Recipe(normalise=Normalise(Scale("rank"))))
    with pytest.raises(Refused, match="depends on who is there"):
        frozen(made.recipe.normalise, made.lines, tree.leaves)


def test_the_audit_tells_importance_beside_weight_and_pairs_that_say_the_same():
    tree = scheme()
    data = table(tree, units=40, gaps=0)
    values = data.values.copy()
    values[:, 1] = 2 * values[:, 0] * tree["G0x0"].direction * tree["G0x1"].direction
    made = build(data.with_values(values), tree, Recipe(normalise=Normalise(Scale("minmax"))))
    lines = {line.code: line for line in audit(made)}
    assert set(lines) == {node.code for node in tree} - {"I"}
    for node in tree.aggregates:
        own = [lines[child] for child in tree.children(node)]
        assert sum(line.importance for line in own) == pytest.approx(1)
        assert sum(line.weight for line in own) == pytest.approx(1)
        assert all(line.low <= line.with_parent <= line.high for line in own)
    assert doubles(made)[0][:2] == ("G0x0", "G0x1")
    assert set(reliabilities(made)) == set(tree.aggregates)
