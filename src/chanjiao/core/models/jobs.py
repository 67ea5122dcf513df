from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models.stamped import TimeStamped


class JobState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class JobRun(TimeStamped):
    """Long work as a person sees it: what it is, how far it is, how it ended.

    The queue itself is django-ox's; a reconciler marks runs whose task is gone.
    """

    kind = models.CharField(_("种类"), max_length=40)
    title = models.CharField(_("任务"), max_length=200)
    organisation_id = models.BigIntegerField(_("机构"), null=True, db_index=True)
    task_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=JobState, default=JobState.WAITING, db_index=True
    )
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    heartbeat_at = models.DateTimeField(_("最近心跳"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("后台任务")
        ordering = ["-pk"]

    @property
    def percent(self) -> int:
        if self.state == JobState.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    def __str__(self) -> str:
        return self.title
