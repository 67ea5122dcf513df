"""Interview tables: nobody in two places, in as few slots as there can be."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.matching import Hall, Machine, MarketFault, interview_table
from chanjiao.engines.matching.colouring import coloured
from chanjiao.engines.matching.kernels import library
from chanjiao.engines.matching.tabling import Desk
from tests.engines.matching.conftest import NO_C, both_backends

seeds = st.integers(0, 10**6)


def wanted(seed, students=9, companies=4, share=0.5):
    dice = random.Random(seed)
    pairs = [
        (f"s{s}", f"c{c}")
        for s in range(students)
        for c in range(companies)
        if dice.random() < share
    ]
    dice.shuffle(pairs)
    return pairs, {f"c{c}": dice.choice([1, 1, 2, 3]) for c in range(companies)}


def clashes(table, hall):
    students = Counter((t.student, t.slot) for t in table.interviews)
    desks = Counter((t.company, t.panel, t.slot) for t in table.interviews)
    doubled = [key for key, count in (students + desks).items() if count > 1]
    wrong = [
        t
        for t in table.interviews
        if t.slot in hall.breaks
        or t.slot in hall.away.get(t.student, ())
        or t.slot in hall.away.get(t.company, ())
        or not 0 <= t.panel < hall.panels.get(t.company, 1)
        or not 0 <= t.slot < (hall.slots or 10**9)
    ]
    return doubled + wrong


@both_backends
@settings(max_examples=20, deadline=None)
@given(seeds)
def test_every_talk_is_held_in_the_fewest_slots(backend, seed):
    pairs, panels = wanted(seed)
    hall = Hall(panels, breaks={1, 2})
    table = interview_table(pairs, hall, machine=Machine(backend))
    students, companies = (Counter(ends) for ends in zip(*pairs, strict=True))
    least = max(*students.values(), *(-(-n // panels[c]) for c, n in companies.items()))
    assert clashes(table, hall) == []
    assert sorted((t.student, t.company) for t in table.interviews) == sorted(pairs)
    assert table.slots == table.least == least
    assert table.is_least


@pytest.mark.skipif(library() is None, reason=NO_C)
@settings(max_examples=10, deadline=None)
@given(seeds)
def test_c_and_python_write_the_same_table(seed):
    pairs, panels = wanted(seed, 14, 6)
    one, other = (interview_table(pairs, Hall(panels), machine=Machine(b)) for b in ("c", "numpy"))
    assert one == other


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(1, 3))
def test_with_too_few_slots_the_greatest_weight_is_kept(seed, slots):
    pairs, panels = wanted(seed, 4, 3, 0.8)
    dice = random.Random(seed)
    weights = [dice.randrange(1, 9) for _ in pairs]
    table = interview_table(pairs, Hall(panels, slots), weights=weights)
    assert clashes(table, Hall(panels, slots)) == []
    kept = sum(w for p, w in zip(pairs, weights, strict=True) if p not in table.dropped)
    most = 0
    for chosen in range(2 ** len(pairs)):
        part = [p for n, p in enumerate(pairs) if chosen >> n & 1]
        ends = [Counter(p[0] for p in part), Counter(p[1] for p in part)]
        fits = all(n <= slots for n in ends[0].values())
        if fits and all(n <= slots * panels[c] for c, n in ends[1].items()):
            most = max(most, sum(w for n, w in enumerate(weights) if chosen >> n & 1))
    assert kept == most
    assert len(table.interviews) + len(table.dropped) == len(pairs)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_absences_are_kept_to(seed):
    pairs, panels = wanted(seed, 6, 3)
    dice = random.Random(seed)
    away = {end: {dice.randrange(5)} for pair in pairs for end in pair if dice.random() < 0.5}
    hall = Hall(panels, away=away)
    table = interview_table(pairs, hall)
    assert clashes(table, hall) == []
    assert table.dropped == ()
    assert table.is_least


def test_an_absence_that_makes_one_slot_more_is_told():
    pairs = [("s", "a"), ("s", "b")]
    table = interview_table(pairs, Hall(away={"a": {0}, "b": {0}}))
    assert (table.slots, table.least, table.is_least) == (2, 2, True)
    tight = interview_table(pairs, Hall(away={"a": {0}, "b": {0}}, slots=2))
    assert len(tight.dropped) == 1


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_a_table_that_needs_no_change_is_left_as_it_was(seed):
    pairs, panels = wanted(seed)
    hall = Hall(panels)
    before = interview_table(pairs, hall)
    same = interview_table(pairs, hall, before=before)
    assert same.interviews == before.interviews
    fewer = interview_table(pairs[1:], hall, before=before)
    assert fewer.moved == ()
    assert set(fewer.interviews) <= set(before.interviews)


def test_late_news_moves_only_who_stands_in_the_way():
    pairs = [("s", "a"), ("t", "b"), ("u", "c")]
    before = interview_table(pairs)
    assert {t.slot for t in before.interviews} == {0}
    after = interview_table([*pairs, ("s", "b")], before=before)
    assert (after.slots, len(after.moved)) == (2, 0)
    ill = interview_table(pairs, Hall(away={"s": {0}}, slots=2), before=before)
    assert ill.moved == (("s", "a"),)


def test_by_hand_and_by_programme_no_table_clashes(monkeypatch):
    monkeypatch.setattr("chanjiao.engines.matching.tabling.EXACT", 0)
    for seed in range(8):
        pairs, panels = wanted(seed, 12, 5)
        dice = random.Random(seed)
        before = interview_table(pairs[3:], Hall(panels))
        hall = Hall(panels, away={p[0]: {dice.randrange(4)} for p in pairs[::4]})
        table = interview_table(pairs, hall, before=before)
        assert clashes(table, hall) == []
        assert len(table.interviews) == len(pairs)
        assert len(table.moved) <= len(pairs) // 2


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (([("s", "a"), ("s", "a")], None, None), "twice"),
        (([("s", "a")], Hall({"a": 0}), None), "0 panels"),
        (([("s", "a")], Hall(slots=-1), None), "-1"),
        (([("s", "a")], None, [-1]), "weight"),
    ],
)
def test_wrong_tables_are_told(given_, told):
    pairs, hall, weights = given_
    with pytest.raises(MarketFault, match=told):
        interview_table(pairs, hall, weights=weights)


def test_a_hall_of_nobody_has_an_empty_table():
    assert interview_table([]).slots == 0
    assert interview_table([("s", "a")], Hall(slots=0)).dropped == (("s", "a"),)
    assert coloured.__doc__
    assert Desk([], {}, {}, [], {}).solve([]) == ({}, True)
