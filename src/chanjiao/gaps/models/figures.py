from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.gaps.choices import Audience, Band, HiddenReason, View
from chanjiao.gaps.models.studies import GapStudy


class GapFigure(models.Model):
    """One row of a study's results for one audience; pages read these and never raw lines.

    For others than the office a hidden number is not in the row at all, so no page and no
    export can show it by mistake. ``matched`` is the demand whose supply is known.
    """

    study = models.ForeignKey(
        GapStudy, verbose_name=_("缺口分析"), on_delete=models.CASCADE, related_name="figures"
    )
    audience = models.CharField(_("口径"), max_length=6, choices=Audience)
    view = models.CharField(_("视角"), max_length=10, choices=View)
    key = models.CharField(_("代码"), max_length=80, blank=True)
    key2 = models.CharField(_("第二代码"), max_length=80, blank=True)
    parent = models.CharField(_("上级代码"), max_length=80, blank=True)
    depth = models.PositiveSmallIntegerField(_("层级"), default=0)
    is_leaf = models.BooleanField(_("末级"), default=False)
    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英文名称"), max_length=240, blank=True)
    name2 = models.CharField(_("第二名称"), max_length=200, blank=True)
    name2_en = models.CharField(_("第二英文名称"), max_length=240, blank=True)
    demand = models.PositiveIntegerField(_("需求"), null=True)
    matched = models.PositiveIntegerField(_("可比需求"), null=True)
    supply = models.PositiveIntegerField(_("供给"), null=True)
    covered = models.PositiveIntegerField(_("已覆盖"), null=True)
    gap = models.PositiveIntegerField(_("缺口"), null=True)
    surplus = models.PositiveIntegerField(_("富余"), null=True)
    local_supply = models.PositiveIntegerField(_("本地学校毕业生"), null=True)
    projected_demand = models.PositiveIntegerField(_("预测需求"), null=True)
    projected_supply = models.PositiveIntegerField(_("预测供给"), null=True)
    companies = models.PositiveIntegerField(_("企业数"), null=True)
    index = models.DecimalField(_("紧缺指数"), max_digits=5, decimal_places=4, null=True)
    band = models.CharField(_("紧缺等级"), max_length=6, choices=Band, blank=True)
    fit_wanted = models.PositiveIntegerField(_("契合人数"), null=True)
    fit_linked = models.PositiveIntegerField(_("有对照人数"), null=True)
    majors = models.JSONField(_("通向的专业"), default=list, blank=True)
    unknown = models.PositiveIntegerField(_("规模未知的班级"), default=0)
    hidden = models.CharField(_("未公开原因"), max_length=16, choices=HiddenReason, blank=True)
    hidden_for = models.JSONField(_("保护的单元"), default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("缺口数字")
        ordering = ["view", "key", "key2", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "audience", "view", "key", "key2"], name="gap_figure_once"
            )
        ]
        indexes = [
            models.Index(fields=["study", "audience", "view", "-index"], name="gap_figure_by_index")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ratio(self) -> float | None:
        """求人倍率: demand for each person of the supply."""
        if self.matched is None or not self.supply:
            return None
        return self.matched / self.supply

    @property
    def coverage(self) -> float | None:
        if self.covered is None or not self.matched:
            return None
        return self.covered / self.matched

    @property
    def fit(self) -> float | None:
        """契合度, 0 to 100."""
        if self.fit_wanted is None or not self.fit_linked:
            return None
        return 100 * self.fit_wanted / self.fit_linked
