"""Thresholds by date: which value of a rule parameter holds, and where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from chanjiao.core import clock
from chanjiao.core.models import ParameterState, RuleParameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value with the paper it stands in, as figures and screens carry it along."""

    name: str
    title: str
    value: Decimal
    unit: str
    source: str
    confidence: str
    valid_from: date

    @property
    def whole(self) -> int:
        return int(self.value)


def parameter(name: str, *, on: date | None = None, region: str = "") -> Parameter:
    """The value in force on a day, a regional one before the national one.

    A name without a row is a missing piece of data, not a zero: it raises ``LookupError``.
    """
    day = on or clock.today()
    rows = RuleParameter.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        name=name,
        state=ParameterState.IN_FORCE,
        region__in={"", region},
        valid_from__lte=day,
    ).order_by("-region", "-valid_from")
    row = rows.first()
    if row is None:
        raise LookupError(f"no rule parameter {name!r} in force on {day}")
    return Parameter(
        row.name, row.title, row.value, row.unit, row.source, row.confidence, row.valid_from
    )


def in_force(names: Sequence[str], *, on: date | None = None) -> list[RuleParameter]:
    """Rows in force on a day, in the order asked for; what is not loaded is left out."""
    day = on or clock.today()
    rows = RuleParameter.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        name__in=names,
        state=ParameterState.IN_FORCE,
        valid_from__lte=day,
    ).order_by("valid_from")
    found = {row.name: row for row in rows if not row.region}
    return [found[name] for name in names if name in found]
