"""What must be true of the region, reckoned from its plan alone: no record is read here.

A test builds the region, reads the records and compares; whoever changes an engine and gets
other figures learns it there. Supply follows the written method: size × (1 − loss) × (1 − further
study), shared over occupations by the strength of the crosswalk.
"""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from chanjiao.demo import schooling
from chanjiao.demo.market import PROJECT, PUZZLING_LINES
from chanjiao.demo.region import Region

MEMBERS = 78
ORGANISATIONS = 273
COMPANIES = 240
OFFERINGS = 60
GRADUATES_BEFORE = 5_200
NODES = {"strong": 9, "complete": 15, "weak": 10, "missing": 4}
WAITING = PUZZLING_LINES
DEMAND = {-2: 6_440, -1: 7_220, 0: 7_863}
PROJECTED = PROJECT[1]
SHORTEST = ("6-24-04-00", "6-25-02-06", "6-31-07-01")
MOST_SURPLUS = "2-06-03-00"


def demand_by_occupation(region: Region, offset: int) -> dict[str, int]:
    """People wanted in a year by occupation code."""
    return {occupation.code: occupation.demand[offset + 2] for occupation in region.occupations}


def supply_by_occupation(
    region: Region, year: int, offset: int, *, loss: Fraction, further: Mapping[str, Fraction],
    counts_from: Fraction,
) -> dict[str, Fraction]:  # fmt: skip
    """Expected graduates by occupation code, not rounded.

    ``further`` gives the share that studies on by level as the packaged file names it; a link
    weaker than ``counts_from`` is none, and a major without a link gives nobody to anything.
    """
    found: dict[str, Fraction] = defaultdict(Fraction)
    links = _links(region, counts_from)
    for one in schooling.classes(region, year):
        if one.finishes != year + offset or one.major not in links:
            continue
        leaving = one.size * (1 - loss) * (1 - further[one.level])
        whole = sum(links[one.major].values(), Fraction())
        for occupation, strength in links[one.major].items():
            found[occupation] += leaving * strength / whole
    return dict(found)


def _links(region: Region, counts_from: Fraction) -> dict[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for occupation in region.occupations:
        for major, strength in occupation.majors.items():
            if Fraction(str(strength)) >= counts_from:
                found[major][occupation.code] = Fraction(str(strength))
    return found
