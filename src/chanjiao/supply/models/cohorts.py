from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.supply.models.offerings import MajorOffering


class Cohort(TimeStamped):
    """The people who started a major together in one class, and the month they should finish.

    ``declared_size`` counts only while no students are on the register: rows beat a typed number.
    """

    offering = models.ForeignKey(
        MajorOffering, verbose_name=_("开设专业"), on_delete=models.PROTECT, related_name="cohorts"
    )
    grade = models.PositiveSmallIntegerField(_("入学年份"))
    class_name = models.CharField(_("班级"), max_length=40)
    declared_size = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    graduates_on = models.DateField(_("预计毕业"))
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("班主任"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="cohorts",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("班级与届次")
        ordering = ["-grade", "offering__code", "class_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "grade", "class_name"],
                name="cohort_once",
                violation_error_message=_("该专业这一年级已有同名班级。"),
            ),
        ]
        indexes = [models.Index(fields=["graduates_on"], name="cohort_by_graduation")]

    @property
    def graduation_year(self) -> int:
        return self.graduates_on.year

    def __str__(self) -> str:
        return f"{self.grade} {self.class_name}"
