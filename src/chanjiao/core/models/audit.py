from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act, chained to the one before it: the past cannot be rewritten unseen.

    Written in the transaction of the act itself; if it cannot be written the act fails.
    """

    sequence = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    act = models.CharField(_("动作"), max_length=80)
    thing = models.CharField(_("对象类型"), max_length=60)
    thing_id = models.CharField(_("对象编号"), max_length=40, blank=True)
    label = models.CharField(_("对象"), max_length=200, blank=True)
    user_id = models.BigIntegerField(_("用户编号"), null=True)
    user_name = models.CharField(_("用户"), max_length=80, blank=True)
    organisation_id = models.BigIntegerField(_("机构编号"), null=True)
    via = models.CharField(_("途径"), max_length=20, default="web")
    is_success = models.BooleanField(_("是否成功"), default=True)
    details = models.JSONField(_("内容"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("审计记录")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["thing", "thing_id"], name="audit_thing"),
            models.Index(fields=["organisation_id", "-sequence"], name="audit_organisation"),
        ]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.act}"


class AuditHead(models.Model):
    """The one row every writer of the chain locks, so that no two entries share a number."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class AuditAnchor(models.Model):
    """A head as it was told to the outside (backup manifest, mail to the auditor, print)."""

    sequence = models.BigIntegerField(_("序号"))
    hash = models.CharField(_("摘要"), max_length=64)
    told_to = models.CharField(_("锚定去向"), max_length=200)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("审计锚点")
        ordering = ["-sequence"]
