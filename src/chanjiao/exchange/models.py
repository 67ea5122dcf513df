from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import JobRun, StoredFile, TimeStamped
from chanjiao.exchange.choices import ImportState, RowKind
from chanjiao.organisations.models import Organisation


class ImportJob(TimeStamped):
    """One file on its way in: checked, previewed, applied whole or not at all, undoable for a day.

    ``faults`` and ``warnings`` hold the first thousand in full; the counts hold them all by code.
    """

    sheet = models.CharField(_("表格"), max_length=40, db_index=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(StoredFile, verbose_name=_("文件"), on_delete=models.PROTECT)
    state = models.CharField(
        _("状态"), max_length=10, choices=ImportState, default=ImportState.RECEIVED, db_index=True
    )
    run = models.ForeignKey(JobRun, null=True, on_delete=models.SET_NULL, related_name="+")
    mapping = models.JSONField(_("列对应"), default=dict, blank=True)
    updates_existing = models.BooleanField(_("更新已有数据"), default=False)
    header_row = models.PositiveIntegerField(_("表头行"), null=True)
    layout = models.JSONField(_("识别结果"), default=dict)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("变更"), default=0)
    unchanged = models.PositiveIntegerField(_("不变"), default=0)
    gone = models.PositiveIntegerField(_("表中没有"), default=0)
    fault_total = models.PositiveIntegerField(_("错误"), default=0)
    warning_total = models.PositiveIntegerField(_("提醒"), default=0)
    faults = models.JSONField(_("错误清单"), default=list)
    warnings = models.JSONField(_("提醒清单"), default=list)
    fault_counts = models.JSONField(default=dict)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    applied_at = models.DateTimeField(_("导入时间"), null=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入任务")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.sheet} · {self.file}"


class ImportRow(models.Model):
    """One row that would change something, as it stands and as the file says; packed values."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("行号"), null=True)
    kind = models.CharField(_("变化"), max_length=8, choices=RowKind)
    key = models.JSONField(_("键"))
    before = models.JSONField(_("现有"), null=True)
    after = models.JSONField(_("文件"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("导入行")
        ordering = ["pk"]
        indexes = [models.Index(fields=["job", "kind", "id"], name="import_row_of_job")]
