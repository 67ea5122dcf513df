from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    SECONDARY = "secondary", _("中职")
    MIDDLE_WORKER = "middle", _("技工中级")
    SENIOR_WORKER = "senior", _("技工高级")
    TECHNICIAN = "technician", _("技师")
    COLLEGE = "college", _("高职专科")
    VOCATIONAL_BACHELOR = "vbachelor", _("职业本科")
    BACHELOR = "bachelor", _("本科")


class Form(models.TextChoices):
    REGULAR = "regular", _("普通")
    FIVE_YEARS = "five", _("五年一贯")
    THREE_TWO = "3+2", _("中高 3+2")
    TO_BACHELOR = "tobachelor", _("高本贯通")
    FOUR_ZERO = "4+0", _("4+0")
    APPRENTICE = "apprentice", _("学徒制")
    ORDER = "order", _("订单")


class OfferingState(models.TextChoices):
    """Filing state (备案) of a major at a school; waiting is ours, between 拟设 and 备案."""

    PLANNED = "planned", _("拟设")
    SUBMITTED = "submitted", _("待备案")
    FILED = "filed", _("备案")
    OPEN = "open", _("在招")
    LIMITED = "limited", _("限招")
    STOPPED = "stopped", _("停招")
    REVOKED = "revoked", _("撤销")


NEEDS_FILING_NUMBER = frozenset({OfferingState.FILED, OfferingState.OPEN, OfferingState.LIMITED})
# What the school runs or has people in: the ground on which coverage is reckoned.
LIVE = frozenset({*NEEDS_FILING_NUMBER, OfferingState.STOPPED})
# What anybody may know that a school offers.
PUBLIC = frozenset({OfferingState.OPEN, OfferingState.LIMITED})


class StudentStatus(models.TextChoices):
    ENROLLED = "enrolled", _("在籍")
    SUSPENDED = "suspended", _("休学")
    WITHDRAWN = "withdrawn", _("退学")
    GRADUATED = "graduated", _("毕业")
    COMPLETED = "completed", _("结业")


ON_ROLL = frozenset({StudentStatus.ENROLLED, StudentStatus.SUSPENDED})
