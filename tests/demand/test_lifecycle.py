"""A demand's way from draft to filled, expired or withdrawn, and every no on that way."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.actor import SYSTEM
from chanjiao.core.models import AuditEntry, Todo, WorkflowStep
from chanjiao.core.refusals import Refused
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services import demands, expiring, statements, verifying
from chanjiao.demand.services.lifecycle import FLOW


def stated(**changes):
    return {"title": "数控车工", "headcount": 5, "pay_min_yuan": 6000, **changes}


@pytest.fixture
def submitted(company_hr, company, consortium):
    return demands.declare(company_hr, company.pk, stated())


def test_a_company_states_and_the_office_is_asked_once_to_verify(company_hr, company, consortium):
    first = demands.declare(company_hr, company.pk, stated())
    demands.declare(company_hr, company.pk, stated(title="铣工"))
    assert (first.state, first.coding) == (DemandState.SUBMITTED, Coding.WAITING)
    assert first.valid_until == date(2026, 12, 16)
    todo = Todo.objects.get(about="demand:to-verify")
    assert (todo.organisation_id, todo.due_on) == (consortium.office_id, date(2026, 9, 18))


def test_nobody_states_for_another_company(other_company_hr, company):
    with pytest.raises(PermissionDenied):
        demands.declare(other_company_hr, company.pk, stated())
    assert not JobDemand.objects.exists()


def test_a_school_states_no_demand(school_admin, company):
    with pytest.raises(PermissionDenied):
        demands.declare(school_admin, company.pk, stated())


def test_the_same_position_twice_is_refused_with_the_number_of_the_first(submitted, company_hr):
    with pytest.raises(Refused, match=submitted.number) as refusal:
        demands.declare(company_hr, submitted.company_id, stated(title="数控 车工"))
    assert refusal.value.field == "title"
    assert JobDemand.objects.count() == 1


def test_the_office_verifies_and_the_line_counts_from_today(submitted, office):
    found = FLOW.make(office, submitted.pk, "verify")
    assert (found.state, found.confirmed_on) == (DemandState.VALID, date(2026, 9, 15))


def test_nobody_verifies_what_they_submitted(office, company, consortium, office_colleague):
    own = demands.declare(office, company.pk, stated())
    with pytest.raises(Refused, match="提交人"):
        FLOW.make(office, own.pk, "verify")
    assert FLOW.make(office_colleague, own.pk, "verify").state == DemandState.VALID


def test_a_company_verifies_nothing(submitted, company_hr):
    with pytest.raises(PermissionDenied):
        FLOW.make(company_hr, submitted.pk, "verify")


def test_sending_back_needs_an_opinion_and_asks_the_company(submitted, office):
    with pytest.raises(Refused, match="意见"):
        demands.make_move(office, submitted.pk, "return")
    demands.make_move(office, submitted.pk, "return", "请写明工作地点")
    assert Todo.objects.filter(organisation_id=submitted.company_id, done_at=None).count() == 1
    assert not Todo.objects.filter(about="demand:to-verify", done_at=None).exists()


def test_a_deadline_that_has_passed_blocks_with_its_date(company_hr, company, consortium):
    draft = demands.declare(
        company_hr, company.pk, stated(closes_on=date(2026, 9, 14)), submits=False
    )
    offers = {offer.move.name: offer.blocked for offer in FLOW.offers(company_hr, draft)}
    assert "2026-09-14" in offers["submit"]
    with pytest.raises(Refused, match="2026-09-14"):
        demands.submit(company_hr, draft.pk)


def test_a_confirmed_line_lasts_a_quarter_but_not_past_its_own_deadline(make_demand, company_hr):
    demand = make_demand(valid_until=date(2026, 9, 20), closes_on=date(2026, 10, 1))
    assert FLOW.make(company_hr, demand.pk, "confirm").valid_until == date(2026, 10, 1)


def test_people_who_came_decide_whether_it_is_partly_or_wholly_filled(make_demand, company_hr):
    demand = make_demand(headcount=5)
    part = demands.record_fill(company_hr, demand.pk, 2, date(2026, 9, 10))
    assert (part.state, part.wanted) == (DemandState.PARTLY, 3)
    with pytest.raises(Refused, match="尚缺的 3 人"):
        demands.record_fill(company_hr, demand.pk, 4, date(2026, 9, 11))
    assert demands.record_fill(company_hr, demand.pk, 3, date(2026, 9, 12)).state == "filled"


def test_a_line_cannot_ask_for_fewer_than_have_come(make_demand, company_hr):
    demand = make_demand(headcount=5, filled=3, state=DemandState.PARTLY)
    with pytest.raises(Refused, match="少于已到岗的 3 人"):
        demands.revise(company_hr, demand.pk, stated(headcount=2))


def test_withdrawing_needs_a_reason_and_no_other_company_can(
    make_demand, company_hr, other_company_hr
):
    demand = make_demand()
    with pytest.raises(PermissionDenied):
        FLOW.make(other_company_hr, demand.pk, "withdraw", "不需要了")
    with pytest.raises(Refused, match="意见"):
        FLOW.make(company_hr, demand.pk, "withdraw")
    assert FLOW.make(company_hr, demand.pk, "withdraw", "项目取消").state == "withdrawn"


def test_lapsed_lines_expire_by_the_clock_and_can_be_renewed(make_demand, company_hr):
    demand = make_demand(valid_until=date(2026, 9, 14))
    still = make_demand("铣工", valid_until=date(2026, 9, 15))
    assert expiring.expire_due() == 1
    assert expiring.expire_due() == 0
    demand.refresh_from_db()
    still.refresh_from_db()
    assert (demand.state, still.state) == (DemandState.EXPIRED, DemandState.VALID)
    assert FLOW.make(company_hr, demand.pk, "renew").state == DemandState.VALID


def test_nobody_but_the_clock_expires(make_demand, office):
    demand = make_demand()
    with pytest.raises(PermissionDenied):
        FLOW.make(office, demand.pk, "expire")
    assert FLOW.make(SYSTEM, demand.pk, "expire").state == DemandState.EXPIRED


def test_a_company_is_asked_once_to_confirm_all_that_lapses(make_demand, company_hr):
    first, second = (
        make_demand(title, valid_until=date(2026, 9, 20)) for title in ("数控车工", "铣工")
    )
    make_demand("磨工")
    expiring.ask_to_confirm()
    expiring.ask_to_confirm()
    todo = Todo.objects.get(done_at=None)
    assert (todo.organisation_id, todo.due_on) == (company_hr.organisation_id, date(2026, 9, 20))
    demands.make_move(company_hr, first.pk, "confirm")
    assert Todo.objects.filter(done_at=None).count() == 1
    demands.make_move(company_hr, second.pk, "confirm")
    assert not Todo.objects.filter(done_at=None).exists()


def test_merging_withdraws_the_second_telling_of_one_need(make_demand, office, other_company):
    demand, into = make_demand("车床工"), make_demand("车工")
    stranger = make_demand("车工", company=other_company)
    with pytest.raises(Refused, match="同一企业"):
        demands.merge(office, demand.pk, stranger.pk)
    merged = demands.merge(office, demand.pk, into.pk)
    assert (merged.state, merged.merged_into_id) == (DemandState.WITHDRAWN, into.pk)
    assert into.number in WorkflowStep.objects.get(thing_id=demand.pk).opinion


def test_choosing_no_code_keeps_the_words_and_leaves_the_figures(make_demand, company_hr):
    demand = make_demand()
    found = demands.choose_code(company_hr, demand.pk, None)
    assert (found.occupation, found.coding, found.is_counted) == (None, Coding.NONE, False)


def test_another_company_codes_nothing_of_mine(make_demand, other_company_hr, occupation):
    with pytest.raises(PermissionDenied):
        demands.choose_code(other_company_hr, make_demand().pk, occupation)


def test_many_lines_are_verified_with_one_entry_and_a_step_each(
    company_hr, company, office, consortium, django_assert_max_num_queries
):
    for n in range(30):
        demands.declare(company_hr, company.pk, stated(title=f"岗位{n}"))
    ids = list(JobDemand.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(25):
        found = verifying.verify_many(office, ids)
    assert (found.done, JobDemand.objects.filter(state=DemandState.VALID).count()) == (30, 30)
    assert AuditEntry.objects.filter(act="demand.verified_many").count() == 1
    steps = FLOW.steps(ids[0])
    assert [(s.number, s.move) for s in steps] == [(1, "submit"), (2, "verify")]


def test_bulk_verifying_keeps_the_four_eyes_and_the_dates(office, company, consortium, company_hr):
    own = demands.declare(office, company.pk, stated())
    late = demands.declare(
        company_hr, company.pk, stated(title="铣工", closes_on=date(2026, 9, 20))
    )
    with clock.standing_at(datetime(2026, 9, 21, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        found = verifying.verify_many(office, [own.pk, late.pk])
    assert (found.done, dict(found.refused)) == (0, {"own": 1, "past": 1})


def test_nobody_else_verifies_in_bulk(submitted, company_hr):
    with pytest.raises(PermissionDenied):
        verifying.verify_many(company_hr, [submitted.pk])


def test_nothing_this_year_is_refused_while_something_is_wanted(make_demand, company_hr, company):
    demand = make_demand()
    with pytest.raises(Refused, match="还有 1 条有效需求"):
        statements.say_nothing(company_hr, company.pk, "full")
    FLOW.make(company_hr, demand.pk, "withdraw", "已满")
    assert statements.say_nothing(company_hr, company.pk, "full").year == 2026


def test_another_reason_has_to_be_written_down(company_hr, company):
    with pytest.raises(Refused) as refusal:
        statements.say_nothing(company_hr, company.pk, "other")
    assert refusal.value.field == "note"


def test_a_demand_stated_later_ends_the_statement(company_hr, company, consortium):
    said = statements.say_nothing(company_hr, company.pk, "full")
    demands.declare(company_hr, company.pk, stated())
    said.refresh_from_db()
    assert said.withdrawn_on == date(2026, 9, 15)
