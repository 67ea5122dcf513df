"""What a school may do with its supply, what the office decides, and the refusals."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.models import AuditEntry, Todo
from chanjiao.core.reference import load_parameters
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.engines.taxonomy import CodeItem
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Person
from chanjiao.standards.choices import System
from chanjiao.standards.services import reference
from chanjiao.supply.choices import Level, OfferingState
from chanjiao.supply.models import MajorOffering, Student
from chanjiao.supply.queries import (
    cohorts_visible_to,
    offerings_visible_to,
    offerings_with_figures_for,
    students_visible_to,
)
from chanjiao.supply.services import filing, offerings, reminding, students

PLAN = {"code": "460301", "name": "", "level": Level.COLLEGE, "duration": 3}


@pytest.fixture(autouse=True)
def reference_data(db):
    load_parameters()
    reference.load_codes(System.MAJOR, ["460301", "460302"])


@pytest.fixture
def planned(school_admin):
    return offerings.create(school_admin, PLAN)


def test_a_school_plans_a_major_under_the_catalogues_name(planned, school_admin):
    assert (planned.school_id, planned.state) == (school_admin.organisation_id, "planned")
    assert (planned.major.code, planned.name) == ("460301", planned.major.name)


def test_the_same_major_level_and_direction_twice_is_refused(planned, school_admin):
    with pytest.raises(Refused, match="已开设"):
        offerings.create(school_admin, PLAN)


@pytest.mark.parametrize("who", ["office", "company_hr", "teacher"])
def test_nobody_but_the_school_plans_majors(who, request):
    with pytest.raises(PermissionDenied):
        offerings.create(request.getfixturevalue(who), PLAN)


def test_nobody_changes_another_schools_offering(planned, other_school_admin):
    with pytest.raises(PermissionDenied):
        offerings.change(other_school_admin, planned.pk, {"group": "智能制造"})


def test_filing_goes_from_the_school_to_the_office_and_back_with_a_number(
    planned, school_admin, office
):
    filing.make(school_admin, planned.pk, "submit")
    assert Todo.objects.filter(organisation_id=office.organisation_id, done_at=None).count() == 1
    with pytest.raises(Refused, match="备案号"):
        filing.make(office, planned.pk, "file")
    filing.make(office, planned.pk, "return", "缺备案号")
    offerings.change(school_admin, planned.pk, {"filing_number": "浙备 2026-1"})
    filing.make(school_admin, planned.pk, "submit")
    assert filing.make(office, planned.pk, "file").state == OfferingState.FILED
    assert filing.make(school_admin, planned.pk, "open").state == OfferingState.OPEN
    assert not Todo.objects.filter(organisation_id=office.organisation_id, done_at=None)


def test_the_school_does_not_file_its_own_major(planned, school_admin):
    filing.make(school_admin, planned.pk, "submit")
    with pytest.raises(PermissionDenied):
        filing.make(school_admin, planned.pk, "file")


def test_sending_back_needs_an_opinion(planned, school_admin, office):
    filing.make(school_admin, planned.pk, "submit")
    with pytest.raises(Refused, match="意见"):
        filing.make(office, planned.pk, "return", " ")


def test_a_major_without_a_catalogue_code_is_not_submitted(school_admin):
    plain = offerings.create(school_admin, {**PLAN, "code": "660301", "name": "机电技术应用"})
    with pytest.raises(Refused, match="660301"):
        filing.make(school_admin, plain.pk, "submit")


def test_a_state_controlled_major_needs_its_approval(school_admin, office):
    reference.load_codes(System.MAJOR, ["520101K"])
    nursing = offerings.create(school_admin, {**PLAN, "code": "520101K", "filing_number": "备-9"})
    filing.make(school_admin, nursing.pk, "submit")
    with pytest.raises(Refused, match="国控"):
        filing.make(office, nursing.pk, "file")


def test_a_major_with_classes_in_training_is_not_revoked(school_admin, offering, cohort):
    filing.make(school_admin, offering.pk, "stop", "生源不足")
    with pytest.raises(Refused, match="1 个班级"):
        filing.make(school_admin, offering.pk, "revoke", "撤")


def test_the_filing_number_of_a_running_major_is_not_taken_away(school_admin, offering):
    with pytest.raises(Refused, match="备案号"):
        offerings.change(school_admin, offering.pk, {"filing_number": ""})


def test_a_school_confirms_all_its_majors_at_once(school_admin, make_offering, other_school):
    make_offering(confirmed_on=None)
    make_offering(confirmed_on=None, school=other_school)
    assert offerings.confirm_all(school_admin) == 1
    assert MajorOffering.objects.filter(confirmed_on=clock.today()).count() == 1


def test_a_major_is_linked_once_its_catalogue_is_loaded(school_admin):
    plain = offerings.create(school_admin, {**PLAN, "code": "660301", "name": "机电技术应用"})
    assert offerings.link_loaded() == 0
    item = CodeItem("660301", "机电技术应用", "", 3)
    reference.load_items(System.MAJOR, [item])
    assert offerings.link_loaded() == 1
    plain.refresh_from_db()
    assert plain.major.code == "660301"


def test_a_school_is_asked_once_to_confirm_and_the_request_ends_with_the_act(
    school_admin, make_offering
):
    make_offering(confirmed_on=clock.today() - timedelta(days=400))
    assert reminding.remind_stale() == 1
    reminding.remind_stale()
    waiting = Todo.objects.filter(organisation_id=school_admin.organisation_id, done_at=None)
    assert waiting.count() == 1
    offerings.confirm_all(school_admin)
    assert waiting.count() == 0
    assert reminding.remind_stale() == 0


def test_a_year_is_reported_and_corrected_with_a_trace(school_admin, offering):
    offerings.report_year(school_admin, offering.pk, 2026, {"enrolled": 90})
    offerings.report_year(school_admin, offering.pk, 2026, {"enrolled": 91})
    assert offering.years.get().enrolled == 91
    acts = AuditEntry.objects.filter(act__startswith="offering.year").values_list("act", flat=True)
    assert sorted(acts) == ["offering.year_corrected", "offering.year_reported"]


@pytest.mark.parametrize(
    ("year", "fields", "says"),
    [
        (1990, {"enrolled": 1}, "1990"),
        (2026, {"enrolled": 1, "admitted": 3, "registered": 4}, "4"),
        (2026, {"enrolled": 1, "graduates": 3, "further_study": 5}, "5"),
    ],
)
def test_impossible_years_are_refused_with_the_numbers(school_admin, offering, year, fields, says):
    with pytest.raises(Refused, match=says):
        offerings.report_year(school_admin, offering.pk, year, fields)


def test_a_class_is_named_once_and_taught_by_the_schools_own_teacher(
    school_admin, offering, teacher, other_school_admin
):
    fields = {"grade": 2026, "class_name": "甲", "graduates_on": date(2029, 6, 1)}
    made = offerings.open_cohort(
        school_admin, offering.pk, {**fields, "teacher_id": teacher.user_id}
    )
    assert made.teacher_id == teacher.user_id
    with pytest.raises(Refused, match="甲"):
        offerings.open_cohort(school_admin, offering.pk, fields)
    with pytest.raises(Refused, match="本校"):
        offerings.change_cohort(school_admin, made.pk, {"teacher_id": other_school_admin.user_id})
    with pytest.raises(Refused, match="2026"):
        offerings.change_cohort(school_admin, made.pk, {"graduates_on": date(2026, 6, 1)})


def test_everybody_sees_open_majors_and_only_the_school_and_office_see_the_rest(
    office, school_admin, other_school_admin, company_hr, make_offering, cohort
):
    make_offering(direction="拟设", state="planned", filing_number="")
    seen = {
        who: offerings_visible_to(who).count()
        for who in (office, school_admin, other_school_admin, company_hr)
    }
    assert list(seen.values()) == [2, 2, 1, 1]
    assert offerings_with_figures_for(other_school_admin).count() == 0
    assert cohorts_visible_to(company_hr).count() == 0
    assert cohorts_visible_to(office).get().size == 40


@pytest.fixture
def student(school, offering, cohort):
    person = Person.objects.create(
        name="甲生", kind="student", organisation=school, phone="13800000000",
        birth_on=clock.today() - timedelta(days=365 * 16),
    )  # fmt: skip
    return Student.objects.create(
        person=person, school=school, offering=offering, cohort=cohort, number="S1", grade=2024
    )


def test_a_teacher_sees_the_own_class_only(student, teacher, cohort):
    assert not students_visible_to(teacher)
    cohort.teacher_id = teacher.user_id
    cohort.save()
    assert list(students_visible_to(teacher)) == [student]


@pytest.mark.parametrize("who", ["office", "company_hr", "other_school_admin"])
def test_no_office_company_or_other_school_sees_students(who, student, request):
    actor = request.getfixturevalue(who)
    assert not students_visible_to(actor)
    with pytest.raises(PermissionDenied):
        students.read_contact(actor, student.pk, "想看")


def test_a_minors_contact_opens_with_a_reason_and_leaves_a_trace(student, school_admin):
    with pytest.raises(Refused, match="原因"):
        students.read_contact(school_admin, student.pk)
    assert students.read_contact(school_admin, student.pk, "家长联系").phone == "13800000000"
    entry = AuditEntry.objects.get(act="student.contact_read")
    assert (entry.label, entry.details["reason"]) == ("S1", "家长联系")


def test_the_class_teacher_reads_a_contact_without_a_reason_but_not_without_a_trace(
    student, teacher, cohort
):
    cohort.teacher_id = teacher.user_id
    cohort.save()
    assert students.read_contact(teacher, student.pk).phone
    assert AuditEntry.objects.filter(act="student.contact_read").count() == 1


def test_a_child_under_fourteen_stays_only_with_a_guardians_consent(student, school_admin):
    student.person.birth_on = clock.today() - timedelta(days=365 * 13)
    student.person.save()
    with pytest.raises(Refused, match="监护人"):
        students.change(school_admin, student.pk, {"phone": "1"})
    students.change(school_admin, student.pk, {"guardian_consent": True})
    student.refresh_from_db()
    assert student.guardian_consent_on == clock.today()


def test_a_student_is_not_put_into_a_class_of_another_major(student, school_admin, make_offering):
    other = offerings.open_cohort(
        school_admin, make_offering("460302").pk,
        {"grade": 2024, "class_name": "乙", "graduates_on": date(2027, 6, 1)},
    )  # fmt: skip
    with pytest.raises(Refused, match="专业"):
        students.change(school_admin, student.pk, {"cohort": other})


def test_a_person_with_grants_elsewhere_acts_in_one_school_at_a_time(
    student, sign_up, school, other_school
):
    user = sign_up(Role.SCHOOL_ADMIN, other_school)
    assert not students_visible_to(actor_for(user, organisation_id=other_school.pk))
