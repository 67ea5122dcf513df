"""Acts on students: change a record, and read a phone number, which leaves a trace each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.supply.ages import CONSENT_BELOW, MINOR_BELOW, age_on
from chanjiao.supply.choices import ON_ROLL
from chanjiao.supply.models import Student
from chanjiao.supply.policies import can_read_contact, can_write_students, is_class_teacher


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str
    birth_on: date | None


@transaction.atomic
def read_contact(actor: Actor, student_id: int, reason: str = "") -> Contact:
    """Give phone and date of birth, and record who asked and why.

    Outside the own class a minor's record opens only with a reason (未成年人网络保护条例 36).
    """
    student = _locked(student_id)
    require(can_read_contact(actor, student))
    reason = reason.strip()
    if _needs_reason(actor, student) and not reason:
        raise Refused(
            _("该生未满 %(age)s 周岁，请写明查看联系方式的原因。")
            % {"age": MINOR_BELOW},
            code="reason_missing", field="reason",
        )  # fmt: skip
    audit.record(actor, "student.contact_read", student, reason=reason[:200])
    return Contact(student.person.phone, student.person.birth_on)


@transaction.atomic
def change(actor: Actor, student_id: int, fields: Mapping[str, Any]) -> Student:
    """Change name, phone, class, status or consent; the identity number changes by sheet only."""
    student = _locked(student_id)
    require(can_write_students(actor, student.school_id))
    _check(student, fields)
    person = student.person
    for name in ("name", "phone"):
        if name in fields:
            setattr(person, name, fields[name])
    for name in ("cohort", "status", "guardian_consent"):
        if name in fields:
            setattr(student, name, fields[name])
    _date_consent(student)
    person.save()
    student.save()
    audit.record(actor, "student.changed", student, fields=sorted(fields))
    return student


def _check(student: Student, fields: Mapping[str, Any]) -> None:
    cohort = fields.get("cohort")
    if cohort is not None and cohort.offering_id != student.offering_id:
        raise Refused(_("班级不属于该生所学专业。"), code="class_of_another_major", field="cohort")
    status = fields.get("status", student.status)
    if status in ON_ROLL and student.status not in ON_ROLL:
        others = Student.objects.filter(person_id=student.person_id, status__in=ON_ROLL)
        if others.exclude(pk=student.pk).exists():
            raise Refused(_("该生已在另一学籍在籍。"), code="on_another_roll", field="status")
    consents = fields.get("guardian_consent", student.guardian_consent)
    age = age_on(student.person.birth_on, clock.today())
    if status in ON_ROLL and not consents and age is not None and age < CONSENT_BELOW:
        raise Refused(
            _("该生未满 %(age)s 周岁，须有监护人同意。") % {"age": CONSENT_BELOW},
            code="guardian_consent_missing", field="guardian_consent",
        )  # fmt: skip


def _date_consent(student: Student) -> None:
    if not student.guardian_consent:
        student.guardian_consent_on = None
    elif student.guardian_consent_on is None:
        student.guardian_consent_on = clock.today()


def _needs_reason(actor: Actor, student: Student) -> bool:
    is_own = student.person.user_id is not None and student.person.user_id == actor.user_id
    if is_own or is_class_teacher(actor, student.cohort):
        return False
    age = age_on(student.person.birth_on, clock.today())
    return age is None or age < MINOR_BELOW


def _locked(student_id: int) -> Student:
    rows = Student.objects.select_for_update(of=("self",))
    return rows.select_related("person", "cohort").get(pk=student_id)
