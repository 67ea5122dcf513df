"""Supply by spreadsheet: what comes in, what is refused and why, what goes out, and undo."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from chanjiao.core import clock, files
from chanjiao.core.reference import load_parameters
from chanjiao.core.sheets import handlers
from chanjiao.exchange.models import ImportRow
from chanjiao.exchange.services import exports, forgetting, imports, loading
from chanjiao.organisations.models import Person
from chanjiao.standards.choices import System
from chanjiao.standards.services import reference
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear, Student
from tests.supply.people import identity, student_row, table

OFFERING = {
    "专业代码": "460301", "层次": "高职", "学制": "3", "设置状态": "在招", "备案号": "浙备-1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def reference_data(db):
    load_parameters()
    reference.load_codes(System.MAJOR, ["460301", "460302", "520101K"])


@pytest.fixture
def load(school_admin, django_capture_on_commit_callbacks):
    """Through the whole way a file takes: received, checked, confirmed, applied."""

    def make(sheet, *rows, update=False, actor=school_admin):
        with django_capture_on_commit_callbacks(execute=True):
            job = imports.receive(actor, handlers()[sheet], table(list(rows)), "表.csv")
        job.refresh_from_db()
        if job.state == "previewed" and (job.new or job.changed):
            with django_capture_on_commit_callbacks(execute=True):
                imports.confirm(actor, job.pk, updates_existing=update)
            job.refresh_from_db()
        return job

    return make


def codes(job):
    return sorted(fault["code"] for fault in job.faults)


def test_offerings_come_in_for_the_own_school_coded_and_confirmed(load, school):
    job = load("major_offerings", OFFERING, {**OFFERING, "专业代码": "460302", "设置状态": "拟设"})
    assert job.state == "applied", job.faults
    found = MajorOffering.objects.get(code="460301")
    assert (found.school, found.major.code, found.name) == (school, "460301", found.major.name)
    assert (found.state, found.confirmed_on) == ("open", clock.today())


def test_the_same_file_twice_changes_nothing(load):
    load("major_offerings", OFFERING)
    again = load("major_offerings", OFFERING)
    assert (again.state, again.unchanged) == ("previewed", 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"专业代码": "469999"}, "unknown_code"),
        ({"备案号": ""}, "filing_number_missing"),
        ({"学校": "乙中等专业学校"}, "school_not_yours"),
        ({"专业代码": "520101K"}, "approval_missing"),
        ({"设置状态": "待备案", "备案号": ""}, "state_by_page"),
        ({"学制": "30"}, None),
    ],
)
def test_what_is_wrong_with_an_offering_is_named(load, other_school, change, code):
    job = load("major_offerings", {**OFFERING, **change})
    assert job.state == "refused"
    assert code is None or codes(job) == [code]
    assert not MajorOffering.objects.exists()


def test_a_code_of_a_catalogue_not_loaded_is_kept_with_a_warning(load):
    job = load("major_offerings", {**OFFERING, "专业代码": "660301", "专业名称": "机电技术应用"})
    assert job.state == "applied"
    assert [w["code"] for w in job.warnings] == ["catalogue_not_loaded"]
    assert MajorOffering.objects.get().major is None


def test_the_state_of_an_offering_is_not_changed_by_a_sheet(load):
    load("major_offerings", OFFERING)
    job = load("major_offerings", {**OFFERING, "设置状态": "停招"}, update=True)
    assert codes(job) == ["state_by_page"]


def test_the_same_offering_twice_in_a_file_is_refused_with_its_row(load):
    job = load("major_offerings", OFFERING, {**OFFERING, "学制": "2"})
    assert (codes(job), job.faults[0]["row"]) == (["row_twice"], 3)


def test_years_find_their_offering_by_code_alone(load, offering):
    row = {"专业代码": "460301", "学年": "2026", "在校生": "120", "毕业生": "40"}
    assert load("major_years", row).state == "applied"
    assert load("major_years", row).unchanged == 1
    year = MajorYear.objects.get()
    assert (year.offering, year.enrolled, year.plan) == (offering, 120, None)


def test_years_of_a_major_with_two_directions_must_say_which(load, make_offering):
    make_offering(direction="甲")
    make_offering(direction="乙")
    row = {"专业代码": "460301", "学年": "2026", "在校生": "1"}
    assert codes(load("major_years", row)) == ["offering_unclear"]
    assert load("major_years", {**row, "专业方向": "乙"}).state == "applied"


def test_a_year_in_which_more_study_on_than_graduate_is_refused(load, offering):
    row = {"专业代码": "460301", "学年": "2026", "在校生": "9", "毕业生": "3", "其中升学": "4"}
    assert codes(load("major_years", row)) == ["more_than_there_are"]


def test_a_class_finishes_when_its_major_takes_so_long(load, offering):
    row = {"专业代码": "460301", "入学年份": "2024", "班级": "机电2402", "人数": "41"}
    assert load("cohorts", row).state == "applied"
    assert Cohort.objects.get().graduates_on == date(2027, 6, 1)


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("cohorts", {"专业代码": "460301", "入学年份": "2025", "班级": "甲"}),
        ("major_years", {"专业代码": "460301", "学年": "2026", "在校生": "90"}),
    ],
)
def test_an_offering_that_went_after_the_preview_refuses_the_whole_file(
    school_admin, offering, django_capture_on_commit_callbacks, sheet, row
):
    with django_capture_on_commit_callbacks(execute=True):
        job = imports.receive(school_admin, handlers()[sheet], table([row]), "表.csv")
    MajorOffering.objects.update(state="revoked")
    with django_capture_on_commit_callbacks(execute=True):
        imports.confirm(school_admin, job.pk, updates_existing=False)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "460301" in job.note
    assert not Cohort.objects.exists()
    assert not MajorYear.objects.exists()


@pytest.mark.parametrize("sheet", ["cohorts", "major_years"])
def test_what_is_exported_comes_back_unchanged_months_included(
    load, school_admin, offering, django_capture_on_commit_callbacks, sheet
):
    load("cohorts", {"专业代码": "460301", "入学年份": "2025", "班级": "甲", "预计毕业": "2028-07"})
    load("major_years", {"专业代码": "460301", "学年": "2026", "在校生": "90"})
    out = exports.export(school_admin, handlers()[sheet], {}, fmt="xlsx", language="zh")
    with django_capture_on_commit_callbacks(execute=True):
        job = imports.receive(school_admin, handlers()[sheet], out.content, "表.xlsx")
    job.refresh_from_db()
    assert (job.state, job.new, job.changed, job.unchanged) == ("previewed", 0, 0, 1), job.faults


def test_a_class_of_a_major_the_school_does_not_offer_is_refused(load, school):
    row = {"专业代码": "460302", "入学年份": "2024", "班级": "甲"}
    assert codes(load("cohorts", row)) == ["not_offered"]


def test_a_teacher_of_another_school_takes_no_class(load, offering, other_school_admin):
    row = {
        "专业代码": "460301", "入学年份": "2024", "班级": "甲",
        "班主任邮箱": f"sa{other_school_admin.organisation_id}@example.test",
    }  # fmt: skip
    assert codes(load("cohorts", row)) == ["unknown_teacher"]


def test_students_join_the_only_class_and_leave_no_identity_number_anywhere(load, cohort):
    number = student_row(1)["身份证号"]
    job = load("students", student_row(1), student_row(2))
    assert job.state == "applied", job.faults
    found = Student.objects.select_related("person").get(number="202400001")
    assert found.cohort == cohort
    assert len(found.person.identity_hash) == 64
    assert not ImportRow.objects.filter(after__icontains=number).exists()
    kept = [p for p in Path(settings.FILE_STORE).rglob("*") if p.is_file()]
    assert not any(number.encode() in path.read_bytes() for path in kept)
    job.refresh_from_db()
    assert number not in str(job.layout)
    assert not files.is_kept(job.file)


def test_a_refused_file_of_students_is_forgotten_when_nobody_decides(
    load, offering, django_capture_on_commit_callbacks
):
    job = load("students", student_row(1, 学号=""))
    assert (job.state, files.is_kept(job.file)) == ("refused", True)
    with clock.standing_at(clock.now() + forgetting.UNDECIDED_FOR * 2):
        with django_capture_on_commit_callbacks(execute=True):
            assert forgetting.forget_personal() == 1
        assert not files.is_kept(job.file)
        assert forgetting.forget_personal() == 0


def test_rows_of_an_import_that_can_no_longer_be_undone_are_forgotten(load, cohort):
    job = load("students", student_row(1))
    assert job.rows.exists()
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        assert forgetting.forget_personal() == 1
    assert not job.rows.exists()
    assert Student.objects.exists()


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_the_export_of_students_has_no_identity_number_and_comes_back_unchanged(
    load, cohort, school_admin, fmt
):
    load("students", student_row(1), student_row(2))
    sheet = handlers()["students"]
    assert all(row["identity_number"] is None for row in sheet.rows(school_admin, {}))
    out = exports.export(school_admin, sheet, {}, fmt=fmt, language="zh")
    done = loading.load(school_admin, sheet, out.content, out.name, updates_existing=True)
    assert (done["new"], done["updated"], done["unchanged"]) == (0, 0, 2)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"身份证号": "999999200505010019"}, "identity_check"),
        ({"出生日期": "2005-05-02"}, "birth_differs"),
        ({"身份证号": ""}, "identity_number_missing"),
        ({"专业代码": "460302"}, "not_offered"),
        ({"班级": "没有的班"}, "unknown_class"),
    ],
)
def test_what_is_wrong_with_a_student_is_named_without_the_number(load, cohort, change, code):
    job = load("students", {**student_row(1), **change})
    assert job.state == "refused"
    assert len(codes(job)) == 1
    assert code == "identity_check" or codes(job) == [code]
    assert student_row(1)["身份证号"][:14] not in str(job.faults)
    assert not Student.objects.exists()


def test_a_child_under_fourteen_needs_a_guardian_and_a_minor_a_reminder(load, cohort):
    child, minor = date(2013, 5, 1), date(2010, 5, 1)
    with clock.standing_at(clock.now().replace(year=2026, month=11, day=24)):
        assert codes(load("students", student_row(1, child))) == ["guardian_consent_missing"]
        assert load("students", student_row(1, child, 监护人同意="是")).state == "applied"
        job = load("students", student_row(2, minor))
    assert (job.state, [w["code"] for w in job.warnings]) == (
        "applied", ["guardian_consent_missing"],
    )  # fmt: skip


def test_nobody_is_on_roll_twice(load, cohort, other_school_admin, make_offering, other_school):
    make_offering(school=other_school)
    load("students", student_row(1))
    elsewhere = load("students", student_row(1, 学号="Z-9"), actor=other_school_admin)
    assert codes(elsewhere) == ["on_another_roll"]
    assert "甲职业技术学院" not in str(elsewhere.faults)
    twice = load("students", student_row(7), student_row(8, 身份证号=student_row(7)["身份证号"]))
    assert codes(twice) == ["identity_number_twice"]


def test_a_graduate_who_studies_on_is_the_same_person(
    load, cohort, other_school_admin, make_offering, other_school
):
    make_offering(school=other_school)
    before = student_row(1, 学号="Z-1", 学籍="毕业")
    load("students", before, actor=other_school_admin)
    assert load("students", student_row(1)).state == "applied"
    assert Person.objects.count() == 1
    assert Student.objects.count() == 2


def test_undo_takes_students_and_their_persons_away_again(load, cohort, school_admin):
    job = load("students", student_row(1), student_row(2))
    imports.undo(school_admin, job.pk)
    assert (Student.objects.count(), Person.objects.count()) == (0, 0)


def test_undo_of_a_change_puts_back_what_was_blank(load, cohort, school_admin):
    load("students", student_row(1, 手机号=""))
    job = load("students", student_row(1, 学籍="休学"), update=True)
    assert Student.objects.get().person.phone
    imports.undo(school_admin, job.pk)
    student = Student.objects.select_related("person").get()
    assert (student.person.phone, student.status, student.cohort) == ("", "enrolled", cohort)


def test_a_student_keeps_the_class_when_the_sheet_names_none(load, cohort, offering):
    load("students", student_row(1, 班级="机电2401"))
    Cohort.objects.create(
        offering=offering, grade=2024, class_name="机电2402", graduates_on=date(2027, 6, 1)
    )
    load("students", student_row(1, 手机号="13900000000"), update=True)
    student = Student.objects.select_related("person").get()
    assert (student.cohort, student.person.phone) == (cohort, "13900000000")


def test_a_teacher_and_the_office_neither_import_nor_export_students(teacher, office, load, cohort):
    from django.core.exceptions import PermissionDenied

    for actor in (teacher, office):
        with pytest.raises(PermissionDenied):
            load("students", student_row(1), actor=actor)
        with pytest.raises(PermissionDenied):
            exports.export(actor, handlers()["students"], {}, fmt="csv", language="zh")


def test_identity_numbers_of_the_tests_belong_to_no_place():
    assert identity(date(2005, 5, 1)).startswith("999999")
