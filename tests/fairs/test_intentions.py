"""A student and a position: applying, an hour, consent, and a funnel that only goes forward."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from chanjiao.core.refusals import Refused
from chanjiao.fairs.choices import Stage
from chanjiao.fairs.intention_queries import funnel_of, intentions_visible_to
from chanjiao.fairs.models import Booth, Intention, Interview
from chanjiao.fairs.services import booths, fairs, intentions, slots
from tests.fairs.conftest import standing, stated


@pytest.fixture
def intention(open_fair, student, post):
    return intentions.apply(student, post.pk, shares_contact=False)


def test_a_fair_that_is_not_open_takes_no_student(fair, booth, student, post):
    with pytest.raises(Refused, match="现在不接受投递"):
        intentions.apply(student, post.pk, shares_contact=False)


def test_applying_twice_is_the_same_as_once_and_may_add_consent(intention, student, post):
    again = intentions.apply(student, post.pk, shares_contact=True)
    assert (again.pk, again.shares_contact, Intention.objects.count()) == (intention.pk, True, 1)


def test_only_a_student_on_a_roll_applies(open_fair, post, company_hr, school_admin, office):
    for actor in (company_hr, school_admin, office):
        with pytest.raises(PermissionDenied):
            intentions.apply(actor, post.pk, shares_contact=True)


def test_hours_fill_the_morning_and_no_longer(fair, booth, company_hr):
    assert slots.lay_out(company_hr, booth.pk, 45, 2) == 4  # 8:30 to 11:30, since 12:15 is too late
    with pytest.raises(Refused, match="5 至 120 分钟"):
        slots.lay_out(company_hr, booth.pk, 4, 2)


def test_an_hour_is_given_once_for_each_seat(open_fair, make_student, student, post, booth):
    slot = booth.slots.first()
    first = intentions.apply(student, post.pk, shares_contact=False)
    assert intentions.choose_slot(student, first.pk, slot.pk).seat == 1
    other = make_student("2023002")
    second = intentions.apply(other, post.pk, shares_contact=False)
    with pytest.raises(Refused, match="08:30 已约满"):
        intentions.choose_slot(other, second.pk, slot.pk)
    intentions.choose_slot(student, first.pk, None)
    assert intentions.choose_slot(other, second.pk, slot.pk).seat == 1


def test_nobody_sits_in_two_places_at_one_time(
    fair, office, booth, other_company, make_post, advance, student
):
    second = booths.apply(
        office, fair.pk, other_company.pk, stated(make_post("钳工", other_company))
    )
    for each in (booth, second):
        slots.lay_out(office, each.pk, 30, 3)
    booths.approve_all(office, fair.pk)
    advance("open")
    made = [
        intentions.apply(student, each.posts.get().pk, shares_contact=False)
        for each in (booth, second)
    ]
    intentions.choose_slot(student, made[0].pk, booth.slots.first().pk)
    with pytest.raises(Refused, match="已约了另一家"):
        intentions.choose_slot(student, made[1].pk, second.slots.first().pk)
    assert Interview.objects.count() == 1


def test_an_hour_of_another_booth_is_none(intention, student, office, other_company):
    other = Booth.objects.create(fair=intention.fair, company=other_company, state="approved")
    slots.lay_out(office, other.pk, 30, 1)
    with pytest.raises(Refused, match="没有这个时段"):
        intentions.choose_slot(student, intention.pk, other.slots.first().pk)


def test_hours_that_somebody_has_are_not_laid_out_anew(intention, student, booth, company_hr):
    intentions.choose_slot(student, intention.pk, booth.slots.first().pk)
    with pytest.raises(Refused, match="已有 1 名学生"):
        slots.lay_out(company_hr, booth.pk, 15, 1)


def test_a_name_reaches_the_company_by_the_students_word_only(
    intention, client_of, company_hr, student, booth
):
    address = reverse("fairs:people", args=[booth.pk])
    browser = client_of(company_hr)
    assert "李2023001" not in browser.get(address).content.decode()
    intentions.share_contact(student, intention.pk)
    words = browser.get(address).content.decode()
    assert "李2023001" in words
    assert "13900139000" in words
    intentions.share_contact(student, intention.pk, shares=False)
    assert "13900139000" not in browser.get(address).content.decode()


def test_another_company_sees_nobody_elses_visitors(intention, other_company_hr, client_of, booth):
    assert intention not in intentions_visible_to(other_company_hr)
    address = reverse("fairs:people", args=[booth.pk])
    assert client_of(other_company_hr).get(address).status_code == 404


def test_results_are_told_from_the_day_on(intention, company_hr):
    with pytest.raises(PermissionDenied):
        intentions.advance(company_hr, intention.pk, Stage.MET)


@pytest.fixture
def held(intention, office):
    with standing(10, 20):
        fairs.make_move(office, intention.fair_id, "run")
        yield intention


def test_the_funnel_only_goes_forward(held, company_hr):
    intentions.advance(company_hr, held.pk, Stage.OFFERED)
    with pytest.raises(Refused, match="已到“录用”，不能退回“面试”"):
        intentions.advance(company_hr, held.pk, Stage.MET)
    with pytest.raises(Refused, match="流失原因"):
        intentions.advance(company_hr, held.pk, Stage.LOST)
    lost = intentions.advance(company_hr, held.pk, Stage.LOST, "pay")
    assert (lost.stage, lost.reached) == (Stage.LOST, Stage.OFFERED)
    with pytest.raises(Refused, match="不能退回"):
        intentions.advance(company_hr, held.pk, Stage.SIGNED)


def test_the_funnel_counts_students_and_positions_once(held, company_hr, open_fair):
    intentions.advance(company_hr, held.pk, Stage.SIGNED)
    lines = {stage: (n, people, posts) for stage, n, people, posts in funnel_of(open_fair).lines}
    assert lines[Stage.APPLIED] == lines[Stage.SIGNED] == (1, 1, 1)
    assert lines[Stage.ARRIVED] == (0, 0, 0)


def test_another_company_tells_no_result(held, other_company_hr):
    with pytest.raises(PermissionDenied):
        intentions.advance(other_company_hr, held.pk, Stage.MET)


def test_what_came_of_something_is_not_taken_back_by_the_student(held, student, company_hr):
    intentions.advance(company_hr, held.pk, Stage.MET)
    with pytest.raises(Refused, match="不能撤回"):
        intentions.give_up(student, held.pk)


def test_an_application_is_taken_back_with_its_hour(intention, student, booth):
    intentions.choose_slot(student, intention.pk, booth.slots.first().pk)
    intentions.give_up(student, intention.pk)
    assert not Interview.objects.exists()


def test_nobody_changes_another_students_intention(intention, make_student, client_of):
    other = make_student("2023009")
    with pytest.raises(PermissionDenied):
        intentions.give_up(other, intention.pk)
    address = reverse("fairs:intention-change", args=[intention.pk])
    assert client_of(other).post(address, {"act": "give_up"}).status_code == 404


def test_moving_the_fair_keeps_the_applications(intention, office, student):
    moved = {
        "held_on": date(2026, 10, 27), "starts_at": intention.fair.starts_at,
        "ends_at": intention.fair.ends_at, "place": "体育馆",
    }  # fmt: skip
    fairs.move_to(office, intention.fair_id, moved, "场地冲突")
    assert Intention.objects.get().edition < fairs.locked(intention.fair_id).edition
