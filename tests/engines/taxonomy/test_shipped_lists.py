from collections import Counter

import pytest

from tests.engines.taxonomy.shipped import code_list, rows

LISTS = [
    "gbt4754", "occ2022", "major2021", "gbt2260", "gbt4658", "education_level", "skill_level",
    "destination", "org_ownership",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_every_shipped_list_is_a_sound_tree_without_empty_or_doubled_names(name):
    codes = code_list(name)
    for item in codes:
        assert item.name == item.name.strip()
        assert item.name not in item.aliases
        above = codes.parent(item.code)
        assert above is None or above.level < item.level


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("gbt4754", {1: 20, 2: 97, 3: 473, 4: 1381}),
        ("occ2022", {1: 8, 2: 79, 3: 450, 4: 1643}),
        ("gbt2260", {1: 31, 2: 342, 3: 2975}),
        ("skill_level", {1: 8}),
        ("destination", {1: 14}),
    ],
)
def test_the_size_of_each_level_is_the_printed_one(name, counts):
    assert Counter(item.level for item in code_list(name)) == counts


def test_majors_of_both_stages_hang_under_nineteen_categories():
    majors = code_list("major2021")
    for stage, count in (("专科", 802), ("职业本科", 320)):
        leaves = [item for item in majors if item.level == 3 and stage in item.flags]
        roots = {majors.at_level(item.code, 1).name for item in leaves}
        assert (len(leaves), len(roots)) == (count, 19)


def test_streets_name_their_county():
    counties = code_list("gbt2260")
    streets = rows("gbt2260_streets")
    assert sum(len(row["streets"].split("|")) for row in streets) == 41352
    assert [row["county"] for row in streets if row["county"] not in counties] == []


def test_green_and_digital_occupations_carry_their_marks():
    flags = Counter(flag for item in code_list("occ2022") for flag in item.flags)
    assert flags["green"] == 134
    assert flags["digital"] == 95
