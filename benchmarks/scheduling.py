"""Timetables and stations beside OR-Tools CP-SAT, same problem, same cost, same time, same cores.

    PYTHONPATH=src python benchmarks/scheduling.py [--seconds 60] [--peer PYTHON] [FILE.ctt …]

``--peer`` (or ``CHANJIAO_PEERS``) is a Python that has ``ortools``; without one ours runs alone.
Without files three invented sizes are taken. Every answer, the peer's too, is priced by the
official cost counted from its definition. Then a drop-out among 400 stations and 640 groups over
20 weeks is repaired, with the lower bound.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import chanjiao
from chanjiao.engines.scheduling.stations import Scale, generate as made, place, repair, violations
from chanjiao.engines.scheduling.timetabling import (
    LARGE,
    MIDDLE,
    SMALL,
    Instance,
    Lesson,
    cost,
    generate,
    is_compiled,
    read_ctt,
    read_sol,
    solve,
    write_ctt,
    write_sol,
)

CORES = 2
SOURCE = Path(chanjiao.__file__).parents[1]


def cp_sat(instance: Instance, seconds: float) -> list[Lesson]:
    """The plain model: a flag for each course, period and room; costs as in the definition."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    rooms, periods = list(instance.rooms), range(instance.periods)
    courses = {course.id: course for course in instance.courses}
    x = {
        (c, p, r): model.new_bool_var("")
        for c in courses
        for p in periods
        if p not in instance.closed.get(c, ())
        for r in rooms
    }
    at = {
        (c, p): sum(x[c, p, r] for r in rooms if (c, p, r) in x) for c in courses for p in periods
    }
    _hard(model, instance, x, at)
    price = [
        max(0, courses[c].students - instance.rooms[r]) * flag for (c, _, r), flag in x.items()
    ]
    price += _days_and_rooms(model, instance, x, at)
    price += _lonely(model, instance, at)
    model.minimize(sum(price))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, CORES
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    return [Lesson(c, r, p) for (c, p, r), flag in x.items() if solver.value(flag)]


def _hard(model: object, instance: Instance, x: dict, at: dict) -> None:
    courses = {course.id: course for course in instance.courses}
    for c, course in courses.items():
        model.add(sum(at[c, p] for p in range(instance.periods)) == course.lectures)
        for p in range(instance.periods):
            model.add(at[c, p] <= 1)
    together = [*instance.curricula.values()]
    together += [
        [c for c in courses if courses[c].teacher == teacher]
        for teacher in {course.teacher for course in courses.values()}
    ]
    for p in range(instance.periods):
        for r in instance.rooms:
            model.add_at_most_one(x[c, p, r] for c in courses if (c, p, r) in x)
        for some in together:
            model.add(sum(at[c, p] for c in some) <= 1)


def _days_and_rooms(model: object, instance: Instance, x: dict, at: dict) -> list:
    """Working days too few, and rooms beyond the first."""
    price = []
    for course in instance.courses:
        c = course.id
        days = []
        for d in range(instance.days):
            used = model.new_bool_var("")
            span = range(d * instance.per_day, (d + 1) * instance.per_day)
            model.add(used <= sum(at[c, p] for p in span))
            days.append(used)
        short = model.new_int_var(0, course.least_days, "")
        model.add(short >= course.least_days - sum(days))
        price.append(5 * short)
        for n, r in enumerate(instance.rooms):
            inside = model.new_bool_var("")
            for p in range(instance.periods):
                if (c, p, r) in x:
                    model.add_implication(x[c, p, r], inside)
            price.append(inside - (1 if n == 0 else 0))
    return price


def _lonely(model: object, instance: Instance, at: dict) -> list:
    price = []
    for q in instance.curricula.values():
        there = [sum(at[c, p] for c in q) for p in range(instance.periods)]
        for p in range(instance.periods):
            n = p % instance.per_day
            before = there[p - 1] if n > 0 else 0
            after = there[p + 1] if n < instance.per_day - 1 else 0
            alone = model.new_bool_var("")
            model.add(alone >= there[p] - before - after)
            price.append(2 * alone)
    return price


def peer(python: str, file: Path, seconds: float) -> str:
    """The peer's timetable as .sol text, from a Python of its own."""
    with tempfile.NamedTemporaryFile("r", suffix=".sol") as out:
        words = [python, __file__, "--as-peer", out.name, "--seconds", str(seconds), str(file)]
        subprocess.run(words, check=True, env={**os.environ, "PYTHONPATH": str(SOURCE)})
        return out.read()


def timetables(files: list[Path], seconds: float, python: str | None) -> None:
    for file in files:
        instance = read_ctt(file.read_text("utf-8"), file.name)
        ours = solve(instance, seconds=seconds, runs=CORES)
        line = {
            "problem": instance.name,
            "lectures": sum(course.lectures for course in instance.courses),
            "seconds": seconds,
            "compiled": is_compiled(),
            "ours": ours.cost.total,
            "violations": ours.cost.violations,
            "steps": ours.steps,
        }
        if python:
            found = read_sol(instance, peer(python, file, seconds))
            theirs = cost(instance, found)
            line["cp_sat"] = None if theirs.violations else theirs.total
            if not theirs.violations:
                line["ratio"] = round(ours.cost.total / max(1, theirs.total), 3)
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def stations() -> None:
    for fill, gone in ((0.3, 1), (0.5, 1), (0.5, 2), (0.7, 1)):
        problem, before = made(Scale(400, 640, 20, 40, fill), 6)
        begun = time.perf_counter()
        fresh = place(problem, seconds=30)
        spent = time.perf_counter() - begun
        sites = {f"site{n}" for n in range(3, 3 + gone)}
        now = replace(problem, stations=tuple(s for s in problem.stations if s.site not in sites))
        found = repair(now, before)
        sys.stdout.write(
            f"400 stations × {len(problem.groups)} groups × 20 weeks, {fill:.0%} full:"
            f" placed anew in {spent:.2f} s, {len(fresh.unplaced)} left;"
            f" {gone} of 40 sites gone: {found}; broken {len(violations(now, found.schedule))}\n"
        )
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--peer", default=os.environ.get("CHANJIAO_PEERS"))
    parser.add_argument("--as-peer", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.as_peer:
        instance = read_ctt(asked.files[0].read_text("utf-8"))
        found = cp_sat(instance, asked.seconds)
        asked.as_peer.write_text(write_sol(instance, tuple(found)))
        return
    stations()
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files
        if not files:
            for size, name in ((SMALL, "small"), (MIDDLE, "middle"), (LARGE, "large")):
                files.append(Path(folder, f"{name}.ctt"))
                files[-1].write_text(write_ctt(generate(size, 7)))
        timetables(files, asked.seconds, asked.peer)


if __name__ == "__main__":
    main()
