"""Audit, explanation, balance and re-runs: what stands beside a matching."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.matching import (
    Key,
    MarketFault,
    Matching,
    Side,
    audit,
    balanced,
    compare,
    excluded,
    exclusions,
    explain,
    gini,
    optimal,
    reassign,
    stable,
    topk,
)
from tests.engines.matching.conftest import BACKENDS, both_backends, listed, market
from tests.engines.matching.test_stable import blocking, is_matching, tables_of

seeds = st.integers(0, 10**6)


@settings(max_examples=6, deadline=None)
@given(seeds)
def test_an_audit_counts_what_looking_at_every_pair_counts(seed):
    for found in (market(seed), listed(seed, 9, 6)):
        for answer in (stable(found), optimal(found)):
            told = audit(answer)
            assert told.blocking_pairs == len(blocking(found, answer.partner))
            assert told.hard_ok
            assert told.capacity_ok
            assert told.by == "numpy"
            assert len(told.examples) <= told.blocking_pairs
            for pair in told.examples:
                assert pair.person_gain > 0 or pair.person not in placed(answer)
        assert told.is_optimal
        assert told.certificate == answer.certificate


def placed(answer):
    return {person for person, _position in answer.pairs()}


def test_an_audit_sees_what_is_wrong():
    found = listed(4, 6, 4, density=0.6, seats=(1,))
    answer = stable(found)
    assert audit(answer).is_stable
    crowd = Matching(found, "stable", np.zeros(6, np.int32))
    assert not audit(crowd).capacity_ok
    assert not audit(crowd).hard_ok
    nobody = Matching(found, "stable", np.full(6, -1, np.int32))
    assert audit(nobody).blocking_pairs == found.feasible()
    assert not audit(nobody).is_stable
    dear = Matching(found, "optimal", optimal(found).partner, np.full(4, 9.0))
    assert not audit(dear).is_optimal
    with pytest.raises(ValueError, match="row 9"):
        audit(Matching(found, "stable", np.full(6, 9, np.int32)))


def test_officials_see_what_each_answer_costs():
    found = market(2, people=60, positions=30)
    cost = compare(stable(found), optimal(found))
    assert 0 <= cost["utility_given_up"] < 1
    assert cost["blocking_pairs_of_optimal"] == audit(optimal(found)).blocking_pairs


@settings(max_examples=4, deadline=None)
@given(seeds)
def test_shares_add_up_to_the_utilities_and_failed_conditions_are_told(seed):
    found = market(seed)
    u, v, ok = tables_of(found)
    for p, q in product(range(0, 30, 7), range(0, 25, 5)):
        why = explain(found, f"p{p:03}", f"q{q:03}")
        assert round(sum(s.person for s in why.shares), 6) == round(u[p, q] / 1e6, 6)
        assert round(sum(s.position for s in why.shares), 6) == round(v[p, q] / 1e6, 6)
        assert why.is_feasible == ok[p, q] == (why.person_rank is not None)
        if ok[p, q]:
            better = [k for k in np.flatnonzero(ok[p]) if (-u[p, k], k) < (-u[p, q], q)]
            assert why.person_rank == len(better) + 1
        for share in why.shares:
            assert 0 <= share.person <= share.person_of + 1e-6


def test_an_explanation_says_what_is_missing_and_what_would_be_enough():
    found = market(6, people=80, positions=10)
    answer = stable(found)
    _u, v, ok = tables_of(found)
    for p, q in zip(*np.nonzero(ok), strict=True):
        why = explain(found, f"p{p:03}", f"q{q:03}", answer)
        if why.are_matched:
            assert answer.partner[p] == q
        elif why.short_of:
            held = [v[k, q] for k in range(80) if answer.partner[k] == q]
            assert why.short_of == (min(held) - v[p, q]) / 1e6
    skills = next(s for s in explain(found, "p001", "q001").shares if s.factor == "skills")
    wanted = {*skills.met, *skills.missing}
    assert wanted == set(found.position_table.columns["skills"][1])
    with pytest.raises(MarketFault, match="p999"):
        explain(found, "p999", "q001")


def test_each_condition_tells_how_many_it_excludes_and_what_giving_it_up_would_open():
    found = market(3)
    _u, _v, ok = tables_of(found)
    told = exclusions(found, Side.PEOPLE, "p003")
    assert len(told) == 5
    tests = {t.name: t for t in found.view.tests}
    row, items = np.array([3]), np.arange(25)
    for line in told:
        assert line.excluded == (~tests[line.condition].passes(row, items)).sum()
        others = [t.passes(row, items) for n, t in tests.items() if n != line.condition]
        assert line.alone == (np.all(others, axis=0) & ~ok[3]).sum()
    for name, share in excluded(found).items():
        rows, columns = np.indices(ok.shape)
        assert share == pytest.approx(1 - tests[name].passes(rows, columns).mean())


def test_lists_are_read_by_id_rank_and_score():
    found = market(5)
    lines = list(topk(found, 3, ids=["p004", "p002"]))
    assert {line.owner for line in lines} <= {"p004", "p002"}
    assert all(0 <= line.w <= 1 for line in lines)
    ranking = topk(found, 4, Side.POSITIONS, key=Key.POSITION)
    assert ranking.shown().sum() == len(list(ranking))
    with pytest.raises(MarketFault, match="k=-1"):
        topk(found, -1)


@both_backends
@settings(max_examples=5, deadline=None)
@given(seeds)
def test_expected_matches_keep_to_people_and_seats(backend, seed):
    found = listed(seed, 14, 6, levels=20, backend=backend)
    answer = balanced(found, beta=0.05, rounds=3000)
    each = np.bincount(answer.graph.person, answer.expected, 14)
    assert each.max(initial=0) <= 1 + 1e-5
    assert (answer.exposure() <= found.capacity + 1e-5).all()
    assert answer.residual <= 1e-6
    assert is_matching(found, answer.matching().partner)
    for k, most in ((3, 4), (2, None)):
        lists = answer.lists(k, most)
        shown = np.bincount([q for _p, q in lists], minlength=6)
        limit = answer._shows(k) if most is None else most
        assert (shown <= limit).all()
        assert max(np.bincount([p for p, _q in lists], minlength=14)) <= k
        assert len(set(lists)) == len(lists)
    fed = np.bincount([q for _p, q in answer.lists(1, 1, least=2)], minlength=6)
    wished = np.bincount(answer.graph.item, minlength=6)
    assert (fed >= np.minimum(2, wished) * (found.capacity > 0)).all()


def test_balance_is_that_of_choo_and_siow_and_the_same_on_every_backend():
    """One person, one position: μ² = exp(w/β) (1 − μ)², by hand."""
    answer = balanced(listed(1, 1, 1, density=2.0, levels=1, seats=(1,)), beta=0.5)
    root = np.exp(1 / (2 * 0.5))
    assert answer.expected[0] == pytest.approx(root / (1 + root), abs=1e-6)
    if len(BACKENDS) == 2:
        one, other = (balanced(listed(7, 14, 6, backend=b)) for b in ("auto", "numpy"))
        assert (one.expected == other.expected).all()
        assert (one.matching().partner == other.matching().partner).all()
        assert one.lists(3) == other.lists(3)


def test_a_balanced_market_shows_the_crowd_less_of_the_same():
    found = market(8, people=80, positions=25)
    lists = topk(found, 3)
    even = balanced(found, beta=0.2)
    shown = np.bincount(
        [int(q[1:]) for _p, q in even.lists(3)], minlength=25
    )  # fmt: skip
    assert gini(shown.astype(np.int32), found.capacity) <= gini(lists.shown(), found.capacity)
    assert balanced(found, lists=2).truncated
    assert not balanced(found, lists=25).truncated


@pytest.mark.parametrize("wrong", [{"beta": 0.0}, {"lists": 0}, {"rounds": 0}])
def test_balance_out_of_range_is_refused(wrong):
    with pytest.raises(MarketFault, match=next(iter(wrong))):
        balanced(listed(1), **wrong)


def every_matching(found):
    _u, _v, ok = tables_of(found)
    choices = [[-1, *np.flatnonzero(row).tolist()] for row in ok]
    for partner in product(*choices):
        if is_matching(found, partner):
            yield partner


@both_backends
@settings(max_examples=12, deadline=None)
@given(seeds, st.booleans())
def test_a_rerun_keeps_every_promise_it_can(backend, seed, place_first):
    """Promises of another market of the same people, so that some fail in every way."""
    found = listed(seed, 5, 4, density=0.6, backend=backend)
    promised = stable(listed(seed + 1, 5, 5, density=0.9)).pairs()
    answer = reassign(found, promised, place_first=place_first)
    partner = answer.matching.partner
    assert is_matching(found, partner)

    def score(partner):
        pairs = {(p, q) for p, q in enumerate(partner) if q >= 0}
        kept, placed = len(pairs & set(promised)), len(pairs)
        worth = sum(int(found.scores(*np.array([[p], [q]], np.int32)).w[0]) for p, q in pairs)
        return (placed, kept, worth) if place_first else (kept, worth)

    assert score(partner) == max(score(other) for other in every_matching(found))
    assert len(answer.kept) == len(set(answer.matching.pairs()) & set(promised))
    assert len(answer.kept) + len(answer.broken) == len(promised)


def test_a_drop_out_leaves_everyone_else_where_they_were():
    whole = market(9, people=60, positions=25)
    before = optimal(whole).pairs()
    gone = before[3][0]
    left = market(
        9, tables=(without(whole.people_table, gone), whole.position_table)
    )  # fmt: skip
    answer = reassign(left, before)
    assert answer.broken == ((before[3], "gone"),)
    assert set(answer.kept) == set(before) - {before[3]}


def without(table, id_):
    keep = [n for n, each in enumerate(table.ids) if each != id_]
    columns = {name: [values[n] for n in keep] for name, values in table.columns.items()}
    return type(table)([table.ids[n] for n in keep], columns)
