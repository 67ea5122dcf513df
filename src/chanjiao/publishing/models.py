"""Quarters that are closed, snapshots that never change, and what was published when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import StoredFile, TimeStamped
from chanjiao.organisations.models import Organisation
from chanjiao.publishing.choices import Format, Kind, PublicationState, QuarterState


class Snapshot(models.Model):
    """What a list said at one moment, known by the hash of its bytes; never changed afterwards.

    The database refuses updates (a trigger), the store refuses other bytes under the hash.
    The counts are copied from the content for lists and search; ``verify`` compares them.
    ``material`` holds the single lines behind it, for corrections only; it is never handed out.
    """

    seal = models.CharField(_("内容摘要"), max_length=64, unique=True)
    content = models.ForeignKey(
        StoredFile, verbose_name=_("快照原文"), on_delete=models.PROTECT, related_name="+"
    )
    material = models.ForeignKey(
        StoredFile, verbose_name=_("明细底稿"), null=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    number = models.CharField(_("发布编号"), max_length=30, db_index=True)
    version = models.PositiveSmallIntegerField(_("版次"))
    as_of = models.DateField(_("截至日期"))
    headcount = models.PositiveIntegerField(_("需求人数"), null=True)
    companies = models.PositiveIntegerField(_("企业数"), null=True)
    lines = models.PositiveIntegerField(_("岗位条数"), null=True)
    posts = models.PositiveIntegerField(_("公开岗位数"))
    rows = models.PositiveIntegerField(_("清单行数"))
    asked = models.PositiveIntegerField(_("征集企业数"))
    answered = models.PositiveIntegerField(_("答复企业数"))
    tools = models.JSONField(_("生成工具版本"), default=dict)
    frozen_at = models.DateTimeField(_("冻结时间"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("冻结人"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("快照")
        ordering = ["-frozen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number} v{self.version} {self.seal[:12]}"


class SnapshotFile(models.Model):
    """A file made from a snapshot, kept as it was handed out, so that a copy can be recognised."""

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("快照"), on_delete=models.PROTECT, related_name="files"
    )
    format = models.CharField(_("格式"), max_length=4, choices=Format)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    seal = models.CharField(_("文件摘要"), max_length=64, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("发布文件")
        ordering = ["snapshot_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "format"], name="snapshot_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} {self.format}"


class SnapshotRow(models.Model):
    """One row of a snapshot as a table row, so that readers can filter, sort and page.

    A copy for reading: what counts is the snapshot, and ``verify`` holds one against the other.
    ``kind`` parts cells (pooled over companies) from posts (a company's line under its name).
    """

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("快照"), on_delete=models.PROTECT, related_name="table"
    )
    kind = models.CharField(max_length=4, choices=[("cell", _("汇总")), ("post", _("公开岗位"))])
    position = models.PositiveIntegerField(_("序号"))
    group = models.CharField(_("职业大类"), max_length=2, blank=True)
    occupation = models.CharField(_("职业代码"), max_length=20, blank=True)
    name = models.CharField(_("职业"), max_length=200)
    name_en = models.CharField(_("职业（英文）"), max_length=240, blank=True)
    title = models.CharField(_("岗位名称"), max_length=120, blank=True)
    company = models.CharField(_("企业"), max_length=120, blank=True)
    industry = models.CharField(_("行业门类"), max_length=5, blank=True)
    industry_name = models.CharField(_("行业"), max_length=160, blank=True)
    industry_name_en = models.CharField(_("行业（英文）"), max_length=200, blank=True)
    education = models.CharField(_("学历"), max_length=5, blank=True)
    education_name = models.CharField(_("学历要求"), max_length=60, blank=True)
    education_name_en = models.CharField(_("学历要求（英文）"), max_length=80, blank=True)
    skill_level = models.CharField(_("技能等级代码"), max_length=5, blank=True)
    skill_level_name = models.CharField(_("技能等级"), max_length=60, blank=True)
    skill_level_name_en = models.CharField(_("技能等级（英文）"), max_length=80, blank=True)
    headcount = models.PositiveIntegerField(_("需求人数"))
    companies = models.PositiveIntegerField(_("企业数"), null=True)
    pay_low = models.PositiveIntegerField(_("月薪下限中位数"), null=True)
    pay_high = models.PositiveIntegerField(_("月薪上限中位数"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("清单行")
        ordering = ["snapshot_id", "kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "kind", "position"], name="snapshot_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class Quarter(TimeStamped):
    """The closing of one quarter, step by step, until its list is public."""

    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("季度"))
    as_of = models.DateField(_("截至日期"))
    state = models.CharField(
        _("状态"), max_length=12, choices=QuarterState, default=QuarterState.COLLECTING
    )
    reminded_at = models.DateTimeField(_("催报时间"), null=True, blank=True)
    reminded = models.PositiveIntegerField(_("催报企业数"), default=0)
    spared = models.PositiveIntegerField(_("因询问上限未催的企业数"), default=0)
    correction = models.CharField(_("更正说明"), max_length=500, blank=True)
    corrected = models.JSONField(_("重新读取的岗位"), default=list, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("冻结的快照"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("季度")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="quarter_once",
                violation_error_message=_("该季度已建立。"),
            ),
            models.CheckConstraint(
                name="quarter_is_one_of_four",
                condition=Q(number__range=(1, 4)),
                violation_error_message=_("季度须为 1 至 4。"),
            ),
        ]  # fmt: skip

    @property
    def label(self) -> str:
        return f"{self.year}Q{self.number}"

    def __str__(self) -> str:
        return self.label


class Publication(TimeStamped):
    """A list under its public number; what it says stands in its versions."""

    number = models.CharField(_("发布编号"), max_length=30, unique=True)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind, default=Kind.DEMAND_LIST)
    title = models.CharField(_("标题"), max_length=160)
    title_en = models.CharField(_("英文标题"), max_length=200, blank=True)
    quarter = models.OneToOneField(
        Quarter, verbose_name=_("季度"), on_delete=models.PROTECT, related_name="publication"
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=PublicationState, default=PublicationState.PUBLISHED
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤回原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("发布")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_with_reason",
                condition=~Q(state="withdrawn") | ~Q(withdrawal_reason=""),
                violation_error_message=_("撤回须说明原因。"),
            )
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.state == PublicationState.WITHDRAWN

    def __str__(self) -> str:
        return self.number


class Version(models.Model):
    """One dated appearance of a publication; a later one corrects it and leaves it readable."""

    publication = models.ForeignKey(
        Publication, verbose_name=_("发布"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    snapshot = models.OneToOneField(
        Snapshot, verbose_name=_("快照"), on_delete=models.PROTECT, related_name="published_as"
    )
    correction = models.CharField(_("更正说明"), max_length=500, blank=True)
    changed_rows = models.PositiveIntegerField(_("变动的职业数"), default=0)
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审签人"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("版次")
        ordering = ["publication_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="version_once"),
            models.CheckConstraint(
                name="version_corrects_with_a_reason",
                condition=Q(number=1) | ~Q(correction=""),
                violation_error_message=_("更正版须写明更正说明。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} v{self.number}"


class Objection(TimeStamped):
    """A member's word that something in a published version is wrong, and the office's answer."""

    version = models.ForeignKey(
        Version, verbose_name=_("版次"), on_delete=models.PROTECT, related_name="objections"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("提出机构"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("意见"), max_length=1000)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("答复人"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = _("异议")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.version}"
