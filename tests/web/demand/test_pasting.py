"""A pasted vacancy fills the form; only the form's own button saves anything."""

import re

import pytest
from django.utils import translation

from chanjiao.demand import pasting
from chanjiao.demand.models import JobDemand
from chanjiao.standards.choices import AlignedBy, System
from chanjiao.standards.models import Alignment
from chanjiao.standards.services.reference import load_codes
from tests.web.demand import path

VACANCY = """诚聘数控车工5名，月薪6000-9000元，包吃住。
要求：中专以上学历，数控技术专业优先，2年以上经验，会使用卡尺，持叉车证。两班倒，车间有噪音。
工作地点：温州市龙湾区 联系人：张三丰 电话：13800000000，0577-88888888
邮箱：hr@example.cn，微信：abc12345"""


@pytest.fixture
def form_of(client_of, company_hr):
    load_codes(System.MAJOR, ["460103"])

    def post(text, who=company_hr):
        return client_of(who).post(path("paste"), {"text": text}).content.decode()

    return post


def value_of(page, name):
    return re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)[1]


def test_a_pasted_vacancy_fills_the_form_and_keeps_nothing(form_of):
    text = form_of(VACANCY)
    assert value_of(text, "title") == "数控车工"
    assert value_of(text, "headcount") == "5"
    assert (value_of(text, "pay_min_yuan"), value_of(text, "pay_max_yuan")) == ("6000", "9000")
    assert value_of(text, "place") == "温州市龙湾区"
    assert value_of(text, "majors_text") == "数控技术"
    assert '<option value="1" selected>' in text
    assert '<option value="1-3" selected>' in text
    assert not JobDemand.objects.exists()


def test_what_the_form_then_sends_is_a_demand(client_of, company_hr, form_of):
    text = form_of(VACANCY)
    assert f'action="{path("new")}"' in text
    names = ("title", "headcount", "pay_min_yuan", "pay_max_yuan", "place", "majors_text")
    sent = {name: value_of(text, name) for name in names}
    client_of(company_hr).post(path("new"), {**sent, "education": "1", "visibility": "members"})
    demand = JobDemand.objects.get()
    assert (demand.title, demand.pay_max_yuan) == ("数控车工", 9000)
    assert [major.code for major in demand.majors.all()] == ["460103"]


@pytest.mark.parametrize("decided", ["6-18-01-02", None])
def test_the_code_that_was_decided_before_stands_first(company, decided):
    codes = load_codes(System.OCCUPATION, ["6-18-01-01", "6-18-01-02"])
    assert pasting.read_pasted(VACANCY, company).initial["occupation"] == "6-18-01-01"
    Alignment.objects.create(
        system=System.OCCUPATION, raw="数控车工", normalised="数控车工", organisation_id=company.pk,
        chosen=codes.get(decided), by=AlignedBy.PERSON,
    )  # fmt: skip
    assert pasting.read_pasted(VACANCY, company).initial["occupation"] == (decided or "")


def test_nobodys_telephone_is_carried_over(form_of):
    text = form_of(VACANCY)
    for secret in ("13800000000", "88888888", "hr@example.cn", "abc12345", "张三丰"):
        assert secret not in text
    assert "联系方式已略" in text


def test_pay_in_figures_is_no_telephone():
    assert "6000-9000" in pasting.without_contacts("月薪6000-9000元，年薪120000元，招1000人")


def test_what_no_field_holds_is_shown_beside_its_words(form_of):
    text = form_of(VACANCY)
    assert "两班倒" in text
    assert "叉车证" in text
    assert "表单中没有对应栏" in text


def test_doubt_is_shown_with_its_reason(form_of):
    text = form_of("招聘焊工，薪资20元，地点：鼓楼区")
    assert "存疑" in text
    assert "几个地方共有的名称" in text


def test_what_was_not_told_is_named(form_of):
    text = form_of("招聘焊工，月薪8000元")
    told = re.search("原文未写明：([^<]*)", text)[1]
    assert "招聘人数" in told
    assert "月薪" not in told


def test_an_empty_box_is_refused_beside_it(form_of):
    assert "is-invalid" in form_of("  ")


def test_a_text_without_a_vacancy_is_no_fault(form_of):
    assert "没有读出任何一项" in form_of("——")


def test_markup_in_a_vacancy_stays_text(form_of):
    assert "<script>alert" not in form_of("招聘焊工，月薪8000元 <script>alert(1)</script>")


def test_the_page_speaks_english(client_of, company_hr):
    with translation.override("en"):
        pasted = pasting.read_pasted("招聘焊工，地点：鼓楼区", None)
    assert any("several places share" in one.reason for one in pasted.quotes)


def test_who_may_not_state_demands_has_no_such_page(client_of, school_admin):
    assert client_of(school_admin).get(path("paste")).status_code == 403


@pytest.mark.parametrize(
    ("text", "choice"),
    [("3年以上经验", "1-3"), ("5年经验", "4-6"), ("十年以上工作经验", "10+"), ("应届生", "0"),
     ("经验不限", "any"), ("有经验者优先", "any"), ("8年工作经验", "7-9")],
)  # fmt: skip
def test_years_become_the_forms_choices(text, choice):
    assert pasting.read_pasted(f"招聘焊工，{text}", None).initial["experience"] == choice
