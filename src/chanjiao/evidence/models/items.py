from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import StoredFile, TimeStamped
from chanjiao.evidence.choices import Grade, ItemKind, ItemState, Visibility
from chanjiao.organisations.models import Organisation


class EvidenceItem(TimeStamped):
    """A file that proves something, whose it is, who may see it, and how well it proves.

    Once it is verified it stays as it is; a better one is a new item that ``replaces`` it.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("归属机构"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(
        StoredFile, verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("标题"), max_length=200)
    kind = models.CharField(_("类型"), max_length=12, choices=ItemKind)
    formed_on = models.DateField(_("形成日期"))
    captured_on = models.DateField(_("拍摄日期"), null=True, blank=True)
    visibility = models.CharField(
        _("公开级别"), max_length=12, choices=Visibility, default=Visibility.BODY
    )
    grade = models.CharField(_("佐证等级"), max_length=14, choices=Grade, default=Grade.SELF)
    state = models.CharField(
        _("状态"), max_length=9, choices=ItemState, default=ItemState.ACCEPTED, db_index=True
    )
    replaces = models.ForeignKey(
        "self", verbose_name=_("替代"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="replaced_by",
    )  # fmt: skip
    keep_until = models.DateField(_("保存至"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("佐证材料")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "-id"], name="evidence_item_of_body")]

    @property
    def is_verified(self) -> bool:
        return self.state == ItemState.VERIFIED

    def __str__(self) -> str:
        return self.title
