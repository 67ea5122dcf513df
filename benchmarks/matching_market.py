"""A seeded market: skewed popularity, regions, wages, certificates, skills, vacancies.

Hard conditions (group of majors, place, education, wage, certificates) leave 2–7 % of all pairs.
"""

import numpy as np
import numpy.typing as npt

from chanjiao.engines.matching import (
    AllOf,
    AnyOf,
    Appeal,
    AtLeast,
    AtMost,
    Fit,
    Likeness,
    Machine,
    Market,
    Merit,
    Rise,
    Scheme,
    Sets,
    Table,
)

GROUPS, MAJORS, REGIONS, SKILLS, CERTIFICATES, LEVELS = 18, 180, 9, 400, 12, 4
SIZES = {"fair": (5_000, 6_500), "fair10": (50_000, 20_000), "region": (300_000, 60_000)}
FACTORS = (
    Fit("major", "major", "major", same=1.0, otherwise=0.35),
    Fit("travel", "home", "region", same=1.0, otherwise=0.4),
    Rise("pay", "wage", "wage", span=0.6, relative=True),
    Likeness("skills", "skills", "skills"),
    Merit("grade", "grade"),
    Appeal("appeal", "appeal"),
)
CONDITIONS = (
    AnyOf("group", "group", "groups"),
    AnyOf("place", "regions", "region"),
    AtLeast("education", "education", "education"),
    AtMost("wage", "wage", "wage"),
    AllOf("certificates", "certificates", "certificates"),
)
SCHEME = Scheme(
    "benchmark-1",
    person={"major": 2, "travel": 1, "pay": 3, "skills": 1, "appeal": 5},
    position={"major": 2, "skills": 3, "grade": 5},
)

Dice = np.random.Generator


def market(people: int, positions: int, seed: int = 1, machine: Machine | None = None) -> Market:
    """The same market for the same sizes and seed on every machine."""
    one, other = sides(people, positions, seed)
    return Market(
        one,
        other,
        conditions=CONDITIONS,
        factors=FACTORS,
        scheme=SCHEME,
        capacity="vacancies",
        machine=machine,
    )


def sides(people: int, positions: int, seed: int) -> tuple[Table, Table]:
    dice = np.random.default_rng(seed)
    share = zipf(GROUPS, 0.5)
    far = zipf(REGIONS, 0.6)
    return _people(dice, people, share, far), _positions(dice, positions, people, share, far)


def _people(dice: Dice, rows: int, share: npt.NDArray, far: npt.NDArray) -> Table:
    group = dice.choice(GROUPS, rows, p=share)
    education = dice.choice(LEVELS, rows, p=[0.3, 0.45, 0.2, 0.05])
    home = dice.choice(REGIONS, rows, p=far)
    columns = {
        "group": codes(group, "G"),
        "major": codes(group * (MAJORS // GROUPS) + dice.integers(0, MAJORS // GROUPS, rows), "M"),
        "education": education.astype(float),
        "home": codes(home, "R"),
        "regions": several(dice, home, 1 + dice.geometric(0.3, rows), far, "R"),
        "wage": np.round(dice.lognormal(8.45, 0.22, rows) * (1 + 0.12 * education), -2),
        "grade": dice.beta(5, 2, rows),
        "certificates": some(dice, rows, CERTIFICATES, 0.9, "C"),
        "skills": skills(dice, group, 5 + dice.integers(0, 14, rows)),
    }
    return Table(np.arange(rows), columns)


def _positions(
    dice: Dice, rows: int, people: int, share: npt.NDArray, far: npt.NDArray
) -> Table:  # fmt: skip
    companies = max(2, rows // 32)
    company = dice.choice(companies, rows, p=zipf(companies, 0.7))
    popular = dice.permutation(1 / np.arange(1, companies + 1) ** 0.5)
    group = dice.choice(GROUPS, rows, p=share)
    education = dice.choice(LEVELS, rows, p=[0.42, 0.38, 0.17, 0.03])
    seats = 1.25 if people * 1.3 < rows * 1.4 else people * 0.9 / rows
    columns = {
        "groups": several(dice, group, 1 + dice.geometric(0.36, rows), share, "G"),
        "major": codes(group * (MAJORS // GROUPS) + dice.integers(0, MAJORS // GROUPS, rows), "M"),
        "education": education.astype(float),
        "region": codes(dice.choice(REGIONS, companies, p=far)[company], "R"),
        "wage": np.round(dice.lognormal(8.75, 0.25, rows) * (1 + 0.15 * education), -2),
        "certificates": some(dice, rows, CERTIFICATES, 0.15, "C"),
        "appeal": np.clip(popular[company] * dice.uniform(0.8, 1.0, rows), 0, 1),
        "vacancies": dice.geometric(1 / max(1.0, seats), rows).astype(float),
        "skills": skills(dice, group, 3 + dice.integers(0, 7, rows)),
    }
    return Table(np.arange(rows), columns)


def zipf(size: int, power: float) -> npt.NDArray:
    weight = 1 / np.arange(1, size + 1) ** power
    return weight / weight.sum()


def names(size: int, prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}{n:03d}" for n in range(size))


def codes(code: npt.NDArray, prefix: str) -> Sets:
    size = {"G": GROUPS, "M": MAJORS, "R": REGIONS}[prefix]
    return Sets(np.arange(len(code) + 1), code.astype(np.int32), names(size, prefix))


def several(
    dice: Dice, first: npt.NDArray, count: npt.NDArray, share: npt.NDArray, prefix: str
) -> Sets:  # fmt: skip
    """The first one and others beside it, without repetition."""
    bits = np.zeros((len(first), len(share)), np.bool_)
    bits[np.arange(len(first)), first] = True
    for more in range(1, 5):
        chosen = np.flatnonzero(count > more)
        bits[chosen, dice.choice(len(share), len(chosen), p=share)] = True
    return sets(bits, names(len(share), prefix))


def some(dice: Dice, rows: int, size: int, mean: float, prefix: str) -> Sets:
    return sets(dice.random((rows, size)) < mean * zipf(size, 0.5), names(size, prefix))


def sets(bits: npt.NDArray, called: tuple[str, ...]) -> Sets:
    start = np.concatenate(([0], np.cumsum(bits.sum(axis=1))))
    return Sets(start.astype(np.int64), np.nonzero(bits)[1].astype(np.int32), called)


def skills(dice: Dice, group: npt.NDArray, count: npt.NDArray) -> Sets:
    """Half of the skills belong to the group; weights fall with how common a skill is (idf)."""
    rows, most = len(group), int(count.max())
    common = zipf(SKILLS, 0.8)
    own = (group[:, None] * 20 + (dice.random((rows, most)) ** 1.6 * 40).astype(int)) % SKILLS
    drawn = np.where(
        dice.random((rows, most)) < 0.5, own, dice.choice(SKILLS, (rows, most), p=common)
    )
    drawn.sort(axis=1)
    keep = np.arange(most) < count[:, None]
    keep[:, 1:] &= drawn[:, 1:] != drawn[:, :-1]
    start = np.concatenate(([0], np.cumsum(keep.sum(axis=1)))).astype(np.int64)
    code = drawn[keep].astype(np.int32)
    frequency = np.bincount(code, minlength=SKILLS) / rows
    return Sets(start, code, names(SKILLS, "S"), np.log1p(1 / np.maximum(frequency, 1e-6))[code])
