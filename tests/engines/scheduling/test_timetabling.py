"""Timetables: the official cost from its definition, steps alike in C and Python, files."""

import re

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings, strategies as st

from chanjiao.engines.scheduling import NoTimetable, SchedulingError
from chanjiao.engines.scheduling.timetabling import (
    SMALL,
    Course,
    Instance,
    Lesson,
    Size,
    cost,
    generate,
    is_compiled,
    read_ctt,
    read_sol,
    solve,
    write_ctt,
    write_sol,
)
from chanjiao.engines.scheduling.timetabling.kernels import Runner
from chanjiao.engines.scheduling.timetabling.solving import chances
from chanjiao.engines.scheduling.timetabling.starting import start
from chanjiao.engines.scheduling.timetabling.tables import state_of, tables_of, timetable_of

TOY = """Name: Toy
Courses: 4
Rooms: 3
Days: 5
Periods_per_day: 4
Curricula: 2
Constraints: 8

COURSES:
SceCosC Ocra 3 3 30
ArcTec Indaco 3 2 42
TecCos Rosa 5 4 40
Geotec Scarlatti 5 4 18

ROOMS:
rA 32
rB 50
rC 40

CURRICULA:
Cur1 3 SceCosC ArcTec TecCos
Cur2 2 TecCos Geotec

UNAVAILABILITY_CONSTRAINTS:
TecCos 2 0
TecCos 2 1
TecCos 3 2
TecCos 3 3
ArcTec 4 0
ArcTec 4 1
ArcTec 4 2
ArcTec 4 3

END.
"""
TINY = Size(10, 3, 3, 4, 4, 0.7, 0.1)


@pytest.fixture(scope="module")
def toy():
    return read_ctt(TOY)


@pytest.fixture(scope="module")
def made():
    return generate(SMALL, 3)


def two(*lessons, days=2, per_day=3):
    """Two courses of one curriculum, 30 and 10 students, rooms for 20 and 40."""
    return Instance(
        "two",
        (Course("a", "t1", 2, 2, 30), Course("b", "t2", 1, 1, 10)),
        {"small": 20, "large": 40},
        days,
        per_day,
        {"q": ("a", "b")},
        {"b": frozenset({5})},
    ), tuple(Lesson(*one) for one in lessons)


@pytest.mark.parametrize(
    ("lessons", "part", "expected"),
    [
        ([("a", "large", 0), ("a", "large", 3), ("b", "large", 1)], "total", 2),
        ([("a", "large", 0), ("a", "large", 3), ("b", "large", 4)], "curriculum_compactness", 2),
        ([("a", "large", 2), ("a", "large", 3), ("b", "large", 0)], "curriculum_compactness", 6),
        ([("a", "small", 0), ("a", "large", 3), ("b", "small", 1)], "room_capacity", 10),
        ([("a", "small", 0), ("a", "large", 3), ("b", "small", 1)], "room_stability", 1),
        ([("a", "large", 0), ("a", "large", 1), ("b", "large", 2)], "min_working_days", 5),
        ([("a", "large", 0), ("b", "large", 1)], "lectures", 1),
        ([("a", "large", 0), ("a", "small", 0), ("b", "large", 1)], "lectures", 1),
        ([("a", "large", 0), ("a", "large", 3), ("b", "small", 0)], "conflicts", 1),
        ([("a", "large", 0), ("a", "large", 3), ("b", "large", 0)], "room_occupancy", 1),
        ([("a", "large", 0), ("a", "large", 3), ("b", "large", 5)], "availability", 1),
    ],
)  # fmt: skip
def test_each_part_of_the_cost_is_counted_as_it_is_defined(lessons, part, expected):
    instance, timetable = two(*lessons)
    assert getattr(cost(instance, timetable), part) == expected


def test_a_known_problem_is_solved_to_nought(toy):
    found = solve(toy, steps=30_000, runs=1)
    assert (found.cost.violations, found.cost.total) == (0, 0)


def test_files_say_the_same_after_a_round_trip(made):
    assert read_ctt(write_ctt(made)) == made
    timetable = solve(made, steps=500, runs=1).timetable
    assert read_sol(made, write_sol(made, timetable)) == timetable
    line = re.compile(r"c\d{4} r\d\d [0-4] [0-5]")
    assert all(line.fullmatch(one) for one in write_sol(made, timetable).splitlines())


@pytest.mark.skipif(not is_compiled(), reason="no compiled kernels on this machine")
@pytest.mark.parametrize("seed", [1, 2])
def test_compiled_and_plain_steps_give_the_same_timetable(made, seed):
    compiled = solve(made, steps=6000, runs=1, seed=seed)
    plain = solve(made, steps=6000, runs=1, seed=seed, plain=True)
    assert (compiled.timetable, compiled.cost) == (plain.timetable, plain.cost)


def test_the_same_seed_gives_the_same_timetable_and_another_seed_another(toy):
    first, again, other = (solve(toy, steps=40, runs=1, seed=s).timetable for s in (1, 1, 2))
    assert first == again != other


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_steps_keep_the_timetable_feasible_and_know_its_cost(seed):
    instance = generate(TINY, seed)
    tables = tables_of(instance)
    period, room = start(tables, seed)
    begin = cost(instance, timetable_of(tables, period, room))
    state = state_of(tables, period, room, seed, begin.total)
    runner = Runner(tables, state, plain=seed % 2 == 0)
    for temperature in (20.0, 1.0):
        runner.run(chances(temperature), 400, (300_000, 50_000), 0)
        now = cost(instance, timetable_of(tables, state.period, state.room))
        best = cost(instance, timetable_of(tables, state.best_period, state.best_room))
        assert (now.violations, now.total) == (0, state.cost)
        assert (best.violations, best.total) == (0, state.best)


def test_annealing_gets_well_below_its_start(made):
    tables = tables_of(made)
    begin = cost(made, timetable_of(tables, *start(tables, 1))).total
    assert solve(made, steps=20_000, runs=1).cost.total < begin / 2


def test_the_clock_is_kept(toy):
    assert solve(generate(SMALL, 4), seconds=0.3, runs=2).seconds < 3


def test_chances_are_those_of_the_temperature():
    found = chances(2.0) / 2**32
    assert np.allclose(found[:5], np.exp(-np.arange(5) / 2.0))


def test_what_can_not_be_is_named():
    instance, _ = two()
    crowded = Instance("x", (Course("a", "t", 7, 1, 5),), {"r": 9}, 2, 3, {}, {})
    with pytest.raises(NoTimetable, match="7 lectures can't go into 6 slots"):
        solve(crowded, steps=10)
    shut = Instance("x", instance.courses, instance.rooms, 2, 3, {"q": ("a", "b")},
                    {"a": frozenset(range(5)), "b": frozenset(range(6))})  # fmt: skip
    with pytest.raises(NoTimetable) as caught:
        solve(shut, steps=10)
    assert [fault.place for fault in caught.value.faults][:2] == ["course a", "course b"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Courses: 4", "Courses: four", "Courses holds 'four'"),
        ("Courses: 4", "Courses: 5", "COURSES should have 5 lines and has 4"),
        ("Days: 5\n", "", "Days: is missing"),
        ("SceCosC Ocra 3 3 30", "SceCosC Ocra 3 3", "5 items are wanted, there are 4"),
        ("SceCosC Ocra 3 3 30", "SceCosC Ocra -3 3 30", "'-3' is no whole number"),
        ("ArcTec Indaco", "SceCosC Indaco", "course SceCosC occurs twice"),
        ("Cur1 3 SceCosC", "Cur1 3 Sce", "there is no course Sce"),
        ("Cur1 3", "Cur1 4", "not that of the courses listed, 3"),
        ("TecCos 3 3", "TecCos 5 3", "there is no day 5"),
        ("ROOMS:", "ROMS:", "the section ROOMS: belongs here"),
        ("ArcTec 4 3\n", "ArcTec 4 3\nArcTec 0 0\n", "one line more"),
        ("Periods_per_day: 4", "Periods_per_day: 40", "more than 20"),
    ],
)
def test_a_faulty_file_is_refused_with_line_and_value(old, new, told):
    with pytest.raises(SchedulingError, match=re.escape(told)) as caught:
        read_ctt(TOY.replace(old, new, 1), "toy.ctt")
    assert caught.value.faults[0].place.startswith("toy.ctt:")


@settings(max_examples=25)
@given(st.text("COURSES: 12\n.-xé", max_size=60))
def test_any_text_is_refused_and_never_a_traceback(text):
    with pytest.raises(SchedulingError):
        read_ctt(text)


def test_a_timetable_of_another_problem_is_refused(toy):
    with pytest.raises(SchedulingError, match="there is no room rZ"):
        read_sol(toy, "TecCos rZ 0 0\n")


def test_the_command_solves_prices_and_ends_as_it_says(tmp_path, capsys):
    problem, answer = tmp_path / "toy.ctt", tmp_path / "toy.sol"
    problem.write_text(TOY)
    call_command("timetable", "solve", str(problem), "--seconds", "0.5", "--out", str(answer))
    assert "violations 0" in capsys.readouterr().out
    call_command("timetable", "cost", str(problem), str(answer))
    answer.write_text("TecCos rA 0 0\n")
    with pytest.raises(SystemExit):
        call_command("timetable", "cost", str(problem), str(answer), "--json")
    assert '"lectures": 15' in capsys.readouterr().out
    with pytest.raises(CommandError, match="can't be read"):
        call_command("timetable", "cost", str(tmp_path / "no.ctt"), str(answer))
    with pytest.raises(CommandError, match="folder does not exist"):
        call_command("timetable", "solve", str(problem), "--out", str(tmp_path / "no" / "x.sol"))
