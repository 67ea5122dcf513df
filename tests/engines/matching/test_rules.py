"""School choice and student–project allocation, by published examples and by trying everything."""

import random
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.matching import (
    MarketFault,
    Project,
    Teacher,
    allocate_most,
    allocate_stable,
    blocking_allocations,
    school_choice,
)
from chanjiao.engines.matching.projects import Allocation

seeds = st.integers(0, 10**6)

# Abdulkadiroğlu and Sönmez (2003), appendix: eight students, four schools.
WISHES = {
    1: "bacd", 2: "abcd", 3: "cbad", 4: "cdab", 5: "acdb", 6: "dabc", 7: "abcd", 8: "abdc",
}  # fmt: skip
PRIORITIES = {
    "a": [1, 2, 3, 4, 5, 6, 7, 8],
    "b": [3, 5, 4, 8, 7, 2, 1, 6],
    "c": [5, 3, 1, 7, 2, 8, 6, 4],
    "d": [6, 8, 7, 4, 2, 3, 5, 1],
}
QUOTAS = {"a": 2, "b": 2, "c": 3, "d": 3}


def test_top_trading_cycles_of_the_published_example():
    found = school_choice(WISHES, PRIORITIES, QUOTAS, "ttc")
    assert found == {1: "b", 2: "a", 3: "c", 4: "c", 5: "a", 6: "d", 7: "b", 8: "d"}


def choice(seed):
    dice = random.Random(seed)
    students, schools = range(5), "abc"
    wishes = {i: dice.sample(schools, dice.randrange(4)) for i in students}
    priorities = {s: dice.sample(students, dice.randrange(3, 6)) for s in schools}
    return wishes, priorities, {s: dice.randrange(3) for s in schools}


def envy(wishes, priorities, quotas, found):
    """Who would rather be where a seat is free or somebody with a lower claim sits."""
    for i, order in wishes.items():
        better = order if found[i] is None else order[: order.index(found[i])]
        for s in better:
            line = priorities[s]
            inside = [k for k, school in found.items() if school == s]
            if i in line and (
                len(inside) < quotas[s] or any(line.index(k) > line.index(i) for k in inside)
            ):
                yield i, s


def every_placing(wishes, priorities, quotas):
    options = [[None, *(s for s in order if i in priorities[s])] for i, order in wishes.items()]
    for places in product(*options):
        if all(places.count(s) <= quota for s, quota in quotas.items()):
            yield dict(zip(wishes, places, strict=True))


def rank(wishes, i, school):
    return len(wishes[i]) if school is None else wishes[i].index(school)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_deferred_acceptance_is_without_envy_and_best_for_every_student(seed):
    wishes, priorities, quotas = choice(seed)
    found = school_choice(wishes, priorities, quotas)
    assert not list(envy(wishes, priorities, quotas, found))
    for other in every_placing(wishes, priorities, quotas):
        if not list(envy(wishes, priorities, quotas, other)):
            assert all(rank(wishes, i, found[i]) <= rank(wishes, i, other[i]) for i in wishes)


@settings(max_examples=25, deadline=None)
@given(seeds, st.sampled_from(["ttc", "boston"]))
def test_trading_and_immediate_acceptance_leave_nothing_that_is_better_for_all(seed, mechanism):
    wishes, priorities, quotas = choice(seed)
    found = school_choice(wishes, priorities, quotas, mechanism)
    for other in every_placing(wishes, priorities, quotas):
        ranks = [(rank(wishes, i, other[i]), rank(wishes, i, found[i])) for i in wishes]
        assert not (all(a <= b for a, b in ranks) and any(a < b for a, b in ranks))


@settings(max_examples=15, deadline=None)
@given(seeds, st.sampled_from(["da", "ttc"]))
def test_nobody_gains_by_hiding_what_they_want(seed, mechanism):
    wishes, priorities, quotas = choice(seed)
    honest = school_choice(wishes, priorities, quotas, mechanism)
    for lie in (["a"], ["b", "a"], ["c", "b", "a"], []):
        told = school_choice({**wishes, 0: lie}, priorities, quotas, mechanism)[0]
        if told is None or told in wishes[0]:
            assert rank(wishes, 0, honest[0]) <= rank(wishes, 0, told)


def test_immediate_acceptance_serves_first_wishes_first():
    wishes = {"i": ["s", "t"], "j": ["t"], "k": ["s"]}
    priorities = {"s": ["i", "k"], "t": ["i", "j"]}
    quotas = {"s": 1, "t": 1}
    found = school_choice(wishes, {"s": ["k", "i"], "t": ["i", "j"]}, quotas, "boston")
    assert found == {"i": None, "j": "t", "k": "s"}
    assert school_choice(wishes, priorities, quotas)["i"] == "s"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mechanism": "lottery"}, "lottery"),
        ({"wishes": {"i": ["x"]}}, "x"),
        ({"wishes": {"i": ["s", "s"]}}, "twice"),
        ({"quotas": {"s": -1}}, "-1"),
    ],
)
def test_wrong_school_choices_are_told(change, told):
    given_ = {"wishes": {"i": ["s"]}, "priorities": {"s": ["i"]}, "quotas": {"s": 1}} | change
    with pytest.raises(MarketFault, match=told):
        school_choice(**given_)


def spa(seed, lower=False):
    dice = random.Random(seed)
    names = ["p1", "p2", "p3", "p4"]
    projects = {
        name: Project("AB"[n % 2], upper, dice.randrange(upper + 1) if lower else 0)
        for n, name in enumerate(names)
        for upper in [dice.randrange(1, 3)]
    }
    students = range(5)
    wishes = {i: dice.sample(names, dice.randrange(1, 4)) for i in students}
    teachers = {t: Teacher(dice.sample(students, 5), dice.randrange(1, 4)) for t in "AB"}
    return wishes, projects, teachers


def every_allocation(wishes, projects, teachers):
    for places in product(*([None, *order] for order in wishes.values())):
        loads = dict.fromkeys(teachers, 0)
        for place in places:
            if place is not None:
                loads[projects[place].teacher] += 1
        counts = {p: places.count(p) for p in projects}
        if all(counts[p] <= x.upper and counts[p] in (0, *range(x.lower, x.upper + 1))
               for p, x in projects.items()) and all(
            loads[t] <= x.upper for t, x in teachers.items()
        ):  # fmt: skip
            yield dict(zip(wishes, places, strict=True))


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_projects_are_allocated_stably_and_best_for_every_student(seed):
    wishes, projects, teachers = spa(seed)
    found = allocate_stable(wishes, projects, teachers)
    assert blocking_allocations(wishes, projects, teachers, found) == []
    assert found.closed == ()
    for project in every_allocation(wishes, projects, teachers):
        other = Allocation(project, (), ())
        if not blocking_allocations(wishes, projects, teachers, other):
            assert other.placed == found.placed
            for i in wishes:
                assert rank(wishes, i, found.project[i]) <= rank(wishes, i, project[i])


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_projects_open_with_their_lower_quota_or_not_at_all(seed):
    wishes, projects, teachers = spa(seed, lower=True)
    stable = allocate_stable(wishes, projects, teachers)
    most = allocate_most(wishes, projects, teachers)
    for found in (stable, most):
        counts = {p: list(found.project.values()).count(p) for p in projects}
        assert all(counts[p] == 0 or x.lower <= counts[p] <= x.upper for p, x in projects.items())
        assert all(counts[p] == 0 for p in found.closed)
    assert blocking_allocations(wishes, projects, teachers, stable) == []
    score = {}
    for project in every_allocation(wishes, projects, teachers):
        placed = sum(p is not None for p in project.values())
        ranks = sum(len(wishes[i]) - rank(wishes, i, project[i]) for i in wishes)
        score[placed, ranks] = True
    ranks = sum(len(wishes[i]) - rank(wishes, i, most.project[i]) for i in wishes)
    assert (most.placed, ranks) == max(score)


def test_a_lower_quota_of_a_teacher_is_kept_or_told_to_be_impossible():
    wishes = {"i": ["p", "q"], "j": ["p"]}
    projects = {"p": Project("A", 2), "q": Project("B", 1)}
    teachers = {"A": Teacher(["i", "j"], 2), "B": Teacher(["i"], 1, lower=1)}
    assert allocate_stable(wishes, projects, teachers).short == ("B",)
    assert allocate_most(wishes, projects, teachers).project == {"i": "q", "j": "p"}
    with pytest.raises(MarketFault, match="lower"):
        allocate_most({"j": ["p"]}, projects, teachers)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"wishes": {"i": ["z"]}}, "z"),
        ({"projects": {"p": Project("Z", 1)}}, "Z"),
        ({"projects": {"p": Project("A", 1, 2)}}, "2"),
        ({"teachers": {"A": Teacher(["i"], -1)}}, "-1"),
    ],
)
def test_wrong_allocations_are_told(change, told):
    given_ = {
        "wishes": {"i": ["p"]},
        "projects": {"p": Project("A", 1)},
        "teachers": {"A": Teacher(["i"], 1)},
    } | change
    with pytest.raises(MarketFault, match=told):
        allocate_stable(**given_)
