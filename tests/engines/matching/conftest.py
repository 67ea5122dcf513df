"""Small markets at random, with everything missing that can be missing, and backends to try."""

import random

import numpy as np
import pytest

from chanjiao.engines.matching import (
    AllOf,
    AnyOf,
    Appeal,
    AtLeast,
    AtMost,
    Covers,
    Fit,
    Likeness,
    Listed,
    Machine,
    Market,
    Merit,
    Pairs,
    Rise,
    Scheme,
    Table,
    Threads,
)
from chanjiao.engines.matching.kernels import library

NO_C = "no compiled kernels on this machine: only numpy is tested"
BACKENDS = [
    "numpy",
    pytest.param("c", marks=pytest.mark.skipif(library() is None, reason=NO_C)),
]
both_backends = pytest.mark.parametrize("backend", BACKENDS)
CONDITIONS = (
    AnyOf("group", "groups", "groups"),
    AnyOf("place", "regions", "region"),
    AtLeast("education", "education", "education"),
    AtMost("wage", "wage", "wage"),
    AllOf("certificates", "certificates", "certificates"),
)
FACTORS = (
    Fit("major", "major", "job", {("m0", "j0"): 0.9, ("m1", "j2"): 0.5}, otherwise=0.1),
    Fit("home", "home", "region", same=1.0, otherwise=0.25),
    Covers("skills", "skills", "skills"),
    Likeness("tools", "skills", "tools"),
    Rise("pay", "wage", "wage", span=0.5, relative=True),
    Rise("pay2", "wage", "wage", span=1500),
    Merit("grade", "grade"),
    Appeal("appeal", "appeal"),
)
SCHEME = Scheme(
    "test-1",
    person={"major": 1, "home": 2, "tools": 1.5, "pay": 3, "pay2": 0.3, "appeal": 1},
    position={"major": 2, "skills": 3, "grade": 1, "tools": 0.5},
    person_share=2,
    position_share=3,
)


def sides(seed, people=30, positions=25):
    dice = random.Random(seed)

    def some(prefix, size, most, empty=0.2):
        if dice.random() < empty:
            return []
        return [f"{prefix}{dice.randrange(size)}" for _ in range(dice.randrange(1, most + 1))]

    def weighed(prefix, size, most):
        return {name: dice.choice([0.2, 0.5, 1.0]) for name in some(prefix, size, most)}

    def maybe(values):
        return dice.choice([None, *values, *values])

    wages = [3000, 3500.5, 4000, 6000]
    one = {
        "groups": [some("g", 5, 2) for _ in range(people)],
        "major": [maybe(["m0", "m1", "m2"]) for _ in range(people)],
        "regions": [some("r", 40, 9) for _ in range(people)],
        "home": [maybe(["r1", "r2", "r3"]) for _ in range(people)],
        "education": [maybe([1, 2, 3]) for _ in range(people)],
        "wage": [maybe(wages) for _ in range(people)],
        "certificates": [some("c", 4, 3) for _ in range(people)],
        "skills": [weighed("s", 12, 6) for _ in range(people)],
        "grade": [maybe([0.3, 0.7, 1.0]) for _ in range(people)],
    }
    other = {
        "groups": [some("g", 5, 3) for _ in range(positions)],
        "job": [maybe(["j0", "j1", "j2"]) for _ in range(positions)],
        "region": [maybe([f"r{n}" for n in range(9)]) for _ in range(positions)],
        "education": [maybe([1, 2, 3]) for _ in range(positions)],
        "wage": [maybe(wages) for _ in range(positions)],
        "certificates": [some("c", 4, 2, 0.6) for _ in range(positions)],
        "skills": [weighed("s", 12, 4) for _ in range(positions)],
        "tools": [weighed("s", 12, 4) for _ in range(positions)],
        "appeal": [maybe([0.0, 0.5, 1.0]) for _ in range(positions)],
        "seats": [dice.choice([0, 1, 1, 2, 3]) for _ in range(positions)],
    }
    return (
        Table([f"p{n:03}" for n in range(people)], one),
        Table([f"q{n:03}" for n in range(positions)], other),
    )


def market(seed, backend="auto", people=30, positions=25, tables=None):
    one, other = tables or sides(seed, people, positions)
    return Market(
        one,
        other,
        conditions=CONDITIONS,
        factors=FACTORS,
        scheme=SCHEME,
        capacity="seats",
        machine=Machine(backend, Threads(1)),
    )


def shuffled(seed, table):
    order = list(range(len(table.ids)))
    random.Random(seed).shuffle(order)
    columns = {name: [values[n] for n in order] for name, values in table.columns.items()}
    return Table([table.ids[n] for n in order], columns)


def listed(seed, people=6, positions=5, density=0.7, levels=6, seats=(0, 1, 1, 2), backend="auto"):
    """A market given pair by pair with few levels of utility, so that ties abound."""
    dice = random.Random(seed)
    pairs = [(p, q) for p in range(people) for q in range(positions) if dice.random() < density]
    u = np.array([dice.randrange(1, levels + 1) / levels for _ in pairs])
    v = np.array([dice.randrange(1, levels + 1) / levels for _ in pairs])
    return Pairs(
        range(people),
        range(positions),
        Listed([p for p, _q in pairs], [q for _p, q in pairs], u, v),
        capacity=[dice.choice(seats) for _ in range(positions)],
        machine=Machine(backend, Threads(1)),
    )
