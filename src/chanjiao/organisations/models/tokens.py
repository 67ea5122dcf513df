from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.organisations.models.organisations import Organisation


class ApiToken(TimeStamped):
    """A key of an organisation for machines; it never reaches further than its creator.

    ``scope`` names the objects of the permission matrix it may read, and nothing else.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("创建人"), on_delete=models.CASCADE,
        related_name="api_tokens",
    )  # fmt: skip
    title = models.CharField(_("用途"), max_length=80)
    prefix = models.CharField(_("前缀"), max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    scope = models.JSONField(_("范围"), default=list)
    expires_on = models.DateField(_("有效至"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
