"""Pages of the gap study: every figure opens its rows; others never see a small cell."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chanjiao.gaps.choices import Audience, View
from chanjiao.gaps.models import GapFigure, GapStudy
from chanjiao.gaps.services import studies
from tests.gaps.conftest import DAY, FITTER, TURNER

VIEWS = [View.OCCUPATION, View.MAJOR, View.CHAIN, View.AREA, View.INDUSTRY, View.GRID]


def text(response):
    return response.content.decode()


def options(html):
    """Every chart of a page, by its key."""
    found = re.findall(
        r'<script type="application/json" id="(\w+)">(.*?)</script>', html, re.DOTALL
    )
    return {key: json.loads(option) for key, option in found}


@pytest.mark.parametrize("view", VIEWS)
def test_each_tab_shows_charts_with_the_same_figures_as_tables(client_of, office, study, view):
    html = text(client_of(office).get(f"/gaps/?view={view}"))
    drawn = options(html)
    assert drawn or view in (View.CHAIN, View.INDUSTRY, View.GRID)
    for key in drawn:
        section = html.split(f'id="title-{key}"')[1].split("</section>")[0]
        assert "<table" in section
    assert 'aria-current="page"' in html


def test_the_bars_carry_the_numbers_and_links_of_their_figures(client_of, office, study):
    html = text(client_of(office).get("/gaps/"))
    bars = options(html)["short"]
    turner = GapFigure.objects.get(study=study, audience="office", view="occupation", key=TURNER)
    point = bars["series"][0]["data"][bars["yAxis"]["data"].index(turner.name)]
    assert point["value"] == turner.demand
    response = client_of(office).get(point["url"])
    assert response.status_code == 200
    assert turner.name in text(response)


def test_a_figure_page_shows_numerator_denominator_rule_and_rows(client_of, office, study):
    url = reverse("gaps:figure", args=[study.pk]) + f"?view=occupation&key={TURNER}"
    html = text(client_of(office).get(url))
    for words in (
        "分子",
        "分母",
        "2026-09-15",
        study.results_hash[:16],
        "固定链接",
        "企业0",
        "135",
    ):
        assert words in html, words
    assert text(client_of(office).get(url + "&side=supply")).count("甲职业技术学院") >= 1


def test_the_same_link_gives_each_reader_what_they_may_see(client_of, office, school_admin, study):
    url = reverse("gaps:figure", args=[study.pk]) + f"?view=occupation&key={FITTER}"
    mine, theirs = text(client_of(office).get(url)), text(client_of(school_admin).get(url))
    assert "企业7" in mine
    assert "其他人看不到这个数字" in mine
    assert "企业7" not in theirs
    assert "未公开" in theirs


def test_the_hidden_number_is_nowhere_for_others(client_of, school_admin, study, want, office):
    want(7, FITTER, 2, place="二厂")
    GapFigure.objects.filter(audience=Audience.OFFICE, key=FITTER).update(demand=987654)
    client = client_of(school_admin)
    for view in VIEWS:
        assert "987654" not in text(client.get(f"/gaps/?view={view}"))
        response = client.get(f"/gaps/{study.pk}/export/?view={view}&format=csv")
        assert "987654" not in response.content.decode("utf-8-sig")


def test_control_the_office_does_see_it(client_of, office, study):
    GapFigure.objects.filter(audience=Audience.OFFICE, key=FITTER).update(demand=987654)
    assert "987,654" in text(client_of(office).get("/gaps/?view=occupation"))


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_figures_are_exported_in_both_formats(client_of, office, study, fmt):
    response = client_of(office).get(f"/gaps/{study.pk}/export/?view=occupation&format={fmt}")
    assert response.status_code == 200
    assert f".{fmt}" in response["Content-Disposition"]
    if fmt == "csv":
        assert TURNER in response.content.decode("utf-8-sig")


def test_an_unknown_view_or_figure_is_not_found(client_of, office, study):
    client = client_of(office)
    assert client.get(f"/gaps/{study.pk}/export/?view=nonsense").status_code == 404
    assert client.get(f"/gaps/{study.pk}/figure/?view=occupation&key=9-99").status_code == 404
    assert client.get("/gaps/999999/").status_code == 404


def test_strangers_see_published_studies_only(client, study, office):
    assert client.get(f"/gaps/{study.pk}/").status_code == 404
    assert "还没有发布" in text(client.get("/gaps/"))
    studies.publish(office, study.pk)
    html = text(client.get("/gaps/"))
    assert study.title in html
    assert "新建分析" not in html


@pytest.mark.parametrize("act", ["publish", "withdraw"])
def test_only_the_office_publishes(client_of, school_admin, company_hr, study, act):
    for actor in (school_admin, company_hr):
        assert client_of(actor).post(f"/gaps/{study.pk}/{act}/").status_code == 403


def test_only_the_office_orders_and_checks(client_of, school_admin, company_hr, study):
    for actor in (school_admin, company_hr):
        assert client_of(actor).get("/gaps/new/").status_code == 403
        assert client_of(actor).post(f"/gaps/{study.pk}/check/").status_code == 403


def test_acts_are_posted(client_of, office, study):
    for act in ("publish", "withdraw", "check"):
        assert client_of(office).get(f"/gaps/{study.pk}/{act}/").status_code == 405


def test_the_office_publishes_checks_and_withdraws(client_of, office, study):
    client = client_of(office)
    assert "逐项一致" in text(client.post(f"/gaps/{study.pk}/check/", follow=True))
    assert "已公开" in text(client.post(f"/gaps/{study.pk}/publish/", follow=True))
    client.post(f"/gaps/{study.pk}/withdraw/")
    study.refresh_from_db()
    assert study.published_at is None


def test_the_office_orders_a_study_by_form(client_of, office, market, today):
    response = client_of(office).post(
        "/gaps/new/", {"year": 2026, "as_of": "2026-09-15", "title": "三季度"}, follow=True
    )
    assert "三季度" in text(response)
    assert GapStudy.objects.get(title="三季度").is_done


def test_a_day_to_come_is_told_at_its_field_and_nothing_is_lost(client_of, office, codes, today):
    response = client_of(office).post(
        "/gaps/new/", {"year": 2026, "as_of": "2027-01-01", "title": "明年的"}
    )
    html = text(response)
    assert "在今天之后" in html
    assert 'value="明年的"' in html
    assert not GapStudy.objects.exists()


def test_a_failed_study_says_why_and_what_to_do(client_of, office, study):
    GapStudy.objects.filter(pk=study.pk).update(state="failed", note="缺少参数")
    html = text(client_of(office).get(f"/gaps/{study.pk}/"))
    assert "缺少参数" in html
    assert "重新建一份" in html


def test_a_running_study_shows_its_progress_and_reloads_when_done(client_of, office, study):
    client = client_of(office)
    assert client.get(f"/gaps/{study.pk}/progress/")["HX-Refresh"] == "true"
    GapStudy.objects.filter(pk=study.pk).update(state="running")
    assert "progress-line" in text(client.get(f"/gaps/{study.pk}/"))


def test_two_studies_are_compared_at_the_same_code(client_of, office, study, want):
    want(40, TURNER, 65)
    after = studies.create(office, 2026, DAY, "再算一次")
    html = text(client_of(office).get(f"/gaps/{after.pk}/compare/?with={study.pk}"))
    assert "+65" in html


def test_a_lone_study_has_nothing_to_be_compared_with(client_of, office, study):
    assert "没有可比的" in text(client_of(office).get(f"/gaps/{study.pk}/compare/"))


def test_the_method_page_prints_rules_with_their_sources(client_of, school_admin, study):
    html = text(client_of(school_admin).get(f"/gaps/{study.pk}/method/"))
    assert "杭州市" in html
    assert study.inputs_hash in html
    assert "还没有职业代码" in html


def test_pages_read_in_english(client_of, office, study, codes):
    client = client_of(office)
    client.cookies["django_language"] = "en"
    for address in ("", "studies/", f"{study.pk}/method/", f"{study.pk}/compare/", "new/"):
        assert client.get(f"/gaps/{address}").status_code == 200


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_few_rows_and_many(client_of, office, study, want):
    client = client_of(office)
    figure = f"/gaps/%s/figure/?view=occupation&key={TURNER}"
    few = [count(client, a) for a in ("/gaps/", "/gaps/studies/", figure % study.pk)]
    for firm in range(50, 90):
        want(firm, TURNER, 7)
    for _ in range(8):
        last = studies.create(office, 2026, DAY)
    many = [count(client, a) for a in ("/gaps/", "/gaps/studies/", figure % last.pk)]
    assert many == few
