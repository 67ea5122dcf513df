"""Every word of a specification does what it says, and what is not understood is refused."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.composite import (
    By,
    Choice,
    Combine,
    Definition,
    Gate,
    Noise,
    Range,
    Refused,
    Scale,
    WeightSets,
    build,
    plan_of,
    read_inputs,
    read_specification,
)
from tests.engines.composite import plain
from tests.engines.composite.worlds import column

META = """iCode,iName,Level,Weight,Direction,Parent,Type,Target,Denominator,goalpost_lower,\
goalpost_upper,goalpost_scale
A1,one,1,1,1,A,Indicator,8,people,0,10,
A2,two,1,3,-1,A,Indicator,2,,0,10,
B1,three,1,1,1,B,Indicator,9,,0,10,
B2,four,1,1,1,B,Indicator,9,,0,10,50
A,left,2,1,,I,Aggregate,,,,,
B,right,2,2,,I,Aggregate,,,,,
I,all,3,1,,,Aggregate,,,,,
side,,,,,,Group,,,,,
people,,,,,,Denominator,,,,,
B1_wide,,,,,,Other,,,,,
"""
DATA = """uCode,uName,side,people,A1,A2,B1,B2,B1_wide
U5,戊,n,2,1,9,5,2,6
U2,乙,n,4,2,7,,3,1
U3,丙,s,4,6,5,8,7,9
U4,丁,s,2,9,1,2,8,4
U1,甲,s,1,4,4,6,5,7
"""
INPUTS = read_inputs(DATA, META)


def spec(text):
    return read_specification(text, INPUTS)


def scores(text, code="I"):
    read = spec(text)
    return build(INPUTS.table, read.scheme, read.recipe).scores(code)


def turned(code):
    return column(INPUTS.table.column(code) * INPUTS.scheme[code].direction)


def test_rows_stand_in_order_of_their_codes_and_a_gap_is_a_gap():
    assert INPUTS.table.units == ("U1", "U2", "U3", "U4", "U5")
    assert np.isnan(INPUTS.table.column("B1")[1])
    assert INPUTS.names["U1"] == "甲"


def test_namibia_has_a_code_and_a_row_without_one_is_refused():
    assert read_inputs(DATA.replace("U5", "NA"), META).table.units[0] == "NA"
    with pytest.raises(Refused, match="line 2: iData uCode"):
        read_inputs(DATA.replace("U5,", ","), META)


# Left: as COINr's users write it; right: the rule on turned values.
@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("{f_n: n_minmax}", lambda x: plain.minmax(x, 0, 100)),
        ("{f_n: n_minmax, f_n_para: {l_u: [1, 10]}}", lambda x: plain.minmax(x, 1, 10)),
        ("{global_specs: {f_n: n_minmax, l_u: [1, 10]}}", lambda x: plain.minmax(x, 1, 10)),
        ("{f_n: minmax}", lambda x: plain.minmax(x, 1, 100)),
        ("{f_n: n_zscore, m_sd: [10, 2]}", lambda x: plain.zscore(x, 10, 2)),
        ("{f_n: n_scaled, npara: [-10, 10]}", lambda x: [v and (v + 10) / 20 * 100 for v in x]),
        ("{f_n: n_dist2max}", lambda x: plain.minmax(x, 0, 1)),
        ("{f_n: n_rank}", plain.rank_up),
        ("{f_n: n_prank}", plain.prank),
        ("{f_n: n_borda}", lambda x: [v and v - 1 for v in plain.rank_up(x)]),
        ("{f_n: none}", lambda x: x),
        (
            "{f_n: n_dist2ref, iref: 4}",
            lambda x: [v and 1 - (x[3] - v) / (x[3] - min(w for w in x if w)) for v in x],
        ),
        (
            "{f_n: n_goalposts, gposts: [-12, 12, 40]}",
            lambda x: [v and (v + 12) / 24 * 40 for v in x],
        ),
    ],
)  # fmt: skip
def test_scales_have_coinrs_names_and_defaults(words, rule):
    reads = f"normalise: {words}"
    for code in ("A1", "B2") if "dist2ref" in words else INPUTS.scheme.leaves:
        want = np.array([np.nan if v is None else v for v in rule(turned(code))])
        found = scores(f"{reads}\nexclude: [A2, B1]" if "dist2ref" in words else reads, code)
        np.testing.assert_allclose(found, want, rtol=1e-12)


def test_without_a_scale_goalposts_of_imeta_count_from_1_to_100():
    np.testing.assert_allclose(scores("{}", "A1"), 1 + 99 * INPUTS.table.column("A1") / 10)
    np.testing.assert_allclose(scores("{}", "A2"), 1 + 99 * (1 - INPUTS.table.column("A2") / 10))
    # A scale of its own in iMeta is COINr's: from 0 to that.
    np.testing.assert_allclose(scores("{}", "B2"), 50 * INPUTS.table.column("B2") / 10)


def test_targets_of_imeta_are_raw_and_turn_with_the_indicator():
    found = scores("normalise: {f_n: n_dist2targ, f_n_para: use_iMeta}", "A2")
    x = INPUTS.table.column("A2")
    np.testing.assert_allclose(found, (x.max() - x) / (x.max() - 2))


def test_a_share_of_the_maximum_is_refused_for_a_turned_indicator_unless_coinrs_is_asked_for():
    x = INPUTS.table.column("A2")
    np.testing.assert_allclose(scores("normalise: {f_n: n_fracmax}", "A2"), x / x.min())
    with pytest.raises(Refused, match="A2 has a maximum of -1"):
        scores("normalise: {f_n: fracmax}")


def test_single_indicators_may_have_other_scales_and_treatments():
    read = spec(
        "treat: {winmax: null, indiv_specs: {A1: none, A2: {winmax: 1, f2: none}}}\n"
        "normalise: {f_n: n_minmax, indiv_specs: {B1: {f_n: n_rank}}}"
    )
    assert read.recipe.treat.each["A1"] is None
    assert read.recipe.treat.each["A2"].most_points == 1
    assert read.recipe.treat.each["A2"].second == "none"
    assert read.recipe.treat.most_points is None
    assert read.recipe.normalise.each["B1"] == Scale("rank")
    assert scores("normalise: {f_n: band, posts: [0, 10], band: [4, 6]}", "A1").tolist() == (
        pytest.approx([100, 50.5, 100, 25.75, 25.75])
    )


def test_treatment_takes_coinrs_nested_words_and_keeps_both_bounds_apart():
    read = spec(
        "treat: {f1_para: {winmax: 3, skew_thresh: 1}, f_pass_para: {kurt_thresh: 4},\n"
        "  f2: boxcox, f2_para: {lambda: 0.5}, combine_treat: true}\n"
    )
    how = read.recipe.treat
    assert (how.most_points, how.inner_skew, how.skew, how.kurt) == (3, 1, 2, 4)
    assert (how.second, how.boxcox, how.combine) == ("boxcox", 0.5, True)


def test_steps_may_stand_in_another_order_and_bases_be_named_here():
    read = spec(
        "order: [impute, denominate]\nimpute: {f_i: i_median_grp, use_group: side}\n"
        "denominate: {A1: {Denominator: people, ScaleFactor: 10}, B1: people}\n"
        "screen: {unit_screen: byNA, dat_thresh: 0.5, force: {U2: false}}"
    )
    assert read.recipe.order == ("impute", "denominate", "screen", "treat", "normalise")
    assert read.recipe.denominate.by == {"A1": By("people", 10), "B1": By("people")}
    assert read.recipe.screen.force == {"U2": False}
    assert spec("denominate: true").recipe.denominate.by == {"A1": By("people")}


def test_filling_across_a_row_goes_over_the_indicators_of_one_dimension():
    read = spec("impute: {f_i: i_mean, impute_by: row, group_level: 2}\nnormalise: {f_n: none}")
    filled = build(INPUTS.table, read.scheme, read.recipe).step("impute").table
    # U2 knows B2 = 3, a sixth of the way from 2 to 8; the same way from 2 to 8 of B1 is 3.
    assert filled.column("B1")[1] == pytest.approx(2 + 6 * (1 / 6))


def test_levels_and_nodes_have_their_own_methods():
    read = spec(
        "aggregate: {f_ag: [a_amean, a_gmean], dat_thresh: [0.5, 1], nodes: {A: a_hmean, "
        "B: {f_ag: a_genmean, p: 3}, I: {gate: {A: 40, B: {min: 10, effect: withhold}}}}}"
    )
    how = read.recipe.aggregate
    assert how.of(read.scheme, "A") == Combine("hmean", known=0.5)
    assert how.of(read.scheme, "B") == Combine("power", power=3, known=0.5)
    assert how.of(read.scheme, "I") == Combine(
        "gmean", known=1, gates=(Gate("A", 40), Gate("B", 10, "withhold"))
    )


def test_weights_are_given_here_or_found_by_a_rule_of_each_group():
    read = spec(
        "weights:\n  given: {A1: 5, A2: 5}\n  method: given\n  each:\n"
        "    I: {method: ahp, comparisons: {甲: [[1, 3], [1/3, 1]]}}\n    B: equal\n"
    )
    made = build(INPUTS.table, read.scheme, read.recipe)
    assert [made.weights[c] for c in "AB"] == pytest.approx([0.75, 0.25])
    assert made.weights["A1"] == 0.5


def test_a_gate_caps_or_withholds_and_is_on_record():
    base = "normalise: {f_n: none}\naggregate: {f_ag: a_amean, nodes: {I: {gate: {A: %s}}}}"
    plain_scores = scores("normalise: {f_n: none}")
    left = scores("normalise: {f_n: none}", "A")
    capped = scores(base % "0")
    assert (
        capped.tolist() == np.where(left < 0, np.minimum(plain_scores, left), plain_scores).tolist()
    )
    held = scores(base % "{min: 0, effect: withhold}")
    assert np.isnan(held).tolist() == (left < 0).tolist()
    read = spec(base % "0")
    told = build(INPUTS.table, read.scheme, read.recipe).step("aggregate").decisions.by_rule()
    assert told["gate_A"] == (left < 0).sum()


def test_everything_in_doubt_can_be_named():
    read = spec(
        "treat: true\nnormalise: {f_n: minmax}\n"
        "uncertainty:\n  kind: sobol\n  reps: 12\n  seed: 9\n"
        "  target: {gap: [U1, U4]}\n  top: 2\n  vary:\n"
        "    points: {at: treat.winmax, values: [1, 5]}\n"
        "    scale: {at: normalise, values: [{f_n: minmax}, {f_n: zscore, m_sd: [50, 5]}]}\n"
        "    method: {at: aggregate.f_ag, values: [a_amean, a_gmean]}\n"
        "    noise: {noise: 0.25, levels: [1]}\n"
        "    skewness: {at: treat.skew_thresh, range: [1, 3]}\n"
        "    sets: {weight_sets: [{A: 1}, {A: 2, B1: 3}]}\n"
        "    without: {remove: [A2]}\n"
        "    B1: {definition: B1, columns: [B1, B1_wide]}\n"
    )
    plan = plan_of(read, INPUTS)
    found = plan.experiment.inputs
    assert [type(one) for one in found] == [
        Choice, Choice, Choice, Noise, Range, WeightSets, WeightSets, Definition,
    ]  # fmt: skip
    assert [option.most_points for option in found[0].options] == [1, 5]
    assert found[3].nodes == ("A1", "A2", "B1", "B2")
    assert (plan.experiment.reps, plan.experiment.seed, plan.top) == (12, 9, 2)
    assert plan_of(read, INPUTS, reps=5, seed=0).experiment.seed == 0


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("treat: {winmx: 3}", 1, "did you mean winmax"),
        ("treat:\n  winmax: many", 2, "number"),
        ("normalise: {f_n: n_min}", 1, "did you mean n_minmax"),
        ("normalise: {f_n: n_minmax, l_u: [9, 1]}", 1, "low to high"),
        ("normalise: {f_n: n_minmax, gposts: [0, 1, 1]}", 1, "gposts"),
        ("normalise: {f_n: n_minmax, indiv_specs: {Z: {f_n: n_rank}}}", 1, "no indicator"),
        ("aggregate: {f_ag: [a_amean]}", 1, "2 levels"),
        ("aggregate: {f_ag: a_genmean}", 1, "needs p"),
        ("aggregate: {nodes: {I: {gate: {Z: 3}}}}", 1, "knows no 'Z'"),
        ("aggregate: {dat_thresh: 2}", 1, "0 to 1"),
        ("weights: {each: {I: {method: ahp}}}", 1, "comparisons"),
        ("weights: {each: {I: {method: ahp, comparisons: {a: [[1]]}}}}", 1, "2×2"),
        ("weights: {given: {Z: 1}}", 1, "not in the scheme"),
        ("impute: {f_i: i_mean_grp}", 1, "use_group"),
        ("order: [treat, treat]", 1, "twice"),
        ("exclude: [Z]", 1, "not in iMeta"),
        ("screen: {unit_screen: byNA, force: {Z: true}}", 1, "no unit"),
        ("treat: true\n\ntreat: true", 3, "twice"),
        ("treat: [", 1, "not YAML"),
        ("a: &x 1\nb: *x", 2, "knows no|alias"),
        ("- 1", 1, "mapping"),
        ("", 1, "empty"),
        ("treat: true\n---\ntreat: true", 2, "one document"),
    ],
)
def test_a_specification_that_says_something_else_is_refused_with_its_line(text, line, told):
    with pytest.raises(Refused, match=f"(?s)line {line}: .*({told})") as caught:
        spec(text)
    assert caught.value.line == line
    assert caught.value.zh


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vary: {x: {at: treat.winmax, values: [1]}}", "does not take"),
        ("vary: {x: {at: normalise, values: []}}", "no options"),
        ("vary: {x: {at: aggregate.p, range: [1, 2]}}", "skew_thresh"),
        ("vary: {x: {noise: 0.5, levels: [7]}}", "levels without nodes"),
        ("vary: {x: {weights: 0.5}}", "must hold one of"),
        ("vary: {x: {definition: B1, columns: [B1, nowhere]}}", "nowhere"),
        ("vary: {x: {noise: 0.1}}\n  target: {score: Z}", "no unit"),
        ("reps: 5", "lacks vary"),
    ],
)
def test_a_doubt_that_would_be_skipped_is_refused(text, told):
    read = spec(f"normalise: {{f_n: minmax}}\nuncertainty:\n  {text}")
    with pytest.raises(Refused, match=f"(?s){told}"):
        plan_of(read, INPUTS)


WHOLE = """order: [impute, screen, treat, normalise]
denominate: {A1: people}
screen: {unit_screen: byNA, dat_thresh: 0.5, force: {U2: true}}
impute: {f_i: i_mean_grp, use_group: side}
treat: {f1_para: {winmax: 3}, f2: log_CT, indiv_specs: {A1: none}}
normalise: {f_n: n_goalposts, gposts: [-12, 12, 40], indiv_specs: {B1: {f_n: n_zscore}}}
weights: {given: {A1: 2}, each: {I: {method: ahp, comparisons: {x: [[1, 2], [1/2, 1]]}}}}
aggregate: {f_ag: [a_amean, a_gmean], dat_thresh: 0.5, nodes: {I: {gate: {A: 3}}}}
uncertainty: {reps: 5, vary: {w: {noise: 0.2}, t: {at: treat.winmax, values: [1, 2]}}}
"""
SNIPPETS = [
    "[", "]", "{", "}", ":", "\n", "- ", "null", "true", "-1", "1e999", ".nan", "&a ", "*a", "%",
    "!!python/object:os.system ", "0x", "2025-13-45", "'", '"', "\t", "# ", "甲", "|", "\x00",
]  # fmt: skip


def spoiled(text):
    """One of many ways of spoiling a text: cut, doubled, or something put in."""

    def spoil(place, size, snippet, kind):
        at = place % len(text)
        end = min(len(text), at + size)
        inside = {"cut": "", "put": snippet + text[at:end], "double": text[at:end] * 2}[kind]
        return text[:at] + inside + text[end:]

    return st.builds(
        spoil, st.integers(0, 5000), st.integers(0, 12), st.sampled_from(SNIPPETS),
        st.sampled_from(["cut", "put", "double"]),
    )  # fmt: skip


def refusal(act):
    """What the act was refused with; any other exception goes through."""
    try:
        act()
    except Refused as fault:
        return fault
    return None


@given(text=spoiled(WHOLE))
@settings(max_examples=45, deadline=None)
def test_a_spoiled_specification_is_read_or_refused_with_reason(text):
    def whole():
        read = spec(text)
        if read.uncertainty is not None:
            plan_of(read, INPUTS)
        build(INPUTS.table, read.scheme, read.recipe)

    fault = refusal(whole)
    assert fault is None or (fault.zh and fault.en)


@given(text=spoiled(WHOLE))
@settings(max_examples=25, deadline=None)
def test_a_refusal_of_the_words_themselves_always_has_a_line(text):
    fault = refusal(lambda: spec(text))
    assert fault is None or 1 <= fault.line <= text.count("\n") + 2


@given(text=spoiled(META), data=spoiled(DATA))
@settings(max_examples=30, deadline=None)
def test_spoiled_tables_are_read_or_refused_by_name_and_line(text, data):
    for pair in ((DATA, text), (data, META)):
        fault = refusal(lambda pair=pair: read_inputs(*pair))
        assert fault is None or "iMeta" in fault.en or "iData" in fault.en
