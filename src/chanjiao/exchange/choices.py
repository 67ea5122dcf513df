from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    RECEIVED = "received", _("等待检查")
    CHECKING = "checking", _("检查中")
    UNMAPPED = "unmapped", _("待指定列")
    REFUSED = "refused", _("有错误，未导入")
    PREVIEWED = "previewed", _("待确认")
    APPLYING = "applying", _("写入中")
    APPLIED = "applied", _("已导入")
    UNDONE = "undone", _("已撤销")
    CANCELLED = "cancelled", _("已取消")
    FAILED = "failed", _("未完成")


class RowKind(models.TextChoices):
    NEW = "new", _("新增")
    CHANGED = "changed", _("变更")
    GONE = "gone", _("表中没有")
