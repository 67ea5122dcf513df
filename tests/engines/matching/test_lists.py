"""Ranked lists: exact, the same on every backend and in any order of rows."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.matching import (
    Ask,
    Key,
    Machine,
    Market,
    NoneOf,
    Processes,
    Scheme,
    Side,
    Table,
    Threads,
    topk,
)
from chanjiao.engines.matching.kernels import library
from tests.engines.matching.conftest import NO_C, both_backends, listed, market, shuffled, sides

FIELDS = ("found", "item", "u", "v", "w", "feasible")
seeds = st.integers(0, 10**6)


def same(one, other):
    return all(np.array_equal(getattr(one, f), getattr(other, f)) for f in FIELDS)


def brute(found, ask):
    """Every pair is looked at."""
    lists = []
    for q in ask.ids:
        rows = np.arange(found.size(ask.side.other), dtype=np.int32)
        me = np.full(len(rows), q, np.int32)
        pair = (me, rows) if ask.side is Side.PEOPLE else (rows, me)
        s = found.scores(*pair)
        key = {Key.SUM: s.w, Key.PERSON: s.u, Key.POSITION: s.v}[ask.key].astype(int)
        if ask.price is not None:
            key = key - ask.price
        ok = s.ok
        if ask.floor is not None:
            other = s.v if ask.side is Side.PEOPLE else s.u
            ok = ok & (
                (other > ask.floor[0]) | ((other == ask.floor[0]) & (q < ask.floor[1]))
            )  # fmt: skip
        start = q * len(rows) // found.size(ask.side) if ask.spread else 0
        order = np.lexsort(((rows - start) % max(1, len(rows)), -key))
        lists.append([int(r) for r in order if ok[r]][: ask.k])
    return lists


def asks(found, seed):
    dice = np.random.default_rng(seed)
    for side in Side:
        items = found.size(side.other)
        price = dice.integers(0, found.total_unit // 2, items).astype(np.int32)
        value = dice.integers(0, found.unit, items).astype(np.int32)
        below = dice.integers(-1, found.size(side) + 1, items).astype(np.int32)
        ids = found.everyone(side)
        yield Ask(side, ids, 4)
        yield Ask(side, ids[::-2].copy(), 3, Key.PERSON, price=price)
        yield Ask(side, ids, 7, Key.POSITION, floor=(value, below))
        yield Ask(side, ids, 5, price=price, floor=(value, below), spread=True)
        yield Ask(side, ids, 100, spread=True)
        yield Ask(side, ids, 0)


@both_backends
@settings(max_examples=2, deadline=None)
@given(seeds)
def test_lists_are_those_of_looking_at_every_pair(backend, seed):
    for found in (market(seed, backend), listed(seed, 12, 9, backend=backend)):
        for ask in asks(found, seed):
            lists = found.ask(ask)
            places = [list(r[:n]) for r, n in zip(lists.item, lists.found, strict=True)]
            assert places == brute(found, ask)


@pytest.mark.skipif(library() is None, reason=NO_C)
@settings(max_examples=10, deadline=None)
@given(seeds)
def test_c_and_numpy_agree_to_the_last_bit(seed):
    pairs = [
        (market(seed, "c"), market(seed, "numpy")),
        (listed(seed, 9, 14, backend="c"), listed(seed, 9, 14, backend="numpy")),
    ]
    for one, other in pairs:
        for ask in asks(one, seed):
            assert same(one.ask(ask), other.ask(ask))


@both_backends
def test_the_order_of_rows_and_columns_changes_nothing(backend):
    one, other = sides(5)
    found = market(5, backend)
    again = market(5, backend, tables=(shuffled(1, one), shuffled(2, other)))
    for ask in asks(found, 5):
        assert same(found.ask(ask), again.ask(ask))


def test_two_threads_and_two_processes_give_the_lists_of_one(monkeypatch):
    monkeypatch.setattr("chanjiao.engines.matching.markets.CHUNK", 7)
    monkeypatch.setattr("chanjiao.engines.matching.markets.WAVE", 2)
    found = market(3)
    with Processes(2) as processes:
        for executor in (Threads(2), processes):
            again = market(3)
            again.machine = Machine("auto", executor)
            for ask in asks(found, 3):
                assert same(found.ask(ask), again.ask(ask))


@both_backends
@pytest.mark.parametrize(("people", "positions"), [(0, 0), (0, 3), (3, 0), (1, 1)])
def test_markets_of_nobody_have_empty_lists(backend, people, positions):
    found = market(1, backend, people, positions)
    lists = found.ask(Ask(Side.PEOPLE, found.everyone(Side.PEOPLE), 5))
    assert lists.item.shape == (people, 5)
    assert lists.found.sum() <= 1


@both_backends
def test_equal_scores_go_by_id_and_spread_when_asked(backend):
    found = listed(1, 6, 6, density=1.1, levels=1, backend=backend)
    ids = found.everyone(Side.PEOPLE)
    assert found.ask(Ask(Side.PEOPLE, ids, 2)).item.tolist() == [[0, 1]] * 6
    first = found.ask(Ask(Side.PEOPLE, ids, 1, spread=True)).item.ravel()
    assert first.tolist() == [0, 1, 2, 3, 4, 5]


@both_backends
def test_nobody_is_sent_to_his_own_company_or_where_he_said_no(backend):
    offers = Table([1, 2, 3], {"owner": ["甲", "乙", "丙"], "declined": [["y"], [], ["x", "z"]]})
    asks_ = Table(["x", "y", "z"], {"owner": ["甲", None, "乙"], "id": ["x", "y", "z"]})
    conditions = [NoneOf("own", "owner", "owner"), NoneOf("declined", "declined", "id")]
    scheme = Scheme("0", {}, {})
    found = Market(
        offers, asks_, conditions=conditions, scheme=scheme, machine=Machine(backend)
    )  # fmt: skip
    for side, lists in (
        (Side.PEOPLE, [["z"], ["x", "y"], ["y"]]),
        (Side.POSITIONS, [[2], [2, 3], [1]]),
    ):
        told = topk(found, 3, side)
        ids = (found.people if side is Side.PEOPLE else found.positions).tolist()
        assert [[line.other for line in told if line.owner == i] for i in ids] == lists


@both_backends
def test_without_conditions_everything_is_feasible_and_without_factors_nothing_counts(backend):
    one, other = sides(2)
    found = Market(one, other, scheme=Scheme("0", {}, {}), machine=Machine(backend))
    assert found.feasible() == 30 * 25
    lists = found.ask(Ask(Side.PEOPLE, found.everyone(Side.PEOPLE), 3))
    assert (lists.item == [0, 1, 2]).all()
    assert not lists.w.any()
