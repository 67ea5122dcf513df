from django.db import models
from django.utils.translation import gettext_lazy as _


class QuarterState(models.TextChoices):
    """How far the closing of a quarter has come; each value names what is finished."""

    COLLECTING = "collecting", _("征集中")
    REMINDED = "reminded", _("已催报")
    REVIEWED = "reviewed", _("已对齐")
    COMPUTED = "computed", _("已测算")
    CHECKED = "checked", _("已核对")
    FROZEN = "frozen", _("已冻结")
    PUBLISHED = "published", _("已发布")


class PublicationState(models.TextChoices):
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Kind(models.TextChoices):
    DEMAND_LIST = "demand_list", _("人才需求清单")


class Format(models.TextChoices):
    """Files made from a snapshot, in the order in which readers ask for them."""

    XLSX = "xlsx", _("Excel 表格")
    CSV = "csv", _("CSV 数据")
    JSON = "json", _("JSON 数据（快照原文）")
    DOCX = "docx", _("Word 简报")
    PDF = "pdf", _("PDF 简报")


CONTENT_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}
