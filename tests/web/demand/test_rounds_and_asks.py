"""Rounds with their silent companies, and asks that are not asked twice."""

from datetime import timedelta

from chanjiao.core import clock
from chanjiao.core.models import JobRun
from chanjiao.demand.models import Ask, IntakeLink
from chanjiao.demand.services import asks, rounds
from tests.web.demand import path


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
