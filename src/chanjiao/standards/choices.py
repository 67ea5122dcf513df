from django.db import models
from django.utils.translation import gettext_lazy as _


class System(models.TextChoices):
    """The code lists the platform aligns to and counts by."""

    INDUSTRY = "gbt4754", _("国民经济行业分类 GB/T 4754-2017")
    OCCUPATION = "occ2022", _("职业分类大典 2022")
    MAJOR = "major2021", _("职业教育专业目录 2021")
    REGION = "gbt2260", _("行政区划")
    EDUCATION = "education", _("学历层次")
    SCHOOLING = "gbt4658", _("学历代码 GB/T 4658-2006")
    SKILL_LEVEL = "skill_level", _("职业技能等级（新八级）")
    DESTINATION = "destination", _("毕业去向")
    OWNERSHIP = "ownership", _("单位性质")
    SKILL = "skill", _("技能")


class Relation(models.TextChoices):
    MAJOR_OCCUPATION = "major_occupation", _("专业—职业")
    OCCUPATION_INDUSTRY = "occupation_industry", _("职业—行业")
    OCCUPATION_SKILL = "occupation_skill", _("职业—技能")
    MAJOR_MAJOR = "major_major", _("专业—专业衔接")


class Basis(models.TextChoices):
    OFFICIAL = "official", _("官方目录")
    STANDARD = "standard", _("教学标准")
    EXPERT = "expert", _("专家")
    STATISTICAL = "statistical", _("统计学习")


class LinkState(models.TextChoices):
    PROPOSED = "proposed", _("待复核")
    ACCEPTED = "accepted", _("已采纳")
    REJECTED = "rejected", _("已否决")


class AlignedBy(models.TextChoices):
    PERSON = "person", _("人工")
    MACHINE = "machine", _("自动（高于阈值）")
    MEMORY = "memory", _("历史记忆")
    NONE = "none", _("都不合适")
