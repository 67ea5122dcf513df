from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models.stamped import TimeStamped


class StoredFile(TimeStamped):
    """The name somebody gave to bytes that are kept once, under their own SHA-256.

    The store never overwrites: the same bytes uploaded twice are one file with two names.
    """

    sha256 = models.CharField(_("内容摘要"), max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.BigIntegerField(_("字节数"))
    content_type = models.CharField(_("类型"), max_length=100, blank=True)
    organisation_id = models.BigIntegerField(_("归属机构"), null=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
