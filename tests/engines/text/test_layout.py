"""A page falls into its articles, and nothing of its furniture ends up in them."""

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.text import layout

PAGE = """首页 > 新闻中心 > 正文
三校与园区签约
本报记者 某某
今天上午，三所学校与园区企业签订协议，
约定共建两个实训基地。
产业学院揭牌
八家企业参加了揭牌仪式，园区负责人说，今后每年将接收三百名学生实习，并提供导师与
技能竞赛揭晓
通讯员：某某
昨天，全市技能竞赛落下帷幕，共有五百名选手参加了十二个项目的角逐，裁判来自各校。
昨天，全市技能竞赛落下帷幕，共有五百名选手参加了十二个项目的角逐，裁判来自各学校。
相关阅读
全国共有22.1万人参加培训
版权所有：某单位 联系电话：000-00000000
"""


def roles():
    return [(p.role, p.text) for article in layout(PAGE) for p in article.paragraphs]


def test_page_with_two_bylines_holds_two_articles():
    assert [article.title for article in layout(PAGE)] == ["三校与园区签约", "技能竞赛揭晓"]


@pytest.mark.parametrize(
    "opening",
    ["本报讯 记者 某某报道\n昨日，", "本报讯（记者 某某）昨日，", "本报记者某某 通讯员某某\n昨日，",
     "本报海城10月3日电 昨日，"],
)  # fmt: skip
def test_dateline_opens_an_article_and_the_masthead_is_furniture(opening):
    body = "三所学校与园区里的十二家企业签订了合作协议，共同培养高技能人才。"
    masthead = "海城日报 2024年10月4日 星期五 05版"
    page = f"{masthead}\n三校签约\n{opening}{body}\n大赛落幕\n{opening}{body[2:]}"
    assert [one.title for one in layout(page)] == ["三校签约", "大赛落幕"]


def test_lines_that_a_column_broke_are_one_paragraph_with_all_its_places():
    first = next(p for p in layout(PAGE)[0].paragraphs if p.role == "body")
    assert first.text == "今天上午，三所学校与园区企业签订协议，约定共建两个实训基地。"
    assert "".join(PAGE[start:end] for start, end in first.spans) == first.text


def test_paragraph_that_ends_inside_a_sentence_is_marked_as_cut_off():
    cut = [p.text[-3:] for a in layout(PAGE) for p in a.paragraphs if p.is_cut_off]
    assert cut == ["导师与"]


def test_paragraph_said_twice_counts_once():
    body = layout(PAGE)[1].body
    assert body.count("全市技能竞赛") == 1


def test_everything_after_related_reading_is_furniture():
    assert ("furniture", "全国共有22.1万人参加培训") in roles()
    assert all("22.1" not in article.body for article in layout(PAGE))


def test_headings_between_paragraphs_stay_headings():
    assert ("heading", "产业学院揭牌") in roles()


@given(st.text(alphabet="学校企业签约，。！”“\n 首页>作者：123", max_size=200))
def test_every_paragraph_is_made_of_what_stands_at_its_places(text):
    for article in layout(text):
        for paragraph in article.paragraphs:
            assert "".join(text[a:b] for a, b in paragraph.spans) == paragraph.text
