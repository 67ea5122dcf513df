"""Four fields are enough, and another company's lines are not there."""

from datetime import date, timedelta

import pytest
from django.test import Client

from chanjiao.core import clock
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import DemandLook, JobDemand
from chanjiao.standards.choices import System
from chanjiao.standards.services.reference import load_codes
from tests.web.demand import path

FOUR = {"title": "数控车工", "headcount": "5", "education": "0", "visibility": "members"}


def test_four_fields_state_a_demand(client_of, company_hr):
    answer = client_of(company_hr).post(path("new"), FOUR)
    demand = JobDemand.objects.get()
    assert answer.url == path("detail", demand.pk)
    assert (demand.state, demand.coding) == (DemandState.SUBMITTED, Coding.WAITING)


def test_a_chosen_code_is_kept_and_offered_first_next_time(client_of, company_hr):
    browser = client_of(company_hr)
    browser.post(path("new"), {**FOUR, "title": "操机师傅", "occupation": "6-18-01-02"})
    assert JobDemand.objects.get().occupation.code == "6-18-01-02"
    found = browser.get(path("suggest"), {"title": "操机师傅"}).content.decode()
    assert found.index("6-18-01-02") < found.index("都不合适")


def test_none_fits_is_an_answer(client_of, company_hr):
    client_of(company_hr).post(path("new"), {**FOUR, "occupation": "none"})
    assert JobDemand.objects.get().coding == Coding.NONE


def test_a_form_that_is_refused_keeps_what_was_typed(client_of, company_hr):
    wrong = {**FOUR, "pay_min_yuan": "9000", "pay_max_yuan": "6000", "majors_text": "不存在的专业",
             "description": "三班两运转"}  # fmt: skip
    text = client_of(company_hr).post(path("new"), wrong).content.decode()
    assert "月薪上限 6000 低于月薪下限 9000" in text
    assert "三班两运转" in text
    assert not JobDemand.objects.exists()


def test_the_same_position_twice_is_refused_beside_its_field(client_of, company_hr, make_demand):
    twin = make_demand()
    text = client_of(company_hr).post(path("new"), FOUR).content.decode()
    assert twin.number in text
    assert JobDemand.objects.count() == 1


def test_the_office_states_for_a_company_it_names(client_of, office, company):
    company.credit_code = "91330000MA27X00B52"
    company.save()
    browser = client_of(office)
    text = browser.post(path("new"), {**FOUR, "company": "没有的企业", "source": "visit"})
    assert "没有找到" in text.content.decode()
    browser.post(path("new"), {**FOUR, "company": "91330000ma27x00b52", "source": "visit"})
    assert (JobDemand.objects.get().company, JobDemand.objects.get().source) == (company, "visit")


def test_editing_shows_what_stands_and_confirms_it(client_of, company_hr, make_demand):
    demand = make_demand(confirmed_on=date(2026, 1, 1))
    browser = client_of(company_hr)
    assert "数控车工" in browser.get(path("edit", demand.pk)).content.decode()
    browser.post(path("edit", demand.pk), {**FOUR, "headcount": "8"})
    demand.refresh_from_db()
    assert (demand.headcount, demand.confirmed_on) == (8, clock.today())


@pytest.mark.parametrize("page", ["detail", "edit", "move", "code", "fill", "merge"])
def test_another_companys_line_is_not_there(client_of, other_company_hr, make_demand, page):
    browser, address = client_of(other_company_hr), path(page, make_demand().pk)
    is_page = page in ("detail", "edit")
    answer = browser.get(address) if is_page else browser.post(address, {})
    assert answer.status_code == 404


def test_another_companys_line_is_neither_listed_nor_found(
    client_of, other_company_hr, make_demand
):
    make_demand("磨床操作工")
    text = client_of(other_company_hr).get(path("list"), {"q": "磨床"}).content.decode()
    assert "磨床操作工" not in text


def test_a_school_sees_what_stands_but_no_drafts_and_changes_nothing(
    client_of, school_admin, make_demand
):
    standing, draft = make_demand(), make_demand("铣工", state=DemandState.DRAFT)
    browser = client_of(school_admin)
    assert "6,789" in browser.get(path("detail", standing.pk)).content.decode()
    assert browser.get(path("detail", draft.pk)).status_code == 404
    assert browser.get(path("edit", standing.pk)).status_code == 403
    assert browser.post(path("move", standing.pk), {"move": "withdraw"}).status_code == 403


def test_the_public_sees_public_lines_without_pay(make_demand):
    hidden, shown = make_demand(), make_demand("铣工", visibility="public")
    browser = Client()
    assert browser.get(path("detail", hidden.pk)).status_code == 404
    text = browser.get(path("detail", shown.pk)).content.decode()
    assert "铣工" in text
    assert "6,789" not in text


def test_the_company_learns_who_looked(client_of, school_admin, company_hr, make_demand, school):
    demand = make_demand()
    for actor in (school_admin, school_admin, company_hr):
        client_of(actor).get(path("detail", demand.pk))
    assert DemandLook.objects.count() == 1
    assert school.name in client_of(company_hr).get(path("detail", demand.pk)).content.decode()


def test_acts_need_post(client_of, office, make_demand):
    demand = make_demand()
    browser = client_of(office)
    for page in ("move", "code", "fill", "merge"):
        assert browser.get(path(page, demand.pk)).status_code == 405
    for page in ("verify", "confirm"):
        assert browser.get(path(page)).status_code == 405


def test_a_move_that_no_button_offers_is_refused(client_of, office, make_demand):
    demand = make_demand()
    client_of(office).post(path("move", demand.pk), {"move": "expire"})
    demand.refresh_from_db()
    assert demand.state == DemandState.VALID


def test_a_code_that_does_not_exist_is_refused_with_its_number(client_of, company_hr, make_demand):
    demand = make_demand()
    browser = client_of(company_hr)
    answer = browser.post(path("code", demand.pk), {"other": "6-99-99-99"}, follow=True)
    assert "没有代码 6-99-99-99" in answer.content.decode()


def test_all_lapsing_lines_are_confirmed_with_one_button(client_of, company_hr, make_demand):
    soon = make_demand(valid_until=clock.today() + timedelta(days=3))
    browser = client_of(company_hr)
    assert "全部仍然有效" in browser.get(path("list")).content.decode()
    browser.post(path("confirm"))
    soon.refresh_from_db()
    assert soon.valid_until > clock.today() + timedelta(days=60)


def test_the_office_verifies_all_that_the_filter_leaves(client_of, office, make_demand):
    first = make_demand(state=DemandState.SUBMITTED)
    second = make_demand("铣工", state=DemandState.SUBMITTED)
    client_of(office).post(path("verify"), {"filters": "state=submitted&q=数控"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (DemandState.VALID, DemandState.SUBMITTED)


@pytest.mark.parametrize("text", ["数控", "车工", "工", "CNC", "cn", "甲精密", "6180101"])
def test_any_part_of_title_company_or_code_finds_a_position(client_of, office, make_demand, text):
    code = load_codes(System.OCCUPATION, ["6-18-01-01"])["6-18-01-01"]
    make_demand("数控车工 CNC", occupation=code, coding=Coding.GIVEN)
    make_demand("会计出纳岗")
    found = client_of(office).get(path("list"), {"q": text}).content.decode()
    assert "数控车工 CNC" in found
    assert "会计出纳岗" not in found or text == "甲精密"


@pytest.mark.parametrize("text", ["'", '"', "%", "a' OR 1=1", "*", "\\", "NEAR(", "😀"])
def test_odd_words_find_nothing_and_break_nothing(client_of, office, make_demand, text):
    make_demand()
    assert client_of(office).get(path("list"), {"q": text}).status_code == 200


def test_nothing_this_year_is_said_with_a_reason(client_of, company_hr):
    browser = client_of(company_hr)
    assert "选择“其他”时请写明原因" in browser.post(
        path("nothing"), {"reason": "other"}
    ).content.decode()  # fmt: skip
    assert browser.post(path("nothing"), {"reason": "full"}).status_code == 302
