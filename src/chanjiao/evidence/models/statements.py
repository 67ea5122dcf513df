from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.evidence.choices import (
    TAKEN,
    Act,
    Grade,
    Qualifier,
    StatementKind,
    StatementState,
)
from chanjiao.evidence.models.items import EvidenceItem
from chanjiao.evidence.models.pages import PressArticle
from chanjiao.organisations.models import Organisation


class Statement(TimeStamped):
    """What the text engine read out of an article: a figure, a body or a relation, with its quote.

    ``article.text[start:end] == quote``, always. ``proposed`` is what the engine said and never
    changes, ``content`` what stands now; both have the fields of ``contents.FIELDS``. ``places``
    are all ranges of the text that say it, ``organisation`` the body that it is about.
    """

    article = models.ForeignKey(
        PressArticle, verbose_name=_("篇目"), on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(_("种类"), max_length=12, choices=StatementKind)
    state = models.CharField(
        _("状态"), max_length=9, choices=StatementState, default=StatementState.PROPOSED,
        db_index=True,
    )  # fmt: skip
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    quote = models.TextField(_("原句"))
    places = models.JSONField(default=list, blank=True)
    proposed = models.JSONField(_("识别结果"), default=dict)
    content = models.JSONField(_("内容"), default=dict)
    summary = models.CharField(_("概要"), max_length=300)
    value = models.DecimalField(
        _("数值"), max_digits=24, decimal_places=6, null=True, blank=True
    )  # kept beside the content so that lists can be sorted by it
    score = models.DecimalField(_("齐备度"), max_digits=3, decimal_places=2, default=0)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    evidence = models.ForeignKey(
        EvidenceItem, verbose_name=_("佐证材料"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="statements",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("采编事实")
        ordering = ["article_id", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                name="statement_quotes_something", condition=Q(end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="statement_taken_has_evidence",
                condition=~Q(state__in=sorted(TAKEN)) | Q(evidence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["article", "start", "id"], name="statement_in_text_order"),
            models.Index(fields=["evidence", "state"], name="statement_of_evidence"),
        ]

    @property
    def is_taken(self) -> bool:
        return self.state in TAKEN

    def __str__(self) -> str:
        return self.summary


class Decision(TimeStamped):
    """One act on one statement, append-only: what it became, by whom, and why."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("采编事实"), on_delete=models.CASCADE, related_name="decisions"
    )
    number = models.PositiveSmallIntegerField(_("次序"))
    act = models.CharField(_("决定"), max_length=9, choices=Act)
    content = models.JSONField(_("内容"), default=dict)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    by_name = models.CharField(_("决定人"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("采编决定")
        ordering = ["statement_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "number"], name="statement_decisions_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.by_name}"


class ReportedValue(TimeStamped):
    """A value of an indicator that somebody says, not counted from rows: 自报 until it is proved.

    ``code`` names the indicator of a book once somebody has matched its words; until then None.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="+"
    )
    statement = models.OneToOneField(
        Statement, verbose_name=_("采编事实"), on_delete=models.CASCADE, related_name="reported"
    )
    evidence = models.ForeignKey(
        EvidenceItem, verbose_name=_("佐证材料"), on_delete=models.PROTECT, related_name="values"
    )
    words = models.CharField(_("指标原词"), max_length=120)
    code = models.CharField(_("指标代码"), max_length=40, null=True, blank=True)
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    qualifier = models.CharField(_("准确程度"), max_length=8, choices=Qualifier)
    period = models.CharField(_("期间"), max_length=40, blank=True)
    grade = models.CharField(_("佐证等级"), max_length=14, choices=Grade, default=Grade.SELF)

    class Meta:
        verbose_name = verbose_name_plural = _("自报指标值")
        ordering = ["organisation_id", "words", "period", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.words}"
