"""Pages of supply: who sees what, forms that lose nothing, names only where allowed."""

from datetime import date, timedelta

import pytest

from chanjiao.core import clock
from chanjiao.core.models import AuditEntry
from chanjiao.core.reference import load_parameters
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Person
from chanjiao.standards.choices import System
from chanjiao.standards.services import reference
from chanjiao.supply.models import Cohort, MajorOffering, Student

NAME, PHONE = "独一无二的学生名", "13812345678"


@pytest.fixture(autouse=True)
def reference_data(db):
    load_parameters()
    reference.load_codes(System.MAJOR, ["460301", "460302"])


@pytest.fixture
def teacher(sign_up, school):
    return actor_for(sign_up(Role.TEACHER, school, is_admin=False))


@pytest.fixture
def other_school_admin(sign_up, other_school):
    return actor_for(sign_up(Role.SCHOOL_ADMIN, other_school))


@pytest.fixture
def offering(school):
    return MajorOffering.objects.create(
        school=school, code="460301", name="机电一体化技术", level="college", duration=3,
        state="open", filing_number="备-1", confirmed_on=clock.today(),
    )  # fmt: skip


@pytest.fixture
def cohort(offering):
    return Cohort.objects.create(
        offering=offering, grade=2024, class_name="机电2401", declared_size=40,
        graduates_on=date(2027, 6, 1),
    )  # fmt: skip


@pytest.fixture
def student(cohort, school, offering):
    person = Person.objects.create(
        name=NAME, kind="student", organisation=school, phone=PHONE,
        birth_on=clock.today() - timedelta(days=365 * 16), identity_hash="a" * 64,
    )  # fmt: skip
    return Student.objects.create(
        person=person, school=school, offering=offering, cohort=cohort, number="S1", grade=2024
    )


def body(answer):
    return answer.content.decode()


def test_a_school_sees_its_offering_with_figures_and_everybody_else_only_that_it_exists(
    client_of, client, school_admin, company_hr, offering, cohort
):
    address = f"/supply/offerings/{offering.pk}/"
    assert "预计毕业生" in body(client_of(school_admin).get(address))
    for browser in (client, client_of(company_hr)):
        page = body(browser.get(address))
        assert "机电一体化技术" in page
        assert "预计毕业生" not in page
        assert "备-1" not in page


def test_a_planned_major_of_another_school_is_not_found(client_of, other_school_admin, offering):
    MajorOffering.objects.update(state="planned")
    answer = client_of(other_school_admin).get(f"/supply/offerings/{offering.pk}/")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "address",
    ["offerings/{0}/edit/", "offerings/{0}/years/new/", "offerings/{0}/cohorts/new/"],
)
def test_nobody_writes_for_another_school(client_of, other_school_admin, offering, address):
    path = "/supply/" + address.format(offering.pk)
    assert client_of(other_school_admin).get(path).status_code == 403


def test_a_major_is_planned_by_form_under_the_catalogues_name(client_of, school_admin):
    given = {"code": "460302", "level": "college", "form": "regular", "duration": "3"}
    answer = client_of(school_admin).post("/supply/offerings/new/", given)
    made = MajorOffering.objects.get()
    assert answer.url == f"/supply/offerings/{made.pk}/"
    assert (made.state, made.name) == ("planned", made.major.name)


def test_a_form_with_a_wrong_code_names_near_ones_and_loses_no_input(client_of, school_admin):
    given = {
        "code": "机电一体", "level": "college", "form": "regular", "duration": "3",
        "group": "智能制造群",
    }  # fmt: skip
    page = body(client_of(school_admin).post("/supply/offerings/new/", given))
    assert "460301" in page
    assert "智能制造群" in page
    assert not MajorOffering.objects.exists()


def test_a_refusal_stands_beside_its_field(client_of, school_admin, offering, cohort):
    given = {"grade": "2024", "class_name": "机电2401", "graduates_on": "2027-06"}
    page = body(
        client_of(school_admin).post(f"/supply/offerings/{offering.pk}/cohorts/new/", given)
    )
    assert "已有班级“机电2401”" in page
    assert 'value="2027-06"' in page


def test_a_year_is_reported_by_form_and_corrected_by_the_same(client_of, school_admin, offering):
    browser = client_of(school_admin)
    browser.post(f"/supply/offerings/{offering.pk}/years/new/", {"year": "2026", "enrolled": "90"})
    address = f"/supply/years/{offering.years.get().pk}/"
    assert 'value="90"' in body(browser.get(address))
    browser.post(address, {"year": "2026", "enrolled": "91"})
    assert offering.years.get().enrolled == 91


def test_filing_is_submitted_by_the_school_and_decided_by_the_office(
    client_of, school_admin, office, offering
):
    MajorOffering.objects.update(
        state="planned", major=reference.load_codes(System.MAJOR, ["460301"])["460301"]
    )
    address = f"/supply/offerings/{offering.pk}/"
    client_of(school_admin).post(address + "move/submit/")
    assert "同意备案" in body(client_of(office).get(address))
    assert client_of(school_admin).post(address + "decide/file/").status_code == 403
    client_of(office).post(address + "decide/file/")
    offering.refresh_from_db()
    assert offering.state == "filed"


def test_acts_are_done_by_post_only(client_of, school_admin, offering):
    for act in ("confirm/", "move/stop/"):
        answer = client_of(school_admin).get(f"/supply/offerings/{offering.pk}/{act}")
        assert answer.status_code == 405


def test_coverage_opens_its_rows_and_names_the_next_step(client_of, school_admin, offering):
    page = body(client_of(school_admin).get("/supply/offerings/"))
    assert "?lacking=has_year" in page
    assert "填报本学年的招生、在校和毕业人数" in page
    assert "机电一体化技术" in body(
        client_of(school_admin).get("/supply/offerings/?lacking=has_year")
    )
    assert "没有符合筛选条件" in body(
        client_of(school_admin).get("/supply/offerings/?lacking=is_confirmed")
    )


def test_what_another_school_lacks_is_not_shown(client_of, other_school_admin, offering):
    page = body(client_of(other_school_admin).get("/supply/offerings/?lacking=has_year"))
    assert "机电一体化技术" not in page
    assert "机电一体化技术" in body(client_of(other_school_admin).get("/supply/offerings/"))


def test_a_school_confirms_all_at_once(client_of, school_admin, offering):
    MajorOffering.objects.update(confirmed_on=None)
    client_of(school_admin).post("/supply/offerings/confirm/")
    offering.refresh_from_db()
    assert offering.confirmed_on == clock.today()


def test_the_office_sees_every_schools_coverage_and_no_student(
    client_of, office, offering, student, cohort
):
    browser = client_of(office)
    assert "甲职业技术学院" in body(browser.get("/supply/coverage/"))
    page = body(browser.get(f"/supply/cohorts/{cohort.pk}/"))
    assert NAME not in page
    assert browser.get("/supply/students/").status_code == 403


def test_without_rule_parameters_pages_show_no_figure_and_no_error(
    client_of, school_admin, offering, cohort
):
    from chanjiao.core.models import RuleParameter

    RuleParameter.objects.all().delete()
    for address in ("offerings/", f"offerings/{offering.pk}/", "coverage/"):
        assert client_of(school_admin).get("/supply/" + address).status_code == 200


def test_a_student_page_shows_neither_phone_nor_hash(client_of, school_admin, student):
    page = body(client_of(school_admin).get(f"/supply/students/{student.pk}/"))
    assert NAME in page
    assert PHONE not in page
    assert "a" * 64 not in page


def test_a_contact_is_shown_by_post_with_a_reason_and_recorded(client_of, school_admin, student):
    address = f"/supply/students/{student.pk}/contact/"
    browser = client_of(school_admin)
    assert browser.get(address).status_code == 405
    assert PHONE not in body(browser.post(address))
    assert not AuditEntry.objects.filter(act="student.contact_read")
    assert PHONE in body(browser.post(address, {"reason": "家访"}))
    assert AuditEntry.objects.filter(act="student.contact_read").count() == 1


def test_a_teacher_sees_names_of_the_own_class_and_sizes_of_others(
    client_of, teacher, student, cohort
):
    browser = client_of(teacher)
    page = body(browser.get(f"/supply/cohorts/{cohort.pk}/"))
    assert "机电2401" in page
    assert NAME not in page
    assert browser.get(f"/supply/students/{student.pk}/").status_code == 404
    Cohort.objects.update(teacher=teacher.user_id)
    assert NAME in body(browser.get(f"/supply/cohorts/{cohort.pk}/"))
    assert NAME in body(browser.get("/supply/students/"))


@pytest.mark.parametrize("who", ["company_hr", "office", "other_school_admin", "teacher"])
def test_a_student_of_another_class_or_school_is_nowhere(who, request, client_of, student):
    browser = client_of(request.getfixturevalue(who))
    for address in (
        f"/search/?q={NAME}", "/supply/students/", f"/supply/students/{student.pk}/",
        "/exchange/export/students/?format=csv", f"/supply/students/{student.pk}/contact/",
    ):  # fmt: skip
        page = browser.get(address)
        assert PHONE not in body(page)
        assert NAME not in body(page).replace(f'value="{NAME}"', "").replace(f"“{NAME}”", "")


def test_students_are_filtered_by_class_and_only_own_classes_are_offered(
    client_of, school_admin, teacher, student, cohort
):
    page = body(client_of(school_admin).get(f"/supply/students/?cohort={cohort.pk}"))
    assert NAME in page
    assert "2024 机电2401" in page
    assert "机电2401" not in body(client_of(teacher).get("/supply/students/"))


def test_the_school_finds_its_student_in_the_global_search(client_of, school_admin, student):
    """The control of the test above: the same crawl finds the name where it may."""
    assert f"/supply/students/{student.pk}/" in body(
        client_of(school_admin).get(f"/search/?q={NAME}")
    )


def test_a_student_is_changed_by_form_and_keeps_the_phone_when_none_is_given(
    client_of, school_admin, student, cohort
):
    given = {"name": "新名", "cohort": str(cohort.pk), "status": "suspended", "phone": ""}
    client_of(school_admin).post(f"/supply/students/{student.pk}/edit/", given)
    student.refresh_from_db()
    assert (student.status, student.person.name, student.person.phone) == (
        "suspended", "新名", PHONE,
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["offerings/", "offerings/{o}/", "offerings/new/", "offerings/{o}/edit/",
     "offerings/{o}/years/new/", "offerings/{o}/cohorts/new/", "cohorts/", "cohorts/{c}/",
     "cohorts/{c}/edit/", "students/", "students/{s}/", "students/{s}/edit/", "coverage/"],
)  # fmt: skip
def test_every_page_is_complete_in_english(
    client_of, school_admin, offering, cohort, student, address
):
    path = "/supply/" + address.format(o=offering.pk, c=cohort.pk, s=student.pk)
    answer = client_of(school_admin).get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
