"""Placements re-judged per second; run with ``PYTHONPATH=src python benchmarks/rules.py``.

An invented consortium: units of 20 to 2,000 staff with three posts each, students of many schools,
starts spread over a year, own insurance and papers, one in seven placements with something wrong
or missing. Sizes may be given as arguments. Every placement is judged by every
rule, with nothing remembered from before.
"""

import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from chanjiao.core.rulepacks import load_pack
from chanjiao.engines.rules import Judge, findings
from chanjiao.engines.rules.internship import (
    INTERNSHIP,
    Agreement,
    Calendar,
    DataConsent,
    Headcount,
    Paper,
    Placement,
    Policy,
    Post,
    Register,
    Roster,
    SafetyTest,
    Shift,
    Student,
    Unit,
    judge_register,
    standing,
)

ON = date(2026, 2, 25)
DAY = timedelta(days=1)
WEEKDAYS = frozenset(range(1, 6))
ROSTERS = [
    Roster((Shift(start * 60, start * 60 + 540, 60, None, WEEKDAYS),), holidays="free")
    for start in (7, 8, 9)
]
NIGHTS = Roster((Shift(22 * 60, 30 * 60, 30, None, WEEKDAYS),), holidays="free")
THREE = frozenset({"school", "unit", "student"})
ABSENT = object()


def register(size: int, seed: int = 6) -> Register:
    dice = random.Random(seed)
    units = {f"U{n}": unit(dice, f"U{n}") for n in range(max(1, size // 60))}
    students = {f"S{n}": student(dice, f"S{n}") for n in range(size)}
    placements = tuple(placement(dice, n, len(units)) for n in range(size))
    holidays = frozenset(date(2026, 10, 1) + n * DAY for n in range(7))
    return Register(
        units, students, placements, Calendar(date(2025, 1, 1), date(2027, 12, 31), holidays)
    )


def unit(dice: random.Random, name: str) -> Unit:
    staff = dice.randint(20, 2000)
    posts = {
        f"P{n}": Post(
            f"P{n}",
            headcounts=(Headcount(date(2026, 1, 10), max(1, staff // 4)),),
            hazards=frozenset(["boiler"]) if dice.random() < 0.03 else frozenset(),
            risks=frozenset(),
            intensity=dice.choice([1, 2, 2, 2, 3]),
            venue="factory",
            major_classes=frozenset({"46", "51"}),
            wage_standard_yuan=5000 + 100 * n,
            lowest_grade_yuan=4200,
        )
        for n in range(3)
    }
    counted = date(2026, 1, 10) - dice.randint(0, 400) * DAY
    return Unit(
        name,
        area="320508",
        venue="factory",
        headcounts=(Headcount(counted, staff),),
        inspected_on=date(2025, 12, 1),
        is_lawful=True,
        is_listed=True,
        credit_checked_on=date(2025, 12, 1),
        safety_offences=(),
        posts=posts,
    )


def student(dice: random.Random, name: str) -> Student:
    return Student(
        name,
        birth_on=date(2006, 1, 1) + dice.randint(0, 1500) * DAY,
        sex=dice.choice(["female", "male"]),
        entered_on=date(dice.choice([2023, 2024, 2024, 2025]), 9, 1),
        major_class=dice.choice(["46", "46", "51", "63"]),
        is_special_major=False,
    )


def placement(dice: random.Random, n: int, units: int) -> Placement:
    start = date(2026, 1, 1) + dice.randint(0, 364) * DAY
    end = start + dice.randint(90, 200) * DAY
    signed = start - dice.randint(-2, 30) * DAY
    spoilt = dice.random() < 1 / 7
    paper = Paper(exists=True, on=signed, no=str(n))
    return Placement(
        f"I{n}",
        f"S{n}",
        f"U{dice.randrange(units)}",
        f"P{dice.randrange(3)}",
        f"school {n % 40}",
        "work_placement",
        "allocated",
        "planned",
        start,
        end,
        organiser="school",
        parties=THREE,
        roster=NIGHTS if spoilt and dice.random() < 0.3 else dice.choice(ROSTERS),
        works_independently=dice.random() < 0.8,
        pay_yuan=dice.randint(3000, 6000),
        hourly_pay_yuan=dice.randint(20, 40),
        pay_cycle="month",
        pay_form="money",
        paid_to="student",
        agreement=Agreement(True, "2021", THREE, signed, f"{n:x}"),
        student_consent=paper,
        guardian_consent=None if spoilt else paper,
        fees_yuan=0,
        asks_guarantee=False,
        keeps_papers=False,
        insurance=(Policy(f"B{n}", "internship_liability", start, end - spoilt * DAY, "unit"),),
        school_tutor=Paper(exists=True),
        mentor=Paper(exists=True),
        plan_filing=paper,
        is_voluntary=True,
        has_complaint_channel=True,
        force_complaints=0,
        safety_test=SafetyTest(exists=True, passed=True, on=signed),
        data_consent=DataConsent(exists=True, on=signed, is_withdrawn=False),
        filings=(),
    )  # fmt: skip


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [25_000, 100_000]
    pack = load_pack(["internship-cn", "internship-js"])
    for size in sizes:
        rows = register(size)
        begun = time.process_time()
        judged = judge_register(rows, Judge(pack, INTERNSHIP), ON)
        spent = time.process_time() - begun
        states = Counter(
            standing(one, where).state for one, where in zip(judged, rows.placements, strict=True)
        )
        begun = time.process_time()
        told = sum(len(findings(one)) for one in judged)
        words = time.process_time() - begun
        answers = Counter(one.answer.value for each in judged for one in each.outcomes)
        sys.stdout.write(
            f"{size:>7} placements × {len(pack.rules)} rules: {spent:.2f} s CPU,"
            f" {1e6 * spent / size:.0f} µs each; {told} sentences in {words:.2f} s\n"
            f"        {dict(answers)} {dict(states)}\n"
        )


if __name__ == "__main__":
    main()
