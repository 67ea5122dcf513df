"""Sums hold, order does not matter, what is missing stays missing."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.gaps import (
    Basis,
    LineFault,
    Link,
    Trained,
    Wanted,
    balance,
    fit,
    rolled_up,
)
from tests.engines.gaps.conftest import market

NOUGHT = Fraction()


def declared(demand):
    return [d for d in demand if d.basis is Basis.DECLARED and d.occupation]


def total(figures, field):
    return sum(getattr(f, field) or 0 for f in figures.values())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6))
def test_every_view_adds_up_to_the_same_totals(seed):
    demand, supply, links = market(seed)
    study = balance(demand, supply, links)
    wanted = sum(d.people for d in declared(demand))
    planned = sum(d.people for d in demand if d.occupation and d.basis is Basis.PROJECTED)
    for view in (study.by_occupation, study.by_major, study.by_area, study.by_node, study.by_site):
        assert total(view, "demand") == wanted
        assert total(view, "projected_demand") == planned
        for field in ("supply", "covered", "projected_supply"):
            assert total(view, field) == total(study.by_occupation, field)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_graduates_placed_and_unlinked_are_all_graduates(seed):
    demand, supply, links = market(seed)
    study = balance(demand, supply, links)
    placed = total(study.by_occupation, "supply") + total(study.by_occupation, "projected_supply")
    assert placed + study.unlinked_supply == sum(study.people.values())
    for basis in Basis:
        lines = [s for s in supply if s.basis is basis and s.size is not None]
        exact = sum((s.size * (1 - s.loss) * (1 - s.further) for s in lines), NOUGHT)
        assert sum(study.people[s.line] for s in lines) == int((exact * 2 + 1) // 2)
        assert all(
            abs(study.people[s.line] - s.size * (1 - s.loss) * (1 - s.further)) < 2 for s in lines
        )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.randoms())
def test_the_order_of_lines_does_not_matter(seed, rng):
    demand, supply, links = market(seed)
    first = balance(demand, supply, links)
    for rows in (demand, supply, links):
        rng.shuffle(rows)
    assert balance(demand, supply, links) == first


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_coded_and_uncoded_people_are_all_people(seed):
    demand, supply, links = market(seed)
    study = balance(demand, supply, links)
    counted = total(study.by_occupation, "demand") + total(study.by_occupation, "projected_demand")
    assert counted + study.unmapped_demand == sum(d.people for d in demand)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_every_figure_names_the_rows_it_is_made_of(seed):
    demand, supply, links = market(seed)
    people = {d.line: d for d in demand}
    study = balance(demand, supply, links)
    for view in (study.by_occupation, study.by_area):
        for figure in view.values():
            rows = [people[line] for line in figure.demand_lines]
            assert figure.demand == sum(r.people for r in rows if r.basis is Basis.DECLARED)
            assert figure.companies == {r.company for r in rows if r.basis is Basis.DECLARED}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_parents_are_the_sums_of_their_children(seed):
    demand, supply, links = market(seed)
    tree = {"1-01": "1", "1-02": "1", "2-01": "2", "2-02": "2", "3-01": "3"}
    tree |= {"1": "全部", "2": "全部", "3": "全部"}
    study = balance(demand, supply, links)
    found = rolled_up(study.by_occupation, tree)
    if not study.by_occupation:
        assert found == {}
        return
    whole = found["全部",]
    for field in ("demand", "matched", "covered", "projected_demand"):
        assert getattr(whole, field) == total(study.by_occupation, field)
    assert whole.gap is None or whole.gap == whole.matched - whole.covered


def test_a_company_with_two_lines_is_counted_once():
    demand = [Wanted("1", "c", "a", 4), Wanted("2", "c", "b", 5)]
    found = rolled_up(balance(demand, [], []).by_occupation, {"a": "all", "b": "all"})
    assert found["all",].companies == {"c"}


def test_an_occupation_no_major_leads_to_has_no_supply_rather_than_none_of_it(half):
    study = balance([Wanted("1", "c", "a", 4)], [], [Link("m", "b", half)])
    figure = study.by_occupation["a",]
    assert figure.supply is None
    assert (figure.gap, figure.ratio, figure.coverage) == (None, None, None)


def test_an_occupation_whose_majors_nobody_offers_has_a_supply_of_nought(half):
    study = balance([Wanted("1", "c", "a", 4)], [], [Link("m", "a", half)])
    assert study.by_occupation["a",].supply == 0
    assert study.by_occupation["a",].gap == 4


def test_a_class_without_a_size_leaves_the_supply_unknown(half):
    supply = [Trained("s", "u", "m", None, NOUGHT, NOUGHT)]
    study = balance([Wanted("1", "c", "a", 4)], supply, [Link("m", "a", half)])
    assert study.by_occupation["a",].supply is None
    assert study.by_occupation["a",].unknown_lines == {"s"}
    assert study.by_major["m", "a"].supply is None


def test_a_class_without_a_size_beside_one_with_is_named_and_not_guessed(half):
    supply = [
        Trained(line, "u", "m", size, NOUGHT, NOUGHT) for line, size in (("s", None), ("t", 9))
    ]
    study = balance([Wanted("1", "c", "a", 4)], supply, [Link("m", "a", half)])
    figure = study.by_occupation["a",]
    assert (figure.supply, figure.unknown_lines) == (9, {"s"})


def test_projected_people_stand_apart_and_fill_no_gap(half):
    demand = [Wanted("1", "c", "a", 10), Wanted("2", "p", "a", 90, basis=Basis.PROJECTED)]
    supply = [Trained("s", "u", "m", 4, NOUGHT, NOUGHT),
              Trained("t", "u", "m", 50, NOUGHT, NOUGHT, basis=Basis.PROJECTED)]  # fmt: skip
    figure = balance(demand, supply, [Link("m", "a", half)]).by_occupation["a",]
    assert (figure.demand, figure.supply, figure.gap) == (10, 4, 6)
    assert (figure.projected_demand, figure.projected_supply) == (90, 50)
    assert figure.companies == {"c"}


def test_graduates_are_shared_by_the_strength_of_links():
    links = [Link("m", "a", Fraction(9, 10)), Link("m", "b", Fraction(3, 10))]
    supply = [Trained(f"s{n}", "u", "m", 2, NOUGHT, NOUGHT) for n in range(20)]
    study = balance([], supply, links)
    assert study.by_occupation["a",].supply == 30
    assert study.by_occupation["b",].supply == 10


def test_the_supply_goes_to_areas_as_the_demand_lies_there(half):
    demand = [Wanted("1", "c", "a", 30, "东"), Wanted("2", "d", "a", 10, "西")]
    supply = [Trained("s", "u", "m", 8, NOUGHT, NOUGHT)]
    study = balance(demand, supply, [Link("m", "a", half)])
    assert study.by_area["a", "东"].supply == 6
    assert study.by_area["a", "西"].supply == 2


def test_fit_counts_graduates_who_go_where_people_are_wanted(half):
    demand = [Wanted("1", "c", "a", 30), Wanted("2", "d", "b", 1)]
    supply = [Trained("s", "u", "m", 40, NOUGHT, NOUGHT)]
    study = balance(demand, supply, [Link("m", "a", half), Link("m", "b", half)])
    assert fit("m", study.by_major, study.by_occupation) == (20, 40)


def test_a_link_confirmed_changes_the_fit(half):
    demand, supply = [Wanted("1", "c", "a", 30)], [Trained("s", "u", "m", 40, NOUGHT, NOUGHT)]
    before = balance(demand, supply, [Link("m", "b", half)])
    after = balance(demand, supply, [Link("m", "b", half), Link("m", "a", half)])
    assert fit("m", before.by_major, before.by_occupation) == (0, 40)
    assert fit("m", after.by_major, after.by_occupation) == (20, 40)


@pytest.mark.parametrize(
    "rows",
    [
        lambda: balance([Wanted("1", "c", "a", 1), Wanted("1", "c", "b", 1)], [], []),
        lambda: Wanted("1", "c", "a", 0),
        lambda: Trained("s", "u", "m", -1, NOUGHT, NOUGHT),
        lambda: Trained("s", "u", "m", 1, Fraction(3, 2), NOUGHT),
        lambda: Link("m", "a", NOUGHT),
    ],
    ids=["twice", "nobody wanted", "negative class", "loss above one", "no strength"],
)
def test_a_line_no_arithmetic_can_use_is_refused(rows):
    with pytest.raises(LineFault):
        rows()


def test_a_hundred_thousand_lines_are_balanced_in_seconds():
    rng = random.Random(1)
    codes = [f"{n}" for n in range(400)]
    demand = [
        Wanted(f"d{n}", f"c{n % 9000}", rng.choice(codes), rng.randrange(1, 20), f"g{n % 12}")
        for n in range(100_000)
    ]
    supply = [
        Trained(f"s{n}", "u", f"m{n % 120}", 45, Fraction(1, 20), Fraction(1, 4))
        for n in range(2_000)
    ]
    links = [Link(f"m{n % 120}", codes[n % 400], Fraction(1, 1 + n % 3)) for n in range(1200)]
    study = balance(demand, supply, links)
    assert total(study.by_area, "demand") == sum(d.people for d in demand)
