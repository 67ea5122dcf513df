"""All tables of a study at once against a reader with a linear programme."""

import random

import pytest

from chanjiao.engines.disclosure import Reason, Rule, attack
from chanjiao.gaps.choices import Side
from chanjiao.gaps.models import GapLine
from chanjiao.gaps.services.balancing import balanced
from chanjiao.gaps.services.shielding import demand_table, shield, supply_table

PARAMETERS = {
    "small_cell_companies": {"value": "3"},
    "small_cell_people": {"value": "10"},
    "small_cell_doubt_share": {"value": "0.2"},
}
TREES = {
    "occupation": {"6": "", "6-1": "6", "6-1-1": "6-1", "6-1-2": "6-1", "6-2": "6", "6-2-1": "6-2"},
    "area": {"C": "", "E": "C", "W": "C", "E1": "E", "E2": "E"},
    "node": {"k": "", "k/1": "k", "k/2": "k"},
    "industry": {"C": "", "C34": "C", "C35": "C"},
    "major": {"46": "", "4601": "46", "460101": "4601", "460102": "4601", "460103": "4601"},
}


def market(seed):
    """Lines that live nowhere but here, and what they hang on."""
    rng = random.Random(seed)
    reference = {
        name: {k: {"name": k, "name_en": "", "parent": up} for k, up in tree.items()}
        for name, tree in TREES.items()
    }
    occupations, majors = ["6-1-1", "6-1-2", "6-2-1", "6-2"], ["460101", "460102", "460103"]
    reference["links"] = [
        [major, code, rng.choice(["0.5", "0.9"])]
        for major in majors
        for code in occupations
        if rng.random() < 0.7
    ]
    lines = [
        GapLine(
            side=Side.DEMAND, source_id=n, organisation_id=rng.randrange(1, 9), title="x",
            code=rng.choice(occupations), people=rng.randrange(1, 25), basis="declared",
            area=rng.choice(["E1", "E2", "E", "W", ""]), node=rng.choice(["k/1", "k/2", ""]),
            industry=rng.choice(["C34", "C35", ""]),
        )
        for n in range(rng.randrange(5, 60))
    ]  # fmt: skip
    lines += [
        GapLine(
            side=Side.SUPPLY, source_id=n, organisation_id=99, title="y", code=major,
            people=rng.choice([6, 12, 40, 80]), loss="0.05", further="0.25", area="E",
            basis="cohort",
        )
        for n, major in enumerate(majors)
    ]  # fmt: skip
    return lines, reference


@pytest.mark.parametrize("seed", range(12))
def test_no_table_of_a_study_gives_a_small_cell_away(seed):
    made = balanced(*market(seed))
    found, rule = shield(made, PARAMETERS), Rule()
    for table, hidden in ((demand_table(made), found.demand), (supply_table(made), found.supply)):
        cells, sums = table
        for key, seen in attack(cells, sums, hidden).items():
            if hidden[key].reason is not Reason.GIVES_AWAY:
                assert seen.width >= rule.doubt(cells[key].value) - 1e-4, (key, seen)


def test_control_without_the_second_step_the_reader_finds_small_cells():
    broken = 0
    for seed in range(12):
        made = balanced(*market(seed))
        hidden = shield(made, PARAMETERS).demand
        small = {key for key, why in hidden.items() if why.reason is not Reason.GIVES_AWAY}
        cells, sums = demand_table(made)
        seen = attack(cells, sums, small)
        broken += any(r.width < Rule().doubt(cells[key].value) for key, r in seen.items())
    assert broken >= 6
