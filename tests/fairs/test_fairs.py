"""Holding a fair: its steps, its invitations within each company's load, its change of date."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.models import Todo
from chanjiao.core.refusals import Refused
from chanjiao.demand.services import asks
from chanjiao.fairs.models import Booth, Fair
from chanjiao.fairs.queries import booths_visible_to, fairs_visible_to, totals_of
from chanjiao.fairs.services import booths, fairs, stands
from tests.fairs.conftest import STATED, standing, stated

NEW_DATE = {
    "held_on": date(2026, 10, 27), "starts_at": time(9), "ends_at": time(12), "place": "体育馆"
}  # fmt: skip


def test_only_the_office_holds_fairs(company_hr, school_admin):
    for actor in (company_hr, school_admin):
        with pytest.raises(PermissionDenied):
            fairs.plan(actor, STATED)


def test_a_fair_without_stands_invites_nobody_unless_it_needs_none(office):
    made = fairs.plan(office, STATED)
    with pytest.raises(Refused, match="请先布置展厅"):
        fairs.make_move(office, made.pk, "invite")
    online = fairs.plan(office, {**STATED, "kind": "online"})
    assert fairs.make_move(office, online.pk, "invite").state == "inviting"


def test_nobody_but_the_office_sees_a_fair_in_preparation(office, company_hr):
    made = fairs.plan(office, STATED)
    assert made in fairs_visible_to(office)
    assert made not in fairs_visible_to(company_hr)


def test_an_invitation_is_an_ask_within_the_companys_load(fair, office, company, other_company):
    for kind in ("visit", "internship", "training"):
        asks.ask(office, other_company.pk, kind, f"事项 {kind}")
    sent = fairs.invite(office, fair.pk, [company.pk, other_company.pk], date(2026, 10, 1))
    assert sent.asked == 1
    assert "达到上限" in dict(sent.skipped)[other_company.name]
    assert Todo.objects.get(organisation_id=company.pk, done_at=None).url.endswith(f"/{fair.pk}/")


def test_a_company_is_not_invited_twice(fair, office, company):
    fairs.invite(office, fair.pk, [company.pk], date(2026, 10, 1))
    again = fairs.invite(office, fair.pk, [company.pk], date(2026, 10, 1))
    assert (again.asked, len(again.skipped)) == (0, 1)


def test_an_invitation_is_answered_by_applying(fair, office, company_hr, company, make_post):
    fairs.invite(office, fair.pk, [company.pk], date(2026, 10, 1))
    made = booths.apply(company_hr, fair.pk, company.pk, stated(make_post()))
    assert made.ask.answer == "yes"
    assert not Todo.objects.filter(organisation_id=company.pk, done_at=None).exists()


def test_applying_answers_the_invitation_to_that_fair_only(
    fair, office, company_hr, company, make_post
):
    other = fairs.plan(office, {**STATED, "name": "另一场", "held_on": date(2026, 11, 20)})
    stands.lay_out(office, other.pk, "厅", 1, 2)
    fairs.make_move(office, other.pk, "invite")
    fairs.invite(office, other.pk, [company.pk], date(2026, 10, 1))
    made = booths.apply(company_hr, fair.pk, company.pk, stated(make_post()))
    assert made.ask is None
    assert other.asks.get().state == "asked"


def test_the_day_comes_before_the_opening(fair, office, booth, advance):
    booths.make_move(office, booth.pk, "approve")
    advance("open")
    with pytest.raises(Refused, match="2026-10-20"):
        fairs.make_move(office, fair.pk, "run")
    with standing(10, 20, 8):
        assert fairs.make_move(office, fair.pk, "run").state == "running"


def test_waiting_applications_hold_the_placing_up(fair, office, booth):
    fairs.make_move(office, fair.pk, "review")
    with pytest.raises(Refused, match="还有 1 家企业的报名待审"):
        fairs.make_move(office, fair.pk, "place")


def test_a_company_without_a_stand_holds_the_matching_up(fair, office, booth):
    booths.make_move(office, booth.pk, "approve")
    fairs.make_move(office, fair.pk, "review")
    fairs.make_move(office, fair.pk, "place")
    with pytest.raises(Refused, match="1 家企业没有展位（空余展位 6 个）"):
        fairs.make_move(office, fair.pk, "match")


def test_a_new_date_keeps_every_registration_and_asks_again(fair, office, booth, company_hr):
    moved = fairs.move_to(office, fair.pk, NEW_DATE, "体育馆另有安排")
    assert (moved.edition, moved.dates.get().held_on) == (2, date(2026, 10, 20))
    booth.refresh_from_db()
    assert (booth.state, booth.edition) == ("applied", 1)
    assert Todo.objects.filter(organisation_id=booth.company_id, done_at=None).count() == 1
    assert booths.confirm(company_hr, booth.pk).edition == 2
    assert not Todo.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"held_on": date(2026, 9, 1)}, "已过"),
        ({**{k: STATED[k] for k in ("held_on", "starts_at", "ends_at", "place")}}, "没有变化"),
    ],
)
def test_a_move_to_nowhere_is_refused(fair, office, change, words):
    with pytest.raises(Refused, match=words):
        fairs.move_to(office, fair.pk, {**NEW_DATE, **change}, "原因")


def test_a_move_without_a_reason_is_refused(fair, office):
    with pytest.raises(Refused, match="变更原因"):
        fairs.move_to(office, fair.pk, NEW_DATE, " ")


def test_revising_does_not_move_a_fair_behind_its_companies_backs(fair, office, booth):
    fairs.revise(office, fair.pk, {"held_on": date(2026, 10, 1), "note": "请带证件"})
    fair.refresh_from_db()
    assert (fair.held_on, fair.note) == (date(2026, 10, 20), "请带证件")


def test_a_cancelled_fair_frees_its_companies_and_their_to_dos(fair, office, booth):
    fairs.make_move(office, fair.pk, "cancel", "场地不可用")
    booth.refresh_from_db()
    assert booth.state == "cancelled"
    assert not Todo.objects.filter(done_at=None).exists()


def test_totals_are_the_sums_of_the_lines_shown(fair, office, company_hr, company, make_post):
    posts = [make_post("车工"), make_post("铣工", headcount=7)]
    lines = [
        {"demand": posts[0].pk, "purpose": "job", "people": 3},
        {"demand": posts[0].pk, "purpose": "internship", "people": 2},
        {"demand": posts[1].pk, "purpose": "job", "people": 7},
    ]
    made = booths.apply(company_hr, fair.pk, company.pk, stated(posts=lines))
    assert totals_of(fair).posts == 0
    booths.make_move(office, made.pk, "approve")
    found = totals_of(fair)
    assert (found.companies, found.posts, found.jobs, found.internships) == (1, 2, 10, 2)


def test_stands_keep_a_chain_together_and_move_nobody_placed(
    fair, office, booth, other_company, make_post
):
    second = booths.apply(
        office, fair.pk, other_company.pk, stated(make_post("钳工", other_company))
    )
    booths.approve_all(office, fair.pk)
    assert stands.give_all(office, fair.pk) == (2, 0)
    assert stands.give_all(office, fair.pk) == (0, 0)
    numbers = set(Booth.objects.values_list("stand__number", flat=True))
    assert numbers == {"A01-01", "A01-02"}
    booth.refresh_from_db()
    second.refresh_from_db()
    stands.give(office, booth.pk, second.stand_id)
    mine, theirs = booth.stand, second.stand
    booth.refresh_from_db()
    second.refresh_from_db()
    assert (booth.stand, second.stand) == (theirs, mine)


def test_too_few_stands_are_told(fair, office, booth):
    booths.make_move(office, booth.pk, "approve")
    for stand in list(fair.halls.get().stands.all()):
        stands.close(office, stand.pk, is_closed=True)
    assert stands.give_all(office, fair.pk) == (0, 1)


def test_a_taken_stand_is_not_closed_and_its_hall_not_removed(fair, office, booth):
    booths.make_move(office, booth.pk, "approve")
    stands.give_all(office, fair.pk)
    booth.refresh_from_db()
    with pytest.raises(Refused, match="已有企业"):
        stands.close(office, booth.stand_id, is_closed=True)
    with pytest.raises(Refused, match="1 家企业排位"):
        stands.take_down(office, booth.stand.hall_id)


def test_a_hall_of_no_size_is_refused(fair, office):
    with pytest.raises(Refused, match="1 至 40"):
        stands.lay_out(office, fair.pk, "二号厅", 0, 5)
    with pytest.raises(Refused, match="已有名为"):
        stands.lay_out(office, fair.pk, "一号厅", 1, 5)


def test_a_stand_of_another_fair_is_no_stand(fair, office, booth):
    other = fairs.plan(office, {**STATED, "name": "另一场"})
    hall = stands.lay_out(office, other.pk, "厅", 1, 1)
    with pytest.raises(Refused, match="没有这个展位"):
        stands.give(office, booth.pk, hall.stands.get().pk)


def test_other_companies_see_a_booth_only_when_it_is_let_in(booth, office, other_company_hr):
    assert booth not in booths_visible_to(other_company_hr)
    booths.make_move(office, booth.pk, "approve")
    assert booth in booths_visible_to(other_company_hr)
    assert Fair.objects.get().booths.count() == 1
