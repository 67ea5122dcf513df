"""A company at a fair: what it may bring, when it may leave, and what staying away costs."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.refusals import Refused
from chanjiao.fairs.models import Booth
from chanjiao.fairs.queries import absences_of
from chanjiao.fairs.services import booths, fairs, stands
from tests.fairs.conftest import PEOPLE, STATED, standing, stated


def a_fair(office, day: date, name: str):
    made = fairs.plan(
        office, {**STATED, "name": name, "held_on": day, "apply_until": day, "cancel_until": day}
    )
    stands.lay_out(office, made.pk, "厅", 2, 2)
    return fairs.make_move(office, made.pk, "invite")


def absent_at(office, company, day: date) -> None:
    made = fairs.plan(
        office,
        {**STATED, "name": f"{day}", "held_on": day, "apply_until": day, "cancel_until": day},
    )
    Booth.objects.create(fair=made, company=company, state="absent")


def test_a_company_brings_positions_of_its_own_ledger_only(
    fair, company_hr, company, other_company, make_post
):
    foreign = make_post("钳工", other_company)
    with pytest.raises(Refused, match="不在该企业的有效需求中"):
        booths.apply(company_hr, fair.pk, company.pk, stated(foreign))


def test_a_lapsed_position_is_not_brought(fair, company_hr, company, make_post):
    lapsed = make_post(state="expired")
    with pytest.raises(Refused, match="不在该企业的有效需求中"):
        booths.apply(company_hr, fair.pk, company.pk, stated(lapsed))


@pytest.mark.parametrize("people", [0, 6])
def test_no_more_people_than_the_ledger_still_wants(fair, company_hr, company, make_post, people):
    lines = [{"demand": make_post().pk, "purpose": "job", "people": people}]
    with pytest.raises(Refused, match="须为 1 至 5 人"):
        booths.apply(company_hr, fair.pk, company.pk, stated(posts=lines))
    assert not Booth.objects.exists()


def test_without_a_position_there_is_no_booth(fair, company_hr, company):
    with pytest.raises(Refused, match="至少选择一个岗位"):
        booths.apply(company_hr, fair.pk, company.pk, stated())


def test_nobody_applies_for_another_company(fair, other_company_hr, company, make_post):
    with pytest.raises(PermissionDenied):
        booths.apply(other_company_hr, fair.pk, company.pk, stated(make_post()))


def test_applying_twice_for_a_day_is_refused_by_name(fair, office, booth, company, make_post):
    with pytest.raises(Refused, match="秋季校企双选会"):
        booths.apply(office, fair.pk, company.pk, stated(make_post("铣工")))
    same_day = a_fair(office, fair.held_on, "另一场")
    with pytest.raises(Refused, match="同一天只设一个展位"):
        booths.apply(office, same_day.pk, company.pk, stated(make_post("磨工")))


def test_after_the_deadline_only_the_office_adds_a_company(
    fair, office, company_hr, company, make_post
):
    with standing(10, 11):
        with pytest.raises(PermissionDenied):
            booths.apply(company_hr, fair.pk, company.pk, stated(make_post()))
        assert booths.apply(office, fair.pk, company.pk, stated(make_post("铣工"))).pk


def test_leaving_is_free_until_the_cut_off(fair, booth, company_hr, office):
    with standing(10, 16), pytest.raises(PermissionDenied):
        booths.make_move(company_hr, booth.pk, "cancel", "排产冲突")
    with standing(10, 15):
        assert booths.make_move(company_hr, booth.pk, "cancel", "排产冲突").state == "cancelled"


def test_who_left_may_apply_again(fair, booth, company_hr, company, make_post):
    booths.make_move(company_hr, booth.pk, "cancel", "排产冲突")
    assert booths.apply(company_hr, fair.pk, company.pk, stated(make_post("铣工"))).pk


def test_a_booth_without_positions_is_not_let_in(fair, booth, office):
    booth.posts.all().delete()
    with pytest.raises(Refused, match="没有带岗位"):
        booths.make_move(office, booth.pk, "approve")


def test_who_never_came_is_absent_when_the_hall_closes(fair, booth, office, advance):
    booths.make_move(office, booth.pk, "approve")
    with standing(10, 20):
        advance("sum_up")
    booth.refresh_from_db()
    assert booth.state == "absent"


def test_who_checked_in_is_not_absent(fair, booth, office, advance):
    booths.make_move(office, booth.pk, "approve")
    with standing(10, 20):
        advance("run")
        booths.make_move(office, booth.pk, "check_in")
        fairs.make_move(office, fair.pk, "sum_up")
    booth.refresh_from_db()
    assert booth.state == "present"
    assert booth.checked_in_at


def test_two_absences_in_twelve_months_bar_a_company_for_twelve(office, company, make_post, fair):
    absent_at(office, company, date(2026, 3, 1))
    assert absences_of(company.pk).barred_until is None
    absent_at(office, company, date(2026, 8, 1))
    assert absences_of(company.pk).barred_until == date(2027, 8, 1)
    with pytest.raises(Refused, match="2027-08-01 前暂停参展"):
        booths.apply(office, fair.pk, company.pk, stated(make_post()))


def test_absences_more_than_twelve_months_apart_bar_nobody(office, company):
    absent_at(office, company, date(2025, 8, 1))
    absent_at(office, company, date(2026, 8, 1))
    assert absences_of(company.pk).barred_until is None
    absent_at(office, company, date(2025, 8, 2))
    assert absences_of(company.pk).barred_until == date(2027, 8, 1)


def test_a_written_statement_lifts_the_bar(office, company, company_hr, make_post, fair):
    absent_at(office, company, date(2026, 3, 1))
    absent_at(office, company, date(2026, 8, 1))
    with pytest.raises(PermissionDenied):
        booths.pardon(company_hr, company.pk, "两次均因停电停产，今后提前告知。")
    with pytest.raises(Refused, match="书面说明"):
        booths.pardon(office, company.pk, "抱歉")
    booths.pardon(office, company.pk, "两次均因停电停产，今后提前告知。")
    assert booths.apply(office, fair.pk, company.pk, stated(make_post())).pk


def test_a_closed_company_has_no_booth(office, company, fair, make_post):
    company.status = "deregistered"
    company.save()
    with pytest.raises(Refused, match="不能参展"):
        booths.apply(office, fair.pk, company.pk, stated(make_post()))


def test_revising_replaces_the_positions_whole(fair, booth, company_hr, make_post):
    fresh = make_post("铣工")
    booths.revise(company_hr, booth.pk, stated(fresh, representatives=PEOPLE * 2))
    booth.refresh_from_db()
    assert [p.demand for p in booth.posts.all()] == [fresh]
    assert len(booth.representatives) == 2


def test_a_refused_revision_loses_nothing(fair, booth, company_hr):
    with pytest.raises(Refused):
        booths.revise(company_hr, booth.pk, stated(posts=[]))
    assert booth.posts.count() == 1
