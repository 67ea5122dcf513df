"""The project's own tables: shop-floor words and proposed links point at codes that exist."""

import pytest

from tests.engines.taxonomy.shipped import DATA, code_list, crosswalk, rows


@pytest.mark.parametrize(
    ("table", "list_name"),
    [
        ("occupation_aliases", "occ2022"),
        ("major_aliases", "major2021"),
        ("industry_aliases", "gbt4754"),
    ],
)
def test_each_word_means_one_code_that_is_in_force_and_has_nothing_below(table, list_name):
    codes, seen = code_list(list_name), {}
    for row in rows(table):
        assert row["code"] in codes, row
        assert codes[row["code"]].valid_to is None, row
        for word in row["aliases"].split("|"):
            assert word.strip() == word, row
            assert word, row
            assert seen.setdefault(word, row["code"]) == row["code"], word


def test_several_hundred_colloquial_names_of_occupations_ship():
    assert sum(len(row["aliases"].split("|")) for row in rows("occupation_aliases")) > 2000


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("major_occupation", "major2021", "occ2022"),
        ("occupation_industry", "occ2022", "gbt4754"),
    ],
)
def test_each_proposed_link_leads_from_a_code_to_a_code_with_a_reason(name, start, end):
    for link in crosswalk(name):
        assert link.source in code_list(start), link
        assert link.target in code_list(end), link
        assert link.reason
        assert not link.reviewer
        assert not link.is_read_only


def test_the_model_is_small():
    assert (DATA / "occupation_model.npz").stat().st_size < 2_500_000
