"""Recording a body by hand, keeping its card, and the dated facts of the register."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.models import AuditEntry, Todo
from chanjiao.core.refusals import Refused
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel, Kind, Verified
from chanjiao.organisations.models import Consortium, DuplicatePair, Organisation
from chanjiao.organisations.services import bodies, register, years
from tests.organisations.company_rows import credit_code

PAPER = ("登记证.pdf", b"%PDF-1.4 paper")
CARD = {"name": "丙新材料有限公司", "kind": Kind.COMPANY, "credit_code": credit_code(7)}
WRONG = credit_code(7)[:-1] + ("1" if credit_code(7)[-1] != "1" else "2")


def recorded(office, **fields):
    return bodies.record_by_hand(office, {**CARD, **fields})


def test_a_body_with_a_right_code_is_recorded_and_verified(office):
    body = recorded(office)
    assert (body.credit_code, body.verified) == (credit_code(7), Verified.VERIFIED)
    assert AuditEntry.objects.filter(act="organisation.recorded").count() == 1


@pytest.mark.parametrize("code", ["", WRONG, "91330206"])
def test_a_missing_or_wrong_code_needs_a_reason(office, code):
    with pytest.raises(Refused, match="原因"):
        recorded(office, credit_code=code)
    assert not Organisation.objects.filter(name=CARD["name"]).exists()


def test_a_reason_without_evidence_is_not_enough(office):
    with pytest.raises(Refused) as refusal:
        recorded(office, credit_code=WRONG, credit_code_reason="原件如此")
    assert refusal.value.field == "evidence"


def test_a_wrong_code_with_reason_and_evidence_is_recorded_unverified(office):
    fields = {**CARD, "credit_code": WRONG, "credit_code_reason": "原件如此"}
    body = bodies.record_by_hand(office, fields, PAPER)
    assert body.credit_code == WRONG
    assert body.credit_code_evidence.name == PAPER[0]
    assert body.verified == Verified.UNVERIFIED


def test_a_code_is_given_once(office, company):
    Organisation.objects.filter(pk=company.pk).update(credit_code=credit_code(7))
    with pytest.raises(Refused, match=company.name):
        recorded(office)


def test_a_company_records_nobody(company_hr):
    with pytest.raises(PermissionDenied):
        recorded(company_hr)


def test_an_alike_name_is_put_before_the_office(office):
    recorded(office)
    recorded(office, name="丙新材料有限责任公司", credit_code=credit_code(8))
    assert DuplicatePair.objects.get().reason == "core"


def test_a_body_changes_its_own_card_and_the_office_is_asked_to_verify(
    office, office_body, company_hr, company, school
):
    Consortium.objects.create(
        name="望澜湾", kind=ConsortiumKind.GROUP, level=ConsortiumLevel.CITY, office=office_body,
        lead_school=school, founded_on=date(2023, 6, 28),
    )  # fmt: skip
    bodies.edit_card(company_hr, company.pk, {"address": "滨海路 1 号", "note": "不该写入"})
    company.refresh_from_db()
    assert (company.address, company.note) == ("滨海路 1 号", "")
    assert company.verified == Verified.SELF_REPORTED
    assert Todo.objects.get(done_at=None).organisation_id == office_body.pk
    bodies.verify(office, company.pk)
    assert not Todo.objects.filter(done_at=None).exists()


def test_nobody_changes_another_bodys_card(company_hr, other_company):
    with pytest.raises(PermissionDenied):
        bodies.edit_card(company_hr, other_company.pk, {"address": "x"})


def test_a_new_name_keeps_the_former_and_the_day(office, company):
    before = company.name
    register.rename(office, company.pk, "甲重工有限公司", on=date(2026, 3, 1), reason="更名")
    company.refresh_from_db()
    assert company.name == "甲重工有限公司"
    assert company.names.get().name == before
    assert company.changes.get().on == date(2026, 3, 1)


def test_going_back_to_a_former_name_leaves_no_alias_of_itself(office, company):
    before = company.name
    register.rename(office, company.pk, "甲重工有限公司", on=date(2026, 3, 1))
    register.rename(office, company.pk, before, on=date(2026, 4, 1))
    assert [one.name for one in company.names.all()] == ["甲重工有限公司"]


def test_a_company_does_not_rename_itself(company_hr, company):
    with pytest.raises(PermissionDenied):
        register.rename(company_hr, company.pk, "新名", on=date(2026, 3, 1))


def test_a_deregistered_body_takes_nothing_new_on(office, company):
    assert company.is_open_for_business
    body = register.set_status(
        office, company.pk, "deregistered", on=date(2026, 5, 1), reason="吊销"
    )
    assert not body.is_open_for_business
    assert body.changes.get().after == "deregistered"


def test_a_change_is_not_dated_tomorrow(office, company):
    with pytest.raises(Refused, match="还没有到"):
        register.set_status(
            office, company.pk, "closed", on=clock.today() + timedelta(days=1), reason="x"
        )


def test_a_sole_trader_becomes_a_company_on_a_day(office, make_organisation):
    trader = make_organisation("老李五金店", Kind.SOLE_TRADER)
    register.reclassify(office, trader.pk, Kind.COMPANY, on=date(2026, 6, 1), reason="个转企")
    change = trader.changes.get()
    assert (change.before, change.after) == ("sole", "company")


def test_people_of_a_suspended_body_see_what_the_public_sees(office, company_hr, company):
    register.suspend(office, company.pk, is_suspended=True, reason="投诉核实")
    from chanjiao.accounts.models import User

    actor = actor_for(User.objects.get(pk=company_hr.user_id))
    assert not actor.may("organisation_internal")


def test_a_domain_belongs_to_one_body(office, company, other_company):
    bodies.set_domains(office, company.pk, ["www.Jia-Jixie.example.com"])
    assert company.domains.get().domain == "jia-jixie.example.com"
    with pytest.raises(Refused, match=company.name):
        bodies.set_domains(office, other_company.pk, ["jia-jixie.example.com"])
    with pytest.raises(Refused, match="不是域名"):
        bodies.set_domains(office, other_company.pk, ["不是 域名"])


def test_a_company_reports_its_own_year(company_hr, company):
    row = years.save_year(company_hr, company.pk, 2025, {"staff": 120, "skilled": 40})
    assert (row.staff, row.source) == (120, "self")
    again = years.save_year(company_hr, company.pk, 2025, {"staff": 130})
    assert (again.pk, again.staff, again.skilled) == (row.pk, 130, 40)


def test_more_skilled_people_than_people_is_refused_with_both_numbers(company_hr, company):
    with pytest.raises(Refused, match=r"50.*40"):
        years.save_year(company_hr, company.pk, 2025, {"staff": 40, "skilled": 50})


def test_a_year_to_come_has_no_figures(company_hr, company):
    with pytest.raises(Refused, match="年度"):
        years.save_year(company_hr, company.pk, 2099, {"staff": 1})


def test_nobody_reports_another_bodys_year(company_hr, other_company):
    with pytest.raises(PermissionDenied):
        years.save_year(company_hr, other_company.pk, 2025, {"staff": 1})


def test_land_is_graded_for_companies_only(office, school):
    with pytest.raises(Refused, match="企业"):
        years.save_year(office, school.pk, 2025, {"area_grade": "A"})
