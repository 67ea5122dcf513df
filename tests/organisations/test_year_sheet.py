"""Yearly figures by sheet: whole numbers that agree, and blanks that take nothing away."""

import csv
import io
from decimal import Decimal

import pytest

from chanjiao.core.actor import SYSTEM
from chanjiao.core.sheets import handlers
from chanjiao.exchange.services import exports, imports
from chanjiao.exchange.services.loading import load
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Organisation, OrganisationYear
from tests.organisations.company_rows import credit_code

HEAD = [
    "统一社会信用代码", "机构名称", "年度", "在岗职工数", "技能人才", "产值（亿元）", "亩均评价",
]  # fmt: skip
ROW = [credit_code(1), "甲机械有限公司", "2025", "120", "40", "1.2", "A"]


@pytest.fixture
def body(make_organisation):
    return make_organisation("甲机械有限公司", credit_code=credit_code(1))


@pytest.fixture
def sheet(body):
    return handlers()["organisation_years"]


def table(*rows, head=HEAD):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def loaded(sheet, *rows, update=False, head=HEAD):
    return load(SYSTEM, sheet, table(*rows, head=head), "年度.csv", updates_existing=update)


def test_a_year_is_written_in_ten_thousands_of_yuan(sheet):
    loaded(sheet, ROW)
    row = OrganisationYear.objects.get()
    assert (row.staff, row.output_wan, row.area_grade) == (120, Decimal(12000), "A")


def test_more_skilled_people_than_people_is_a_fault_without_a_database(sheet):
    told = loaded(sheet, [*ROW[:3], "30", "40", "", ""])
    assert told["faults"][0]["code"] == "part_exceeds_whole"


def test_an_unknown_code_a_year_to_come_and_a_graded_school_are_faults(sheet, make_organisation):
    make_organisation("甲学校", Kind.HIGHER_COLLEGE, credit_code=credit_code(2))
    told = loaded(
        sheet, [credit_code(9), *ROW[1:]], [ROW[0], ROW[1], "2099", *ROW[3:]],
        [credit_code(2), "甲学校", *ROW[2:]],
    )  # fmt: skip
    assert [fault["code"] for fault in told["faults"]] == [
        "unknown_body", "year_to_come", "not_a_company",
    ]  # fmt: skip


def test_a_column_left_out_or_blank_keeps_its_figure(sheet):
    loaded(sheet, ROW)
    told = loaded(sheet, [*ROW[:3], "130"], update=True, head=HEAD[:4])
    assert told["updated"] == 1
    row = OrganisationYear.objects.get()
    assert (row.staff, row.skilled) == (130, 40)


def test_another_name_is_a_warning_and_no_change(sheet):
    loaded(sheet, ROW)
    told = loaded(sheet, [ROW[0], "别的名字", *ROW[2:]], update=True)
    assert ([one["code"] for one in told["warnings"]], told["unchanged"]) == (["other_name"], 1)


def test_export_holds_only_what_the_reader_reaches(sheet, company_hr, company):
    loaded(sheet, ROW)
    assert list(sheet.rows(company_hr, {})) == []
    Organisation.objects.filter(pk=company.pk).update(credit_code=credit_code(5))
    OrganisationYear.objects.create(organisation=company, year=2025, staff=7, source="self")
    assert [row["staff"] for row in sheet.rows(company_hr, {})] == [7]


def test_an_export_comes_in_again_unchanged(sheet, office):
    loaded(sheet, ROW)
    out = exports.export(office, sheet, {}, fmt="xlsx", language="zh")
    job = imports.receive(office, sheet, out.content, out.name)
    job.refresh_from_db()
    assert (job.state, job.unchanged) == ("previewed", 1)
