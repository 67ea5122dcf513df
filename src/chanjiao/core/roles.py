"""The kinds of people the platform knows, and what an action and a reach are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """In what capacity somebody acts; the letters are those of the permission matrix."""

    PUBLIC = "P", _("公众")
    STUDENT = "S", _("学生")
    GUARDIAN = "G", _("监护人")
    TEACHER = "T", _("教师")
    SCHOOL_ADMIN = "SA", _("学校管理员")
    COMPANY_HR = "HR", _("企业人事")
    MENTOR = "M", _("企业导师")
    EXPERT = "E", _("专家")
    OFFICE = "O", _("联合体办公室")
    GRID_OFFICER = "GR", _("网格员")
    GOVERNMENT = "GV", _("政府查看")
    AUDITOR = "AU", _("审计员")
    SYSTEM_ADMIN = "AD", _("系统管理员")


class Action(models.TextChoices):
    CREATE = "C", _("新建")
    READ = "R", _("查看")
    UPDATE = "U", _("修改")
    WITHDRAW = "W", _("撤回")
    APPROVE = "A", _("审核")
    EXPORT = "X", _("导出")


class Reach(models.TextChoices):
    """How far an action reaches; listed from the widest to the narrowest."""

    ALL = "*", _("全部")
    PUBLISHED = "p", _("已公开的")
    AREA = "a", _("本辖区")
    ORGANISATION = "k", _("本机构")
    PARTNER = "b", _("合作方（脱敏）")
    CLASS = "c", _("本班")
    CONSENTED = "j", _("本人同意后")
    MASKED = "m", _("脱敏")
    AGGREGATE = "g", _("仅汇总")
    OWN = "o", _("本人")
