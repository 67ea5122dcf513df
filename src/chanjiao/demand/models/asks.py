from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.models import TimeStamped
from chanjiao.demand.choices import Answer, AskKind, AskState, LinkPurpose
from chanjiao.demand.models.demands import JobDemand
from chanjiao.demand.models.rounds import SurveyRound
from chanjiao.organisations.models import Organisation


class Ask(TimeStamped):
    """One time that somebody in the region asked a company for something.

    The ledger is shared by all schools and bureaux, so that nobody asks what another has asked
    and no company is asked more often in a month than it can bear.
    """

    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="+"
    )
    asker = models.ForeignKey(
        Organisation, verbose_name=_("询问机构"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("类型"), max_length=12, choices=AskKind)
    subject = models.CharField(_("事项"), max_length=120)
    round = models.ForeignKey(
        SurveyRound, verbose_name=_("批次"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="asks",
    )  # fmt: skip
    demand = models.ForeignKey(
        JobDemand, verbose_name=_("岗位需求"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="asks",
    )  # fmt: skip
    asked_on = models.DateField(_("询问日期"))
    due_on = models.DateField(_("答复期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=AskState, default=AskState.ASKED)
    answer = models.CharField(_("答复"), max_length=6, choices=Answer, blank=True)
    answer_note = models.CharField(_("答复说明"), max_length=300, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("询问")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="ask_due_after_asked",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("asked_on")),
                violation_error_message=_("答复期限须不早于询问日期。"),
            )
        ]
        indexes = [models.Index(fields=["company", "asked_on"], name="ask_by_company_and_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject}"


class IntakeLink(TimeStamped):
    """A link by which a company answers once without an account; only a hash of it is kept."""

    company = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(_("用途"), max_length=10, choices=LinkPurpose)
    round = models.ForeignKey(
        SurveyRound, verbose_name=_("批次"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="links",
    )  # fmt: skip
    demand = models.ForeignKey(
        JobDemand, verbose_name=_("岗位需求"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="links",
    )  # fmt: skip
    ask = models.ForeignKey(
        Ask, verbose_name=_("询问"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="links",
    )  # fmt: skip
    secret_hash = models.CharField(max_length=64, unique=True)
    sent_to = models.CharField(_("发送至"), max_length=120, blank=True)
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    receipt = models.JSONField(_("回执"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("填报链接")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["company", "-id"], name="intake_link_by_company")]

    @property
    def is_usable(self) -> bool:
        is_done = self.used_at is not None or self.withdrawn_at is not None
        return not is_done and self.expires_at > clock.now()

    def __str__(self) -> str:
        return f"{self.company} · {self.get_purpose_display()}"
