"""Small markets, by hand and at random."""

import random
from fractions import Fraction

import pytest

from chanjiao.engines.gaps import Basis, Link, Trained, Wanted

OCCUPATIONS = ["1-01", "1-02", "2-01", "2-02", "3-01"]
MAJORS = ["甲", "乙", "丙", "丁"]
AREAS = ["东", "西", ""]


def market(seed):
    """Lines of both sides and links, with uncoded, unlinked, unsized and projected ones."""
    rng = random.Random(seed)
    demand = [
        Wanted(
            f"d{n}", f"c{rng.randrange(12)}", rng.choice([*OCCUPATIONS, None]),
            rng.randrange(1, 30), rng.choice(AREAS), rng.choice(AREAS),
            rng.choice([Basis.DECLARED, Basis.DECLARED, Basis.PROJECTED]),
        )
        for n in range(rng.randrange(0, 40))
    ]  # fmt: skip
    supply = [
        Trained(
            f"s{n}", f"u{rng.randrange(3)}", rng.choice(MAJORS),
            rng.choice([None, 0, 3, 31, 45]), Fraction(rng.randrange(0, 20), 100),
            Fraction(rng.randrange(0, 50), 100), rng.choice(AREAS),
            rng.choice([Basis.DECLARED, Basis.DECLARED, Basis.PROJECTED]),
        )
        for n in range(rng.randrange(0, 25))
    ]  # fmt: skip
    links = [
        Link(major, occupation, Fraction(rng.randrange(1, 11), 10))
        for major in MAJORS[:3]
        for occupation in OCCUPATIONS[:4]
        if rng.random() < 0.6
    ]
    return demand, supply, links


@pytest.fixture
def half():
    return Fraction(1, 2)
