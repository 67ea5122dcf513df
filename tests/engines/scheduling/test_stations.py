"""Stations: what is placed keeps everything, repairs move few, conflicts are minimal."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.scheduling import SchedulingError
from chanjiao.engines.scheduling.stations import (
    Group,
    Kind,
    Place,
    Problem,
    Requirement,
    Scale,
    Station,
    Wish,
    explain,
    generate,
    place,
    refusals,
    repair,
    violations,
)

CNC, WELD = frozenset({"cnc"}), frozenset({"weld"})


def station(name, site="A", skills=CNC, **more):
    return Station(name, site, more.pop("seats", 30), skills, **more)


def group(name, length=2, needs=CNC, **more):
    return Group(name, more.pop("size", 20), length, needs, **more)


@pytest.fixture(scope="module")
def region():
    return generate(Scale(40, 60, 16, 8, 0.45), 5)


def test_the_hidden_schedule_of_an_invented_problem_keeps_everything(region):
    problem, schedule = region
    assert len(schedule) == len(problem.groups)
    assert violations(problem, schedule) == {}


def test_everybody_is_placed_and_nothing_is_broken(region):
    problem, _ = region
    found = place(problem)
    assert found.unplaced == ()
    assert violations(problem, found.schedule) == {}
    assert place(problem) == found


def test_wishes_are_granted_where_there_is_room():
    wish = (Wish(3, frozenset({"s2"}), frozenset({4})),)
    problem = Problem(6, (station("s1"), station("s2")), (group("g1", wishes=wish), group("g2")))
    found = place(problem)
    assert (found.schedule["g1"], found.cost) == (Place("s2", 4), 0)


REFUSED = [
    (Kind.SEATS, {}, {"size": 31}),
    (Kind.SKILLS, {"skills": WELD}, {}),
    (Kind.SAFETY, {"safety": frozenset({"height"})}, {}),
    (Kind.TRAVEL, {}, {"home": "h", "longest_travel": 29}),
    (Kind.TRAVEL, {}, {"home": "nowhere", "longest_travel": 99}),
    (Kind.BARRED, {}, {"barred": {"s1": "R-05"}}),
    (Kind.LIMIT, {"site": "B"}, {}),
]


@pytest.mark.parametrize(("kind", "of_station", "of_group"), REFUSED)
def test_each_requirement_refuses_and_its_absence_lets_pass(kind, of_station, of_group):
    problem = Problem(
        4,
        (station("s1", **of_station),),
        (group("g1", **of_group),),
        {("h", "A"): 30},
        {},
        {"B": 19},
    )
    assert refusals(problem, problem.groups[0], problem.stations[0]) == [kind]
    assert place(problem).unplaced == ("g1",)
    assert [one.kind for one in explain(problem).requirements] == [kind]
    easy = Problem(4, (station("s1"),), (group("g1"),))
    assert place(easy).unplaced == ()


PAIRS = [
    (Kind.OCCUPIED, {}, {}, {}),
    (Kind.OCCUPIED, {"is_shared": True}, {}, {}),
    (Kind.INSTRUCTOR, {}, {"instructor": "T"}, {}),
    (Kind.COHORT, {}, {"cohort": "C"}, {}),
    (Kind.LIMIT, {}, {}, {"A": 39}),
]


@pytest.mark.parametrize(("kind", "of_station", "of_group", "limits"), PAIRS)
def test_two_groups_get_in_each_others_way(kind, of_station, of_group, limits):
    count = 1 if kind is Kind.OCCUPIED else 2
    stations = tuple(station(f"s{n}", **of_station) for n in range(count))
    groups = (group("g1", 3, **of_group), group("g2", 3, **of_group))
    problem = Problem(5, stations, groups, {}, {}, limits)
    assert len(place(problem).unplaced) == 1
    found = explain(problem)
    assert (found.groups, found.requirements) == (("g1", "g2"), (Requirement(kind),))
    assert found.is_proven
    assert explain(replace(problem, slots=6)) is None


def test_a_shared_station_seats_two_groups_that_fit_together():
    problem = Problem(
        3, (station("s1", seats=40, is_shared=True),), (group("g1", 3), group("g2", 3))
    )
    assert place(problem).unplaced == ()


def test_weeks_closed_or_without_the_instructor_are_not_used():
    shut = station("s1", closed=frozenset({1}))
    problem = Problem(6, (shut,), (group("g1", 2, instructor="T"),), {}, {"T": frozenset({2, 5})})
    assert place(problem).schedule["g1"] == Place("s1", 3)
    shut = station("s1", closed=frozenset({2}))
    groups = (group("g1", 3, instructor="T"),)
    longer = Problem(6, (shut,), groups, {}, {"T": frozenset({5})})
    assert {one.kind for one in explain(longer).requirements} == {Kind.ABSENT, Kind.CLOSED}


def test_every_requirement_of_a_conflict_is_needed():
    window = frozenset(range(5))
    groups = (group("g1", 3, window=window), group("g2", 3, window=window), group("g3", 2, WELD))
    problem = Problem(8, (station("s1"), station("s2", skills=WELD)), groups)
    found = explain(problem)
    assert found.groups == ("g1", "g2")
    assert Requirement(Kind.WINDOW, "g1") in found.requirements
    assert "g3" not in found.zh + found.en
    from chanjiao.engines.scheduling.stations.explaining import _Test

    test = _Test(problem, float("inf"))
    kinds = [Requirement(k, g.id) for g in groups[:2] for k in Kind] + [
        Requirement(k) for k in Kind
    ]
    spared = [one for one in kinds if one not in found.requirements]
    assert test.conflicts(groups[:2], spared)
    for needed in found.requirements:
        assert not test.conflicts(groups[:2], [*spared, needed])


def without(problem, site):
    return replace(problem, stations=tuple(s for s in problem.stations if s.site != site))


def test_a_drop_out_moves_those_who_lost_their_place_and_says_why(region):
    problem, before = region
    gone = {s.id for s in problem.stations if s.site == "site2"}
    hit = {name for name, spot in before.items() if spot.station in gone}
    now = without(problem, "site2")
    found = repair(now, before)
    assert violations(now, found.schedule) == {}
    assert hit <= {move.group for move in found.moves} | set(found.unplaced)
    assert found.lower_bound <= len(found.moves)
    assert all("dropped out" in m.en for m in found.moves if m.group in hit)
    assert "lower bound" in str(found)


def test_nothing_moves_when_nothing_is_lost(region):
    problem, before = region
    found = repair(problem, before)
    assert (found.moves, found.lower_bound, found.schedule) == ((), 0, before)


def test_one_who_could_stay_makes_room_only_when_there_is_no_other_way():
    groups = (group("g1"), group("g2", needs=frozenset()))
    stations = (station("s1"), station("s2"), station("s3", skills=WELD))
    before = {"g1": Place("s1", 0), "g2": Place("s2", 0)}
    problem = Problem(2, stations, groups)
    found = repair(without(replace(problem, stations=stations[1:]), "-"), before)
    assert {move.group: move.after.station for move in found.moves} == {"g1": "s2", "g2": "s3"}
    assert (found.lower_bound, found.is_proven) == (2, True)
    roomy = replace(problem, stations=(station("s4"), *stations[1:]))
    assert [move.group for move in repair(roomy, before).moves] == ["g1"]


def test_a_bound_lets_one_who_lost_the_place_be_the_one_left_out():
    """One place for two: a newcomer could have it, and nobody would have moved."""
    problem = Problem(1, (station("s1"),), (group("new", 1), group("old", 1)))
    found = repair(problem, {"old": Place("s0", 0)})
    assert len(found.unplaced) == 1
    assert found.lower_bound == 0


def brute_force(problem, before):
    """Fewest left out and, among those, fewest moved, over every schedule there is."""
    spots = [
        [None, *(Place(s.id, t) for s in problem.stations for t in range(problem.slots))]
        for _ in problem.groups
    ]
    best = None
    for chosen in product(*spots):
        schedule = {g.id: p for g, p in zip(problem.groups, chosen, strict=True) if p}
        if violations(problem, schedule):
            continue
        moved = sum(schedule[n] != before[n] for n in schedule if n in before)
        value = (len(problem.groups) - len(schedule), moved)
        best = value if best is None else min(best, value)
    return best


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_no_schedule_moves_fewer_than_a_repair_that_says_so(data):
    skills = st.sampled_from([CNC, WELD, CNC | WELD])
    stations = tuple(station(f"s{n}", f"S{n}", data.draw(skills)) for n in range(3))
    groups = tuple(
        group(f"g{n}", data.draw(st.integers(1, 2)), data.draw(st.sampled_from([CNC, WELD])),
              cohort=data.draw(st.sampled_from(["", "C"])))
        for n in range(3)
    )  # fmt: skip
    problem = Problem(3, stations, groups)
    before = place(problem).schedule
    now = replace(problem, stations=stations[1:])
    found = repair(now, before)
    left, moved = brute_force(now, before)
    assert violations(now, found.schedule) == {}
    assert len(found.unplaced) == left
    assert found.lower_bound <= moved <= len(found.moves)
    if found.is_proven:
        assert len(found.moves) == moved


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stations": (station("s1"), station("s1"))}, "station s1: 出现两次"),
        ({"stations": (station("s1", seats=0),)}, "it must have a seat"),
        ({"groups": (group("g1", 9),)}, "its length 9 must be 1 to 4"),
        ({"groups": (group("g1", size=0),)}, "nobody is in it"),
    ],
)
def test_a_faulty_problem_is_refused(change, told):
    problem = replace(Problem(4, (station("s1"),), (group("g1"),)), **change)
    for act in (place, explain, lambda one: repair(one, {})):
        with pytest.raises(SchedulingError, match=told):
            act(problem)
