from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import StoredFile, TimeStamped
from chanjiao.industry.choices import NodeStatus, PlacementRole, PlacementSource, Position
from chanjiao.organisations.models import Organisation
from chanjiao.standards.models import Code


class Chain(TimeStamped):
    """An industrial chain of the region: its nodes, who heads it, who is placed on it."""

    code = models.SlugField(_("编码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    summary = models.TextField(_("简介"), blank=True)
    leader = models.ForeignKey(
        Organisation, verbose_name=_("链长单位"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    head_company = models.ForeignKey(
        Organisation, verbose_name=_("链主企业"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("产业链")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ChainNode(TimeStamped):
    """One step of a chain. How strong it is follows from its placements by a rule.

    An override counts only after somebody other than its author has reviewed it.
    """

    chain = models.ForeignKey(
        Chain, verbose_name=_("产业链"), on_delete=models.CASCADE, related_name="nodes"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("上级环节"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="children",
    )  # fmt: skip
    code = models.SlugField(_("编码"), max_length=40)
    name = models.CharField(_("环节"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    position = models.CharField(_("位置"), max_length=5, choices=Position)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    industries = models.ManyToManyField(
        Code, verbose_name=_("行业代码"), blank=True, related_name="chain_nodes"
    )
    products = models.JSONField(_("核心产品"), default=list, blank=True)
    techs = models.JSONField(_("关键技术"), default=list, blank=True)
    override = models.CharField(_("人工判定"), max_length=8, choices=NodeStatus, blank=True)
    override_reason = models.CharField(_("判定理由"), max_length=200, blank=True)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("判定人"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    override_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("复核人"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    override_reviewed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("产业链环节")
        ordering = ["chain_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "code"], name="chain_node_code_once",
                violation_error_message=_("本链已有同编码的环节。"),
            ),
            models.UniqueConstraint(
                fields=["chain", "name"], name="chain_node_name_once",
                violation_error_message=_("本链已有同名的环节。"),
            ),
            models.CheckConstraint(
                name="chain_node_override_has_a_reason",
                condition=Q(override="") | ~Q(override_reason=""),
                violation_error_message=_("人工判定须写明理由。"),
            ),
        ]  # fmt: skip

    @property
    def is_override_in_force(self) -> bool:
        return bool(self.override and self.override_reviewed_at)

    def __str__(self) -> str:
        return self.name


class Placement(TimeStamped):
    """That a body does this step of the chain in a year, in which role and with what product."""

    node = models.ForeignKey(
        ChainNode, verbose_name=_("环节"), on_delete=models.PROTECT, related_name="placements"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="placements"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    role = models.CharField(_("角色"), max_length=8, choices=PlacementRole)
    product = models.CharField(_("核心产品"), max_length=120, blank=True)
    basis = models.CharField(_("依据说明"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        StoredFile, verbose_name=_("佐证"), null=True, blank=True, on_delete=models.PROTECT
    )
    source = models.CharField(
        _("来源"), max_length=6, choices=PlacementSource, default=PlacementSource.OFFICE
    )

    class Meta:
        verbose_name = verbose_name_plural = _("企业—环节")
        ordering = ["node_id", "-year", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["node", "organisation", "year"], name="placement_once_a_year",
                violation_error_message=_("该企业本年度已在此环节登记。"),
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "year"], name="placement_of_body")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.node} · {self.year}"
