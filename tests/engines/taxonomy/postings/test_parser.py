"""The parser as a whole: columns and text, the queue, what it never does to any text."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.taxonomy import Memory, same_key
from chanjiao.engines.taxonomy.postings import Parser, PayRules, as_json
from chanjiao.engines.taxonomy.postings.folding import fold
from chanjiao.engines.taxonomy.postings.model import SEVERAL, SINGLE
from tests.engines.taxonomy.postings.tools import PAY, parser, tools

PIECES = st.sampled_from(
    [
        "月薪", "8-12K", "6000-8000元/月", "10万", "大专以上学历", "本科优先", "3年以上经验",
        "招5人", "若干", "温州·瓯海", "工作地点：", "杭州、宁波", "机械、电气等相关专业",
        "持焊工证",
        "精通AutoCAD", "无粉尘", "高温", "两班倒", "双休", "面议",
        "，", "。", "\n", " ", "（", "）", "·13薪", "某某阀门有限公司", "：", "专业", "以上",
        "优先", "证", "İ", "\ud83d",
    ]
)  # fmt: skip
HEADINGS = ["职位", "薪资", "工作地点", "学历", "专业", "经验", "人数", "描述"]
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(
    st.characters() | st.characters(categories=["Cs"]), max_size=60
)


def findings(reading):
    singles = [getattr(reading, name) for name in SINGLE]
    return [one for one in singles if one] + [each for n in SEVERAL for each in getattr(reading, n)]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_quote_stands_where_its_span_says(text):
    for found in findings(parser().parse(text)):
        column, start, end = found.span
        assert column == "text"
        assert text[start:end] == found.quote
        assert 0 <= found.confidence <= 1


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["职位", "薪资", "工作地点", "学历", "专业", "经验", "人数", "描述"]), TEXTS
    )
)
def test_quotes_of_columns_stand_in_their_columns(columns):
    for found in findings(parser().parse(columns)):
        column, start, end = found.span
        assert columns[column][start:end] == found.quote


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters() | st.characters(categories=["Cs"])))
def test_folding_keeps_the_length_and_folds_once(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "part",
    [
        "1", "一", "专业", "、", "8-", "(", "机械、", "温州", "熟练", "年", "1年", "元/", "证", "a",
        " ", "\n", "工作地点", "有限公司", "硕士或", "5名", "招聘", "学历", "不",
    ],
)  # fmt: skip
def test_no_text_takes_long(part):
    began = time.process_time()
    parser().parse(part * 30_000)
    assert time.process_time() - began < 1


def test_a_line_of_ten_million_is_cut_and_says_so():
    began = time.process_time()
    reading = parser().parse("招聘焊工，月薪8000元。" + "无" * 10_000_000)
    assert time.process_time() - began < 1
    assert reading.is_cut
    assert reading.wage.value.low == 8000


def test_columns_are_known_by_the_headings_people_use():
    reading = parser().parse({
        "职位名称": "焊工", "薪 资": "8-12K", "City": "温州", "学历要求": "大专",
        "发布时间": "2026-01-01", "备注": None,
    })  # fmt: skip
    assert reading.wage.value[:2] == (8000, 12000)
    assert reading.places[0].code == "330300"
    assert reading.education.code == "30"
    assert reading.ignored == ["发布时间"]


def test_a_column_stands_above_what_the_text_says():
    reading = parser().parse({"学历": "大专", "描述": "本科及以上学历，月薪5000元"})
    assert reading.education.code == "30"
    assert reading.wage.span.column == "描述"


def test_a_column_for_the_city_and_one_for_the_district_are_one_place():
    reading = parser().parse({"城市": "温州", "区域": "龙湾", "职位": "焊工"})
    assert [one.code for one in reading.places] == ["330303"]


def test_what_lies_below_the_threshold_is_queued_with_reasons():
    reading = parser(threshold=0.99).parse({"职位": "车工", "薪资": "8-12"})
    assert "wage" in reading.queue
    assert reading.wage.is_queued
    zh, en = reading.wage.candidates[0].reasons[0]
    assert "8-12" in zh
    assert "8-12" in en


def test_nothing_is_queued_above_the_threshold():
    reading = parser(threshold=0.0).parse({"职位": "车工", "薪资": "8-12"})
    assert reading.queue == []
    assert reading.wage.candidates == ()


def test_each_field_may_have_its_own_threshold():
    strict = Parser(tools(), threshold={"wage": 1.0, "*": 0.0})
    assert strict.parse("招聘焊工，月薪8000元").queue == ["wage"]


def test_a_posting_without_a_post_waits_for_a_person():
    reading = parser().parse("月薪5000元，双休")
    assert reading.title is None
    assert reading.queue == ["occupation"]


def test_a_shared_name_of_a_place_is_not_guessed():
    shared = parser().parse({"职位": "焊工", "地点": "鼓楼区"}).places[0]
    assert (shared.code, shared.is_queued) == ("", True)
    assert {one.code for one in shared.candidates} >= {"320106", "350102"}


def test_the_home_area_decides_between_shared_names():
    at_home = parser(home="350100").parse({"职位": "焊工", "地点": "鼓楼区"}).places[0]
    assert at_home.code == "350102"


def test_a_town_is_found_in_the_home_area():
    at_home = parser(home="330300").parse({"职位": "焊工", "地点": "柳市镇"}).places[0]
    assert (at_home.code, at_home.value.street_name) == ("330382", "柳市镇")


def test_an_unknown_major_is_kept_in_its_own_words():
    major = parser().parse({"职位": "焊工", "专业": "珠绣工艺"}).majors[0]
    assert (major.quote, major.code, major.is_queued) == ("珠绣工艺", "", True)


def test_pay_by_day_and_hour_follows_the_rules_handed_in():
    told = parser().parse({"职位": "焊工", "薪资": "200元/天"}).wage.value
    assert (told.low, told.stated_low, told.basis) == (4350, 200, "day")
    other = tools().__class__(**{
        name: getattr(tools(), name) for name in tools().__slots__ if name != "pay"
    }, pay=PayRules(26, 8))  # fmt: skip
    assert (
        Parser(other, threshold=0.8).parse({"职位": "焊工", "薪资": "200元/天"}).wage.value.low
        == 5200
    )
    assert PAY.monthly(20, "hour") == 3480


def test_what_was_decided_before_stands_first():
    memory = Memory(own={same_key("三号线"): "6-18-02-04"})
    found = parser().parse({"职位": "三号线"}, memory=memory).occupation
    assert (found.code, found.method) == ("6-18-02-04", "memory")


def test_many_postings_are_read_as_one_by_one():
    raws = ["招聘焊工，月薪8000元", {"职位": "车工", "薪资": "6-8K"}, "", "招聘焊工，月薪8000元"]
    together = [as_json(one) for one in parser().parse_many(raws)]
    assert together == [as_json(parser().parse(one)) for one in raws]


def test_the_answer_of_every_posting_has_the_same_keys():
    keys = {tuple(as_json(parser().parse(text))) for text in ("", "招聘焊工", "月薪8000元")}
    assert len(keys) == 1


def test_decisions_about_words_like_these_count():
    aligner = tools().occupations.aligner
    near = aligner.nearness([("三号线外罩贴合", "6-18-02-04")])
    ask = {"职位": "五号线外罩贴合"}
    found = parser().parse(ask, memory=Memory(near=near)).occupation
    assert found.code == "6-18-02-04"
    assert parser().parse(ask).occupation is None
