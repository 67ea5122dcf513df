"""The sheet of students. The identity number is sealed as it is read and never written again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.identities import identity_hash
from chanjiao.core.sheets import Change, Key, Progress, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.supply.ages import CONSENT_BELOW, MINOR_BELOW, age_on
from chanjiao.supply.choices import ON_ROLL, StudentStatus
from chanjiao.supply.models import Student
from chanjiao.supply.queries import students_visible_to
from chanjiao.supply.sheets import rolls
from chanjiao.supply.sheets.majors import CODE, DIRECTION, LEVEL, OfferingIndex, major_checker
from chanjiao.supply.sheets.schools import BATCH, SCHOOL, SchoolSheet

STATUSES = {
    StudentStatus.ENROLLED: ("在籍", "On roll", "在读", "在校"),
    StudentStatus.SUSPENDED: ("休学", "Suspended"),
    StudentStatus.WITHDRAWN: ("退学", "Withdrawn"),
    StudentStatus.GRADUATED: ("毕业", "Graduated", "已毕业"),
    StudentStatus.COMPLETED: ("结业", "Completed"),
}


def sealed(number: str) -> str:
    """A checked identity number as keyed hash and date of birth: all that may go on from here."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return f"{identity_hash(number)} {born.isoformat()}"


def born_on(row: Mapping[str, Any]) -> date | None:
    """The date of birth a row gives, in its own column or within the sealed number."""
    given, seal = row.get("birth_on"), row.get("identity_number")
    if isinstance(given, date):
        return given
    return rolls.unsealed(str(seal))[1] if seal else None


def birth_agrees(row: Mapping[str, Any]) -> Iterable[Problem]:
    given, seal = row.get("birth_on"), row.get("identity_number")
    if isinstance(given, date) and seal and rolls.unsealed(str(seal))[1] != given:
        yield Problem(
            "birth_on", "birth_differs", "出生日期与身份证号中的日期不一致。",
            "The date of birth is not the one in the identity number.",
            "请核对这两列。", "Check both columns.",
        )  # fmt: skip


def guardian_of_a_minor(row: Mapping[str, Any]) -> Iterable[Problem]:
    """Under 14 nothing is kept without a guardian's consent; under 18 the school is reminded."""
    age = age_on(born_on(row), clock.today())
    is_on_roll = (row.get("status") or StudentStatus.ENROLLED) in ON_ROLL
    if age is None or age >= MINOR_BELOW or not is_on_roll or row.get("guardian_consent"):
        return
    is_child = age < CONSENT_BELOW
    yield Problem(
        "guardian_consent", "guardian_consent_missing",
        f"该生未满 {CONSENT_BELOW if is_child else MINOR_BELOW} 周岁，没有监护人同意。",
        f"The student is under {CONSENT_BELOW if is_child else MINOR_BELOW}"
        " and no guardian has consented.",
        "请取得监护人同意后填“是”。", "Obtain the guardian's consent, then answer yes.",
        warning=not is_child,
    )  # fmt: skip


class StudentSheet(SchoolSheet):
    thing = "student"
    is_personal = True
    sheet = Sheet(
        "students", "学生", "Students",
        (
            SCHOOL,
            Column("number", "学号", "Student number", "code", required=True, max_length=30,
                   aliases=("学籍号",), example="20240101"),
            Column("name", "姓名", "Name", "text", required=True, max_length=40, personal=True,
                   aliases=("学生姓名",)),
            Column("identity_number", "身份证号", "Identity number", "identity_number",
                   personal=True, aliases=("身份证件号", "公民身份号码", "身份证"),
                   note_zh="新登记的学生必填；系统只保存加密摘要，导出时为空。",
                   note_en="New students need it; only a keyed hash is kept, never exported."),
            Column("birth_on", "出生日期", "Date of birth", "date", personal=True,
                   aliases=("出生年月日", "生日")),
            CODE, DIRECTION, LEVEL,
            Column("grade", "入学年份", "Starting year", "year", required=True,
                   aliases=("年级", "入学年级"), example="2024"),
            Column("class_name", "班级", "Class", "text", max_length=40,
                   aliases=("班级名称", "班名"),
                   note_zh="可不填：该专业年级只有一个班时自动归入。",
                   note_en="Blank: the only class of that major and year."),
            Column("phone", "手机号", "Mobile", "phone", personal=True,
                   aliases=("手机", "联系电话", "电话")),
            Column("guardian_consent", "监护人同意", "Guardian consents", "boolean"),
            Column("status", "学籍", "Status", "choice",
                   choices={k.value: v for k, v in STATUSES.items()},
                   aliases=("学籍状态", "学生状态")),
        ),
        key=("school", "number"),
        checks=(birth_agrees, guardian_of_a_minor),
    )  # fmt: skip

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        return {"code": major_checker(), "identity_number": sealed}

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        rows = super().completed(actor, rows)
        index = OfferingIndex(self.schools(actor, rows).values())
        return [index.filled(row) for row in rows]

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        rows = _rows(actor).filter(school__name__in={key[0] for key in keys})
        return {
            (row.school.name, row.number): _values(row, with_seal=True)
            for row in rows.iterator(chunk_size=BATCH)
        }

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = _filtered(_rows(actor), filters)
        for row in rows.order_by("school_id", "number").iterator(chunk_size=BATCH):
            yield _values(row, with_seal=False)

    def keys(self, actor: Actor) -> Iterable[Key]:
        yield from _rows(actor).values_list("school__name", "number").iterator(chunk_size=5000)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        schools = self.schools(actor, rows)
        found = [*self.school_problems(rows, schools), *self.repeated(rows)]
        return found + rolls.problems(rows, schools)

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        rolls.write(actor, self.ids_for(actor, changes), changes, progress)


def _rows(actor: Actor) -> Any:
    """Only those who may change students get this far: see ``exchange.policies.can_export``."""
    return students_visible_to(actor)


def _filtered(rows: Any, filters: Mapping[str, str]) -> Any:
    for name, field in (("grade", "grade"), ("offering", "offering_id"), ("cohort", "cohort_id")):
        if filters.get(name, "").isdecimal():
            rows = rows.filter(**{field: int(filters[name])})
    if filters.get("status"):
        rows = rows.filter(status=filters["status"])
    text = filters.get("q", "").strip()
    return rows.filter(number__startswith=text) if text else rows


def _values(row: Student, *, with_seal: bool) -> Values:
    person, offering = row.person, row.offering
    seal = None
    if with_seal and person.identity_hash:
        seal = f"{person.identity_hash} {person.birth_on.isoformat() if person.birth_on else ''}"
    return {
        "school": row.school.name, "number": row.number, "name": person.name,
        "identity_number": seal, "birth_on": person.birth_on,
        "code": offering.code, "direction": offering.direction or None, "level": offering.level,
        "grade": row.grade, "class_name": row.cohort.class_name if row.cohort else None,
        "phone": person.phone or None, "guardian_consent": row.guardian_consent,
        "status": row.status,
    }  # fmt: skip
