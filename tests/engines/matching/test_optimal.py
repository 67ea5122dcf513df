"""The greatest sum, and the proof of it."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linear_sum_assignment

from chanjiao.engines.matching import Listed, MarketFault, Pairs, audit, optimal, stable
from chanjiao.engines.matching.auctioning import SLACK, auction, listed_bound
from chanjiao.engines.matching.kernels import library
from chanjiao.engines.matching.optimising import proved
from tests.engines.matching.conftest import NO_C, both_backends, listed, market, shuffled, sides
from tests.engines.matching.test_stable import is_matching, tables_of

seeds = st.integers(0, 10**6)


def best_sum(found):
    """By another program: seats one by one, and a place beside everyone for nobody."""
    people, positions = len(found.people), len(found.positions)
    rows, columns = np.indices((people, positions))
    scores = found.scores(rows.ravel().astype(np.int32), columns.ravel().astype(np.int32))
    weight = np.where(scores.ok, scores.w, -(10.0**12)).reshape(people, positions)
    seats = np.repeat(np.arange(positions), np.minimum(found.capacity, people))
    weight = np.concatenate([weight[:, seats], np.zeros((people, people))], axis=1)
    chosen = linear_sum_assignment(weight, maximize=True)
    return weight[chosen].sum() / found.total_unit


@both_backends
@settings(max_examples=8, deadline=None)
@given(seeds)
def test_the_sum_is_the_greatest_and_proved_to_be(backend, seed):
    for found in (
        market(seed, backend),
        listed(seed, 14, 10, backend=backend),
        listed(seed, 12, 5, levels=1000, backend=backend),
    ):
        answer = optimal(found)
        assert is_matching(found, answer.partner)
        assert answer.certificate.is_optimal
        assert answer.certificate.primal == pytest.approx(best_sum(found), abs=1e-9)
        assert answer.totals()["w"] == pytest.approx(answer.certificate.primal, abs=1e-9)


@both_backends
@settings(max_examples=5, deadline=None)
@given(seeds, st.integers(1, 5), st.integers(8_000, 100_000))
def test_an_auction_is_within_its_steps_and_no_bound_is_below_the_best(
    backend, seed, length, step
):  # fmt: skip
    for found in (market(seed, backend), listed(seed, 14, 6, levels=3, backend=backend)):
        held = auction(found, step, length=length)
        answer = proved(found, held.partner, held.price)
        assert is_matching(found, answer.partner)
        most = best_sum(found)
        assert answer.certificate.dual >= most - 1e-9
        assert listed_bound(held) >= most * found.total_unit - 1e-3
        assert (
            answer.certificate.primal
            >= most - len(found.people) * (1 + SLACK) * step / found.total_unit
        )


@pytest.mark.skipif(library() is None, reason=NO_C)
@settings(max_examples=8, deadline=None)
@given(seeds)
def test_c_and_numpy_take_the_same_steps(seed):
    makers = (
        lambda backend: market(seed, backend, 40, 15),
        lambda backend: listed(seed, 15, 9, levels=2, backend=backend),
    )
    for make in makers:
        one, other = make("c"), make("numpy")
        a, b = optimal(one, gap=0), optimal(other, gap=0)
        assert (a.partner == b.partner).all()
        assert (a.price == b.price).all()
        c, d = auction(one, 5_000, length=4), auction(other, 5_000, length=4)
        assert (c.partner == d.partner).all()
        assert (c.price == d.price).all()


def test_the_order_of_rows_changes_no_pair():
    one, other = sides(4, 40, 30)
    again = market(4, tables=(shuffled(3, one), shuffled(4, other)))
    assert optimal(market(4, people=40, positions=30)).pairs() == optimal(again).pairs()


@both_backends
@pytest.mark.parametrize(
    ("weights", "most"),
    [
        ([[7, 5, 11], [5, 4, 1], [9, 3, 2]], 24),
        ([[10, 19, 8, 15], [10, 18, 7, 17], [13, 16, 9, 14], [12, 19, 8, 18]], 57),
        ([[1, 2, 3], [2, 4, 6], [3, 6, 9]], 14),
    ],
)
def test_known_assignment_problems(backend, weights, most):
    size = len(weights)
    cells = [(p, q) for p in range(size) for q in range(size)]
    found = Pairs(
        range(size),
        range(size),
        Listed(*zip(*cells, strict=True), [weights[p][q] for p, q in cells]),
    )
    every = (sum(weights[p][q] for p, q in enumerate(o)) for o in permutations(range(size)))
    assert optimal(found).certificate.primal == most == max(every)


@both_backends
def test_what_is_worth_less_than_nothing_is_not_done(backend):
    found = listed(3, 6, 4, backend=backend)
    for rows in found.rows.values():
        rows.w[:] = -rows.w
    assert optimal(found).pairs() == []
    assert optimal(found).certificate.dual == 0


@both_backends
def test_a_crowd_that_is_all_alike_gets_all_the_seats(backend):
    found = listed(1, 30, 8, density=1.1, levels=1, seats=(2,), backend=backend)
    for answer in (optimal(found), proved_auction(found)):
        assert answer.totals()["placed"] == 16
        assert answer.certificate.primal == 16


def proved_auction(found):
    held = auction(found, 10_000)
    return proved(found, held.partner, held.price)


@both_backends
@pytest.mark.parametrize(
    "change", [{"people": 0}, {"positions": 0}, {"density": 0}, {"seats": [0]}]
)
def test_markets_without_any_pair_have_an_optimum_of_nothing(backend, change):
    answer = optimal(listed(1, backend=backend, **change))
    assert answer.pairs() == []
    assert answer.certificate.is_optimal


def test_lists_that_were_cut_are_never_called_optimal():
    found = listed(8, 20, 12, density=1.1, levels=1000)
    cut = optimal(found, lists=2)
    assert cut.truncated
    assert cut.certificate.truncated
    assert not cut.certificate.is_optimal
    assert cut.certificate.dual >= optimal(found).certificate.primal
    assert not optimal(found, lists=12).truncated


@pytest.mark.parametrize("gap", [-0.1, 1.0, float("nan")])
def test_a_gap_out_of_range_is_refused(gap):
    with pytest.raises(MarketFault, match="Gap"):
        optimal(listed(1), gap=gap)


@both_backends
def test_a_market_too_large_to_be_exact_keeps_the_gap_that_was_asked_for(backend, monkeypatch):
    for limit in ("EXACT_PAIRS", "SMALL_PAIRS"):
        monkeypatch.setattr(f"chanjiao.engines.matching.optimising.{limit}", 0)
    found = market(3, backend, 120, 40)
    most = best_sum(found)
    cold = optimal(found, gap=0.002)
    assert cold.certificate.gap <= 0.002
    assert cold.certificate.primal <= most <= cold.certificate.dual + 1e-9
    warm = optimal(found, gap=0.002, prices=cold.price)
    assert warm.certificate.gap <= 0.002
    assert optimal(found, gap=0).certificate.primal == pytest.approx(most, abs=1e-9)
    with pytest.raises(MarketFault, match="39 prices"):
        optimal(found, prices=cold.price[1:])


@both_backends
def test_seats_without_number_cost_no_memory(backend):
    found = listed(5, 30, 20, seats=(900_000_000,), backend=backend)
    for answer in (stable(found), optimal(found), proved_auction(found)):
        assert audit(answer).capacity_ok
        _u, _v, ok = tables_of(found)
        assert answer.totals()["placed"] == ok.any(axis=1).sum()
