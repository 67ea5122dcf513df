from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import JobRun, TimeStamped
from chanjiao.gaps.choices import Side, StudyState
from chanjiao.organisations.models import Organisation


class GapStudy(TimeStamped):
    """Supply held against demand on one day, with everything it was computed from.

    Lines, crosswalk, trees and parameters are frozen with it; their hash says whether two
    studies stand on the same ground, the results' hash whether they say the same.
    """

    title = models.CharField(_("名称"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    as_of = models.DateField(_("数据截至"))
    state = models.CharField(
        _("状态"), max_length=8, choices=StudyState, default=StudyState.WAITING
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)
    run = models.ForeignKey(
        JobRun, verbose_name=_("后台任务"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    parameters = models.JSONField(_("参数"), default=dict)
    reference = models.JSONField(_("代码与对照"), default=dict)
    totals = models.JSONField(_("总计"), default=dict)
    inputs_hash = models.CharField(_("输入哈希"), max_length=64, blank=True)
    results_hash = models.CharField(_("结果哈希"), max_length=64, blank=True)
    computed_at = models.DateTimeField(_("计算时间"), null=True, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("缺口分析")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="gap_study_published_only_when_done",
                condition=Q(published_at__isnull=True) | Q(state=StudyState.DONE),
                violation_error_message=_("只有已完成的分析可以公开。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.state == StudyState.DONE


class GapLine(models.Model):
    """One row of either side as it stood when the study froze it; figures open these.

    ``people`` is the headcount still looked for, or the size of a class; ``leavers`` how many
    of a class were counted as looking for work. Codes are those of ``GapStudy.reference``.
    """

    study = models.ForeignKey(
        GapStudy, verbose_name=_("缺口分析"), on_delete=models.CASCADE, related_name="lines"
    )
    side = models.CharField(_("方向"), max_length=6, choices=Side)
    source_id = models.BigIntegerField(_("来源记录"))
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("名称"), max_length=120)
    code = models.CharField(_("代码"), max_length=20, blank=True)
    people = models.PositiveIntegerField(_("人数"), null=True)
    loss = models.DecimalField(_("流失率"), max_digits=7, decimal_places=6, null=True)
    further = models.DecimalField(_("升学率"), max_digits=7, decimal_places=6, null=True)
    leavers = models.PositiveIntegerField(_("预计求职"), null=True)
    area = models.CharField(_("区域"), max_length=32, blank=True)
    node = models.CharField(_("产业链环节"), max_length=80, blank=True)
    industry = models.CharField(_("行业"), max_length=12, blank=True)
    basis = models.CharField(_("依据"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("缺口分析明细")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "side", "source_id"], name="gap_line_once")
        ]
        indexes = [
            models.Index(fields=["study", "side", "-people", "id"], name="gap_line_by_people"),
            models.Index(fields=["study", "side", "code"], name="gap_line_by_code"),
            models.Index(fields=["study", "side", "area"], name="gap_line_by_area"),
            models.Index(fields=["study", "side", "node"], name="gap_line_by_node"),
            models.Index(fields=["study", "side", "industry"], name="gap_line_by_industry"),
        ]

    def __str__(self) -> str:
        return self.title
