"""Where a position lies: area and step of a chain, by form, sheet, filter, export and API."""

import csv
import io

import pytest

from chanjiao.core.sheets import handlers
from chanjiao.demand.models import JobDemand
from chanjiao.engines.tabular.identifiers import uscc_check_character
from chanjiao.exchange.services import imports
from chanjiao.industry.models import Chain, ChainNode
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area, Organisation
from tests.web.demand import path

FOUR = {"title": "数控车工", "headcount": "5", "education": "0", "visibility": "members"}
BODY = "91330000100000001"
CODE = BODY + uscc_check_character(BODY)
HEAD = ["统一社会信用代码", "岗位名称", "招聘人数", "所在区域", "产业链环节"]


@pytest.fixture
def areas(db, company):
    """Two streets, each with a first grid; the company lies in the grid of the first."""
    made = {}
    for code, name, english in (("J", "草桥街道", "Caoqiao"), ("K", "北海街道", "Beihai")):
        street = Area.objects.create(
            kind=AreaKind.SUBDISTRICT, code=code, name=name, name_en=english, path=code
        )
        made[code] = street
        made[f"{code}1"] = Area.objects.create(
            kind=AreaKind.GRID,
            code=f"{code}1",
            name="一网格",
            parent=street,
            path=f"{code}/{code}1",
        )
    Organisation.objects.filter(pk=company.pk).update(area=made["J1"], credit_code=CODE)
    company.refresh_from_db()
    return made


@pytest.fixture
def node(db):
    chain = Chain.objects.create(code="ic", name="集成电路", name_en="Integrated circuits")
    gone = Chain.objects.create(code="old", name="旧链", is_active=False)
    ChainNode.objects.create(chain=gone, code="x", name="封装测试", position="down")
    return ChainNode.objects.create(
        chain=chain, code="test", name="封装测试", name_en="Packaging", position="down"
    )


def told(answer):
    return answer.content.decode()


@pytest.mark.parametrize("words", ["一网格（K1）", "K1", "一网格(k1)"])
def test_a_place_is_meant_by_label_or_code(client_of, company_hr, areas, node, words):
    client_of(company_hr).post(path("new"), {**FOUR, "area": words, "node": "封装测试"})
    demand = JobDemand.objects.get()
    assert (demand.area, demand.node) == (areas["K1"], node)


def test_without_a_word_a_position_lies_where_its_company_does(client_of, company_hr, areas):
    client_of(company_hr).post(path("new"), FOUR)
    demand = JobDemand.objects.get()
    assert (demand.area, demand.node) == (areas["J1"], None)


def test_an_unclear_or_unknown_place_is_told_with_what_there_is(client_of, company_hr, areas, node):
    text = told(client_of(company_hr).post(
        path("new"), {**FOUR, "area": "一网格", "node": "芯片设计"}
    ))  # fmt: skip
    assert "有 2 个区域叫“一网格”" in text
    assert "一网格（J1）、一网格（K1）" in text
    assert "没有登记产业链环节“芯片设计”" in text
    assert not JobDemand.objects.exists()


def test_the_form_offers_places_in_both_languages_and_keeps_what_was_said(
    client_of, company_hr, areas, node
):
    browser = client_of(company_hr)
    browser.post(path("new"), {**FOUR, "area": "北海街道", "node": "集成电路/封装测试"})
    text = told(browser.get(path("edit", JobDemand.objects.get().pk)))
    assert '<option value="北海街道">Beihai</option>' in text
    assert '<option value="集成电路/封装测试">Integrated circuits/Packaging</option>' in text
    assert 'value="集成电路/封装测试"' in text.partition("<datalist")[0] + text
    assert "旧链" not in text


def test_the_page_of_a_position_shows_its_step_in_english_too(
    client_of, company_hr, make_demand, node
):
    browser = client_of(company_hr)
    demand = make_demand(node=node)
    browser.cookies["django_language"] = "en"
    text = told(browser.get(path("detail", demand.pk)))
    assert "Step of the chain" in text
    assert "Packaging" in text


def test_the_list_is_narrowed_to_an_area_with_all_inside_and_to_a_step(
    client_of, office, areas, node, make_demand
):
    make_demand("车工", area=areas["J1"], node=node)
    make_demand("铣工", area=areas["K"])
    make_demand("磨工", area=None)  # lies where its company does, in the first street
    browser = client_of(office)

    def shown(**asked):
        text = told(browser.get(path("list"), asked))
        return [title for title in ("车工", "铣工", "磨工") if f">{title}<" in text]

    assert shown(area="J") == ["车工", "磨工"]
    assert shown(area="K") == ["铣工"]
    assert shown(node=node.pk) == ["车工"]


def test_the_export_takes_what_the_filter_row_leaves_and_comes_in_again(
    client_of, office, areas, node, make_demand
):
    make_demand("车工", area=areas["J1"], node=node, education="2")
    make_demand("铣工", area=areas["K"], education="1")
    answer = client_of(office).get(
        "/exchange/export/positions/", {"format": "csv", "education": "2"}
    )
    lines = answer.content.decode("utf-8-sig").replace("*", "").splitlines()
    rows = list(csv.DictReader(lines))
    assert [(r["岗位名称"], r["所在区域"], r["产业链环节"]) for r in rows] == [
        ("车工", "一网格（J1）", "集成电路/封装测试")
    ]
    job = imports.receive(office, handlers()["positions"], answer.content, "岗位.csv")
    job.refresh_from_db()
    assert (job.state, job.unchanged, job.changed) == ("previewed", 1, 0)


def bring(office, *rows, confirms=True):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    job = imports.receive(
        office, handlers()["positions"], out.getvalue().encode("utf-8-sig"), "岗位.csv"
    )
    job.refresh_from_db()
    if confirms:
        assert job.state == "previewed", job.faults
        imports.confirm(office, job.pk, updates_existing=True)
        job.refresh_from_db()
    return job


def test_a_sheet_names_places_and_its_undo_takes_them_back(office, areas, node):
    bring(office, [CODE, "车工", "5", "", ""])
    assert JobDemand.objects.get().area == areas["J1"]
    job = bring(office, [CODE, "车工", "5", "Beihai", "ic/test"])
    demand = JobDemand.objects.get()
    assert (demand.area, demand.node) == (areas["K"], node)
    bring(office, [CODE, "车工", "6", "", ""])  # blank cells take nothing away
    demand.refresh_from_db()
    assert (demand.headcount, demand.area, demand.node) == (6, areas["K"], node)
    assert job.state == "applied"


def test_undoing_a_sheet_takes_the_place_back(office, areas, node):
    bring(office, [CODE, "车工", "5", "", ""])
    job = bring(office, [CODE, "车工", "5", "K", "ic/test"])
    imports.undo(office, job.pk)
    demand = JobDemand.objects.get()
    assert (demand.area, demand.node) == (areas["J1"], None)


def test_a_sheet_with_an_unclear_place_is_refused_by_row_and_column(office, areas, node):
    job = bring(office, [CODE, "车工", "5", "一网格", "无此环节"], confirms=False)
    assert job.state == "refused"
    assert {(f["row"], f["letter"], f["code"]) for f in job.faults} == {
        (2, "D", "unclear_place"), (2, "E", "unknown_place"),
    }  # fmt: skip
    assert not JobDemand.objects.exists()


def test_the_api_tells_and_asks_places_by_code(client_of, office, areas, node, make_demand):
    make_demand("车工", area=areas["J1"], node=node)
    make_demand("铣工", area=areas["K"])
    browser = client_of(office)

    def titles(**asked):
        return [one["title"] for one in browser.get("/api/v1/demands", asked).json()["items"]]

    assert titles(area="J") == ["车工"]
    assert titles(area="nowhere") == []
    assert titles(node="ic/test") == ["车工"]
    one = browser.get("/api/v1/demands", {"area": "J"}).json()["items"][0]
    assert (one["area"], one["area_code"]) == ("一网格", "J1")
    assert one["node"] == {"chain": "ic", "code": "test", "name": "封装测试"}
