from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.organisations.choices import AreaKind


class Area(TimeStamped):
    """A part of the city, down to the grid that one steward walks.

    ``path`` (codes from the root, parted by slashes) makes "everything inside" one filter.
    """

    kind = models.CharField(_("类型"), max_length=12, choices=AreaKind)
    code = models.CharField(_("编码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="children",
    )  # fmt: skip
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("网格员"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="areas_walked",
    )  # fmt: skip
    path = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("区域")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name
