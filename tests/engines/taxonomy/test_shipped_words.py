"""The project's own tables: shop-floor words and proposed links point at codes that exist."""

import pytest

from chanjiao.engines.taxonomy import same_key
from chanjiao.standards.packaged import WORDINGS
from chanjiao.standards.wordings import spelled, wordings
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


def test_the_models_are_small():
    assert sum(path.stat().st_size for path in DATA.glob("*_model.npz")) < 6_000_000


def test_wordings_are_of_codes_in_force_and_each_of_one_code_only():
    seen = {}
    for code, texts in wordings(WORDINGS["occ2022"]):
        assert code in code_list("occ2022"), code
        for text in texts:
            assert text.strip() == text != "", code
            assert "{" not in text, text
            assert seen.setdefault(same_key(text), code) == code
    assert len(seen) > 20_000


def test_a_short_form_stands_for_each_of_its_choices():
    assert spelled("{数控、普通}车床{工、师傅}") == [
        "数控车床工", "数控车床师傅", "普通车床工", "普通车床师傅"
    ]  # fmt: skip
    assert spelled("焊工") == ["焊工"]
