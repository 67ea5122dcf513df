"""Reads of one body's page and of the office's review: years, names, changes, pairs, merges."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditEntry
from chanjiao.organisations.choices import PairState
from chanjiao.organisations.models import (
    DuplicatePair,
    Membership,
    Merge,
    Organisation,
    OrganisationDomain,
    OrganisationYear,
    RegisterChange,
)
from chanjiao.organisations.policies import can_merge, can_see_internal
from chanjiao.organisations.queries import members_visible_to
from chanjiao.organisations.relations import relations

HISTORY = 30


def years_visible_to(actor: Actor, organisation: Organisation) -> QuerySet[OrganisationYear]:
    """Yearly figures are internal: the body's own, the office's, and the grid officer's."""
    if not can_see_internal(actor, organisation):
        return OrganisationYear.objects.none()
    return organisation.years.all()


def memberships_of(actor: Actor, organisation: Organisation) -> QuerySet[Membership]:
    return members_visible_to(actor).filter(organisation=organisation)


def domains_of(actor: Actor, organisation: Organisation) -> QuerySet[OrganisationDomain]:
    if not can_see_internal(actor, organisation):
        return OrganisationDomain.objects.none()
    return organisation.domains.all()


def changes_of(organisation: Organisation) -> QuerySet[RegisterChange]:
    """Dated facts of the register, public as it is; reasons are shown with internal reach only."""
    return organisation.changes.all()


def changes_visible_to(actor: Actor) -> QuerySet[RegisterChange]:
    return RegisterChange.objects.select_related("organisation")


def changes_by_year() -> Sequence[Mapping[str, int | str]]:
    """How many changes of each kind happened in each year; states and kinds by what they became."""
    rows = RegisterChange.objects.order_by().annotate(year=ExtractYear("on"))
    counted = rows.values("year", "kind", "after").filter(kind__in=["status", "kind"])
    plain = rows.values("year", "kind").exclude(kind__in=["status", "kind"])
    found = [*counted.annotate(n=Count("pk")), *plain.annotate(n=Count("pk"))]
    return sorted(found, key=lambda row: (-row["year"], row["kind"], str(row.get("after", ""))))


def history_of(actor: Actor, organisation: Organisation) -> Sequence[AuditEntry]:
    """What was done to this body, for those who may see its internal data or the audit log."""
    if not (can_see_internal(actor, organisation) or actor.may_all("audit_log")):
        return ()
    rows = AuditEntry.objects.filter(
        thing=Organisation._meta.label_lower, thing_id=str(organisation.pk)
    )
    return list(rows[:HISTORY])


def pairs_visible_to(actor: Actor) -> QuerySet[DuplicatePair]:
    """Pairs for whoever may merge; a pair of which one is merged already is no question."""
    if not can_merge(actor):
        return DuplicatePair.objects.none()
    return DuplicatePair.objects.select_related("first", "second")


def open_pairs_visible_to(actor: Actor) -> QuerySet[DuplicatePair]:
    return pairs_visible_to(actor).filter(state=PairState.OPEN)


def pairs_of(actor: Actor, organisation: Organisation) -> QuerySet[DuplicatePair]:
    rows = open_pairs_visible_to(actor)
    return rows.filter(Q(first=organisation) | Q(second=organisation))


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    if not can_merge(actor):
        return Merge.objects.none()
    return Merge.objects.select_related("kept", "gone", "created_by")


def weight_of(organisation: Organisation) -> list[tuple[str, int]]:
    """What hangs on a body, by kind of record: so that the heavier one of two is kept."""
    counted: dict[str, int] = {}
    for relation in relations():
        number = relation.rows_of(organisation.pk).count()
        if number:
            label = str(relation.model._meta.verbose_name)
            counted[label] = counted.get(label, 0) + number
    return sorted(counted.items(), key=lambda one: -one[1])


def moved_rows(moved: Mapping[str, Sequence[int]]) -> list[tuple[str, int]]:
    """What a merge moved, in the reader's words."""
    labels = {relation.name: relation.model._meta.verbose_name for relation in relations()}
    return [(str(labels.get(name, name)), len(rows)) for name, rows in moved.items()]
