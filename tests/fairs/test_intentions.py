"""A student and a position: applying, an hour, consent, and a funnel that only goes forward."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from chanjiao.core.models import OutboxMessage
from chanjiao.core.refusals import Refused
from chanjiao.demand.models import JobDemand
from chanjiao.fairs.choices import Stage
from chanjiao.fairs.intention_queries import funnel_of, intentions_visible_to
from chanjiao.fairs.models import Booth, Intention, Interview
from chanjiao.fairs.services import booths, fairs, intentions, slots, telling
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


def test_hours_move_with_the_fair(intention, office, student, booth):
    intentions.choose_slot(student, intention.pk, booth.slots.all()[1].pk)
    moved = {
        "held_on": date(2026, 10, 27), "starts_at": time(9), "ends_at": time(12), "place": "体育馆"
    }  # fmt: skip
    fairs.move_to(office, intention.fair_id, moved, "场地冲突")
    assert f"{Interview.objects.get().starts_at:%H:%M}" == "09:30"
    assert booth.slots.count() == 6  # the seventh would end after twelve


def test_an_end_that_would_cut_off_a_booked_hour_is_refused(intention, office, student, booth):
    intentions.choose_slot(student, intention.pk, booth.slots.last().pk)
    moved = {
        "held_on": date(2026, 10, 27), "starts_at": time(9), "ends_at": time(12), "place": "体育馆"
    }  # fmt: skip
    with pytest.raises(Refused, match="有 1 名学生约的时段"):
        fairs.move_to(office, intention.fair_id, moved, "场地冲突")
    assert fairs.locked(intention.fair_id).edition == 1


def test_students_are_asked_again_once_and_confirm_with_nothing_lost(
    intention, office, student, booth, client_of
):
    intentions.choose_slot(student, intention.pk, booth.slots.first().pk)
    moved = {
        "held_on": date(2026, 10, 27), "starts_at": intention.fair.starts_at,
        "ends_at": intention.fair.ends_at, "place": "会展中心",
    }  # fmt: skip
    fair = fairs.move_to(office, intention.fair_id, moved, "场地冲突")
    told = OutboxMessage.objects.filter(about=f"fair.moved:{fair.pk}:2")
    assert told.count() == 1
    assert "场地冲突" in told.get().body
    assert telling.ask_students_again(fair, "再说一次") == 0
    browser = client_of(student)
    page = reverse("fairs:mine", args=[fair.pk])
    assert "请确认是否仍参加" in browser.get(page).content.decode()
    browser.post(reverse("fairs:mine-confirm", args=[fair.pk]))
    assert "请确认是否仍参加" not in browser.get(page).content.decode()
    assert (Intention.objects.get().edition, Interview.objects.count()) == (2, 1)
    assert intentions.confirm(student, fair.pk) == 0


def test_hours_that_overlap_are_two_places_at_one_time(
    fair, office, booth, other_company, make_post, advance, student
):
    second = booths.apply(
        office, fair.pk, other_company.pk, stated(make_post("钳工", other_company))
    )
    slots.lay_out(office, booth.pk, 30, 3)
    slots.lay_out(office, second.pk, 45, 3)  # 8:30 and 9:15, across the others' 9:00
    booths.approve_all(office, fair.pk)
    advance("open")
    first, other = (
        intentions.apply(student, each.posts.get().pk, shares_contact=False)
        for each in (booth, second)
    )
    intentions.choose_slot(student, first.pk, booth.slots.get(after=30).pk)
    for after in (0, 45):
        with pytest.raises(Refused, match="重叠"):
            intentions.choose_slot(student, other.pk, second.slots.get(after=after).pk)
    assert intentions.choose_slot(student, other.pk, second.slots.get(after=90).pk)


def test_a_booth_that_leaves_loses_its_intentions_and_frees_its_hours(
    intention, office, student, booth
):
    intentions.choose_slot(student, intention.pk, booth.slots.first().pk)
    booths.make_move(office, booth.pk, "cancel", "停产检修")
    lost = Intention.objects.get()
    assert (lost.stage, lost.loss, lost.reached) == (Stage.LOST, "company", Stage.APPLIED)
    assert not Interview.objects.exists()
    assert lost.steps.filter(stage=Stage.LOST).count() == 1
    assert OutboxMessage.objects.filter(about=f"booth.left:{booth.pk}").count() == 1
    with pytest.raises(Refused, match="不能选择"):
        intentions.choose_slot(student, intention.pk, booth.slots.first().pk)


def test_a_cancelled_fair_loses_its_intentions_for_the_companies_reason(
    intention, office, student, booth
):
    intentions.choose_slot(student, intention.pk, booth.slots.first().pk)
    fairs.make_move(office, intention.fair_id, "cancel", "台风")
    lost = Intention.objects.get()
    assert (lost.stage, lost.loss) == (Stage.LOST, "company")
    assert not Interview.objects.exists()
    assert "台风" in OutboxMessage.objects.get(about=f"fair.cancelled:{lost.fair_id}").subject


def test_a_position_somebody_applied_for_stays_when_a_booth_is_revised(
    intention, company_hr, booth, make_post
):
    kept, fresh = intention.post, make_post("铣工")
    lines = [{"demand": kept.demand_id, "purpose": "job", "people": 2}]
    lines.append({"demand": fresh.pk, "purpose": "job", "people": 5})
    booths.revise(company_hr, booth.pk, stated(posts=lines))
    kept.refresh_from_db()
    assert (kept.people, booth.posts.count()) == (2, 2)
    with pytest.raises(Refused, match="已有 1 名学生投递"):
        booths.revise(company_hr, booth.pk, stated(fresh))
    booths.revise(company_hr, booth.pk, stated(posts=lines[:1]))
    assert list(booth.posts.all()) == [kept]


def test_a_position_that_lapsed_meanwhile_stays_at_its_booth(intention, company_hr, booth):
    JobDemand.objects.update(state="expired")
    lines = [{"demand": intention.post.demand_id, "purpose": "job", "people": 5}]
    assert booths.revise(company_hr, booth.pk, stated(posts=lines)).posts.count() == 1
