"""The queue page: every act a plain form, one line after another, nobody else's lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.standards.choices import System
from chanjiao.standards.models import Alignment
from chanjiao.standards.queue import sources
from chanjiao.standards.services import reference
from tests.standards import queue_source

WELDER, TURNER = "6-18-02-04", "6-18-01-01"


@pytest.fixture(autouse=True)
def queue(settings, db):
    settings.CHANJIAO_QUEUES = ["tests.standards.queue_source.ListSource"]
    sources.cache_clear()
    queue_source.LINES.clear()
    reference.load_codes(System.OCCUPATION, [WELDER, TURNER, "6-18-01-07"])
    yield
    sources.cache_clear()


def post(client, raw, organisation, code, **more):
    data = {"source": "lines", "at": 0, "raw": raw, "organisation": organisation.pk, "code": code}
    return client.post("/alignment/choose/", {**data, **more}, follow=True)


def test_the_line_at_hand_shows_its_words_and_suggestions_with_reasons(client_of, office, company):
    queue_source.wait("氩弧焊工", company.pk, people=3, context="不锈钢管道焊接")
    text = client_of(office).get("/alignment/").content.decode()
    assert "氩弧焊工" in text
    assert "不锈钢管道焊接" in text
    assert f'value="{WELDER}"' in text
    assert "平常说的" in text


def test_choosing_without_scripts_brings_the_next_line(client_of, office, company):
    queue_source.wait("焊工", company.pk, people=2)
    queue_source.wait("车工", company.pk, people=1)
    response = post(client_of(office), "焊工", company, WELDER)
    text = response.content.decode()
    assert "“焊工” → 焊工（6-18-02-04），1 条记录。" in text
    assert '<h2 id="raw" class="queue-raw" tabindex="-1">车工</h2>' in text


def test_undo_brings_the_last_line_back(client_of, office, company):
    queue_source.wait("焊工", company.pk)
    client = client_of(office)
    post(client, "焊工", company, TURNER)
    text = client.post("/alignment/undo/", {"source": "lines"}, follow=True).content.decode()
    assert "已撤销" in text
    assert 'tabindex="-1">焊工</h2>' in text
    assert not Alignment.objects.exists()


def test_a_search_offers_leaves_by_pinyin_initials(client_of, office, company):
    queue_source.wait("神秘岗位", company.pk)
    text = client_of(office).get("/alignment/?q=dgxsk").content.decode()
    assert text.count('value="6-18-01-07"') >= 1
    assert 'value="6-18-01"' not in text


def test_adopting_for_all_is_offered_to_the_office_only(client_of, office, company, company_hr):
    queue_source.wait("焊工", company.pk)
    assert 'name="for_all"' in client_of(office).get("/alignment/").content.decode()
    client = client_of(company_hr)
    assert 'name="for_all"' not in client.get("/alignment/").content.decode()
    post(client, "焊工", company, WELDER, for_all="on")
    assert not Alignment.objects.filter(is_global=True).exists()


def test_a_company_sees_its_own_lines_only(client_of, company_hr, company, other_company):
    queue_source.wait("自家岗位", company.pk)
    queue_source.wait("别家岗位", other_company.pk)
    client = client_of(company_hr)
    text = client.get("/alignment/").content.decode()
    assert "自家岗位" in text
    assert "别家岗位" not in text
    assert post(client, "别家岗位", other_company, WELDER).status_code == 403
    assert queue_source.LINES[1]["code"] is None


def test_schools_read_and_the_public_does_not(client, client_of, company):
    assert client.get("/alignment/").status_code == 302


def test_a_code_that_is_none_is_said_beside_the_line(client_of, office, company):
    queue_source.wait("焊工", company.pk)
    text = post(client_of(office), "焊工", company, "9-9").content.decode()
    assert "目录中没有代码 9-9" in text
    assert queue_source.LINES[0]["code"] is None


def test_none_fits_is_said_with_its_own_word_and_a_lost_button_says_nothing(
    client_of, office, company
):
    queue_source.wait("说不清", company.pk)
    client = client_of(office)
    assert post(client, "说不清", company, "").status_code == 404
    assert not Alignment.objects.exists()
    text = post(client, "说不清", company, "none").content.decode()
    assert "都不合适，已记下" in text
    assert Alignment.objects.get().chosen is None


def test_an_empty_queue_says_so(client_of, office):
    assert "都对齐了" in client_of(office).get("/alignment/").content.decode()


def test_without_any_source_the_page_says_so(client_of, office, settings):
    settings.CHANJIAO_QUEUES = []
    sources.cache_clear()
    assert "还没有接入" in client_of(office).get("/alignment/").content.decode()


def test_decisions_are_listed_and_can_be_taken_back(client_of, office, company, other_company_hr):
    queue_source.wait("焊工", company.pk)
    client = client_of(office)
    post(client, "焊工", company, TURNER)
    held = Alignment.objects.get()
    text = client.get("/alignment/memory/").content.decode()
    assert "焊工" in text
    assert company.name in text
    assert client_of(other_company_hr).get(f"/alignment/memory/{held.pk}/").status_code == 404
    assert client.get(f"/alignment/memory/{held.pk}/").status_code == 200
    client.post(f"/alignment/memory/{held.pk}/take-back/")
    assert not Alignment.objects.exists()
    assert queue_source.LINES[0]["code"] is None


def test_the_queue_and_the_memory_cost_the_same_for_one_line_and_fifty(client_of, office, company):
    client = client_of(office)
    queue_source.wait("焊工0", company.pk)
    post(client, "焊工0", company, WELDER)
    queue_source.wait("焊工1", company.pk)
    for url in ("/alignment/", "/alignment/memory/"):
        client.get(url)
    counts = {}
    for url in ("/alignment/", "/alignment/memory/"):
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        counts[url] = len(few)
    for n in range(50):
        queue_source.wait(f"焊工{n + 2}", company.pk)
        Alignment.objects.create(
            system=System.OCCUPATION, raw=f"钳{n}", normalised=f"钳{n}", by="none",
            organisation_id=company.pk,
        )  # fmt: skip
    for url, few_count in counts.items():
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) == few_count
