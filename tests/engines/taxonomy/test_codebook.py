from datetime import date

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.taxonomy import CodeItem, CodeList, TaxonomyFault
from tests.engines.taxonomy.shipped import code_list

ROWS = [
    {"code": "6", "name": "生产制造人员"},
    {"code": "6-18", "name": "机械制造人员", "parent": "6", "level": "2"},
    {"code": "6-18-01", "name": "车工", "parent": "6-18", "level": "3", "aliases": "车床工|数车"},
]


def test_a_list_knows_parents_children_and_descendants():
    trades = CodeList.from_rows("trades", ROWS)
    assert [item.code for item in trades.ancestors("6-18-01")] == ["6-18", "6"]
    assert [item.code for item in trades.children()] == ["6"]
    assert [item.code for item in trades.descendants("6")] == ["6-18", "6-18-01"]
    assert trades.at_level("6-18-01", 2).name == "机械制造人员"
    assert trades.is_within("6-18-01", "6")
    assert not trades.is_within("6", "6-18-01")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"code": "6-18"}, "重复"),
        ({"parent": "9"}, "上级"),
        ({"level": "二"}, "level"),
        ({"valid_from": "2024年7月"}, "valid_from"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_field_and_remedy(change, said):
    with pytest.raises(TaxonomyFault) as caught:
        CodeList.from_rows("trades", [*ROWS[:2], ROWS[2] | change])
    assert said in caught.value.zh
    assert "row 3" in caught.value.en


def test_a_ring_of_parents_is_refused():
    ring = [CodeItem("a", "甲", "b"), CodeItem("b", "乙", "a")]
    with pytest.raises(TaxonomyFault, match="ring"):
        CodeList("ring", ring)


def test_a_code_is_valid_on_both_its_ends_and_not_beyond():
    item = CodeItem("1", "甲", valid_from=date(2022, 9, 28), valid_to=date(2024, 7, 30))
    assert item.is_valid_on(date(2022, 9, 28))
    assert item.is_valid_on(date(2024, 7, 30))
    assert not item.is_valid_on(date(2022, 9, 27))
    assert not item.is_valid_on(date(2024, 7, 31))


def test_a_split_occupation_gives_way_to_its_successors():
    occupations = code_list("occ2022")
    before = {hit.item.code for hit in occupations.search("制药工程", on=date(2023, 1, 1))}
    after = {hit.item.code for hit in occupations.search("制药工程", on=date(2025, 1, 1))}
    assert "2-02-32-00" in before - after
    assert "2-02-32-01" in after - before


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("6-18-01-07", "6-18-01-07"),
        ("6180107", "6-18-01-07"),
        ("6-18-01-00", "6-18-01"),
        ("６－１８－０１－０７", "6-18-01-07"),
        ("6000000", "6"),
    ],
)
def test_a_code_is_read_as_people_write_it(written, code):
    assert code_list("occ2022").resolve(written).code == code


def test_an_industry_may_lack_its_section_letter():
    assert code_list("gbt4754").resolve("3491").code == "C3491"
    assert code_list("gbt4754").resolve("9999") is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("多工序数控", "6-18-01-07"),
        ("sk", "6-18-01-07"),
        ("shukongjichuang", "6-18-01-07"),
        ("焊工", "6-18-02-04"),
        ("hg", "6-18-02-04"),
        ("6-31-01-03", "6-31-01-03"),
        ("6310103", "6-31-01-03"),
        ("数控操作", "6-18-01-07"),
        ("多工序 调整", "6-18-01-07"),
        ("报检报关", "2-06-07-12"),
    ],
)
def test_search_finds_by_name_alias_pinyin_initials_and_code(query, code):
    assert code in [hit.item.code for hit in code_list("occ2022").search(query, limit=12)]


def test_an_exact_name_stands_above_names_that_contain_it():
    names = [hit.item.name for hit in code_list("occ2022").search("电工")]
    assert names[0] == "电工"


def test_pinyin_matches_only_from_the_start_of_a_syllable():
    found = CodeList("x", [CodeItem("1", "前公司")]).search("angongsi")
    assert found == []


@pytest.mark.parametrize("query", ["", "   ", "不存在的词汇"])
def test_search_finds_nothing_for_nothing(query):
    assert code_list("occ2022").search(query) == []


@given(st.text(max_size=12))
def test_search_answers_any_text_in_a_stable_order(query):
    trades = CodeList.from_rows("trades", ROWS)
    first = [hit.item.code for hit in trades.search(query)]
    assert first == [hit.item.code for hit in trades.search(query)]
    assert len(first) == len(set(first))


@given(st.integers(0, 8), st.sampled_from(["工", "s", "6"]))
def test_search_never_gives_more_than_asked(limit, query):
    assert len(code_list("occ2022").search(query, limit)) <= limit
