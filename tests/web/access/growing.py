"""The scene many times over: beside each record as many more that hang on the same ones.

A record's copies keep its keys, so whatever page tells of that other record has many rows of
them. Where a rule allows a key only once, the copies take one column in turn that may differ.
"""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from chanjiao.core import audit, clock
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Organisation
from chanjiao.supply.models import MajorOffering
from tests.web.access.scene import FROZEN, Scene, Tenant, every_model

# Which columns differ between copies, where those that could would break another rule.
DIFFER: dict[str, list[tuple[str, ...]]] = {
    "core.RuleParameter": [("region",)],
    "fairs.Interview": [("intention", "seat", "student")],
    "fairs.Slot": [("booth",)],
    "gaps.GapFigure": [("key",)],
    "gaps.GapStudy": [("as_of",)],
    "industry.Placement": [("organisation",), ("node",)],
    "organisations.RoleGrant": [("user",)],
    "supply.Cohort": [("class_name",), ("offering",)],
    "supply.MajorOffering": [("code",), ("school",)],
    "core.WorkflowStep": [("number",)],
    "organisations.DuplicatePair": [("second",)],
    "publishing.Quarter": [("year",)],
    "publishing.Version": [("publication", "snapshot")],  # later ones of one list would be torn
}
# Of which kinds of rows there is more than one list, told apart by these columns.
KINDS = {
    "gaps.GapFigure": ("audience", "view"), "gaps.GapLine": ("side",),
    "publishing.SnapshotRow": ("kind",),
}  # fmt: skip
# Written by one hand only, or one and no more.
NOT_GROWN = {"core.AuditHead", "core.AuditAnchor", "core.AuditEntry"}


class Garden:
    """Copies of a scene's records, by table and by whose they are; keys need theirs first."""

    def __init__(self, scene: Scene, marks: str, times: int) -> None:
        self.scene, self.times = scene, times
        self.homes = [t for t in scene.tenants.values() if t.mark in marks] + [scene.shared]
        self.copies: dict[tuple[type[models.Model], str], list[Any]] = {}
        self.serial = itertools.count(1)

    def grow(self) -> None:
        self._ripen()
        for model in every_model():
            for home in self.homes:
                self.of(model, home)
        for home in self.homes:
            who = actor_for(next(iter(home.users.values())))
            for _n in range(self.times):
                audit.record(who, "demand.changed", home.organisation)

    def _ripen(self) -> None:
        """What the scene leaves open for the sake of the walks: bodies' places, majors' filing."""
        MajorOffering.objects.update(state="open", confirmed_on=clock.today())
        made = self.scene.shared.made
        industry, area = made["standards.Code"], made["organisations.Area"]
        Organisation.objects.update(industry=industry, area=area)
        for home in self.homes:
            for thing in (home.organisation, home.made.get("supply.MajorOffering")):
                if thing is not None:
                    thing.refresh_from_db()

    def of(self, model: type[models.Model], home: Tenant) -> list[Any]:
        """The copies of this home's record; those of the consortium's where it has none."""
        place = model, home.mark
        if place not in self.copies:
            self.copies[place] = []
            made = [
                copy for one in self._originals(model, home) for copy in self._copies(one, home)
            ]
            self.copies[place] = self._written(model, made) if made else []
        return self.copies[place] or (
            self.of(model, self.scene.shared) if home is not self.scene.shared else []
        )

    def _originals(self, model: type[models.Model], home: Tenant) -> list[Any]:
        label = model._meta.label
        if label in NOT_GROWN:
            return []
        if label in home.made:
            return [home.made[label]]
        if home is not self.scene.shared or not label.startswith(FROZEN):
            return []
        leaves = ["-is_leaf"] if label == "gaps.GapFigure" else []
        rows = model._default_manager.order_by(*leaves, "-pk")
        firsts = {
            tuple(getattr(one, k) for k in KINDS.get(label, ())): one for one in reversed(rows)
        }
        return list(firsts.values())

    def _copies(self, one: Any, home: Tenant) -> Iterator[Any]:
        """For each column that could tell them apart, as many copies as asked for."""
        for fields in _ways(one):
            pools = {f.name: self.of(f.related_model, home) for f in fields if f.is_relation}
            for n in range(min([self.times, *map(len, pools.values())])):
                copy = _twin(one)
                for f in fields:
                    setattr(
                        copy, f.name, pools[f.name][n] if f.is_relation else self._other(f, one, n)
                    )
                yield copy

    def _other(self, field: Any, one: Any, n: int) -> Any:
        """A value that no other row has in this column; years go back, so the newest stays so."""
        value, tail = getattr(one, field.name), f"-{next(self.serial):x}"
        if isinstance(field, models.CharField | models.TextField):
            return f"{str(value or '')[: (field.max_length or 60) - len(tail)]}{tail}"
        if isinstance(field, models.DateTimeField | models.DateField):
            return (value or date(2026, 1, 1)) - timedelta(days=n + 1)
        return value - n - 1 if field.name == "year" else int(value or 0) + next(self.serial)

    def _written(self, model: type[models.Model], made: list[Any]) -> list[Any]:
        try:
            with transaction.atomic():
                return model._default_manager.bulk_create(made)
        except Exception as fault:
            raise AssertionError(
                f"{model._meta.label} cannot be multiplied by itself; say which columns differ"
                f" in DIFFER of tests/web/access/growing.py. {fault}"
            ) from fault


def _ways(one: Any) -> Iterator[list[Any]]:
    """Sets of columns that must differ; several where only keys could, one after the other."""
    meta = type(one)._meta
    ways = DIFFER.get(meta.label) or _found_ways(type(one))
    for names in dict.fromkeys(ways):
        fields = [meta.get_field(name) for name in names]
        yield [f for f in fields if not f.is_relation or getattr(one, f.attname) is not None]


def _found_ways(model: type[models.Model]) -> list[tuple[str, ...]]:
    fixed: list[str] = []
    choices: list[list[str]] = []
    for names in _unique(model):
        fields = [model._meta.get_field(name) for name in names]
        plain = [f for f in reversed(fields) if not f.is_relation and not f.choices]
        texts = [f for f in plain if isinstance(f, models.CharField | models.TextField)]
        if plain:
            fixed.append((texts or plain)[0].name)
        else:
            choices.append([f.name for f in fields if f.is_relation])
    ways = itertools.product(*choices) if choices else [()]
    return [tuple(dict.fromkeys([*fixed, *way])) for way in ways]


def _unique(model: type[models.Model]) -> Iterator[Sequence[str]]:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields:
            yield rule.fields


def _twin(one: Any) -> Any:
    kept = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}
    return type(one)(**{k: v for k, v in kept.items() if k != one._meta.pk.attname})
