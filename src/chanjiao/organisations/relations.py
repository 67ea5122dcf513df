"""Everything in the house that points at an organisation, found by looking at the models.

An app that adds a foreign key to organisations takes part in merges without a line of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from chanjiao.organisations.models import DuplicatePair, Merge, Organisation

# Parts of the register itself that a merge treats on its own terms.
OWN = frozenset({DuplicatePair, Merge})
# What belongs to the row itself and goes with it when it is taken away.
PARTS = frozenset({"OrganisationName", "OrganisationDomain", "OrganisationYear", "RegisterChange"})
# The past keeps the numbers it was written with.
PAST = frozenset({"core.AuditEntry"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One column that holds an organisation's key; ``name`` is stable and kept in merges."""

    model: type[models.Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    def rows_of(self, organisation_id: int) -> models.QuerySet[models.Model]:
        return self.model._base_manager.filter(**{self.field: organisation_id})


def relations() -> list[Relation]:
    """All of them, foreign keys and plain numbers alike, in a stable order."""
    found = {relation.name: relation for relation in (*_foreign_keys(), *_plain_numbers())}
    return [found[name] for name in sorted(found)]


def relation_named(name: str) -> Relation:
    return next(relation for relation in relations() if relation.name == name)


def is_used(organisation_ids: list[int]) -> str:
    """The first kind of record, other than the body's own parts, that names one of these."""
    for relation in relations():
        if relation.model.__name__ in PARTS:
            continue
        filters = {f"{relation.field}__in": organisation_ids}
        if relation.model._base_manager.filter(**filters).exists():
            return str(relation.model._meta.verbose_name)
    return ""


def _foreign_keys() -> Iterator[Relation]:
    for field in Organisation._meta.get_fields(include_hidden=True):
        is_reverse = field.auto_created and not field.concrete
        if not is_reverse or not (field.one_to_many or field.one_to_one):
            continue
        if field.related_model in OWN:
            continue
        yield Relation(field.related_model, field.field.attname)


def _plain_numbers() -> Iterator[Relation]:
    """Lower floors cannot name an organisation and keep its number in ``organisation_id``."""
    for model in apps.get_models():
        if not model.__module__.startswith("chanjiao.") or model._meta.label in PAST:
            continue
        for field in model._meta.concrete_fields:
            if field.name == "organisation_id" and not field.is_relation:
                yield Relation(model, field.attname)
