"""Pages of demand: four fields are enough, others' lines are not there, links act by POST once."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from chanjiao.core import clock
from chanjiao.core.models import JobRun
from chanjiao.core.reference import load_parameters
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import Ask, DemandLook, IntakeLink, JobDemand
from chanjiao.demand.services import asks, demands, links, rounds
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel
from chanjiao.organisations.models import Consortium
from chanjiao.standards.choices import System
from chanjiao.standards.services.reference import load_codes


@pytest.fixture(autouse=True)
def scene(db, office_body, school, settings):
    cache.clear()
    load_parameters()
    load_codes(System.OCCUPATION, ["6-18-01-01", "6-18-01-02"])
    Consortium.objects.create(
        name="湾区联合体", kind=ConsortiumKind.MUNICIPAL, level=ConsortiumLevel.CITY,
        office=office_body, lead_school=school, founded_on="2023-06-28",
    )  # fmt: skip


@pytest.fixture
def make_demand(company):
    def make(title="数控车工", **fields):
        values = {
            "company": company, "title": title, "title_key": title, "headcount": 5, "year": 2026,
            "coding": Coding.WAITING, "state": DemandState.VALID, "confirmed_on": clock.today(),
            "valid_until": clock.today() + timedelta(days=60), "pay_min_yuan": 6789,
        }  # fmt: skip
        demand = JobDemand(**{**values, **fields})
        demand.search_text = demands.search_text(demand)
        demand.save()
        return demand

    return make


@pytest.fixture
def survey(office, company, other_company):
    today = clock.today()
    made = rounds.plan(
        office,
        {"title": "本季征集", "year": today.year, "period": "special", "opens_on": today,
         "closes_on": today + timedelta(days=20)},
    )  # fmt: skip
    rounds.target(office, made.pk, {})
    rounds.make_move(office, made.pk, "announce")
    return made


def path(name, *args):
    return reverse(f"demand:{name}", args=args)


FOUR = {"title": "数控车工", "headcount": "5", "education": "0", "visibility": "members"}


# ------------------------------------------------------------------------------ company


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


# ------------------------------------------------------------------------------ rounds, asks


def test_a_round_shows_progress_and_its_silent_companies(client_of, office, survey, company):
    rounds.make_move(office, survey.pk, "open")
    text = client_of(office).get(path("round", survey.pk), {"state": "waiting"}).content.decode()
    assert company.name in text
    assert "提醒未答复企业" in text


def test_a_company_sees_no_other_companys_silence(client_of, company_hr, survey, other_company):
    text = client_of(company_hr).get(path("round", survey.pk)).content.decode()
    assert other_company.name not in text


def test_a_company_holds_no_round(client_of, company_hr, survey):
    browser = client_of(company_hr)
    for page in ("round-move", "round-remind", "round-drop", "round-link"):
        assert browser.post(path(page, survey.pk), {}).status_code == 403
    assert browser.get(path("round-new")).status_code == 403
    assert browser.get(path("links")).status_code == 403


def test_a_round_is_planned_targeted_and_opened_from_the_pages(client_of, office, company):
    browser, today = client_of(office), clock.today()
    form = {"title": "专项征集", "period": "special", "year": today.year, "instrument": "1",
            "opens_on": today, "closes_on": today + timedelta(days=9)}  # fmt: skip
    answer = browser.post(path("round-new"), form)
    browser.post(answer.url, {})
    pk = int(answer.url.strip("/").split("/")[-2])
    for move in ("announce", "open"):
        browser.post(path("round-move", pk), {"move": move})
    assert IntakeLink.objects.filter(round_id=pk, company=company).exists()
    text = browser.post(path("round-link", pk), {"company": company.pk}).content.decode()
    assert "data:image/svg+xml" in text


def test_many_silent_companies_are_reminded_in_the_background(
    client_of, office, company, survey, monkeypatch
):
    rounds.make_move(office, survey.pk, "open")
    monkeypatch.setattr("chanjiao.web.demand.views.rounds.MOST_WAITED_FOR", 0)
    client_of(office).post(path("round-remind", survey.pk))
    assert Ask.objects.filter(company=company, kind="reminder").count() == 1
    run = JobRun.objects.get(kind="remind")
    assert (run.state, "已提醒 2 家" in run.note) == ("done", True)


def test_a_second_ask_is_refused_on_the_page_with_the_first(
    client_of, school_admin, office, company
):
    asks.ask(office, company.pk, "visit", "春季走访")
    form = {"company": company.name, "kind": "visit", "subject": "我们也想走访"}
    text = client_of(school_admin).post(path("ask-new"), form).content.decode()
    assert "春季走访" in text
    assert "我们也想走访" in text
    assert Ask.objects.count() == 1


def test_a_company_answers_with_a_button_and_sees_only_its_own_asks(
    client_of, office, company_hr, other_company_hr, company
):
    asked = asks.ask(office, company.pk, "training", "需要 PLC 培训吗")
    assert client_of(other_company_hr).get(path("ask", asked.pk)).status_code == 404
    client_of(company_hr).post(path("ask-answer", asked.pk), {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.answer == "yes"


# ------------------------------------------------------------------------------ one-time links


@pytest.fixture
def address(office, company, survey):
    return links.issue(office, company, survey_round=survey).url.split("8000", 1)[1]


def lines(*rows, **more):
    data = {"l-TOTAL_FORMS": str(len(rows)), "l-INITIAL_FORMS": "0"}
    for n, values in enumerate(rows):
        for name, value in {"education": "0", **values}.items():
            data[f"l-{n}-{name}"] = value
    return {**data, **more}


NEW = {"title": "数控车工", "headcount": "5", "pay_min_yuan": "6000"}


def test_a_link_shows_last_times_lines_and_changes_nothing_by_get(address, make_demand):
    make_demand("铣工")
    browser = Client()
    for _n in range(3):
        assert "铣工" in browser.get(address).content.decode()
    assert IntakeLink.objects.get().used_at is None
    browser.head(address)
    assert IntakeLink.objects.get().used_at is None


def test_lines_are_reviewed_with_codes_before_they_are_sent(address):
    browser = Client()
    text = browser.post(address, lines(NEW, review="1")).content.decode()
    assert "6-18-01-01" in text
    assert not JobDemand.objects.exists()
    sent = browser.post(address, lines({**NEW, "occupation": "6-18-01-01"}, send="1"))
    assert sent.url == address
    demand = JobDemand.objects.get()
    assert (demand.occupation.code, demand.state) == ("6-18-01-01", DemandState.SUBMITTED)
    assert demand.number in browser.get(address).content.decode()


def test_a_link_answers_once_and_then_shows_the_receipt(address):
    browser = Client()
    browser.post(address, lines(NEW, send="1"))
    again = browser.post(address, lines({**NEW, "title": "铣工"}, send="1"))
    assert "已收到" in again.content.decode()
    assert JobDemand.objects.count() == 1


def test_a_faulty_line_keeps_everything_typed(address):
    answer = Client().post(
        address, lines({**NEW, "headcount": "", "description": "倒班"}, send="1")
    )
    assert answer.status_code == 422
    assert "请填写招聘人数" in answer.content.decode()
    assert "倒班" in answer.content.decode()


def test_nothing_is_said_through_the_link(address, company):
    Client().post(address, {"n-reason": "own", "nothing": "1"})
    assert IntakeLink.objects.get().receipt["nothing"]


def test_expired_and_stopped_links_say_so(address, office):
    link = IntakeLink.objects.get()
    IntakeLink.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    answer = Client().get(address)
    assert (answer.status_code, "已过期" in answer.content.decode()) == (410, True)
    IntakeLink.objects.update(expires_at=clock.now() + timedelta(days=1))
    links.withdraw(office, link.pk)
    assert "已由联合体办公室停用" in Client().get(address).content.decode()
    assert Client().post(address, lines(NEW, send="1")).status_code == 410
    assert not JobDemand.objects.exists()


def test_a_guessed_link_is_not_there_and_guessing_is_slowed(address):
    browser = Client()
    codes = [browser.get(path("answer", f"guess{n}:sig")).status_code for n in range(35)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_the_link_page_speaks_english_and_is_never_kept(address):
    browser = Client(headers={"accept-language": "en"})
    answer = browser.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert 'lang="en"' in answer.content.decode()


def test_a_link_reaches_no_other_company(address, make_demand, other_company):
    foreign = make_demand("磨工", company=other_company)
    browser = Client()
    assert "磨工" not in browser.get(address).content.decode()
    data = lines(
        {"pk": str(foreign.pk), "word": "drop", "title": "磨工", "headcount": "1"}, send="1"
    )
    assert browser.post(address, data).status_code == 422
    foreign.refresh_from_db()
    assert foreign.state == DemandState.VALID
