"""The companies of a round with their answers: on the page, and as a file to take along."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from chanjiao.core.models import AuditEntry
from chanjiao.core.roles import Role
from chanjiao.demand.services import rounds, statements
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area, Organisation
from tests.web.demand import path


@pytest.fixture
def grid(company, other_company):
    """The company lies in a grid of the street, the other one outside it."""
    street = Area.objects.create(kind=AreaKind.SUBDISTRICT, code="J", name="草桥街道", path="J")
    made = Area.objects.create(
        kind=AreaKind.GRID, code="J1", name="一网格", name_en="Grid 1", parent=street, path="J/J1"
    )
    Organisation.objects.filter(pk=company.pk).update(area=made, contact_name="王师傅")
    return made


@pytest.fixture
def officer(grid, sign_up, office_body):
    return actor_for(sign_up(Role.GRID_OFFICER, office_body, area=grid.parent, is_admin=False))


@pytest.fixture
def answered(office, company, survey):
    """The round is open; the company says it needs nobody, the other is silent."""
    rounds.make_move(office, survey.pk, "open")
    statements.say_nothing(office, company.pk, "other", "改由总部统一招聘")
    rounds.remind(office, survey.pk)
    return survey


def exported(browser, survey, **asked):
    answer = browser.get(path("round-export", survey.pk), {"format": "csv", **asked})
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_office_reads_why_a_company_needs_nobody(client_of, office, answered):
    text = client_of(office).get(path("round", answered.pk)).content.decode()
    assert "其他 · 改由总部统一招聘" in text


def test_the_list_goes_out_with_answer_ask_and_reminder(
    client_of, office, company, other_company, grid, answered
):
    rows = {row["企业名称"]: row for row in exported(client_of(office), answered)}
    nothing, silent = rows[company.name], rows[other_company.name]
    assert (nothing["答复"], nothing["说明"]) == ("暂无需求", "改由总部统一招聘")
    assert nothing["联系人"] == "王师傅"
    assert (silent["答复"], silent["暂无需求的原因"]) == ("未答复", "")
    assert silent["首次询问"]
    assert AuditEntry.objects.filter(act="survey_round.exported").count() == 1


def test_the_filter_row_says_which_companies_go_out(client_of, office, other_company, answered):
    rows = exported(client_of(office), answered, state="waiting")
    assert [row["企业名称"] for row in rows] == [other_company.name]


def test_a_workbook_in_english_says_the_same(client_of, office, company, answered):
    browser = client_of(office)
    browser.cookies["django_language"] = "en"
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(browser.get(path("round-export", answered.pk)).content)
    )
    head, *rows = book.get_sheet_by_index(0).to_python()
    told = {row[head.index("Company")]: row[head.index("Answer")] for row in rows}
    assert told[company.name] == "Needs nobody"


def test_an_areas_officer_follows_up_the_areas_companies_only(
    client_of, officer, company, other_company, answered
):
    browser = client_of(officer)
    text = browser.get(path("round", answered.pk)).content.decode()
    assert company.name in text
    assert other_company.name not in text
    assert path("round-export", answered.pk) in text
    rows = exported(browser, answered)
    assert [(row["企业名称"], row["所属区域"]) for row in rows] == [(company.name, "一网格")]


def test_a_company_and_a_school_take_no_list_of_others_along(
    client_of, company_hr, school_admin, answered
):
    for actor in (company_hr, school_admin):
        browser = client_of(actor)
        assert browser.get(path("round-export", answered.pk)).status_code == 403
        assert path("round-export", answered.pk) not in (
            browser.get(path("round", answered.pk)).content.decode()
        )
