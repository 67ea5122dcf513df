"""Which names may mean one body, which must not, and that the search stays near-linear."""

import time

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.namesake import core_name, folded_name, namesakes, namesakes_of, place_words

PLACES = place_words(["望澜市", "东渡区"])
names = st.text(alphabet="望澜市东渡鼎盛胜恒机械精密科技有限公司()（）1a ", max_size=20)


def reason(one, other):
    found = namesakes({1: one, 2: other}, PLACES)
    return found[0].reason if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("甲机械（望澜）有限公司", "甲机械(望澜)有限公司", "name"),
        ("望澜鼎盛机械有限公司", "望澜市鼎盛机械有限责任公司", "core"),
        ("鼎盛机械（望澜）有限公司", "望澜鼎盛机械有限公司", "core"),
        ("望澜鼎盛机械有限公司", "望澜鼎胜机械有限公司", "sound"),
        ("望澜鼎盛精密机械制造有限公司", "望澜鼎盛精密机械有限公司", "alike"),
        ("东海鼎盛精密机械有限公司", "东海市鼎盛精密机械有限公司", "alike"),
    ],
)
def test_names_that_may_mean_one_body_are_found_with_their_reason(one, other, expected):
    assert reason(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("望澜鼎盛精密机械制造有限公司", "望澜鼎丰精密机械制造有限公司"),
        ("望澜鼎盛精密机械第1分公司", "望澜鼎盛精密机械第2分公司"),
        ("望澜鼎盛新能源科技有限公司", "望澜鼎盛明新能源科技有限公司"),
        ("望澜有限公司", "东渡有限公司"),
        ("望澜市管理委员会", "东渡区管理委员会"),
        ("望澜鼎盛机械有限公司", "东渡鼎盛机械有限公司"),
    ],
)
def test_another_brand_number_or_place_is_another_firm(one, other):
    assert reason(one, other) is None


def test_a_hand_written_name_finds_the_likeliest_first():
    others = {1: "望澜鼎胜机械有限公司", 2: "望澜鼎盛机械有限责任公司", 3: "东渡食品有限公司"}
    assert [key for key, *_ in namesakes_of("鼎盛机械公司", others, PLACES)] == [2, 1]


@given(st.dictionaries(st.integers(0, 30), names, max_size=12))
def test_each_pair_is_told_once_in_the_order_given(some):
    found = [(pair.first, pair.second) for pair in namesakes(some, PLACES)]
    order = list(some)
    assert len(set(found)) == len(found)
    assert all(order.index(one) < order.index(other) for one, other in found)


@given(names)
def test_a_core_is_never_empty_where_the_name_is_not(name):
    assert bool(core_name(name, PLACES)) == bool(folded_name(name))


def test_twenty_thousand_names_of_one_pattern_take_seconds_not_hours():
    started = time.perf_counter()
    namesakes({n: f"望澜第{n}机械有限公司" for n in range(20_000)}, PLACES)
    assert time.perf_counter() - started < 10
