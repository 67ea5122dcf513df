"""Papers that must reach over a time: insurance without a gap, filings made before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chanjiao.engines.rules.answers import Kleene, disjunction
from chanjiao.engines.rules.terms import CODES, DATE, FLAG, TEXT, Function


@dataclass(frozen=True, slots=True)
class Policy:
    """An insurance policy from a day to a day, both included."""

    no: str | None = None
    kind: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    payer: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """What was reported to the authority for a rule that allows it then."""

    rule: str
    no: str | None = None
    on: date | None = None


Policies = tuple[Policy, ...]


def insured(
    policies: Policies, start: date, end: date, kinds: frozenset[str], barred: frozenset[str]
) -> Kleene:
    """Whether policies of those kinds, none paid by somebody barred, cover every day together.

    A policy with a gap in what is known of it may or may not count.
    """
    if first_gap(_sure(policies, kinds, barred), start, end) is None:
        return True
    return None if first_gap(_possible(policies, kinds, barred), start, end) is None else False


def first_uninsured(
    policies: Policies, start: date, end: date, kinds: frozenset[str], barred: frozenset[str]
) -> date | None:
    """The first day without cover, for the message."""
    return first_gap(_sure(policies, kinds, barred), start, end)


def _sure(
    policies: Policies, kinds: frozenset[str], barred: frozenset[str]
) -> list[tuple[date, date]]:
    return [
        (one.starts_on, one.ends_on)
        for one in policies
        if one.no
        and one.kind in kinds
        and one.payer
        and one.payer not in barred
        and one.starts_on
        and one.ends_on
    ]


def _possible(
    policies: Policies, kinds: frozenset[str], barred: frozenset[str]
) -> list[tuple[date, date]]:
    return [
        (one.starts_on or date.min, one.ends_on or date.max)
        for one in policies
        if (one.kind is None or one.kind in kinds) and one.payer not in barred
    ]


def first_gap(spans: Iterable[tuple[date, date]], start: date, end: date) -> date | None:
    """The first day of start to end that lies in none of the spans.

    >>> d = date.fromisoformat
    >>> first_gap([(d("2026-03-01"), d("2026-03-31")), (d("2026-04-02"), d("2026-06-30"))],
    ...           d("2026-03-01"), d("2026-06-30"))
    datetime.date(2026, 4, 1)
    """
    day = start
    for first, last in sorted(spans):
        if first > day:
            break
        if last >= end:
            return None
        day = max(day, last + timedelta(days=1))
    return day if day <= end else None


def filed(filings: tuple[Filing, ...], rule: str, by: date) -> Kleene:
    """Whether a filing for the rule bears a number and a day not after ``by``."""
    return disjunction(_files(one, by) for one in filings if one.rule == rule)


def _files(filing: Filing, by: date) -> Kleene:
    if filing.on is not None and filing.on > by:
        return False
    return None if filing.on is None or filing.no is None else True


def any_after(days: tuple[date, ...], limit: date) -> bool:
    return any(day > limit for day in days)


COVERS: dict[str, Function] = {
    "insured": Function(("policies", DATE, DATE, CODES, CODES), FLAG, insured),
    "first_uninsured": Function(("policies", DATE, DATE, CODES, CODES), DATE, first_uninsured),
    "filed": Function(("filings", TEXT, DATE), FLAG, filed),
    "any_after": Function(("days", DATE), FLAG, any_after),
}
