from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("计算中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class Side(models.TextChoices):
    DEMAND = "demand", _("需求")
    SUPPLY = "supply", _("供给")


class View(models.TextChoices):
    """From where the same balance is looked at; the cell crosses occupation and area."""

    OCCUPATION = "occupation", _("按职业")
    MAJOR = "major", _("按专业")
    CHAIN = "chain", _("按产业链")
    AREA = "area", _("按区域")
    INDUSTRY = "industry", _("按行业")
    CELL = "cell", _("职业 × 区域")
    FLOW = "flow", _("专业 → 职业")
    GRID = "grid", _("区域 × 行业 × 专业")


class Audience(models.TextChoices):
    """Who a figure is worked out for: the office, or everybody else with small cells hidden."""

    OFFICE = "office", _("办公室")
    OTHERS = "others", _("其他人")


class Band(models.TextChoices):
    SEVERE = "severe", _("非常紧缺")
    SHORT = "short", _("紧缺")
    SOME = "some", _("一般紧缺")
    NONE = "none", _("不紧缺")


class HiddenReason(models.TextChoices):
    FEW_CONTRIBUTORS = "few_contributors", _("企业数过少")
    FEW_PEOPLE = "few_people", _("人数过少")
    GIVES_AWAY = "gives_away", _("会泄露其他小单元")
    DERIVED = "derived", _("可推算出未公开的数")
