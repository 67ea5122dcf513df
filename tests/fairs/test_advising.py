"""What is suggested to a student, why, and that it can be switched off."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from chanjiao.fairs.advising import advise, posts_of_fair
from chanjiao.fairs.intention_queries import student_of
from chanjiao.fairs.models import FairPost, Intention
from chanjiao.fairs.services import intentions
from chanjiao.standards.models import Code, CodeLink


@pytest.fixture
def codes(db):
    def code(system, number, name):
        return Code.objects.create(
            system=system, code=number, name=name, valid_from=date(2022, 9, 28), level=4
        )

    return {
        "major": code("major2021", "460103", "数控技术"),
        "turner": code("occ2022", "6-18-01-01", "车工"),
        "cook": code("occ2022", "4-03-02-01", "中式烹调师"),
    }


@pytest.fixture
def posts(open_fair, booth, make_post, codes):
    """Three positions: linked to the major, naming it outright, and neither."""
    CodeLink.objects.create(
        relation="major_occupation", source=codes["major"], target=codes["turner"],
        strength=Decimal("0.9"), basis="expert", state="accepted",
    )  # fmt: skip
    booth.posts.all().delete()
    linked = make_post("车工", occupation=codes["turner"])
    named = make_post("装配工")
    named.majors.add(codes["major"])
    neither = make_post("厨师", occupation=codes["cook"])
    for demand in (neither, named, linked):
        FairPost.objects.create(booth=booth, demand=demand, people=1)
    return list(posts_of_fair(open_fair))


def test_what_the_major_leads_to_comes_first_with_its_reason(student, posts):
    found = advise(student_of(student), posts)
    assert [a.post.demand.title for a in found] == ["车工", "装配工", "厨师"]
    assert (found[0].study, found[1].is_named, found[2].study) == (0.9, True, 0.0)
    assert found[0].score > found[1].score > found[2].score


def test_a_level_of_education_that_is_missed_excludes_the_position(student, posts):
    posts[0].demand.education = "3"
    titles = [a.post.demand.title for a in advise(student_of(student), posts)]
    assert posts[0].demand.title not in titles
    assert len(titles) == 2


def test_the_order_does_not_hang_on_the_order_of_the_rows(student, posts):
    one = [a.post.pk for a in advise(student_of(student), posts)]
    other = [a.post.pk for a in advise(student_of(student), posts[::-1])]
    assert one == other


def test_a_link_that_was_not_accepted_counts_nothing(student, posts):
    CodeLink.objects.update(state="proposed")
    assert all(a.study == 0 for a in advise(student_of(student), posts))


def test_looking_at_advice_changes_no_record(client_of, student, posts, open_fair):
    page = client_of(student).get(reverse("fairs:mine", args=[open_fair.pk]))
    words = page.content.decode()
    assert "对口度 90.0%" in words
    assert "企业点名要您的专业" in words
    assert not Intention.objects.exists()


def test_advice_is_switched_off_and_on_again(client_of, student, posts, open_fair):
    browser = client_of(student)
    browser.post(reverse("fairs:advice", args=[open_fair.pk]), {"advice": "off"})
    words = browser.get(reverse("fairs:mine", args=[open_fair.pk])).content.decode()
    assert "对口度" not in words
    assert "厨师" in words
    intentions.switch_advice(student, is_on=True)
    assert "对口度" in browser.get(reverse("fairs:mine", args=[open_fair.pk])).content.decode()


def test_a_student_applies_and_takes_an_hour_on_the_page(
    client_of, student, posts, open_fair, booth
):
    browser = client_of(student)
    browser.post(reverse("fairs:mine-apply", args=[open_fair.pk]), {"post": posts[0].pk})
    made = Intention.objects.get()
    slot = booth.slots.first()
    browser.post(
        reverse("fairs:intention-change", args=[made.pk]), {"act": "slot", "slot": slot.pk}
    )
    assert made.interview.slot == slot
    words = browser.get(reverse("fairs:mine", args=[open_fair.pk])).content.decode()
    assert "面试 08:30" in words
