"""What the register and the consortium can be asked to count."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.organisations.choices import Kind, MembershipState, Status
from chanjiao.organisations.models import Membership, Organisation
from chanjiao.organisations.queries import members_visible_to, organisations_visible_to


def _bodies(moment: Moment) -> QuerySet[Organisation]:
    return Organisation.objects.filter(merged_into=None)


def _memberships(moment: Moment) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__merged_into=None)


def _member_then(moment: Moment) -> Q:
    """Joined by the day and not yet gone; how a membership ended since doesn't matter."""
    stayed = Q(left_on__isnull=True) | Q(left_on__gt=moment.as_of)
    ever = Q(state__in=[MembershipState.ACTIVE, MembershipState.LEFT, MembershipState.EXPELLED])
    return ever & Q(joined_on__lte=moment.as_of) & stayed


def _body_url(row: Any) -> str:
    return reverse("directory:organisation", args=[row.pk])


def _member_url(row: Any) -> str:
    return reverse("directory:organisation", args=[row.organisation_id])


METRICS = (
    Metric(
        "organisations_active",
        Words("在营机构", "Active organisations"),
        Words("登记册中在营、未合并的机构数", "Bodies on the register, active, not merged"),
        "家", Role.OFFICE,
        rows=_bodies,
        numerator=lambda moment: Q(status=Status.ACTIVE),
        body="pk", thing="organisation", visible_to=organisations_visible_to, row_url=_body_url,
        caveat=Words("状态以登记册现状为准", "The state is that of the register today"),
    ),
    Metric(
        "companies_above_size",
        Words("规上企业占比", "Companies above designated size"),
        Words("在营企业中规模以上企业的占比", "Share of active companies above designated size"),
        "%", Role.OFFICE,
        rows=_bodies,
        numerator=lambda moment: Q(is_above_designated_size=True),
        denominator=lambda moment: Q(status=Status.ACTIVE, kind=Kind.COMPANY),
        body="pk", thing="organisation", visible_to=organisations_visible_to, row_url=_body_url,
        caveat=Words("状态以登记册现状为准", "The state is that of the register today"),
    ),
    Metric(
        "members_standing",
        Words("联合体成员", "Consortium members"),
        Words("统计日在册的成员数", "Members standing on the day"),
        "家", Role.OFFICE,
        rows=_memberships, numerator=_member_then, base="memberships",
        thing="membership", visible_to=members_visible_to, row_url=_member_url,
    ),
    Metric(
        "members_companies",
        Words("成员中企业占比", "Companies among members"),
        Words("统计日在册成员中企业的占比", "Share of companies among members on the day"),
        "%", Role.OFFICE,
        rows=_memberships,
        numerator=lambda moment: Q(organisation__kind=Kind.COMPANY),
        denominator=_member_then, base="memberships",
        thing="membership", visible_to=members_visible_to, row_url=_member_url,
    ),
)  # fmt: skip
