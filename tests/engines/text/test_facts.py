"""What a page says is told with subject, time and standing, and always with its quote."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.text.facts import KnownOrganisation, read_facts, read_page, records

DAY = date(2024, 5, 21)


def figure(text, number=0):
    return read_facts(text, published_on=DAY).figures[number]


def bodies(text, **settings):
    return {o.canonical: o for o in read_facts(text, published_on=DAY, **settings).organisations}


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("学院招生1200人。", "招生人数"),
        ("毕业生就业率达97.5%。", "毕业生就业率"),
        ("新增合作企业5家。", "新增合作企业数"),
        ("引进12名博士。", "引进博士数"),
        ("为企业培训职工3200人次。", "培训职工人次"),
        ("投入经费365万元。", "投入经费"),
        ("其中本地就业占六成以上。", "本地就业占比"),
        ("实现产值61.8亿元，同比增长9.7%。", "产值"),
        ("投入价值1500万元的岸桥模拟设备。", "岸桥模拟设备价值"),
        ("举办“春风行动”等招聘活动218场。", "招聘活动数"),
        ("新增工业机器人运维员等工种21个。", "新增工种数"),
        ("连续6年入选全国机械工业500强。", "连续入选全国机械工业500强"),
        ("订单班每班40人。", "每班人数"),
        ("毕业生中有872人在本县就业。", "在本县就业毕业生数"),
        ("毕业生中有九成以上进入产业链企业。", "进入产业链企业毕业生占比"),
        ("家具设计与制造专业2023年招生320人。", "家具设计与制造专业招生人数"),
        ("为县内96家中小企业提供服务。", "中小企业数"),
    ],
)
def test_indicator_says_what_the_number_counts(text, indicator):
    assert figure(text).indicator == indicator


def test_growth_is_that_of_what_was_told_before():
    assert figure("实现工业产值61.8亿元，同比增长9.7%。", 1).indicator == "工业产值同比增长"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("成员单位由最初的17家发展到39家。", "成员单位数"),
        ("毕业生留用率由三年前的35%上升至49%。", "毕业生留用率"),
        ("平均招工周期由2019年的21天延长到38天。", "平均招工周期"),
    ],
)
def test_both_ends_of_a_change_count_the_same(text, indicator):
    assert [f.indicator for f in read_facts(text).figures] == [indicator, indicator]


def test_year_that_opens_a_paragraph_holds_for_its_sentences_but_not_for_what_is_so_now():
    text = "去年，海城职业学院招生1200人。培训职工300人次。学院现有教师90人。\n引进博士5人。"
    assert [f.period for f in read_facts(text, published_on=DAY).figures] == [
        "2023",
        "2023",
        "",
        "",
    ]


def test_title_of_a_summary_gives_its_time_to_what_was_done_and_not_to_plans():
    text = "某局2024年一季度工作总结\n培训职工300人次。\n下一步，计划培训职工900人次。"
    told = read_facts(text, published_on=DAY).figures
    assert [(f.period, f.status) for f in told] == [("2024一季度", "actual"), ("", "planned")]


def test_month_to_come_of_this_year_is_planned():
    told = [figure(f"今年{when}，学院招生1200人。").status for when in ("秋季", "3月")]
    assert told == ["planned", "actual"]


def test_what_comes_after_completion_has_no_day():
    assert figure("项目2025年底投产，达产后年产衬底30万片。").period == ""


def test_whole_institution_is_meant_and_not_its_faculty():
    text = "海城海事职业技术学院举行仪式，航运工程学院负责人主持。\n院长说，学校现有学生900人。"
    assert figure(text).subject == "海城海事职业技术学院"


def test_company_of_the_sentence_is_the_one_that_gives():
    text = "海城技工学校与双溪阀门集团共建实训中心，企业捐赠设备38台。"
    assert figure(text).subject == "双溪阀门集团"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (
            "海港集团有限公司开会，海港口岸集团不去。海港口岸集团有限公司去。",
            "海港口岸集团有限公司",
        ),
        ("白鹭湾经济技术开发区开会，白鹭湾经开区有企业3家。", "白鹭湾经济技术开发区"),
        ("海城市人力资源和社会保障局开会，市人社局和我局干部到会。", "海城市人力资源和社会保障局"),
        ("海城市发展和改革委员会开会，市发改委干部到会。", "海城市发展和改革委员会"),
    ],
)
def test_usual_short_forms_of_groups_parks_and_offices_are_the_same_body(text, canonical):
    found = bodies(text)
    assert len(found[canonical].surfaces) > 1


def test_place_that_the_dictionary_tears_apart_stays_whole():
    assert set(bodies("由蓼河市城投集团投资建设，柳溪街道联合蓼河市电子工业学校参加。")) == {
        "蓼河市城投集团", "柳溪街道", "蓼河市电子工业学校",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("去年，学院招生1200人。", "2023"),
        ("今年上半年，学院招生1200人。", "2024上半年"),
        ("“十四五”期间，学院招生1200人。", "十四五"),
        ("截至目前，学院招生1200人。", "截至目前"),
        ("近三年，学院招生1200人。", "近三年"),
        ("截至去年底，学院招生1200人。", "截至2023年底"),
        ("2023—2024学年，学院招生1200人。", "2023-2024学年"),
        ("3月12日，学院招生1200人。", "2024-03-12"),
        ("学院招生1200人。", ""),
        ("较去年同期，学院招生增加200人。", ""),
    ],
)
def test_period_counts_from_the_day_of_publication(text, period):
    assert figure(text).period == period


def test_without_a_day_of_publication_words_stay_as_they_are():
    assert read_facts("去年，学院招生1200人。").figures[0].period == "去年"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("预计招生1200人。", "planned"),
        ("到2027年，招生达到1200人。", "planned"),
        ("学院将新建基地8个。", "planned"),
        ("力争三年内培养技师300名。", "planned"),
        ("学院已招生1200人。", "actual"),
        ("作为“双高计划”建设单位，招生1200人。", "actual"),
        ("基地将近300个。", "actual"),
    ],
)
def test_what_is_meant_to_be_is_told_from_what_is(text, status):
    assert figure(text).status == status


def test_subject_is_carried_from_sentence_to_sentence():
    text = "清溪街道有企业460家。该街道举办培训班31期，培训2860人次。"
    assert [f.subject for f in read_facts(text).figures] == ["清溪街道"] * 3


def test_enumerated_companies_without_an_ending_are_bodies():
    found = bodies("学院与比邻电子、三一五金制品厂等34家企业建立合作。")
    assert set(found) == {"比邻电子", "三一五金制品厂"}
    assert all(o.kind == "enterprise" for o in found.values())


def test_list_of_units_of_every_sort_names_no_kind_of_its_own():
    assert set(bodies("澜江市教育局、比邻电子等12家单位参加。")) == {"澜江市教育局"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "由岚州高新区管委会和岚州重工集团有限公司牵头",
            {"岚州高新区管委会": "government", "岚州重工集团有限公司": "enterprise"},
        ),
        (
            "澜江市人力资源和社会保障局、澜江市教育局联合发布",
            {"澜江市人力资源和社会保障局": "government", "澜江市教育局": "government"},
        ),
        ("走访了安达汽车零部件（临岫）有限公司", {"安达汽车零部件（临岫）有限公司": "enterprise"}),
        ("栖湖市医药行业协会会长说", {"栖湖市医药行业协会": "association"}),
        ("建成多所职业院校、产业学院和技师学院", {}),
        ("加快构建新格局，参观了展厅和俱乐部", {}),
    ],
)
def test_names_end_and_begin_where_they_should(text, names):
    assert {name: o.kind for name, o in bodies(text).items()} == names


def test_short_names_stand_for_the_full_one():
    text = (
        "青岭机电职业学院与凌河新能源科技股份有限公司（以下简称“凌河能源”）签约。"
        "凌河能源为该校捐赠设备。"
    )
    found = bodies(text)
    assert set(found) == {"青岭机电职业学院", "凌河新能源科技股份有限公司"}
    assert "凌河能源" in found["凌河新能源科技股份有限公司"].surfaces
    assert "该校" in found["青岭机电职业学院"].surfaces


def test_office_without_a_place_belongs_to_the_city_of_the_page():
    assert "澜江市教育局" in bodies("澜江市今年扩大招生。市教育局发布了消息。")


def test_names_are_resolved_to_the_register_by_alias_and_short_form():
    known = [KnownOrganisation("海城工贸职业技术学院", "school", ("海工贸",), key="7")]
    assert bodies("海工贸举行签约仪式。", known=known)["海城工贸职业技术学院"].key == "7"
    assert bodies("海城工贸学院举行签约仪式。", known=known)["海城工贸职业技术学院"].key == "7"


@pytest.mark.parametrize(
    ("text", "predicate", "subjects", "target", "status"),
    [
        (
            "青岭机电职业学院与恒岳电子有限公司签署《校企合作框架协议》。",
            "sign", {"青岭机电职业学院", "恒岳电子有限公司"}, "校企合作框架协议", "actual",
        ),
        (
            "青岭机电职业学院将与恒岳电子有限公司共建“新能源产业学院”。",
            "co_build", {"青岭机电职业学院", "恒岳电子有限公司"}, "新能源产业学院", "planned",
        ),
        (
            "澜江市机械行业协会加入澜江市域产教联合体。",
            "member_of", {"澜江市机械行业协会"}, "澜江市域产教联合体", "actual",
        ),
        (
            "青岭机电职业学院牵头成立青岭市智能制造职业教育集团。",
            "found", {"青岭机电职业学院"}, "青岭市智能制造职业教育集团", "actual",
        ),
        (
            "“工匠夜校”由澜江开发区管委会、澜江技师学院共建。",
            "co_build", {"澜江开发区管委会", "澜江技师学院"}, "工匠夜校", "actual",
        ),
        (
            "澜江模具职教集团新吸收恒岳电子有限公司、澜江技师学院等9家成员单位。",
            "member_of", {"恒岳电子有限公司", "澜江技师学院"}, "澜江模具职教集团", "actual",
        ),
        (
            "青岭机电职业学院与恒岳电子有限公司合作举办的“恒岳订单班”开班。",
            "order_class", {"青岭机电职业学院", "恒岳电子有限公司"}, "恒岳订单班", "actual",
        ),
        (
            "恒岳电子有限公司拟与青岭机电职业学院共同设立“恒岳机器人产业学院”。",
            "plan_establish", {"青岭机电职业学院", "恒岳电子有限公司"}, "恒岳机器人产业学院",
            "planned",
        ),
    ],
)  # fmt: skip
def test_relations_name_their_parties_and_their_object(text, predicate, subjects, target, status):
    found = read_facts(text).relations
    assert [(r.predicate, set(r.subjects), r.object, r.status) for r in found] == [
        (predicate, subjects, target, status)
    ]


def test_things_unveiled_together_are_told_one_by_one():
    found = read_facts("仪式上，“恒岳产业学院”“匠心大师工作室”同时揭牌。").relations
    assert [(r.predicate, r.object) for r in found] == [
        ("unveil", "恒岳产业学院"), ("unveil", "匠心大师工作室"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "青岭机电职业学院的毕业生与用人单位签订三方协议。",
        "“我们希望成立更大的联合体，把学校和企业都请进来。”澜江泵业有限公司负责人说。",
        "对建立实训基地的企业，澜江市教育局给予奖励。",
    ],
)
def test_wishes_conditions_and_contracts_of_work_are_no_relations(text):
    assert read_facts(text).relations == ()


def test_rows_of_a_table_have_the_years_of_its_head():
    table = "指标\t单位\t2022年\t2023年\n在校生数\t人\t1,380\t1512\n产值\t万元\t20\t30\n"
    assert [(f.indicator, f.value, f.unit, f.period) for f in read_facts(table).figures] == [
        ("在校生数", 1380, "人", "2022"), ("在校生数", 1512, "人", "2023"),
        ("产值", 200_000, "元", "2022"), ("产值", 300_000, "元", "2023"),
    ]  # fmt: skip


def test_narrow_punctuation_is_read_and_quoted_as_it_stands():
    text = "海城职业学院有教师236人,其中博士68人,占28.8%(较上年提高2个百分点)。"
    found = read_facts(text).figures
    assert [f.quote for f in found[:2]] == ["海城职业学院有教师236人", "其中博士68人"]
    assert found[3].indicator.endswith("提高")


def test_long_line_without_an_end_is_read_in_bounded_time():
    text = "海城学院签约3200人占5%" * 400
    assert len(read_facts(text).figures) > 400


def test_very_long_text_is_read_in_pieces_with_places_in_the_whole():
    text = "海城职业学院今年招生3200人，与恒岳电子有限公司签约。\n" * 2500
    facts = read_facts(text, published_on=DAY)
    assert len(facts.figures) == 2500
    assert len(facts.organisations) == 2
    assert len(facts.organisations[0].mentions) == 2500
    assert all(text[a:b] == quote for a, b, quote in quotes(text, facts))


def test_page_with_several_articles_calls_them_a_b_c():
    page = (
        "甲校签约\n本报记者 某某\n今天上午，海城职业学院与八家企业签订协议，共建实训基地12个。\n"
        "乙校招生\n本报记者 某某\n昨天，滨城技师学院公布招生计划，今年招收新生2400名，同比增加。\n"
    )
    found = read_page(page, published_on=DAY)
    assert [one.article for one in found] == ["a", "b"]
    assert {r["article"] for r in records(found)} == {"a", "b"}


def test_figure_of_the_title_is_told_once():
    page = "三校与12家企业签约\n今天上午，海城职业学院等院校与12家企业签订协议，约定共建基地。\n"
    told = [r for r in records(read_page(page)) if r["type"] == "fact" and r["value"] == 12]
    assert len(told) == 1


def test_brand_in_place_of_a_name_is_told_as_the_body_it_hides():
    page = (
        "首页 > 媒体看明珠 > 正文\n近日，园区管委会和k8凯发俱乐部牵头，培训职工300人。\n"
        "电子信箱:office@mzxy.edu.cn 地址:海城市学府路1号"
    )
    known = [
        KnownOrganisation("海城明珠职业技术学院", "school", domains=("mzxy.edu.cn",), city="海城")
    ]
    assert "海城明珠职业技术学院" in {
        o.canonical for one in read_page(page, known=known) for o in one.facts.organisations
    }


def quotes(text, facts):
    spans = [(f.start, f.end, f.quote) for f in (*facts.figures, *facts.relations)]
    spans += [(*span, text[slice(*span)]) for o in facts.organisations for span in o.mentions]
    return spans


WORDS = """
澜江市 教育局 职业学院 有限公司 与 、 ， 。 “ ” （ ） 签约 共建 产业学院 学校 该校 公司 去年 将
3200余人 近三成 第14家 2023年 占 的 达 培训 企业 等12家企业 等9家单位 加入 协会 揭牌 每10个中有1个
"""
PARTS = st.sampled_from([*WORDS.split(), "\n", "\ud800"])


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_every_quote_stands_where_it_says(text):
    facts = read_facts(text, published_on=DAY)
    assert all(text[start:end] == quote for start, end, quote in quotes(text, facts))


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(codec=None), max_size=120))
def test_no_text_makes_reading_fall(text):
    facts = read_facts(text, published_on=DAY)
    assert all(text[start:end] == quote for start, end, quote in quotes(text, facts))
