"""Companies come in by the thousand: checked, compared, written whole, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.actor import SYSTEM
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.core.sheets import handlers
from chanjiao.engines.namesake import folded_name
from chanjiao.engines.tabular import uscc_check_character
from chanjiao.exchange.services import exports, imports
from chanjiao.exchange.services.checking import read_file
from chanjiao.exchange.services.loading import load
from chanjiao.organisations.choices import Kind, Status
from chanjiao.organisations.models import Area, DuplicatePair, Organisation, OrganisationYear
from chanjiao.standards.choices import System
from chanjiao.standards.services.reference import load_codes
from tests.organisations.company_rows import credit_code, row, table

ONE = row(1, "望澜鼎盛机械有限公司")
TWO = row(2, "望澜恒源五金有限公司", "2929", "330206", "35")


@pytest.fixture(autouse=True)
def codes_are_loaded(db):
    load_codes(System.INDUSTRY, ["C2929", "C3491"])


@pytest.fixture
def sheet():
    return handlers()["companies"]


def checked(sheet, *rows):
    return read_file(sheet, SYSTEM, table(*rows), "企业.csv", {})


def codes(faults):
    return [fault.code for fault in faults]


def brought(office, sheet, *rows, update=False):
    job = imports.receive(office, sheet, table(*rows), "企业.csv")
    job.refresh_from_db()
    imports.confirm(office, job.pk, updates_existing=update)
    job.refresh_from_db()
    assert job.state == "applied", job.note
    return job


def test_a_row_with_a_wrong_check_character_is_refused_by_row_and_column(db, sheet):
    right = credit_code(1)
    wrong = right[:-1] + ("X" if right[-1] != "X" else "Y")
    found = checked(sheet, ["甲有限公司", wrong, *ONE[2:]])
    assert found.outcome == "refused"
    assert (found.faults[0].row, found.faults[0].column) == (2, "credit_code")
    assert uscc_check_character(right[:-1]) in found.faults[0].zh


def test_an_unknown_industry_or_region_is_a_fault(db, sheet):
    found = checked(sheet, row(1, "甲机械有限公司", "C9999", "999999"))
    assert {fault.column for fault in found.faults} == {"industry", "region_code"}


def test_a_group_of_industries_is_taken_with_a_warning(db, sheet):
    found = checked(sheet, row(1, "甲机械有限公司", "C34"))
    assert found.outcome == "accepted_with_warnings"
    assert found.rows[0].values["industry"] == "C34"


def test_the_same_code_twice_keeps_the_first_and_warns(db, sheet):
    found = checked(sheet, ONE, [*ONE[:4], "999", *ONE[5:]])
    assert found.outcome == "accepted_with_warnings"
    assert len(found.rows) == 1
    assert codes(found.warnings) == ["duplicate_row"]


def test_alike_names_with_two_codes_in_one_file_are_reported(db, sheet):
    found = checked(sheet, ONE, row(3, "望澜鼎胜机械有限公司"))
    assert codes(found.warnings) == ["similar_name"]
    assert ONE[1] in found.warnings[0].zh


def test_a_company_is_written_with_industry_staff_and_contact(office, sheet):
    brought(office, sheet, ONE, TWO)
    body = Organisation.objects.get(credit_code=ONE[1])
    assert (body.kind, body.industry.code, body.contact_name) == (Kind.COMPANY, "C3491", "某人")
    assert body.name_key == folded_name(ONE[0])
    assert OrganisationYear.objects.get(organisation=body).staff == 120


def test_the_same_file_twice_changes_nothing(db, sheet):
    load(SYSTEM, sheet, table(ONE, TWO), "企业.csv")
    again = load(SYSTEM, sheet, table(ONE, TWO), "企业.csv", updates_existing=True)
    assert (again["new"], again["updated"], again["unchanged"]) == (0, 0, 2)


def test_a_new_name_keeps_the_former_one_and_its_date(db, sheet):
    load(SYSTEM, sheet, table(ONE), "企业.csv")
    renamed = ["望澜鼎盛重工有限公司", *ONE[1:]]
    load(SYSTEM, sheet, table(renamed), "企业.csv", updates_existing=True)
    body = Organisation.objects.get(credit_code=ONE[1])
    assert [one.name for one in body.names.all()] == [ONE[0]]
    assert body.changes.get().after == renamed[0]


def test_a_blank_cell_takes_nothing_away(db, sheet):
    load(SYSTEM, sheet, table(ONE), "企业.csv")
    bare = [*ONE[:4], "130", "", "", ""]
    load(SYSTEM, sheet, table(bare), "企业.csv", updates_existing=True)
    body = Organisation.objects.get(credit_code=ONE[1])
    assert body.contact_name == "某人"
    assert body.years.get().staff == 130


def test_a_name_like_a_registered_one_is_reported_and_waits_for_review(db, sheet):
    Area.objects.create(kind="city", code="3302", name="望澜市", path="3302")
    load(SYSTEM, sheet, table(ONE), "企业.csv")
    told = load(SYSTEM, sheet, table(row(9, "望澜市鼎盛机械有限责任公司")), "企业.csv")
    assert [fault["code"] for fault in told["warnings"]] == ["similar_name"]
    assert DuplicatePair.objects.get().reason == "core"


def test_the_code_of_a_school_is_not_taken_for_a_company(db, sheet, make_organisation):
    make_organisation("甲学校", Kind.HIGHER_COLLEGE, credit_code=ONE[1])
    told = load(SYSTEM, sheet, table(ONE), "企业.csv")
    assert told["faults"][0]["code"] == "code_of_another_kind"
    assert Organisation.objects.count() == 1


def test_a_merged_body_is_named_and_its_heir_left_alone(db, sheet, make_organisation):
    heir = make_organisation("丙机械有限公司")
    make_organisation(ONE[0], credit_code=ONE[1], status=Status.MERGED, merged_into=heir)
    told = load(SYSTEM, sheet, table(ONE), "企业.csv", updates_existing=True)
    assert [fault["code"] for fault in told["warnings"]] == ["merged_body"]
    heir.refresh_from_db()
    assert heir.name == "丙机械有限公司"


def test_an_import_is_undone_whole(office, sheet):
    brought(office, sheet, ONE)
    job = brought(office, sheet, [*ONE[:4], "150", "他人", *ONE[6:]], TWO, update=True)
    imports.undo(office, job.pk)
    body = Organisation.objects.get(credit_code=ONE[1])
    assert (body.contact_name, body.years.get().staff) == ("某人", 120)


def test_undo_is_refused_once_a_new_body_is_in_use(office, sheet, sign_up):
    job = brought(office, sheet, ONE)
    sign_up(Role.COMPANY_HR, Organisation.objects.get(credit_code=ONE[1]))
    with pytest.raises(Refused, match="不能撤销"):
        imports.undo(office, job.pk)


def test_every_export_can_be_imported_again(office, sheet):
    brought(office, sheet, ONE, TWO)
    out = exports.export(office, sheet, {}, fmt="xlsx", language="zh")
    job = imports.receive(office, sheet, out.content, out.name)
    job.refresh_from_db()
    assert (job.state, job.unchanged, job.fault_total) == ("previewed", 2, 0)


def test_contact_and_staff_leave_only_with_those_who_may_see_them(company_hr, office, sheet):
    brought(office, sheet, ONE)
    rows = [values for values in sheet.rows(company_hr, {}) if values["credit_code"] == ONE[1]]
    assert rows[0]["contact_phone"] is None
    assert rows[0]["staff"] is None


def test_a_company_may_not_bring_in_a_register(company_hr, sheet):
    with pytest.raises(PermissionDenied):
        imports.receive(company_hr, sheet, table(ONE), "企业.csv")
