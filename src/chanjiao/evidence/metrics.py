"""What the register of evidence can be asked to count."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.evidence.choices import Grade, ItemState
from chanjiao.evidence.models import EvidenceItem
from chanjiao.evidence.queries import items_visible_to


def _items(moment: Moment) -> QuerySet[EvidenceItem]:
    return EvidenceItem.objects.filter(formed_on__year=moment.year, formed_on__lte=moment.as_of)


def _standing(moment: Moment) -> Q:
    return Q(state__in=[ItemState.ACCEPTED, ItemState.VERIFIED])


def _url(row: Any) -> str:
    return reverse("evidence:item", args=[row.pk])


METRICS = (
    Metric(
        "evidence_verified",
        Words("佐证核验率", "Evidence that was verified"),
        Words(
            "当年形成、未撤回的佐证材料中已核验的占比",
            "Of evidence formed in the year and not withdrawn, the share that was verified",
        ),
        "%", Role.OFFICE,
        rows=_items, numerator=lambda moment: Q(state=ItemState.VERIFIED), denominator=_standing,
        base="evidence of the year", thing="evidence", visible_to=items_visible_to, row_url=_url,
    ),
    Metric(
        "evidence_not_self_reported",
        Words("佐证由他方确认的占比", "Evidence that others confirm"),
        Words(
            "当年形成、未撤回的佐证材料中，由对方确认或来自行政记录的占比",
            "The share that the other party confirmed or that is an administrative record",
        ),
        "%", Role.OFFICE,
        rows=_items,
        numerator=lambda moment: Q(grade__in=[Grade.OTHER_PARTY, Grade.ADMINISTRATIVE]),
        denominator=_standing,
        base="evidence of the year", thing="evidence", visible_to=items_visible_to, row_url=_url,
    ),
)  # fmt: skip
