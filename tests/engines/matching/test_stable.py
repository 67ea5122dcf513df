"""Stable matchings: nobody and no position would rather have each other."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.matching import Key, Listed, MarketFault, Pairs, Side, stable
from chanjiao.engines.matching.edges import edges_of
from chanjiao.engines.matching.ties import _programme, _Tied
from tests.engines.matching.conftest import both_backends, listed, market, shuffled, sides

seeds = st.integers(0, 10**6)


def tables_of(found):
    rows, columns = np.indices((len(found.people), len(found.positions)))
    scores = found.scores(rows.ravel().astype(np.int32), columns.ravel().astype(np.int32))
    return tuple(a.reshape(rows.shape) for a in (scores.u, scores.v, scores.ok))


def blocking(found, partner):
    """Pairs that both sides would rather have, by looking at every pair."""
    u, v, ok = tables_of(found)
    pairs = []
    for p, q in zip(*np.nonzero(ok), strict=True):
        now = u[p, partner[p]] if partner[p] >= 0 else -np.inf
        held = [v[k, q] for k in range(len(partner)) if partner[k] == q]
        room = len(held) < found.capacity[q]
        if u[p, q] > now and (room or any(v[p, q] > value for value in held)):
            pairs.append((p, q))
    return pairs


def is_matching(found, partner):
    _u, _v, ok = tables_of(found)
    counts = np.bincount([q for q in partner if q >= 0], minlength=len(found.positions))
    return (counts <= found.capacity).all() and all(
        q < 0 or ok[p, q] for p, q in enumerate(partner)
    )  # fmt: skip


def all_stable(found):
    """Every stable matching, by trying all of them."""
    _u, _v, ok = tables_of(found)
    choices = [[-1, *np.flatnonzero(row).tolist()] for row in ok]
    for partner in product(*choices):
        if is_matching(found, partner) and not blocking(found, partner):
            yield partner


@both_backends
@settings(max_examples=8, deadline=None)
@given(seeds)
def test_no_pair_ever_blocks_and_no_seat_is_given_twice(backend, seed):
    for found in (market(seed, backend, 20, 14), listed(seed, 15, 9, backend=backend)):
        for side in Side:
            partner = stable(found, side).partner
            assert is_matching(found, partner)
            assert blocking(found, partner) == []


@both_backends
@settings(max_examples=10, deadline=None)
@given(seeds)
def test_the_proposing_side_fares_best_of_all_stable_matchings(backend, seed):
    found = listed(seed, 4, 4, levels=10**5, seats=(1, 2), backend=backend)
    u, _v, _ok = tables_of(found)
    best, worst = stable(found).partner, stable(found, Side.POSITIONS).partner
    matchings = list(all_stable(found))
    assert tuple(best) in matchings
    assert tuple(worst) in matchings
    for other in matchings:
        assert ((np.array(other) >= 0) == (best >= 0)).all()  # the rural hospitals theorem
        for p in np.flatnonzero(best >= 0):
            assert u[p, worst[p]] <= u[p, other[p]] <= u[p, best[p]]


@both_backends
def test_lists_of_any_length_lead_to_the_same_matching(backend):
    found = market(11, backend, 60, 20)
    whole = stable(found, length=100).partner
    assert all((stable(found, length=k).partner == whole).all() for k in (1, 2, 5))


@both_backends
def test_the_order_of_rows_changes_no_pair(backend):
    one, other = sides(4, 40, 30)
    again = market(4, backend, tables=(shuffled(3, one), shuffled(4, other)))
    for side in Side:
        assert stable(market(4, backend, 40, 30), side).pairs() == stable(again, side).pairs()


def test_the_example_of_gale_and_shapley_comes_out_as_published():
    """Their first example: firsts for one side, firsts for the other, or seconds for all."""
    found = pairs_of([[3, 2, 1], [1, 3, 2], [2, 1, 3]], [[1, 2, 3], [3, 1, 2], [2, 3, 1]])
    assert sorted(all_stable(found)) == [(0, 1, 2), (1, 2, 0), (2, 0, 1)]
    assert stable(found).partner.tolist() == [0, 1, 2]
    assert stable(found, Side.POSITIONS).partner.tolist() == [2, 0, 1]


def pairs_of(u, v, capacity=None):
    cells = [(p, q) for p, row in enumerate(u) for q, x in enumerate(row) if x is not None]
    return Pairs(
        range(len(u)),
        range(len(u[0])),
        Listed(
            [p for p, _q in cells],
            [q for _p, q in cells],
            [u[p][q] for p, q in cells],
            [v[p][q] for p, q in cells],
        ),
        capacity=capacity,
    )


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_with_ties_the_largest_of_all_stable_matchings_is_found(seed):
    found = listed(seed, 4, 4, levels=2, seats=(1, 1, 2))
    answer = stable(found, ties="most")
    sizes = [sum(q >= 0 for q in partner) for partner in all_stable(found)]
    assert blocking(found, answer.partner) == []
    assert answer.totals()["placed"] == max(sizes)
    assert answer.largest
    edges = edges_of(found, found.everyone(Side.PEOPLE), Key.PERSON)
    partner = _programme(edges, found.capacity, len(found.people))
    assert blocking(found, partner) == []
    assert (partner >= 0).sum() == max(sizes)


@settings(max_examples=12, deadline=None)
@given(seeds)
def test_without_the_proof_two_thirds_are_never_missed(seed):
    found = listed(seed, 12, 9, density=0.3, levels=2, seats=(0, 1, 1, 2))
    edges = edges_of(found, found.everyone(Side.PEOPLE), Key.PERSON)
    partner = _Tied(edges, len(found.people), found.capacity).run()
    assert is_matching(found, partner)
    assert blocking(found, partner) == []
    assert 3 * (partner >= 0).sum() >= 2 * stable(found, ties="most").totals()["placed"]


def test_ties_broken_by_id_may_place_fewer():
    """Both like the first seat, which likes them alike; the first person has nowhere else to go."""
    found = pairs_of([[1, None], [1, 1]], [[1, None], [1, 1]])
    assert stable(found, ties="most").totals()["placed"] == 2
    other = pairs_of([[1, 1], [1, None]], [[1, 1], [1, None]])
    assert stable(other).totals()["placed"] == 1
    assert stable(other, ties="most").totals()["placed"] == 2


@pytest.mark.parametrize("wrong", [{"ties": "dice"}, {"length": 0}])
def test_unknown_rules_are_refused(wrong):
    with pytest.raises(MarketFault, match=next(iter(wrong))):
        stable(listed(1), **wrong)


@both_backends
@pytest.mark.parametrize("side", list(Side))
def test_seats_of_nobody_and_people_of_nowhere(backend, side):
    assert stable(listed(1, 0, 3, backend=backend), side).pairs() == []
    assert stable(listed(1, 3, 0, backend=backend), side).pairs() == []
    assert stable(listed(1, 5, 4, seats=(0,), backend=backend), side).pairs() == []
    assert stable(listed(1, 5, 4, density=0.0, backend=backend), side).pairs() == []
    crowd = stable(listed(1, 9, 2, density=1.1, levels=1, seats=(2,), backend=backend), side)
    assert crowd.pairs() == [(0, 0), (1, 0), (2, 1), (3, 1)]
