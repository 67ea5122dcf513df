from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.core.models import TimeStamped
from chanjiao.organisations.choices import (
    ConsortiumKind,
    ConsortiumLevel,
    MembershipState,
    Seat,
)
from chanjiao.organisations.models.areas import Area
from chanjiao.organisations.models.organisations import Organisation


class Consortium(TimeStamped):
    """A municipal consortium, a sector community, an alliance or a group: one table."""

    name = models.CharField(_("名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=ConsortiumKind)
    level = models.CharField(_("级别"), max_length=10, choices=ConsortiumLevel)
    park = models.ForeignKey(
        Area, verbose_name=_("依托园区"), null=True, blank=True, on_delete=models.PROTECT
    )
    office = models.ForeignKey(
        Organisation, verbose_name=_("办公室"), on_delete=models.PROTECT, related_name="+"
    )
    lead_school = models.ForeignKey(
        Organisation, verbose_name=_("牵头学校"), on_delete=models.PROTECT, related_name="+"
    )
    lead_company = models.ForeignKey(
        Organisation, verbose_name=_("牵头企业"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    founded_on = models.DateField(_("成立日期"))

    class Meta:
        verbose_name = verbose_name_plural = _("联合体")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Membership(TimeStamped):
    """An organisation's seat in a consortium, from application to leaving."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("联合体"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="memberships"
    )
    seat = models.CharField(_("席位"), max_length=10, choices=Seat, default=Seat.MEMBER)
    state = models.CharField(
        _("状态"), max_length=10, choices=MembershipState, default=MembershipState.APPLIED
    )
    joined_on = models.DateField(_("加入日期"), null=True, blank=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    pledge = models.TextField(_("承诺事项"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("成员")
        ordering = ["consortium_id", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "organisation"],
                condition=Q(state__in=["applied", "screened", "active"]),
                name="membership_once_at_a_time",
                violation_error_message=_("该机构已在本联合体登记。"),
            ),
            models.UniqueConstraint(
                fields=["consortium"],
                condition=Q(state="active", seat="chair"),
                name="membership_one_chair",
                violation_error_message=_("本联合体已有理事长单位。"),
            ),
            models.CheckConstraint(
                name="membership_leaves_after_it_joins",
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("退出日期须不早于加入日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} @ {self.consortium}"
