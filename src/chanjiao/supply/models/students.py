from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.organisations.models import Organisation, Person
from chanjiao.supply.choices import ON_ROLL, StudentStatus
from chanjiao.supply.models.cohorts import Cohort
from chanjiao.supply.models.offerings import MajorOffering


class Student(TimeStamped):
    """A person on one school's roll. Name, phone and identity hash stand with the person.

    The identity number itself is nowhere: not here, not in previews, not in exports.
    """

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="studies"
    )
    school = models.ForeignKey(
        Organisation, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="students"
    )
    offering = models.ForeignKey(
        MajorOffering, verbose_name=_("开设专业"), on_delete=models.PROTECT, related_name="students"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("班级"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="students",
    )  # fmt: skip
    number = models.CharField(_("学号"), max_length=30)
    grade = models.PositiveSmallIntegerField(_("入学年份"))
    status = models.CharField(
        _("学籍"), max_length=10, choices=StudentStatus, default=StudentStatus.ENROLLED
    )
    guardian_consent = models.BooleanField(_("监护人同意"), default=False)
    guardian_consent_on = models.DateField(_("监护人同意登记日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学生")
        ordering = ["school_id", "-grade", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number"],
                name="student_number_once_a_school",
                violation_error_message=_("该校已有同一学号。"),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=sorted(ON_ROLL)),
                name="student_on_one_roll_at_a_time",
                violation_error_message=_("此人已在籍，不能同时在两处在籍。"),
            ),
        ]
        indexes = [models.Index(fields=["school", "status"], name="student_of_school")]

    def __str__(self) -> str:
        """The number only: labels end up in logs and the audit chain, where no names belong."""
        return self.number
