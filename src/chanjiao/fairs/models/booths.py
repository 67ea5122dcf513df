from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.demand.models import Ask, JobDemand
from chanjiao.fairs.choices import STANDING, BoothState, Purpose
from chanjiao.fairs.models.fairs import Fair, Stand
from chanjiao.organisations.models import Organisation

MOST_REPRESENTATIVES = 5


class Booth(TimeStamped):
    """A company at a fair: who comes, with which positions, and where it stands.

    ``representatives`` are names and telephone numbers for the badge and the office; nobody
    else is shown them.
    """

    fair = models.ForeignKey(
        Fair, verbose_name=_("对接会"), on_delete=models.CASCADE, related_name="booths"
    )
    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="booths"
    )
    ask = models.ForeignKey(
        Ask, verbose_name=_("邀请"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    representatives = models.JSONField(_("到场人员"), default=list, blank=True)
    tables = models.PositiveSmallIntegerField(_("桌数"), default=1)
    wish = models.CharField(_("特殊需要"), max_length=200, blank=True)
    stand = models.OneToOneField(
        Stand, verbose_name=_("展位"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="booth",
    )  # fmt: skip
    state = models.CharField(
        _("状态"), max_length=10, choices=BoothState, default=BoothState.APPLIED
    )
    edition = models.PositiveSmallIntegerField(_("确认的版次"), default=1)
    checked_in_at = models.DateTimeField(_("签到时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("参展企业")
        ordering = ["company__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fair", "company"], condition=Q(state__in=STANDING),
                name="booth_once_a_company",
                violation_error_message=_("该企业已报名本场对接会。"),
            ),
            models.CheckConstraint(
                name="booth_takes_one_or_two_tables",
                condition=Q(tables__range=(1, 2)),
                violation_error_message=_("桌数须为 1 或 2。"),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["company", "state"], name="booth_by_company")]

    def __str__(self) -> str:
        return f"{self.company} · {self.fair}"


class FairPost(models.Model):
    """A position of the ledger that a company brings to the fair, and for how many people."""

    booth = models.ForeignKey(
        Booth, verbose_name=_("参展企业"), on_delete=models.CASCADE, related_name="posts"
    )
    demand = models.ForeignKey(
        JobDemand, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="fair_posts"
    )
    purpose = models.CharField(_("类别"), max_length=12, choices=Purpose, default=Purpose.JOB)
    people = models.PositiveIntegerField(_("人数"))

    class Meta:
        verbose_name = verbose_name_plural = _("参展岗位")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booth", "demand", "purpose"], name="fair_post_once_a_booth"
            ),
            models.CheckConstraint(
                name="fair_post_wants_somebody",
                condition=Q(people__gt=0),
                violation_error_message=_("人数须大于 0。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demand} × {self.people}"


class NoShowPardon(TimeStamped):
    """The office's word, on a company's written statement, that earlier absences count no more."""

    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="+"
    )
    statement = models.TextField(_("企业书面说明"))
    granted_on = models.DateField(_("恢复日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("恢复参展")
        ordering = ["-granted_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.company} · {self.granted_on}"
