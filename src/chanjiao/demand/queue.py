"""Positions without a code, as the alignment queue takes them: one line a wording and company."""

from collections.abc import Sequence

from django.db.models import Count, Min, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.demand import wording
from chanjiao.demand.choices import OPEN, Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.standards.queue import QueueSource, WaitingLine

# A draft is nobody's business yet; codes that the company typed itself are not taken back.
STATES = tuple(state for state in OPEN if state != DemandState.DRAFT)
DECIDED = (Coding.PERSON, Coding.MEMORY, Coding.MACHINE, Coding.NONE)
BATCH = 1000
SHOWN = 200


class PositionQueue(QueueSource):
    """Job demands by title; the office codes everybody's, a company its own."""

    name = "positions"
    label = _("岗位需求")
    system = System.OCCUPATION

    def waiting(self, actor: Actor, limit: int) -> Sequence[WaitingLine]:
        rows = (
            self._rows(actor)
            .values("company_id", "company__name", "title_key")
            .annotate(
                n=Count("pk"), people=Sum("headcount"), raw=Min("title"),
                context=Min("description"),
            )
            .order_by("-people", "company_id", "title_key")
        )  # fmt: skip
        return [
            WaitingLine(
                row["raw"], row["company_id"], row["company__name"], row["n"],
                row["people"], row["context"][:SHOWN],
            )
            for row in rows[:limit]
        ]  # fmt: skip

    def total(self, actor: Actor) -> int:
        return self._rows(actor).values("company_id", "title_key").distinct().count()

    def choose(
        self, actor: Actor, raw: str, organisation_id: int | None, code: Code | None, by: str
    ) -> int:
        rows = _of(raw, organisation_id).filter(coding=Coding.WAITING)
        return _write(rows, code, by)

    def reopen(self, actor: Actor, raw: str, organisation_id: int | None) -> int:
        rows = _of(raw, organisation_id).filter(coding__in=DECIDED)
        return _write(rows, None, Coding.WAITING)

    def _rows(self, actor: Actor) -> QuerySet:
        rows = JobDemand.objects.filter(coding=Coding.WAITING, state__in=STATES)
        if not actor.may_all("alignment", Action.UPDATE):
            rows = rows.filter(company_id=actor.organisation_id)
        return rows.order_by()


def search_text(demand: JobDemand) -> str:
    """Terms that find a position; needs the company and occupation loaded."""
    occupation = demand.occupation
    words = wording.terms(
        demand.title,
        demand.company.name,
        demand.place,
        f"{occupation.name} {occupation.code.replace('-', '')}" if occupation else "",
    )
    return " ".join(words)


def _of(raw: str, organisation_id: int | None) -> QuerySet[JobDemand]:
    rows = JobDemand.objects.filter(title_key=wording.key(raw), state__in=STATES)
    if organisation_id is not None:
        rows = rows.filter(company_id=organisation_id)
    return rows.select_related("company")


def _write(rows: QuerySet[JobDemand], code: Code | None, by: str) -> int:
    """Set the code on every row and on what finds it, some hundreds at a time."""
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for demand in found:
        demand.occupation, demand.coding = code, by
        demand.search_text = search_text(demand)
        demand.updated_at = clock.now()
    JobDemand.objects.bulk_update(
        found, ["occupation", "coding", "search_text", "updated_at"], batch_size=BATCH
    )
    return len(found)
