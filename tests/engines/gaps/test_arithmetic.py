"""Whole people, the index and its bands."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.gaps import (
    Band,
    Bands,
    Figure,
    band_of,
    expected,
    index_of,
    largest_remainder,
    reference_gap,
    rolled_up,
)

weights = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 50), min_size=1, max_size=8
)

# Demand and supply of twenty occupations in the design's region, with the index asked for.
REGION = {
    "储能": (690, 120, 0.913), "封测": (330, 48, 0.808), "机器人": (700, 330, 0.764),
    "数控": (810, 520, 0.571), "光伏": (260, 96, 0.537), "焊接": (320, 172, 0.431),
    "互联": (220, 104, 0.420), "质检": (280, 150, 0.408), "维修": (660, 488, 0.363),
    "电工": (560, 402, 0.355), "模具": (350, 262, 0.245), "仓储": (250, 182, 0.228),
    "装接": (430, 352, 0.196), "设计": (130, 104, 0.135), "装调": (360, 318, 0.115),
    "会计": (96, 462, 0.0), "电商": (230, 422, 0.0), "前端": (170, 352, 0.0),
    "新车": (240, 276, 0.0), "康养": (134, 146, 0.0),
}  # fmt: skip


def figure(code, demand, supply):
    return Figure((code,), demand, demand, supply, min(demand, supply))


@given(weights, st.integers(0, 400))
def test_parts_add_up_and_stay_within_one_of_their_quota(given_weights, total):
    parts = largest_remainder(given_weights, total)
    whole = sum(given_weights.values())
    assert set(parts) == set(given_weights)
    if not whole:
        assert set(parts.values()) == {0}
        return
    assert sum(parts.values()) == total
    for key, part in parts.items():
        assert abs(part - given_weights[key] * total / whole) < 1


def test_an_unknown_size_stays_unknown():
    assert expected(None, Fraction(0), Fraction(0)) is None


def test_a_class_loses_and_studies_on_before_it_works():
    assert expected(90, Fraction(1, 10), Fraction(1, 3)) == 54


@pytest.mark.parametrize("code", REGION)
def test_the_index_of_the_region_is_the_one_in_the_design(code):
    figures = [figure(name, d, s) for name, (d, s, _index) in REGION.items()]
    demand, supply, wanted = REGION[code]
    index = index_of(figure(code, demand, supply), reference_gap(figures))
    assert float(index) == pytest.approx(wanted, abs=0.001)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(1, 900))
def test_the_index_lies_between_nought_and_one(demand, supply, reference):
    index = index_of(figure("a", demand, supply), reference)
    assert (index is None) == (demand == 0)
    assert index is None or 0 <= index <= 1


@given(st.integers(1, 900), st.integers(0, 899), st.integers(1, 900))
def test_more_supply_never_makes_it_shorter(demand, supply, reference):
    less = index_of(figure("a", demand, supply), reference)
    more = index_of(figure("a", demand, supply + 1), reference)
    assert more <= less


def test_nothing_known_gives_no_index_and_no_band():
    unknown = Figure(("a",), 9)
    assert index_of(unknown, 5) is None
    assert band_of(None) is None
    assert reference_gap([unknown]) is None


def test_where_nobody_is_short_the_second_half_of_the_index_is_nought():
    assert index_of(figure("a", 5, 9), -4) == 0


def test_bands_follow_the_parameters():
    strict = Bands(Fraction(1, 10), Fraction(3, 10))
    assert band_of(Fraction(2, 10), strict) is Band.SHORT
    assert band_of(Fraction(4, 10), strict) is Band.SEVERE


def test_a_ratio_needs_a_supply():
    assert figure("a", 9, 0).ratio is None
    assert figure("a", 9, 6).ratio == Fraction(3, 2)


def test_parents_show_the_mismatch_that_their_sums_would_hide():
    found = rolled_up(
        {("a",): figure("a", 100, 0), ("b",): figure("b", 0, 100)}, {"a": "all", "b": "all"}
    )
    whole = found["all",]
    assert (whole.demand, whole.supply, whole.gap, whole.surplus) == (100, 100, 100, 100)


def test_a_tree_with_a_cycle_is_refused():
    with pytest.raises(ValueError, match="cycle"):
        rolled_up({("a",): figure("a", 1, 0)}, {"a": "b", "b": "a"})
