"""Who may write supply, see its figures, and see a student's name or phone."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach
from chanjiao.supply.choices import OfferingState
from chanjiao.supply.models import Cohort, MajorOffering, Student


def can_write_for(actor: Actor, school_id: int | None) -> bool:
    """A school writes its own supply; nobody writes it for another."""
    return actor.may_here("supply", Action.UPDATE, school_id)


def can_change(actor: Actor, offering: MajorOffering) -> bool:
    """What has been revoked is history."""
    is_open = offering.state != OfferingState.REVOKED
    return is_open and can_write_for(actor, offering.school_id)


def can_decide_filing(actor: Actor, offering: MajorOffering) -> bool:
    return actor.may_all("supply", Action.APPROVE)


def can_see_figures(actor: Actor, school_id: int | None) -> bool:
    """That a major is offered is public; how many sit in it is the school's and the office's."""
    return actor.may_here("supply_figures", Action.READ, school_id)


def can_write_students(actor: Actor, school_id: int | None) -> bool:
    return actor.may_here("student", Action.UPDATE, school_id)


def is_class_teacher(actor: Actor, cohort: Cohort | None) -> bool:
    return cohort is not None and actor.user_id is not None and cohort.teacher_id == actor.user_id


def can_name_students_of(actor: Actor, cohort: Cohort) -> bool:
    """A teacher knows the own class by name; of other classes only the size is shown."""
    reaches = actor.reaches("student")
    school_id = cohort.offering.school_id
    if Reach.ORGANISATION in reaches or Reach.ALL in reaches:
        return actor.may_here("student", Action.READ, school_id)
    return Reach.CLASS in reaches and is_class_teacher(actor, cohort)


def can_read_contact(actor: Actor, student: Student) -> bool:
    """The school, the own class's teacher, and the student; each reading is recorded."""
    reaches = actor.reaches("student_contact")
    if Reach.ORGANISATION in reaches and student.school_id == actor.organisation_id:
        return True
    if Reach.CLASS in reaches and is_class_teacher(actor, student.cohort):
        return student.school_id == actor.organisation_id
    return Reach.OWN in reaches and student.person.user_id == actor.user_id
