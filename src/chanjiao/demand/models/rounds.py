from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.demand.choices import NothingReason, Period, RoundState, Source, TargetState
from chanjiao.organisations.models import Organisation


class SurveyRound(TimeStamped):
    """One collection of talent demand: who is asked, from when until when, with which form.

    ``frame`` keeps how the sample was drawn (areas, sizes, industries, target number), since a
    published figure owes its readers the sample and the response rate.
    """

    title = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    period = models.CharField(_("周期"), max_length=8, choices=Period)
    quarter = models.PositiveSmallIntegerField(_("季度"), null=True, blank=True)
    frame = models.JSONField(_("样本框"), default=dict, blank=True)
    opens_on = models.DateField(_("开始日期"))
    closes_on = models.DateField(_("截止日期"))
    instrument = models.CharField(_("问卷版本"), max_length=40, default="1")
    note = models.TextField(_("填报说明"), blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=RoundState, default=RoundState.DESIGN
    )

    class Meta:
        verbose_name = verbose_name_plural = _("征集批次")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="survey_round_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("截止日期须不早于开始日期。"),
            ),
            models.CheckConstraint(
                name="survey_round_quarter_is_one_of_four",
                condition=Q(quarter__isnull=True) | Q(quarter__range=(1, 4)),
                violation_error_message=_("季度须为 1 至 4。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundTarget(TimeStamped):
    """A company that a round asks, and whether it has answered; silent ones stay listed."""

    round = models.ForeignKey(
        SurveyRound, verbose_name=_("批次"), on_delete=models.CASCADE, related_name="targets"
    )
    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=TargetState, default=TargetState.WAITING
    )
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("催报次数"), default=0)
    reminded_on = models.DateField(_("最近催报"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("征集对象")
        ordering = ["company__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "company"], name="round_target_once")
        ]
        indexes = [models.Index(fields=["round", "state"], name="round_target_by_state")]

    def __str__(self) -> str:
        return f"{self.company} · {self.round}"


class NothingNeeded(TimeStamped):
    """A company's word that it needs nobody this year, and why; silence is something else."""

    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="+"
    )
    round = models.ForeignKey(
        SurveyRound, verbose_name=_("批次"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="nothings",
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("年度"))
    reason = models.CharField(_("原因"), max_length=12, choices=NothingReason)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.SURVEY)
    stated_on = models.DateField(_("声明日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("暂无需求声明")
        ordering = ["-stated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="nothing_needed_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.year} {self.get_reason_display()}"
