from django.db import models
from django.utils.translation import gettext_lazy as _


class Position(models.TextChoices):
    """Where a node stands in its chain; the map draws the columns in this order."""

    UPSTREAM = "up", _("上游")
    MIDSTREAM = "mid", _("中游")
    DOWNSTREAM = "down", _("下游")
    SUPPORTING = "side", _("配套")


class NodeStatus(models.TextChoices):
    STRONG = "strong", _("优势")
    COMPLETE = "complete", _("完备")
    WEAK = "weak", _("薄弱")
    MISSING = "missing", _("缺失")


class PlacementRole(models.TextChoices):
    HEAD = "head", _("链主")
    BACKBONE = "backbone", _("骨干")
    SUPPORT = "support", _("配套")


class PlacementSource(models.TextChoices):
    OFFICE = "office", _("办公室登记")
    IMPORT = "import", _("表格导入")
