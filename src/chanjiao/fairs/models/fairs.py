from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.models import TimeStamped
from chanjiao.demand.models import Ask
from chanjiao.fairs.choices import BEFORE_THE_DAY, WITHOUT_STANDS, FairKind, FairState
from chanjiao.industry.models import Chain
from chanjiao.organisations.models import Organisation


class Fair(TimeStamped):
    """A day on which companies and people meet, from its planning to who is still employed.

    ``edition`` grows with every change of date or place; whoever agreed to an earlier edition
    is asked to confirm again and stays registered meanwhile.
    """

    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("形式"), max_length=12, choices=FairKind)
    held_on = models.DateField(_("日期"))
    starts_at = models.TimeField(_("开始时间"))
    ends_at = models.TimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=160, blank=True)
    host = models.ForeignKey(
        Organisation, verbose_name=_("主办"), on_delete=models.PROTECT, related_name="+"
    )
    chains = models.ManyToManyField(
        Chain, verbose_name=_("产业链"), blank=True, related_name="fairs"
    )
    asks = models.ManyToManyField(
        Ask, verbose_name=_("邀请"), blank=True, editable=False, related_name="+"
    )
    apply_until = models.DateField(_("企业报名截止"))
    cancel_until = models.DateField(_("免责取消截止"))
    note = models.TextField(_("说明"), blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=FairState, default=FairState.PREPARING
    )
    edition = models.PositiveSmallIntegerField(_("时间地点版次"), default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("对接会")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="fair_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("结束时间须晚于开始时间。"),
            ),
            models.CheckConstraint(
                name="fair_closes_its_list_before_the_day",
                condition=Q(apply_until__lte=F("held_on")) & Q(cancel_until__lte=F("held_on")),
                violation_error_message=_("报名截止、免责取消截止须不晚于举办日期。"),
            ),
        ]

    @property
    def has_stands(self) -> bool:
        return self.kind not in WITHOUT_STANDS

    @property
    def is_before_the_day(self) -> bool:
        return self.state in BEFORE_THE_DAY

    @property
    def takes_companies(self) -> bool:
        """Whether a company may still put its name down by itself."""
        return self.state == FairState.INVITING and clock.today() <= self.apply_until

    def __str__(self) -> str:
        return self.name


class FairDate(models.Model):
    """A date and place that the fair had before it was moved, and why it was."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="dates")
    edition = models.PositiveSmallIntegerField(_("版次"))
    held_on = models.DateField(_("原日期"))
    place = models.CharField(_("原地点"), max_length=160, blank=True)
    reason = models.CharField(_("变更原因"), max_length=300)
    moved_at = models.DateTimeField(_("变更时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("时间地点变更")
        ordering = ["edition"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "edition"], name="fair_date_once_an_edition")
        ]

    def __str__(self) -> str:
        return f"{self.fair} · {self.held_on}"


class Hall(models.Model):
    """A room of the fair as a grid of stands, so that the plan can be drawn and walked."""

    fair = models.ForeignKey(Fair, on_delete=models.CASCADE, related_name="halls")
    name = models.CharField(_("展厅"), max_length=40)
    rows = models.PositiveSmallIntegerField(_("排数"))
    columns = models.PositiveSmallIntegerField(_("每排展位数"))

    class Meta:
        verbose_name = verbose_name_plural = _("展厅")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "name"], name="hall_once_a_fair"),
            models.CheckConstraint(
                name="hall_has_stands",
                condition=Q(rows__range=(1, 40)) & Q(columns__range=(1, 40)),
                violation_error_message=_("排数和每排展位数须为 1 至 40。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stand(models.Model):
    """One numbered place in a hall; a pillar or a fire exit is closed."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="stands")
    number = models.CharField(_("展位号"), max_length=12)
    row = models.PositiveSmallIntegerField(_("排"))
    column = models.PositiveSmallIntegerField(_("列"))
    is_closed = models.BooleanField(_("停用"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("展位")
        ordering = ["hall_id", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "row", "column"], name="stand_once_a_place"),
            models.UniqueConstraint(fields=["hall", "number"], name="stand_number_once_a_hall"),
        ]

    def __str__(self) -> str:
        return self.number
