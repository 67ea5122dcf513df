"""What the companies say they need: lines whose sums are the region's known demand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from chanjiao.demo.region import SEED, Occupation, Region

PEOPLE_PER_LINE = 11
ANSWERING = 0.76
PUZZLING_LINES = 64


@dataclass(frozen=True, slots=True)
class Line:
    """One position as a company writes it; ``code`` is empty where nobody has coded it yet.

    Pay in yuan a month before bonus; ``year`` is the year in which the people are wanted.
    """

    year: int
    company: str
    chain: str
    title: str
    code: str
    headcount: int
    pay_min: int
    pay_max: int
    source: str = "问卷"


#: Story 1: the second phase of a battery works, announced by its park, not asked of a company.
PROJECT = ("6-24-04-00", 280, "储能电芯装配工（PJ-017 二期）")


def lines_of_year(
    region: Region, companies: Mapping[str, Sequence[str]], year: int, offset: int
) -> list[Line]:
    """All coded lines of one year; by occupation they add up to the region's known demand.

    ``companies`` gives the names by chain; ``offset`` is -2, -1 or 0 for the year's column.
    """
    random = Random(f"{SEED}-lines-{offset}")
    answering = {chain: _answering(random, found) for chain, found in companies.items()}
    made: list[Line] = []
    for occupation in region.occupations:
        total = occupation.demand[offset + 2]
        if offset == 0 and occupation.code == PROJECT[0]:
            made.append(_project_line(occupation, companies, year))
            total -= PROJECT[1]
        made += _lines(random, occupation, answering, year, total)
    return made


def _project_line(
    occupation: Occupation, companies: Mapping[str, Sequence[str]], year: int
) -> Line:
    chain = occupation.chains[0]
    code, people, title = PROJECT
    return Line(
        year, companies[chain][0], chain, title, code, people, *occupation.pay, source="项目预测"
    )


def puzzling_lines(
    region: Region, companies: Mapping[str, Sequence[str]], year: int
) -> Iterator[Line]:
    """Lines in words that no list knows: they wait in the queue and stay out of every sum."""
    random = Random(f"{SEED}-queue")
    pool = [(chain, name) for chain, found in companies.items() for name in found]
    for number in range(PUZZLING_LINES):
        chain, company = random.choice(pool)
        title = region.queue_titles[number % len(region.queue_titles)]
        low = random.randrange(45, 70) * 100
        yield Line(year, company, chain, title, "", random.randrange(1, 9), low, low + 1500)


def _lines(
    random: Random, occupation: Occupation, answering: Mapping[str, Sequence[str]],
    year: int, total: int,
) -> Iterator[Line]:  # fmt: skip
    pool = [(chain, name) for chain in occupation.chains for name in answering[chain]]
    wanted = min(len(pool), max(4, total // PEOPLE_PER_LINE))
    chosen = random.sample(pool, wanted)
    for (chain, company), headcount in zip(chosen, _parts(random, total, wanted), strict=True):
        low = occupation.pay[0] + random.randrange(-5, 8) * 100
        high = max(low + 800, occupation.pay[1] + random.randrange(-8, 12) * 100)
        yield Line(
            year, company, chain, random.choice(occupation.titles), occupation.code,
            headcount, low, high,
        )  # fmt: skip


def _answering(random: Random, companies: Sequence[str]) -> list[str]:
    """The large ones, who come first, always answer; of the rest about three in four."""
    return [name for rank, name in enumerate(companies) if rank < 3 or random.random() < ANSWERING]


def _parts(random: Random, total: int, count: int) -> list[int]:
    """``count`` whole numbers of at least 1 that add up to ``total``, a few of them large."""
    weights = [random.paretovariate(1.6) for _ in range(count)]
    scale = (total - count) / sum(weights)
    parts = [1 + int(weight * scale) for weight in weights]
    for index in range(total - sum(parts)):
        parts[index % count] += 1
    return parts
