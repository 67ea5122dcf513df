import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core.models import Todo
from chanjiao.core.roles import Role
from chanjiao.demand.models import RoundTarget
from chanjiao.organisations.actors import actor_for
from chanjiao.publishing.choices import QuarterState
from chanjiao.publishing.models import Objection, Publication, Quarter
from chanjiao.publishing.services import publications
from tests.publishing.conftest import study

LIST = "/publishing/"


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    text = response.content.decode()
    assert not re.search(r"\s(style|on\w+)=\"", text)
    return text


def of(quarter, tail=""):
    return f"/publishing/quarters/{quarter.pk}/{tail}"


def test_the_office_opens_a_quarter_and_lands_on_its_steps(client_of, office, survey_round):
    response = client_of(office).post(f"{LIST}quarters/open/", {"year": 2026, "number": 3})
    assert response["Location"] == of(Quarter.objects.get())
    assert "还没有发布过清单" in page(client_of(office), LIST)


def test_the_quarter_proposed_is_the_first_that_nobody_has_begun(client_of, office, october):
    def proposed():
        form = client_of(office).get(LIST).context["form"]
        return form.initial["year"], form.initial["number"]

    assert proposed() == (2026, 3)
    for number in (3, 4):
        Quarter.objects.create(year=2026, number=number, as_of="2026-09-30")
    assert proposed() == (2027, 1)


def test_a_senseless_year_is_refused_with_words(client_of, office):
    response = client_of(office).post(
        f"{LIST}quarters/open/", {"year": "next", "number": 9}, follow=True
    )
    assert "年度须为" in response.content.decode()
    assert Quarter.objects.count() == 0


def test_each_step_says_what_is_missing_and_where(client_of, office, quarter):
    target = RoundTarget.objects.first()
    RoundTarget.objects.filter(pk=target.pk).update(state="waiting")
    text = page(client_of(office), of(quarter))
    assert "还有 1 家未答复的企业没有催报过" in text
    assert 'aria-current="step"' in text
    assert of(quarter, "remind/") not in text


def test_reminding_and_ordering_a_study_are_one_click(client_of, office, quarter):
    client = client_of(office)
    target = RoundTarget.objects.first()
    RoundTarget.objects.filter(pk=target.pk).update(state="waiting")
    assert of(quarter, "do/remind-silent/") in page(client, of(quarter))
    told = client.post(of(quarter, "do/remind-silent/"), follow=True).content.decode()
    assert "已催报 1 家" in told
    for move in ("remind", "review"):
        client.post(of(quarter, f"{move}/"))
    assert of(quarter, "do/order-study/") in page(client, of(quarter))
    told = client.post(of(quarter, "do/order-study/"), follow=True).content.decode()
    assert "2026Q3 供需缺口分析" in told
    assert client.post(of(quarter, "do/nonsense/")).status_code == 404


def test_a_quarter_is_closed_by_clicking_through(client_of, office, head, quarter, files_once):
    client = client_of(office)
    for move in ("remind", "review"):
        client.post(of(quarter, f"{move}/"))
    study(office, quarter)
    client.post(of(quarter, "compute/"))
    assert "将要公开的 1 行" in page(client, of(quarter, "preview/"))
    client.post(of(quarter, "check/"), {"opinion": "已核对"})
    client.post(of(quarter, "freeze/"))
    assert Quarter.objects.get().state == QuarterState.FROZEN
    refused = client.post(of(quarter, "publish/"), follow=True).content.decode()
    assert "请由他人办理" in refused
    client_of(head).post(of(quarter, "publish/"))
    assert Publication.objects.get().number == "RCXQ-2026Q3"
    text = page(client, f"{LIST}RCXQ-2026Q3/")
    assert "/lists/RCXQ-2026Q3/v1/files/pdf/" in text
    assert "已核对" in page(client, of(quarter))


def test_nothing_is_done_by_get(client_of, office, quarter):
    client = client_of(office)
    for move in ("remind", "freeze", "publish"):
        assert client.get(of(quarter, f"{move}/")).status_code == 405
    assert client.get(f"{LIST}quarters/open/").status_code == 405


def test_a_move_that_does_not_exist_is_a_404(client_of, office, quarter):
    assert client_of(office).post(of(quarter, "destroy/")).status_code == 404


@pytest.mark.parametrize("tail", ["", "preview/"])
def test_closing_is_not_for_companies_nor_strangers(client, client_of, company_hr, quarter, tail):
    assert client_of(company_hr).get(of(quarter, tail)).status_code == 404
    assert client.get(of(quarter, tail)).status_code == 404


def test_companies_see_publications_but_no_closing(client_of, company_hr, version):
    text = page(client_of(company_hr), LIST)
    assert "RCXQ-2026Q3" in text
    assert "正在关闭的季度" not in text
    assert (
        client_of(company_hr).post(of(version.publication.quarter, "correct/")).status_code == 403
    )


def test_a_correction_begins_from_the_page(client_of, office, version, lines):
    client, quarter = client_of(office), version.publication.quarter
    assert 'name="positions"' in page(client, of(quarter))
    wrong = {"opinion": "漏计", "positions": "XQ9999999"}
    odd = client.post(of(quarter, "correct/"), wrong, follow=True)
    assert "没有编号为 XQ9999999 的岗位" in odd.content.decode()
    assert "漏计</textarea>" in odd.content.decode()
    lines[0].headcount += 3
    lines[0].save()
    client.post(of(quarter, "correct/"), {"opinion": "漏计", "positions": lines[0].number})
    quarter.refresh_from_db()
    assert (quarter.state, quarter.corrected) == (QuarterState.COMPUTED, [lines[0].pk])
    assert "与第 1 版内容不同" in page(client, of(quarter, "preview/"))


def test_withdrawing_keeps_what_was_typed_until_there_is_a_reason(client_of, office, version):
    client, path = client_of(office), f"{LIST}RCXQ-2026Q3/withdraw/"
    assert "撤回原因" in page(client, path)
    assert client.post(path, {"reason": " "}).status_code == 200
    assert not Publication.objects.get().is_withdrawn
    client.post(path, {"reason": "数据来源有误"})
    assert "数据来源有误" in page(client, f"{LIST}RCXQ-2026Q3/")


def test_withdrawing_is_for_the_office(client_of, school_admin, version):
    assert client_of(school_admin).get(f"{LIST}RCXQ-2026Q3/withdraw/").status_code == 403


def test_a_refused_step_gives_the_opinion_back(client_of, office, quarter, lines):
    client = client_of(office)
    for move in ("remind", "review"):
        client.post(of(quarter, f"{move}/"))
    study(office, quarter)
    client.post(of(quarter, "compute/"))
    for line in lines:
        line.delete()
    client.post(of(quarter, "check/"), {"opinion": "写了很长的意见"})
    assert Quarter.objects.get().state == QuarterState.COMPUTED
    assert "写了很长的意见" in client.get(of(quarter)).content.decode()


def test_a_member_objects_and_the_office_answers(
    client_of, office, company_hr, other_company_hr, version
):
    path = f"{LIST}RCXQ-2026Q3/"
    company, other, clerk = map(client_of, (company_hr, other_company_hr, office))
    company.post(f"{path}object/", {"text": "第 1 行少了我们"})
    objection = Objection.objects.get()
    about = f"publishing.objection:{objection.pk}"
    assert Todo.objects.filter(about=about, done_at=None).count() == 1
    assert "第 1 行少了我们" in page(clerk, path)
    assert "第 1 行少了我们" not in page(other, path)
    clerk.post(f"{path}objections/{objection.pk}/", {"answer": "已核实，将更正"})
    assert "已核实，将更正" in page(company, path)
    assert Todo.objects.filter(about=about, done_at=None).count() == 0
    clerk.post(f"{path}objections/{objection.pk}/", {"answer": "改口"})
    objection.refresh_from_db()
    assert objection.answer == "已核实，将更正"


def test_an_empty_objection_is_refused_and_nobody_answers_for_the_office(
    client_of, company_hr, version
):
    client = client_of(company_hr)
    client.post(f"{LIST}RCXQ-2026Q3/object/", {"text": "  "})
    assert Objection.objects.count() == 0
    client.post(f"{LIST}RCXQ-2026Q3/object/", {"text": "有误"})
    answer = client.post(
        f"{LIST}RCXQ-2026Q3/objections/{Objection.objects.get().pk}/", {"answer": "好"}
    )
    assert answer.status_code == 403


def test_after_withdrawal_nobody_objects(client_of, office, company_hr, version):
    publications.withdraw(office, version.publication_id, "有误")
    client_of(company_hr).post(f"{LIST}RCXQ-2026Q3/object/", {"text": "晚了"})
    assert Objection.objects.count() == 0


def test_the_auditor_looks_at_the_closing_and_has_no_button(
    client_of, sign_up, office_body, quarter
):
    auditor = actor_for(sign_up(Role.AUDITOR, office_body))
    text = page(client_of(auditor), of(quarter))
    assert of(quarter, "remind/") not in text
    assert client_of(auditor).post(of(quarter, "remind/")).status_code == 403


def test_the_list_of_publications_costs_the_same_for_one_and_many(client_of, office, version):
    client = client_of(office)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for n in range(1, 13):
        quarter = Quarter.objects.create(year=2010 + n, number=1, as_of=f"{2010 + n}-03-31",
                                         state=QuarterState.PUBLISHED)  # fmt: skip
        made = Publication.objects.create(number=f"RCXQ-{2010 + n}Q1", title="旧", quarter=quarter)
        snapshot = version.snapshot
        snapshot.pk, snapshot.seal = None, f"{n:064x}"
        snapshot._state.adding = True
        snapshot.save()
        made.versions.create(number=1, snapshot=snapshot, published_at=version.published_at)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(few) == len(many)


def test_pages_speak_english(client_of, office, quarter):
    client = client_of(office)
    client.cookies["django_language"] = "en"
    text = page(client, of(quarter))
    assert "Remind silent companies" in text
    body = text.split("<main")[1].split("</main")[0]
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", body))
