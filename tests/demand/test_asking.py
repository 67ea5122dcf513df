"""Rounds, the ledger of asks and one-time links: asked once, answered once, silence listed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.models import OutboxMessage, Todo
from chanjiao.core.refusals import Refused
from chanjiao.demand.choices import DemandState, TargetState
from chanjiao.demand.models import Ask, IntakeLink, JobDemand, RoundTarget
from chanjiao.demand.queries import round_totals
from chanjiao.demand.services import asks, demands, links, reconfirming, rounds, statements


def later(day, month=9):
    return clock.standing_at(datetime(2026, month, day, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def collecting(open_round, office):
    return rounds.make_move(office, open_round.pk, "open")


@pytest.fixture
def token(office, company, open_round):
    return links.issue(office, company, survey_round=open_round).url.rsplit("/", 2)[1]


def line(**changes):
    return {"title": "数控车工", "headcount": 5, "education": "0", **changes}


# ---------------------------------------------------------------------------------- asks


def test_the_same_thing_is_not_asked_twice_and_the_refusal_names_the_first(
    school_admin, office, company
):
    asks.ask(school_admin, company.pk, "training", "PLC 培训")
    with pytest.raises(Refused, match=r"甲职业技术学院 已于 2026-09-15.*PLC 培训") as refusal:
        asks.ask(office, company.pk, "training", "安全培训")
    assert refusal.value.code == "asked_before"
    assert asks.ask(office, company.pk, "visit", "走访").pk
    with later(16, 10):
        assert asks.ask(office, company.pk, "training", "安全培训").pk


def test_a_small_company_is_asked_three_times_a_month_and_no_more(office, company):
    for kind in ("visit", "internship", "training"):
        asks.ask(office, company.pk, kind, f"事项 {kind}")
    with pytest.raises(Refused, match=r"本月已被询问 3 次，达到上限 3 次.*事项 training"):
        asks.ask(office, company.pk, "fair", "对接会")
    with later(1, 10):
        assert asks.ask(office, company.pk, "fair", "对接会").pk


def test_a_large_company_bears_more(office, company):
    company.scale = "L"
    company.save()
    for n in range(6):
        asks.ask(office, company.pk, "other", f"事项 {n}")
    with pytest.raises(Refused, match="上限 6 次"):
        asks.ask(office, company.pk, "other", "第七件")


def test_an_ask_taken_back_frees_the_budget_and_the_todo(school_admin, office, company):
    asked = asks.ask(school_admin, company.pk, "visit", "走访")
    assert asks.load_of(company).used == 1
    asks.take_back(school_admin, asked.pk)
    assert asks.load_of(company).used == 0
    assert not Todo.objects.filter(done_at=None).exists()


def test_only_the_asker_or_the_office_takes_an_ask_back(school_admin, company_hr, company, office):
    asked = asks.ask(school_admin, company.pk, "visit", "走访")
    with pytest.raises(PermissionDenied):
        asks.take_back(company_hr, asked.pk)
    assert asks.take_back(office, asked.pk).state == "withdrawn"


def test_only_the_company_asked_answers(school_admin, company, company_hr, other_company_hr):
    asked = asks.ask(school_admin, company.pk, "internship", "10 个实习岗位")
    with pytest.raises(PermissionDenied):
        asks.answer(other_company_hr, asked.pk, "yes")
    assert asks.answer(company_hr, asked.pk, "later").answer == "later"
    with pytest.raises(PermissionDenied):
        asks.answer(company_hr, asked.pk, "yes")


def test_a_company_asks_nobody(company_hr, other_company):
    with pytest.raises(PermissionDenied):
        asks.ask(company_hr, other_company.pk, "visit", "走访")


def test_a_closed_company_is_left_in_peace(office, company):
    company.status = "deregistered"
    company.save()
    with pytest.raises(Refused, match="注销"):
        asks.ask(office, company.pk, "visit", "走访")


def test_unanswered_asks_close_by_themselves(office, company):
    asked = asks.ask(office, company.pk, "visit", "走访", due_on=clock.today())
    assert asks.close_overdue() == 0
    with later(16):
        assert asks.close_overdue() == 1
    asked.refresh_from_db()
    assert asked.state == "closed"


# ---------------------------------------------------------------------------------- rounds


def test_opening_asks_every_target_once_with_a_todo_and_a_link(collecting, company):
    assert Ask.objects.filter(kind="survey").count() == 2
    assert IntakeLink.objects.count() == 2
    assert Todo.objects.filter(organisation_id=company.pk, done_at=None).count() == 1
    assert round_totals(collecting)["waiting"] == 2


def test_a_round_without_companies_does_not_start(office, consortium):
    made = rounds.plan(
        office,
        {"title": "空批次", "year": 2026, "period": "special", "opens_on": "2026-09-01",
         "closes_on": "2026-09-30"},
    )  # fmt: skip
    with pytest.raises(Refused, match="没有选定征集企业"):
        rounds.make_move(office, made.pk, "announce")
    with pytest.raises(Refused, match="样本框内没有企业"):
        rounds.target(office, made.pk, {"industries": ["Z99"]})


def test_nobody_but_the_office_holds_rounds(company_hr, school_admin, collecting):
    for actor in (company_hr, school_admin):
        with pytest.raises(PermissionDenied):
            rounds.remind(actor, collecting.pk)
        with pytest.raises(PermissionDenied):
            rounds.make_move(actor, collecting.pk, "close", "到期")


def test_who_answers_leaves_the_silent(collecting, company_hr, other_company_hr, company):
    demand = demands.declare(company_hr, company.pk, line())
    assert demand.round_id == collecting.pk
    statements.say_nothing(other_company_hr, other_company_hr.organisation_id, "own")
    totals = round_totals(collecting)
    assert (totals["waiting"], totals["answered"], totals["nothing"]) == (0, 1, 1)
    assert not Ask.objects.filter(state="asked").exists()
    assert not Todo.objects.filter(done_at=None, about__startswith="survey_round").exists()


def test_reminding_leaves_alone_whom_the_month_or_the_week_protects(collecting, office, company):
    assert rounds.remind(office, collecting.pk).asked == 2
    again = rounds.remind(office, collecting.pk)
    assert (again.asked, len(again.skipped)) == (0, 2)
    assert "已于 2026-09-15" in again.skipped[0][1]
    asks.ask(office, company.pk, "visit", "走访")
    with later(25):
        third = rounds.remind(office, collecting.pk)
    assert third.asked == 1
    assert "达到上限" in third.skipped[0][1]
    assert RoundTarget.objects.get(company=company).reminders == 1


def test_a_dropped_company_leaves_the_denominator(collecting, office, company):
    rounds.drop_company(office, collecting.pk, company.pk)
    totals = round_totals(collecting)
    assert (totals["waiting"], totals["dropped"]) == (1, 1)


def test_a_round_with_unverified_lines_is_not_argued(collecting, office, company_hr, company):
    demands.declare(company_hr, company.pk, line())
    rounds.make_move(office, collecting.pk, "close", "到期截止")
    rounds.make_move(office, collecting.pk, "clean")
    with pytest.raises(Refused, match="1 条需求待核实"):
        rounds.make_move(office, collecting.pk, "review")


# ---------------------------------------------------------------------------------- links


def test_the_secret_is_in_the_message_and_nowhere_else(office, company, open_round):
    company.contact_email = "hr@example.test"
    company.save()
    issued = links.issue(office, company, survey_round=open_round)
    token = issued.url.rsplit("/", 2)[1]
    assert token in OutboxMessage.objects.get().body
    assert OutboxMessage.objects.get().is_secret
    assert token.split(":")[0] not in str(IntakeLink.objects.values().get())
    assert issued.link.sent_to == "email:hr***"


def test_a_link_answers_once(token, company, open_round):
    links.state_demands(token, [line(), line(title="铣工", headcount=2)])
    found = JobDemand.objects.get(title="数控车工")
    assert (found.state, found.company_id, found.round_id) == (
        DemandState.SUBMITTED, company.pk, open_round.pk,
    )  # fmt: skip
    assert RoundTarget.objects.get(company=company).state == TargetState.ANSWERED
    with pytest.raises(Refused, match="已使用过一次"):
        links.state_demands(token, [line(title="磨工")])
    assert JobDemand.objects.count() == 2


def test_a_forged_token_is_refused_before_the_database(token, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert links.find(token[:-1] + ("a" if token[-1] != "a" else "b")) is None


def test_links_expire_and_can_be_withdrawn(token, office, company):
    with later(16, 10), pytest.raises(Refused, match="已过期"):
        links.state_nothing(token, "full")
    links.withdraw(office, IntakeLink.objects.get().pk)
    with pytest.raises(Refused, match="已停用"):
        links.state_nothing(token, "full")


def test_a_used_link_cannot_be_withdrawn_any_more(token, office):
    links.state_nothing(token, "full")
    with pytest.raises(Refused, match="已于"):
        links.withdraw(office, IntakeLink.objects.get().pk)


def test_companies_send_no_links(company_hr, company):
    with pytest.raises(PermissionDenied):
        links.issue(company_hr, company)


def test_known_lines_are_kept_filled_or_dropped(token, make_demand):
    keep, full, drop = (make_demand(t, headcount=3) for t in ("车工", "铣工", "磨工"))
    links.state_demands(
        token,
        [
            line(pk=keep.pk, word="keep", title="车工", headcount=4),
            {"pk": full.pk, "word": "filled"},
            {"pk": drop.pk, "word": "drop"},
        ],
    )
    for demand in (keep, full, drop):
        demand.refresh_from_db()
    assert (keep.state, keep.headcount, keep.confirmed_on) == ("valid", 4, clock.today())
    assert (full.state, full.filled) == ("filled", 3)
    assert drop.state == "withdrawn"


def test_a_link_never_touches_another_company(token, make_demand, other_company):
    foreign = make_demand("铣工", company=other_company)
    with pytest.raises(Refused, match="没有找到需求"):
        links.state_demands(token, [{"pk": foreign.pk, "word": "drop"}])
    foreign.refresh_from_db()
    assert foreign.state == "valid"
    assert IntakeLink.objects.get().used_at is None


def test_one_bad_line_keeps_all_out_and_the_link_open(token, company):
    with pytest.raises(Refused) as refusal:
        links.state_demands(token, [line(), line(title="数控 车工")])
    assert refusal.value.numbers["line"] == 1
    assert not JobDemand.objects.exists()
    assert IntakeLink.objects.get().used_at is None


# ---------------------------------------------------------------------------------- re-confirming


@pytest.fixture
def lapsing(make_demand, consortium, company):
    company.contact_phone = "000-0001"
    company.save()
    return make_demand(valid_until=clock.today() + timedelta(days=10))


def test_a_company_without_account_gets_one_link_to_confirm(lapsing, company):
    assert reconfirming.send_links() == 1
    assert reconfirming.send_links() == 0
    asked = Ask.objects.get(company=company)
    assert (asked.kind, asked.due_on) == ("reconfirm", lapsing.valid_until)
    token = OutboxMessage.objects.get().body.rsplit("/answer/", 1)[1].split("/")[0]
    links.state_demands(token, [line(pk=lapsing.pk, word="keep")])
    lapsing.refresh_from_db()
    asked.refresh_from_db()
    assert lapsing.valid_until > clock.today() + timedelta(days=60)
    assert asked.state == "answered"


def test_who_signs_in_or_cannot_be_reached_gets_no_link(
    lapsing, company_hr, make_demand, other_company
):
    make_demand("铣工", company=other_company, valid_until=clock.today() + timedelta(days=5))
    assert reconfirming.send_links() == 0
    assert not IntakeLink.objects.exists()


def test_a_full_month_protects_from_the_quarterly_question_too(lapsing, office, company):
    for kind in ("visit", "internship", "training"):
        asks.ask(office, company.pk, kind, kind)
    assert reconfirming.send_links() == 0
