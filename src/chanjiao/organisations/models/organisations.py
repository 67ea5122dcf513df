from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import StoredFile, TimeStamped
from chanjiao.organisations.choices import (
    SCHOOL_KINDS,
    AreaGrade,
    Kind,
    NameKind,
    Scale,
    Status,
    Verified,
    YearSource,
)
from chanjiao.organisations.models.areas import Area
from chanjiao.standards.models import Code


class Organisation(TimeStamped):
    """A body of any kind. Its credit code may be missing, but never be silently wrong.

    A body recorded by hand against the check character carries the office's reason.
    """

    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True)
    credit_code_reason = models.CharField(_("代码例外原因"), max_length=200, blank=True)
    credit_code_evidence = models.ForeignKey(
        StoredFile, verbose_name=_("代码例外佐证"), null=True, blank=True, on_delete=models.PROTECT
    )
    scale = models.CharField(_("规模"), max_length=2, choices=Scale, blank=True)
    is_above_designated_size = models.BooleanField(_("是否规上"), default=False)
    is_integration_enterprise = models.BooleanField(_("产教融合型企业"), default=False)
    ownership = models.CharField(_("单位性质"), max_length=4, blank=True)
    industry = models.ForeignKey(
        Code, verbose_name=_("行业"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="organisations",
    )  # fmt: skip
    area = models.ForeignKey(
        Area, verbose_name=_("所属区域"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="organisations",
    )  # fmt: skip
    region_code = models.CharField(_("行政区划代码"), max_length=12, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    website = models.CharField(_("网址"), max_length=120, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    contact_email = models.EmailField(_("联系邮箱"), blank=True)
    note = models.TextField(_("备注"), blank=True)
    status = models.CharField(_("状态"), max_length=14, choices=Status, default=Status.ACTIVE)
    verified = models.CharField(
        _("核验状态"), max_length=6, choices=Verified, default=Verified.UNVERIFIED
    )
    is_suspended = models.BooleanField(_("停用"), default=False)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("并入"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="merged_from",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(credit_code__isnull=False) & ~Q(status="merged"),
                name="organisation_credit_code_once",
                violation_error_message=_("该统一社会信用代码已登记。"),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "name"], name="organisation_kind_name"),
            models.Index(fields=["name", "id"], name="organisation_name"),
        ]

    @property
    def is_open_for_business(self) -> bool:
        """Whether it may get new agreements, demands or bookings; upper floors ask this."""
        return self.status == Status.ACTIVE and not self.is_suspended

    @property
    def is_school(self) -> bool:
        return self.kind in SCHOOL_KINDS

    @property
    def is_company(self) -> bool:
        return self.kind == Kind.COMPANY

    def __str__(self) -> str:
        return self.name


class OrganisationName(TimeStamped):
    """A name that still has to be found: former, short, or of a body merged into this one."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("名称"), max_length=120)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    kind = models.CharField(_("类型"), max_length=8, choices=NameKind)
    until = models.DateField(_("用至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("机构别名")
        ordering = ["organisation_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"], name="organisation_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """An internet domain that belongs to a body; mail from it is a sign, not a proof."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.CharField(_("域名"), max_length=120, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("域名")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class OrganisationYear(TimeStamped):
    """What a body was in one year; money in 万元, land in 亩."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    staff = models.PositiveIntegerField(_("在岗职工数"), null=True, blank=True)
    skilled = models.PositiveIntegerField(_("技能人才"), null=True, blank=True)
    high_skilled = models.PositiveIntegerField(_("高技能人才"), null=True, blank=True)
    output_wan = models.DecimalField(
        _("产值（万元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    revenue_wan = models.DecimalField(
        _("营收（万元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    tax_wan = models.DecimalField(
        _("实缴税金（万元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    rd_spend_wan = models.DecimalField(
        _("研发投入（万元）"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    land_mu = models.DecimalField(
        _("用地（亩）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    area_grade = models.CharField(_("亩均评价"), max_length=1, choices=AreaGrade, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=YearSource)

    class Meta:
        verbose_name = verbose_name_plural = _("机构年度数据")
        ordering = ["organisation_id", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="organisation_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"
