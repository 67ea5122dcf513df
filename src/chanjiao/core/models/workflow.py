from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkflowStep(models.Model):
    """One move of one record, append-only and gap-free: each starts where the last ended."""

    kind = models.CharField(_("流程"), max_length=40)
    thing_id = models.BigIntegerField(_("对象编号"))
    number = models.PositiveIntegerField(_("步骤"))
    move = models.CharField(_("动作"), max_length=40)
    from_state = models.CharField(_("原状态"), max_length=30, blank=True)
    to_state = models.CharField(_("新状态"), max_length=30)
    opinion = models.TextField(_("意见"), blank=True)
    user_id = models.BigIntegerField(_("用户编号"), null=True)
    user_name = models.CharField(_("办理人"), max_length=80, blank=True)
    organisation_name = models.CharField(_("办理机构"), max_length=120, blank=True)
    at = models.DateTimeField(_("时间"))
    due_on = models.DateField(_("下一步期限"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理记录")
        ordering = ["kind", "thing_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing_id", "number"], name="workflow_step_in_order"
            )
        ]
