from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.standards.choices import AlignedBy, Basis, LinkState, Relation, System


class Code(models.Model):
    """One item of a standard code list, never deleted: a record keeps the version it used."""

    system = models.CharField(_("代码系统"), max_length=12, choices=System)
    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=160)
    name_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="children",
    )  # fmt: skip
    level = models.PositiveSmallIntegerField(_("层级"), default=1)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    flags = models.CharField(_("标记"), max_length=40, blank=True)
    search_text = models.TextField(_("检索文本"), blank=True, editable=False)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    changed_at = models.DateTimeField(_("变更时间"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("标准代码")
        ordering = ["system", "code", "valid_from"]
        indexes = [models.Index(fields=["system", "changed_at"], name="code_list_stamp")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code", "valid_from"], name="code_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["system", "code"], condition=Q(valid_to__isnull=True),
                name="code_one_current_version",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class CodeLink(TimeStamped):
    """A line of a crosswalk. Official links are read-only; the rest is proposed and reviewed."""

    relation = models.CharField(_("关系"), max_length=20, choices=Relation)
    source = models.ForeignKey(
        Code, verbose_name=_("源"), on_delete=models.PROTECT, related_name="links_out"
    )
    target = models.ForeignKey(
        Code, verbose_name=_("目标"), on_delete=models.PROTECT, related_name="links_in"
    )
    strength = models.DecimalField(_("强度"), max_digits=4, decimal_places=3)
    basis = models.CharField(_("依据"), max_length=12, choices=Basis)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=LinkState, default=LinkState.PROPOSED
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("复核人"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    reviewed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("代码对照")
        ordering = ["relation", "source__code", "-strength"]
        constraints = [
            models.UniqueConstraint(fields=["relation", "source", "target"], name="code_link_once"),
            models.CheckConstraint(
                name="code_link_strength_is_a_share",
                condition=Q(strength__gte=0) & Q(strength__lte=1),
                violation_error_message=_("强度须在 0 与 1 之间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    @property
    def is_read_only(self) -> bool:
        return self.basis == Basis.OFFICIAL


class Alignment(TimeStamped):
    """What a raw wording was decided to mean, per organisation first, then for everybody.

    ``organisation`` names a row of a higher floor and is therefore a plain number.
    """

    system = models.CharField(_("代码系统"), max_length=12, choices=System)
    raw = models.CharField(_("原文"), max_length=200)
    normalised = models.CharField(_("规范化原文"), max_length=200)
    organisation_id = models.BigIntegerField(_("机构"), null=True)
    candidates = models.JSONField(_("候选"), default=list)
    chosen = models.ForeignKey(
        Code, verbose_name=_("选定"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.CharField(_("确认方式"), max_length=10, choices=AlignedBy)
    is_global = models.BooleanField(_("全区采用"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("对齐记录")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "normalised", "organisation_id"],
                name="alignment_one_memory_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["system", "normalised"], condition=Q(is_global=True),
                name="alignment_one_global_memory",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["system", "normalised"], name="alignment_by_wording")]

    def __str__(self) -> str:
        return f"{self.raw} → {self.chosen or _('都不合适')}"
