from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models.stamped import TimeStamped


class Confidence(models.TextChoices):
    READ = "read", _("已读原文")
    BELIEVED = "believed", _("待核实")
    DEFAULT = "default", _("默认值")


class ParameterState(models.TextChoices):
    PROPOSED = "proposed", _("待审核")
    IN_FORCE = "in_force", _("有效")
    REJECTED = "rejected", _("已退回")


class RuleParameter(TimeStamped):
    """One dated value of a threshold, with the paper it stands in.

    The screen shows the source beside the threshold; a new value is a new row, so a figure
    computed last year can be computed again with last year's rule. A proposed row holds for
    nobody until somebody else approves it.
    """

    name = models.SlugField(_("参数"), max_length=80)
    title = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    value = models.DecimalField(_("值"), max_digits=16, decimal_places=6)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    region = models.CharField(_("适用区域"), max_length=40, blank=True)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=300)
    confidence = models.CharField(_("可信度"), max_length=10, choices=Confidence)
    state = models.CharField(
        _("状态"), max_length=10, choices=ParameterState, default=ParameterState.IN_FORCE
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审核人"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    approved_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    opinion = models.CharField(_("审核意见"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("规则参数")
        ordering = ["name", "region", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "region", "valid_from"],
                name="rule_parameter_one_value_a_day",
                condition=~Q(state=ParameterState.REJECTED),
            ),
            models.CheckConstraint(
                name="rule_parameter_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("失效日期须不早于生效日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} = {self.value.normalize():f} {self.unit}".strip()


class Holiday(models.Model):
    """A weekday that is free, or a weekend day that is worked; anything else is as usual."""

    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("是否上班"), default=False)
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("出处"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("节假日")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
