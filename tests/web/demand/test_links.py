"""A link without an account: it acts by POST, once, for one company."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from chanjiao.core import clock
from chanjiao.demand.choices import DemandState
from chanjiao.demand.models import IntakeLink, JobDemand
from chanjiao.demand.services import links
from tests.web.demand import path


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


def test_ways_of_cooperating_pass_the_review_and_are_there_next_time(address, office, company):
    browser = Client()
    wished = {**NEW, "intents": ["order", "train"]}
    text = browser.post(address, lines(wished, review="1")).content.decode()
    assert text.count('name="l-0-intents"') == 2
    assert re.findall(r">(订单班|员工培训|学徒)</span>", text) == ["订单班", "员工培训"]
    browser.post(address, lines(wished, send="1"))
    assert JobDemand.objects.get().intents == ["order", "train"]
    again = links.issue(office, company).url.split("8000", 1)[1]
    ticked = re.findall(
        r'name="l-0-intents" value="(\w+)"[^>]* checked', browser.get(again).content.decode()
    )
    assert ticked == ["order", "train"]
    refused = browser.post(again, lines({**NEW, "intents": ["marriage"]}, send="1"))
    assert refused.status_code == 422
    assert JobDemand.objects.count() == 1


@pytest.mark.parametrize("said", [{"intents": ["order"]}, {"pay_max_yuan": "9000"}])
def test_a_line_without_a_title_is_asked_for_it_and_never_dropped_in_silence(address, said):
    answer = Client().post(address, lines(NEW, said, send="1"))
    assert answer.status_code == 422
    assert "请填写岗位名称" in answer.content.decode()
    assert not JobDemand.objects.exists()


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
