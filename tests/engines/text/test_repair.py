"""A spoilt page comes back as it was written; a healthy one is not touched."""

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.text import Institution, applied, repair
from tests.engines.text.damage import CLEAN, late, spoilt


@pytest.mark.parametrize("seed", range(8))
def test_glosses_commas_script_and_narrow_marks_are_all_undone(seed):
    assert repair(spoilt(seed)).text == CLEAN


def test_edits_put_into_the_original_give_the_mended_text():
    page = spoilt(1)
    found = repair(page)
    assert applied(page, found.edits) == found.text
    assert all(page[e.start : e.end] == e.before for e in found.edits)


def test_mended_page_is_healthy():
    assert repair(repair(spoilt(2)).text).edits == ()


def test_bytes_read_late_are_read_again():
    damaged = late("。”企業代表說")
    assert damaged.startswith("?！逼髽I")
    assert repair("發揮了作用" + damaged).text == "发挥了作用。”企业代表说"


def test_pair_of_bytes_that_vanished_is_found_by_sense():
    assert (
        repair("力量?！睆堄婪枷蛉w教職工發出號召。").text == "力量。”张永芳向全体教职工发出号召。"
    )


def test_run_whose_first_byte_a_gloss_ate_is_put_right():
    assert repair("對標區(qū)域?qū)嶓w產(chǎn)業(yè)發展").text == "对标区域实体产业发展"


@pytest.mark.parametrize(
    "text",
    [
        CLEAN,
        "岗位职责: 1,负责CNC操机; 2,会UG编程(优先)",
        "薪资面议?可谈。五险一金,双休",
        "陳先生 13800138000 联系人",
        "学习汉字：重(zhòng)要",
    ],
)
def test_healthy_text_is_not_touched(text):
    found = repair(text)
    assert found.text == text
    assert found.edits == ()


def test_lost_character_is_flagged_and_left():
    found = repair("产教融合矩阵已成\ufffd合发展。")
    assert [(f.kind, f.quote) for f in found.flags] == [("lost_character", "\ufffd")]
    assert found.edits == ()


def test_brand_in_place_of_a_school_names_the_body_that_fits_the_page():
    page = (
        "首页 > 媒体看明珠 > 正文\n由园区管委会和k8凯发俱乐部牵头，汇聚多所院校。\n"
        "电子信箱:office@mzxy.edu.cn 地址:海城市学府路1号"
    )
    register = [
        Institution("海城明珠职业技术学院", "海城", ("mzxy.edu.cn",)),
        Institution("海城大学", "海城"),
    ]
    flags = repair(page, register).flags
    assert [f.kind for f in flags] == ["brand"]
    assert page[flags[0].start : flags[0].end] == flags[0].quote
    assert flags[0].candidates[0] == "海城明珠职业技术学院"


@pytest.mark.parametrize("odd", ["\0", "\ud800", "\udfff\udfff"])
def test_nothing_is_lost_behind_a_character_that_no_converter_takes(odd):
    page = f"學(xué){odd}生,,走進(jìn)車(chē)間。"
    assert repair(page).text == f"学{odd}生，走进车间。"


EVERY = st.characters(codec=None)


@given(st.text(alphabet=EVERY, max_size=200))
def test_no_text_makes_repair_fall_and_repairing_twice_changes_nothing(text):
    found = repair(text)
    assert applied(text, found.edits) == found.text
    assert repair(found.text).text == found.text


@given(st.text(alphabet="學學(xué)é,。?！逼髽I區域qū)嶓w企業\u0301⼈豈 a\0\ud800", max_size=60))
def test_repairing_twice_changes_nothing_on_text_made_of_damage(text):
    once = repair(text)
    assert applied(text, once.edits) == once.text
    assert repair(once.text).text == once.text
