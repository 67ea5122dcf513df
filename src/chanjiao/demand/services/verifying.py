"""Verifying many submitted lines at once, each by the same table as a single one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import WorkflowStep
from chanjiao.demand.choices import DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.demand.services.lifecycle import FLOW, not_past, usually_until, valid_until

MOST_AT_ONCE = 5000


@dataclass
class Verified:
    """How many were verified, and why the others were not, by reason."""

    done: int = 0
    refused: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def verify_many(actor: Actor, ids: Sequence[int]) -> Verified:
    """Verify lines in bulk; what the table would refuse stays as it is and is counted."""
    move = FLOW.move("verify")
    rows = list(
        JobDemand.objects.select_for_update(of=("self",))
        .filter(pk__in=list(ids)[:MOST_AT_ONCE], state=DemandState.SUBMITTED)
        .order_by("pk")
    )
    if not all(move.policy(actor, row) for row in rows):
        raise PermissionDenied
    submitters = _submitters([row.pk for row in rows])
    found, good, usual = Verified(), [], usually_until()
    for row in rows:
        own = actor.user_id is not None and (
            submitters.get(row.pk, row.created_by_id) == actor.user_id
        )
        reason = "own" if own else ("past" if not_past(row) else "")
        if reason:
            found.refused[reason] += 1
            continue
        row.valid_until = valid_until(row, usual)
        good.append(row)
    _write(good)
    _log(actor, [row.pk for row in good])
    found.done = len(good)
    if good:
        audit.record(actor, "demand.verified_many", n=len(good), ids=[row.pk for row in good])
    return found


def _write(rows: Sequence[JobDemand]) -> None:
    """One statement for each day that the lines are now valid until."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for row in rows:
        by_day[row.valid_until].append(row.pk)
    for day, ids in by_day.items():
        JobDemand.objects.filter(pk__in=ids).update(
            state=DemandState.VALID, confirmed_on=clock.today(), valid_until=day,
            updated_at=clock.now(),
        )  # fmt: skip


def _submitters(ids: Sequence[int]) -> dict[int, int | None]:
    steps = WorkflowStep.objects.filter(kind=FLOW.kind, thing_id__in=ids, move="submit")
    return dict(steps.order_by("number").values_list("thing_id", "user_id"))


def _log(actor: Actor, ids: Sequence[int]) -> None:
    last = dict(
        WorkflowStep.objects.filter(kind=FLOW.kind, thing_id__in=ids)
        .order_by()
        .values_list("thing_id")
        .annotate(n=Max("number"))
    )
    WorkflowStep.objects.bulk_create(
        [
            WorkflowStep(
                kind=FLOW.kind, thing_id=pk, number=last.get(pk, 0) + 1, move="verify",
                from_state=DemandState.SUBMITTED, to_state=DemandState.VALID,
                user_id=actor.user_id, user_name=actor.name,
                organisation_name=actor.organisation_name, at=clock.now(),
            )
            for pk in ids
        ],
        batch_size=1000,
    )  # fmt: skip
