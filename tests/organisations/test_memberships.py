"""Seats in the consortium: from application to leaving, each move with its refusal."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.models import Todo
from chanjiao.core.refusals import Refused
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area, Consortium, Membership, Organisation
from chanjiao.organisations.queries import members_visible_to
from chanjiao.organisations.services import consortia, memberships
from tests.organisations.company_rows import credit_code


@pytest.fixture
def consortium(office_body, school):
    return Consortium.objects.create(
        name="望澜湾", kind="group", level="city", office=office_body, lead_school=school,
        founded_on=date(2023, 6, 28),
    )  # fmt: skip


@pytest.fixture
def application(consortium, company_hr, company):
    Organisation.objects.filter(pk=company.pk).update(credit_code=credit_code(3))
    return memberships.apply(
        company_hr, consortium.pk, company.pk, seat="member", pledge="每年 20 个岗位"
    )


def admitted(office, application):
    memberships.move(office, application.pk, "screen")
    return memberships.move(office, application.pk, "admit", "第 3 次理事会通过")


def test_an_application_asks_the_office_to_screen_it(application, office_body):
    assert application.state == "applied"
    assert Todo.objects.get(done_at=None).organisation_id == office_body.pk


def test_a_company_does_not_apply_for_another(consortium, company_hr, other_company):
    with pytest.raises(PermissionDenied):
        memberships.apply(company_hr, consortium.pk, other_company.pk, seat="member", pledge="")


def test_nobody_applies_twice(application, company_hr, consortium, company):
    with pytest.raises(Refused, match="不能重复申请"):
        memberships.apply(company_hr, consortium.pk, company.pk, seat="member", pledge="")


def test_a_member_is_admitted_after_screening_with_the_councils_words(application, office):
    row = admitted(office, application)
    assert (row.state, row.joined_on) == ("active", clock.today())
    assert [step.to_state for step in memberships.WORKFLOW.steps(row.pk)] == ["screened", "active"]
    assert not Todo.objects.filter(done_at=None).exists()


def test_admission_without_the_councils_words_is_refused(application, office):
    memberships.move(office, application.pk, "screen")
    with pytest.raises(Refused, match="意见"):
        memberships.move(office, application.pk, "admit")


def test_an_unscreened_application_is_not_admitted(application, office):
    with pytest.raises(Refused, match="不能执行"):
        memberships.move(office, application.pk, "admit", "通过")


def test_who_noted_an_application_does_not_screen_it(consortium, office, other_company):
    row = memberships.apply(office, consortium.pk, other_company.pk, seat="member", pledge="")
    offers = {offer.move.name: offer.blocked for offer in memberships.WORKFLOW.offers(office, row)}
    assert "提交人" in offers["screen"]
    with pytest.raises(Refused, match="提交人"):
        memberships.move(office, row.pk, "screen")


def test_a_company_does_not_screen_itself(application, company_hr):
    with pytest.raises(PermissionDenied):
        memberships.move(company_hr, application.pk, "screen")


def test_a_body_without_a_code_and_without_a_reason_does_not_join(application, office, company):
    Organisation.objects.filter(pk=company.pk).update(credit_code=None)
    with pytest.raises(Refused, match="统一社会信用代码"):
        memberships.move(office, application.pk, "screen")


def test_there_is_one_chair(application, office, consortium, school):
    Membership.objects.create(
        consortium=consortium, organisation=school, state="active", seat="chair"
    )
    row = admitted(office, application)
    with pytest.raises(Refused, match=school.name):
        memberships.change_seat(office, row.pk, "chair", reason="")
    assert memberships.change_seat(office, row.pk, "vice", reason="理事会决定").seat == "vice"


def test_a_member_leaves_with_a_reason_and_may_come_back(
    application, office, company_hr, consortium, company
):
    admitted(office, application)
    row = memberships.move(company_hr, application.pk, "leave", "迁出本市")
    assert (row.state, row.left_on) == ("left", clock.today())
    memberships.apply(company_hr, consortium.pk, company.pk, seat="member", pledge="")


def test_who_leads_does_not_leave(consortium, office, school):
    row = Membership.objects.create(consortium=consortium, organisation=school, state="active")
    with pytest.raises(Refused, match="牵头"):
        memberships.move(office, row.pk, "expel", "x")


def test_an_application_is_seen_by_the_office_and_by_its_own_body(
    application, office, company_hr, other_company_hr
):
    assert application in members_visible_to(office)
    assert application in members_visible_to(company_hr)
    assert application not in members_visible_to(other_company_hr)


def test_the_diagram_names_every_state_that_a_move_reaches():
    diagram = memberships.WORKFLOW.diagram()
    assert all(move.target in diagram for move in memberships.WORKFLOW.moves)


def test_a_municipal_consortium_leans_on_a_park(consortium, office):
    city = Area.objects.create(kind=AreaKind.CITY, code="1", name="望澜市", path="1")
    park = Area.objects.create(kind=AreaKind.PARK, code="2", name="智造园", path="1/2", parent=city)
    with pytest.raises(Refused, match="园区"):
        consortia.save_consortium(office, {"kind": "municipal", "park_id": city.pk}, consortium.pk)
    row = consortia.save_consortium(
        office, {"kind": "municipal", "park_id": park.pk}, consortium.pk
    )
    assert row.park == park


def test_the_lead_is_a_member_once_there_are_members(consortium, office, other_school, company):
    Membership.objects.create(consortium=consortium, organisation=company, state="active")
    with pytest.raises(Refused, match="不是在册成员"):
        consortia.save_consortium(office, {"lead_school_id": other_school.pk}, consortium.pk)


def test_a_company_does_not_reshape_the_consortium(consortium, company_hr):
    with pytest.raises(PermissionDenied):
        consortia.save_consortium(company_hr, {"level": "national"}, consortium.pk)
