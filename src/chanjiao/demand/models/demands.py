from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.models import TimeStamped
from chanjiao.demand.choices import (
    COUNTED,
    OPEN,
    Coding,
    DemandState,
    Education,
    Experience,
    HardReason,
    Reason,
    SkillDegree,
    SkillLevel,
    Source,
    Visibility,
)
from chanjiao.demand.models.rounds import SurveyRound
from chanjiao.industry.models import ChainNode
from chanjiao.organisations.models import Area, Organisation
from chanjiao.standards.models import Code

MOST_SKILLS = 15


class JobDemand(TimeStamped):
    """A company's stated need for people of one occupation, good until it says otherwise.

    The company's own words stay in ``title`` and ``description``; ``occupation`` is what they
    were decided to mean, and is empty while the position waits in the alignment queue.
    """

    round = models.ForeignKey(
        SurveyRound, verbose_name=_("批次"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="demands",
    )  # fmt: skip
    company = models.ForeignKey(  # the composite indexes below serve these three keys
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT,
        related_name="demands", db_index=False,
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("需求年度"))
    title = models.CharField(_("岗位名称"), max_length=120)
    title_key = models.CharField(max_length=120, editable=False)
    description = models.TextField(_("岗位描述"), blank=True)
    occupation = models.ForeignKey(
        Code, verbose_name=_("职业代码"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="demands", db_index=False,
    )  # fmt: skip
    node = models.ForeignKey(
        ChainNode, verbose_name=_("产业链环节"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    coding = models.CharField(_("对齐方式"), max_length=8, choices=Coding, default=Coding.WAITING)
    headcount = models.PositiveIntegerField(_("招聘人数"))
    filled = models.PositiveIntegerField(_("已满足人数"), default=0, editable=False)
    reason = models.CharField(_("用工原因"), max_length=12, choices=Reason, blank=True)
    education = models.CharField(
        _("学历要求"), max_length=1, choices=Education, default=Education.ANY
    )
    experience = models.CharField(_("经验要求"), max_length=4, choices=Experience, blank=True)
    skill_level = models.CharField(_("技能等级"), max_length=1, choices=SkillLevel, blank=True)
    majors = models.ManyToManyField(
        Code, verbose_name=_("要求专业"), blank=True, related_name="demanded_by"
    )
    pay_min_yuan = models.PositiveIntegerField(_("月薪下限（元）"), null=True, blank=True)
    pay_max_yuan = models.PositiveIntegerField(_("月薪上限（元）"), null=True, blank=True)
    area = models.ForeignKey(
        Area, verbose_name=_("所在区域"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+", db_index=False,
    )  # fmt: skip
    place = models.CharField(_("工作地点"), max_length=80, blank=True, default="")
    arrive_on = models.DateField(_("到岗月份"), null=True, blank=True)
    closes_on = models.DateField(_("招聘截止日期"), null=True, blank=True)
    intents = models.JSONField(_("合作意向"), default=list, blank=True)
    hard_reason = models.CharField(_("难招原因"), max_length=8, choices=HardReason, blank=True)
    urgency = models.PositiveSmallIntegerField(_("紧迫度"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.SURVEY)
    visibility = models.CharField(
        _("可见范围"), max_length=8, choices=Visibility, default=Visibility.MEMBERS
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=DemandState, default=DemandState.DRAFT
    )
    confirmed_on = models.DateField(_("最近确认"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"))
    merged_into = models.ForeignKey(
        "self", verbose_name=_("并入"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="merged_from",
    )  # fmt: skip
    search_text = models.TextField(editable=False, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("岗位需求")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="job_demand_wants_somebody",
                condition=Q(headcount__gt=0),
                violation_error_message=_("招聘人数须大于 0。"),
            ),
            models.CheckConstraint(
                name="job_demand_not_overfilled",
                condition=Q(filled__lte=F("headcount")),
                violation_error_message=_("已满足人数不能超过招聘人数。"),
            ),
            models.CheckConstraint(
                name="job_demand_pay_in_order",
                condition=Q(pay_min_yuan__isnull=True)
                | Q(pay_max_yuan__isnull=True)
                | Q(pay_max_yuan__gte=F("pay_min_yuan")),
                violation_error_message=_("月薪上限须不低于月薪下限。"),
            ),
            models.CheckConstraint(
                name="job_demand_urgency_one_to_five",
                condition=Q(urgency__isnull=True) | Q(urgency__range=(1, 5)),
                violation_error_message=_("紧迫度须为 1 至 5。"),
            ),
            models.UniqueConstraint(
                name="job_demand_open_once",
                fields=["company", "title_key", "place"],
                condition=Q(state__in=OPEN),
                violation_error_message=_("该企业在同一地点已有同名的未结岗位需求。"),
            ),
        ]
        indexes = [
            models.Index(fields=["company", "-id"], name="job_demand_by_company"),
            models.Index(fields=["state", "-id"], name="job_demand_by_state"),
            models.Index(fields=["occupation", "-id"], name="job_demand_by_occupation"),
            models.Index(fields=["year", "state", "occupation"], name="job_demand_by_year"),
            models.Index(fields=["area", "-id"], name="job_demand_by_area"),
            models.Index(fields=["state", "valid_until"], name="job_demand_by_expiry"),
            models.Index(fields=["-headcount", "id"], name="job_demand_by_headcount"),
            models.Index(fields=["coding", "-id"], name="job_demand_by_coding"),
            models.Index(fields=["valid_until", "id"], name="job_demand_by_end"),
            models.Index(fields=["education", "-id"], name="job_demand_by_education"),
            models.Index(fields=["source", "-id"], name="job_demand_by_source"),
        ]

    @property
    def number(self) -> str:
        """What a company quotes on the telephone."""
        return f"XQ{self.pk:07d}" if self.pk else ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_counted(self) -> bool:
        """Whether it stands in figures of demand: verified, coded and not yet filled."""
        return self.state in COUNTED and self.occupation_id is not None

    @property
    def is_counted_state(self) -> bool:
        return self.state in COUNTED

    @property
    def is_past(self) -> bool:
        """Whether the company's own deadline is over."""
        return self.closes_on is not None and self.closes_on < clock.today()

    @property
    def is_projected(self) -> bool:
        return self.source == Source.PROJECT

    @property
    def wanted(self) -> int:
        """How many people are still looked for."""
        return self.headcount - self.filled

    def __str__(self) -> str:
        return self.title


class DemandSkill(models.Model):
    """A skill that the position asks for, with how well it must be mastered.

    Without a skill list the company's own word stands alone; with one it points into it.
    """

    demand = models.ForeignKey(
        JobDemand, verbose_name=_("岗位需求"), on_delete=models.CASCADE, related_name="skills"
    )
    name = models.CharField(_("技能"), max_length=60)
    skill = models.ForeignKey(
        Code, verbose_name=_("技能代码"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    degree = models.CharField(
        _("程度"), max_length=8, choices=SkillDegree, default=SkillDegree.ABLE
    )
    is_required = models.BooleanField(_("必需"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("岗位技能要求")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["demand", "name"], name="demand_skill_once")]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_degree_display()}）"


class DemandFill(TimeStamped):
    """People who came for a position, and from which school; ``filled`` is their sum."""

    demand = models.ForeignKey(
        JobDemand, verbose_name=_("岗位需求"), on_delete=models.CASCADE, related_name="fills"
    )
    people = models.PositiveIntegerField(_("人数"))
    filled_on = models.DateField(_("到岗日期"))
    school = models.ForeignKey(
        Organisation, verbose_name=_("来自院校"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("到岗记录")
        ordering = ["filled_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="demand_fill_brings_somebody",
                condition=Q(people__gt=0),
                violation_error_message=_("人数须大于 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.people} · {self.filled_on}"


class DemandLook(models.Model):
    """That people of an organisation looked at a demand on a day; shown to the company."""

    demand = models.ForeignKey(JobDemand, on_delete=models.CASCADE, related_name="looks")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="+"
    )
    looked_on = models.DateField(_("日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("查看记录")
        ordering = ["-looked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "organisation", "looked_on"], name="demand_look_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.looked_on}"
