from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.organisations.models import Organisation
from chanjiao.standards.models import Code
from chanjiao.supply.choices import NEEDS_FILING_NUMBER, Form, Level, OfferingState


class MajorOffering(TimeStamped):
    """One major as one school runs it, at one level and perhaps in one direction.

    ``code`` is what the school files; ``major`` is the catalogue's item and stays empty while
    the catalogue that holds the code (secondary, technician) has not been loaded.
    """

    school = models.ForeignKey(
        Organisation, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="offerings"
    )
    code = models.CharField(_("专业代码"), max_length=20)
    name = models.CharField(_("专业名称"), max_length=80)
    major = models.ForeignKey(
        Code, verbose_name=_("目录专业"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="offerings",
    )  # fmt: skip
    direction = models.CharField(_("专业方向"), max_length=60, blank=True)
    level = models.CharField(_("层次"), max_length=10, choices=Level)
    form = models.CharField(_("培养方式"), max_length=10, choices=Form, default=Form.REGULAR)
    duration = models.DecimalField(_("学制（年）"), max_digits=3, decimal_places=1)
    group = models.CharField(_("专业群"), max_length=80, blank=True)
    first_year = models.PositiveSmallIntegerField(_("首届招生年份"), null=True, blank=True)
    state = models.CharField(
        _("设置状态"), max_length=10, choices=OfferingState, default=OfferingState.PLANNED
    )
    filing_number = models.CharField(_("备案号"), max_length=60, blank=True)
    approval_number = models.CharField(_("国控专业批准文号"), max_length=80, blank=True)
    confirmed_on = models.DateField(_("最近确认"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("开设专业")
        ordering = ["school__name", "code", "direction", "level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code", "direction", "level"],
                condition=~Q(state=OfferingState.REVOKED),
                name="major_offering_once_a_school",
                violation_error_message=_("该校已开设同一专业、方向和层次。"),
            ),
            models.CheckConstraint(
                name="major_offering_enrols_with_a_filing_number",
                condition=~Q(state__in=sorted(NEEDS_FILING_NUMBER)) | ~Q(filing_number=""),
                violation_error_message=_("备案、在招、限招的专业须有备案号。"),
            ),
            models.CheckConstraint(
                name="major_offering_takes_time",
                condition=Q(duration__gt=0) & Q(duration__lte=8),
                violation_error_message=_("学制须大于 0、不超过 8 年。"),
            ),
        ]
        indexes = [models.Index(fields=["state", "code"], name="major_offering_by_state")]

    @property
    def title(self) -> str:
        return f"{self.name}（{self.direction}）" if self.direction else self.name

    def __str__(self) -> str:
        return f"{self.title} {self.code}"


class MajorYear(TimeStamped):
    """What an offering counted in one school year; the year is that of the autumn it starts in.

    Figures that cooperation records can count are not kept here: they are counted when asked.
    """

    offering = models.ForeignKey(
        MajorOffering, verbose_name=_("开设专业"), on_delete=models.CASCADE, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("学年"))
    plan = models.PositiveIntegerField(_("招生计划"), null=True, blank=True)
    applied = models.PositiveIntegerField(_("报名数"), null=True, blank=True)
    admitted = models.PositiveIntegerField(_("录取数"), null=True, blank=True)
    registered = models.PositiveIntegerField(_("报到数"), null=True, blank=True)
    enrolled = models.PositiveIntegerField(_("在校生"))
    graduates = models.PositiveIntegerField(_("毕业生"), null=True, blank=True)
    further_study = models.PositiveIntegerField(_("其中升学"), null=True, blank=True)
    donated_yuan = models.DecimalField(
        _("捐赠设备（元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    quasi_donated_yuan = models.DecimalField(
        _("准捐赠设备（元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("专业年度数据")
        ordering = ["offering_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "year"],
                name="major_year_once",
                violation_error_message=_("该专业这一学年的数据已填报。"),
            ),
            models.CheckConstraint(
                name="major_year_registers_only_the_admitted",
                condition=Q(registered__isnull=True)
                | Q(admitted__isnull=True)
                | Q(registered__lte=F("admitted")),
                violation_error_message=_("报到数不能超过录取数。"),
            ),
            models.CheckConstraint(
                name="major_year_only_graduates_study_on",
                condition=Q(further_study__isnull=True)
                | Q(graduates__isnull=True)
                | Q(further_study__lte=F("graduates")),
                violation_error_message=_("升学人数不能超过毕业生数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering} {self.year}"
