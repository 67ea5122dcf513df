"""Quantities are read with unit and precision; names that look like numbers are none."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.text.facts.amounts import amounts
from chanjiao.engines.text.facts.numerals import number_at


def read(text):
    return [
        (float(a.value), None if a.upper is None else float(a.upper), a.unit, a.qualifier)
        for a in amounts(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("招生3200余人", (3200, None, "人", "over")),
        ("接听电话18.7万个", (187_000, None, "个", "exact")),
        ("人才公寓入住1860套（间）", (1860, None, "套（间）", "exact")),
        ("占全国的近1/5，", (20, None, "%", "nearly")),
        ("每3人就有1人留用", (33.33, None, "%", "exact")),
        ("20亿元的产业引导基金", (2_000_000_000, None, "元", "exact")),
        ("新建实训中心一个，", (1, None, "个", "exact")),
        ("建成6大实训中心", (6, None, "个", "exact")),
        ("月薪最高达到1.2万元", (12000, None, "元", "exact")),
        ("近百家企业", (100, None, "家", "nearly")),
        ("数十名技师", (10, None, "名", "over")),
        ("两千三百余名学生", (2300, None, "名", "over")),
        ("在校生1.35万人", (13500, None, "人", "exact")),
        ("投入1.2亿元", (120_000_000, None, "元", "exact")),
        ("培训不少于500人次", (500, None, "人次", "at_least")),
        ("补贴最高不超过50万元", (500_000, None, "元", "at_most")),
        ("每年吸纳就业800人以上", (800, None, "人", "at_least")),
        ("约2.6万平方米", (26000, None, "平方米", "about")),
        ("10万至20万册图书", (100_000, 200_000, "册", "range")),
        ("新建基地3-5个", (3, 5, "个", "range")),
        ("提供2至3万个岗位", (20000, 30000, "个", "range")),
        ("七八个专业", (7, 8, "个", "range")),
        ("就业率达98.5%", (98.5, None, "%", "exact")),
        ("较上年提高3.2个百分点", (3.2, None, "个百分点", "exact")),
        ("百分之九十五的学生", (95, None, "%", "exact")),
        ("三分之二的教师", (66.67, None, "%", "exact")),
        ("留用率过半", (50, None, "%", "over")),
        ("超过七成的毕业生", (70, None, "%", "over")),
        ("每10个学员中就有1个创业", (10, None, "%", "exact")),
        ("产值翻了2.3倍", (2.3, None, "倍", "exact")),
        ("生师比为17.2:1", (17.2, None, "", "exact")),
        ("位居全省第三", (3, None, "位", "ordinal")),
        ("全国第14家示范区", (14, None, "家", "ordinal")),
        ("设立五大产业委员会", (5, None, "个", "exact")),
        ("总人数1,286人", (1286, None, "人", "exact")),
        ("配备设备23台（套）", (23, None, "台（套）", "exact")),
        ("平均起薪6200元/月", (6200, None, "元/月", "exact")),
    ],
)
def test_number_unit_and_precision_are_read(text, found):
    assert read(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "五金、卫浴企业",
        "“3+2”中高职一体化",
        "世界500强企业",
        "新八级工制度",
        "五轴联动加工中心",
        "“410行动”实施",
        "位于2号地块",
        "共建一带一路",
        "双一流高校和985、211高校",
        "深入推进三教改革",
        "1+X证书试点",
        "电话0577-88123456",
        "浙ICP备12044836号",
        "2023年9月12日上午9:30",
        "岚教〔2023〕4号",
        "三、主要做法",
        "（二）建设成效",
        "科技大道88号",
        "推广5G和4G技术",
        "H7型机器人、ISO9001认证",
        "一站式服务",
        "系统2.0版上线",
        "每晚7点上课",
        "第一时间响应，走在第一线",
        "开展一项工作",
        "2022级学生",
        "党的二十大精神",
        "“十四五”期间",
        "3年以上企业工作经历",
        "三届二次会员大会",
        "零部件厂",
        "拨打12333热线",
        "实现“双过半”",
        "二期实训大楼开工",
        "项目分两期实施",
        "零就业家庭",
    ],
)
def test_names_dates_and_codes_are_no_quantities(text):
    assert read(text) == []


def test_several_numbers_of_a_clause_are_told_apart():
    text = "吸纳院校8所、企业98家，由2021年的38%提高到57%"
    assert [(value, unit) for value, _, unit, _ in read(text)] == [
        (8, "所"), (98, "家"), (38, "%"), (57, "%"),
    ]  # fmt: skip


def test_value_is_exact_where_a_float_would_not_be():
    assert amounts("财政拨款16.08亿元")[0].value == 1608000000


@given(st.integers(min_value=1, max_value=9_999_999))
def test_every_whole_number_is_read_as_it_is(number):
    assert number_at(f"{number:,}人", 0).value == number


@given(
    st.text(
        alphabet="0123456789零一两十百千万亿点分之成半余近约超每第前个人家%元-至:年月", max_size=40
    )
)
def test_quantities_are_in_order_and_apart(text):
    found = amounts(text)
    assert all(a.start <= a.core < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
