"""Statements as a spreadsheet: out, corrected, in again; nothing new comes in by this way."""

import csv
import io

import pytest

from chanjiao.core.roles import Role
from chanjiao.core.sheets import handlers
from chanjiao.evidence.models import ReportedValue, Statement
from chanjiao.evidence.services import items, statements
from chanjiao.exchange.services import exports, loading
from chanjiao.organisations.actors import actor_for
from tests.evidence.conftest import statement

pytestmark = pytest.mark.usefixtures("desk")

SHEET = "press_statements"


@pytest.fixture
def taken(page, office):
    for one in Statement.objects.filter(article__page=page):
        statements.accept(office, one.pk)
    return page


def exported(actor):
    out = exports.export(actor, handlers()[SHEET], {}, fmt="csv", language="zh")
    text = out.content.decode("utf-8-sig").replace("编号*", "编号")
    return list(csv.DictReader(io.StringIO(text)))


def brought(actor, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return loading.load(
        actor, handlers()[SHEET], text.getvalue().encode(), "事实.csv", updates_existing=True
    )


def test_what_is_taken_out_and_brought_back_changes_nothing(taken, office):
    rows = exported(office)
    assert len(rows) == 5
    outcome = brought(office, rows)
    assert (outcome["updated"], outcome["unchanged"]) == (0, 5)
    assert not Statement.objects.filter(state="corrected").exists()


def test_a_cell_that_was_corrected_corrects_the_statement_and_its_value(taken, office):
    rows = exported(office)
    row = next(one for one in rows if one["指标"] == "在校生")
    row["数值"], row["期间或日期"] = "12500", "2024-12"
    brought(office, rows)
    found = statement(taken, "在校生")
    assert (found.state, found.content["value"], found.content["period"]) == (
        "corrected", "12500", "2024-12",
    )  # fmt: skip
    assert ReportedValue.objects.get().value == 12500


def faults(outcome):
    return {fault["code"] for fault in outcome["faults"]}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("编号", "999999", "unknown_statement"),
        ("原句", "别的句子", "only_read"),
        ("佐证材料", "别的材料", "only_read"),
        ("关系", "签约", "not_of_this_kind"),
    ],
)
def test_what_the_sheet_can_not_say_is_refused_with_its_cell(taken, office, column, value, code):
    rows = exported(office)
    row = next(one for one in rows if one["指标"] == "在校生")
    row[column] = value
    assert faults(brought(office, rows)) == {code}


def test_verified_evidence_is_closed_to_the_sheet_too(taken, office, sign_up, make_organisation):
    second = actor_for(sign_up(Role.OFFICE, make_organisation("第二办公室", "government")))
    items.make_move(second, Statement.objects.first().evidence_id, "verify")
    rows = exported(office)
    rows[0]["期间或日期"] = "2020"
    assert "verified" in faults(brought(office, rows))


def test_a_body_takes_out_and_corrects_its_own_statements_only(taken, company_hr, school_admin):
    assert exported(company_hr) == []
    rows = exported(school_admin)
    assert len(rows) == 5
    assert faults(brought(company_hr, rows)) == {"unknown_statement"}
