"""A small world made by looking at the tables: every kind of record once for each of five bodies.

A table that arrives later is filled without a line here; when its own rules want particular
values, making it fails with its name, and ``PARTICULAR`` is the place to give them.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction

from chanjiao.accounts.models import User
from chanjiao.core import audit, clock, reference
from chanjiao.core.roles import Role
from chanjiao.demand.models import JobDemand
from chanjiao.gaps.services import studies
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Area, Organisation, RoleGrant
from tests.web.access.particular import PARTICULAR, Planted
from tests.web.access.unshown import COPIES

# Records of the consortium as a whole: made once, belonging to nobody.
SHARED = {
    "organisations.Area", "organisations.Consortium", "industry.Chain", "industry.ChainNode",
    "standards.Code", "standards.CodeLink", "core.RuleParameter", "core.Holiday",
    "demand.SurveyRound", "gaps.GapStudy", "publishing.Snapshot", "publishing.Quarter",
    "fairs.Fair", "fairs.FairDate", "fairs.Hall", "fairs.Stand",
}  # fmt: skip

# Frozen from the other records by services, which make what there is of them.
FROZEN = ("publishing.", "gaps.")

# A tenant's, though no key leads there: they name the record by kind and number.
BY_NUMBER = {"core.WorkflowStep"}

# Written by one hand only; the scene does those itself.
NOT_MADE = {
    "core.AuditEntry", "core.AuditHead", "core.AuditAnchor",
    "accounts.User", "organisations.Organisation", "organisations.RoleGrant",
}  # fmt: skip

_serial = itertools.count()


@dataclass
class Tenant:
    """One body with its people; ``made`` holds its one record of each kind."""

    mark: str
    organisation: Any = None
    users: dict[Role, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scene:
    tenants: dict[str, Tenant]
    shared: Tenant
    area: Any = None
    # What was written where: canary → (tenant mark, table, field).
    canaries: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def user(self, role: Role) -> Any:
        return self.home(role).users[role]

    @property
    def of_nobody(self) -> set[str]:
        """Strings of the consortium's own records, which are nobody's secret."""
        return {canary for canary, (mark, _t, _f) in self.canaries.items() if mark in "so"}

    def plant(self, tenant: Tenant, table: str, column: str) -> str:
        """A string that stands nowhere else in the world: 6 characters of a fixed alphabet."""
        canary = f"zq{tenant.mark}{len(self.canaries):03x}"
        self.canaries[canary] = (tenant.mark, table, column)
        return canary

    def home(self, role: Role) -> Tenant:
        return next(t for t in self.tenants.values() if role in t.users and t.mark not in "bd")


PEOPLE = {
    "company_a": ("a", Kind.COMPANY, [Role.COMPANY_HR, Role.MENTOR]),
    "company_b": ("b", Kind.COMPANY, [Role.COMPANY_HR]),
    "school_a": ("c", Kind.HIGHER_COLLEGE, [Role.SCHOOL_ADMIN, Role.TEACHER, Role.STUDENT]),
    "school_b": ("d", Kind.HIGHER_COLLEGE, [Role.SCHOOL_ADMIN]),
    "office": (
        "o", Kind.GOVERNMENT,
        [Role.OFFICE, Role.EXPERT, Role.GRID_OFFICER, Role.GOVERNMENT, Role.AUDITOR,
         Role.SYSTEM_ADMIN, Role.GUARDIAN],
    ),
}  # fmt: skip
ADMINISTRATORS = {Role.COMPANY_HR, Role.SCHOOL_ADMIN, Role.OFFICE, Role.SYSTEM_ADMIN}


def build() -> Scene:
    """The whole world, in the caller's transaction."""
    reference.load_parameters()
    scene = Scene({name: Tenant(mark) for name, (mark, _k, _r) in PEOPLE.items()}, Tenant("s"))
    for name, (_mark, kind, roles) in PEOPLE.items():
        _people(scene, scene.tenants[name], kind, roles)
    scene.shared.organisation = scene.tenants["office"].organisation
    scene.shared.users = scene.tenants["office"].users
    scene.area = _record(scene, Area, scene.shared)
    RoleGrant.objects.filter(role=Role.GRID_OFFICER).update(area=scene.area)
    for tenant in scene.tenants.values():
        _record(scene, JobDemand, tenant)
        for model in tenant_models():
            _record(scene, model, tenant)
        whoever = next(iter(tenant.users.values()))
        told = scene.plant(tenant, "core.AuditEntry", "details")
        audit.record(actor_for(whoever), "demand.changed", tenant.organisation, reason=told)
        tenant.made["core.AuditEntry"] = audit.AuditEntry.objects.first()
    for model in shared_models():
        _record(scene, model, scene.shared)
    scene.shared.made["gaps.GapStudy"] = _studied(scene)
    return scene


def _studied(scene: Scene) -> Any:
    """What the records say of supply and demand, computed by the service and open to all."""
    office, today = actor_for(scene.user(Role.OFFICE)), clock.today()
    return studies.publish(office, studies.create(office, today.year, today).pk)


def every_model() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("chanjiao."):
            yield from config.get_models()


def own_models() -> Iterator[type[models.Model]]:
    yield from (m for m in every_model() if not m._meta.label.startswith(FROZEN))


def text_fields() -> set[tuple[str, str]]:
    """(table, field) of all text that is somebody's, be it a word, a page of it or in JSON."""
    return {
        (model._meta.label, f.name)
        for model in every_model()
        if belongs_to_somebody(model) or model._meta.label in COPIES
        for f in model._meta.concrete_fields
        if isinstance(f, models.CharField | models.TextField | models.JSONField) and not f.choices
    }


def tenant_models() -> list[type[models.Model]]:
    return [m for m in own_models() if belongs_to_somebody(m) and m._meta.label not in NOT_MADE]


def shared_models() -> list[type[models.Model]]:
    return [m for m in own_models() if not belongs_to_somebody(m) and m._meta.label not in NOT_MADE]


def belongs_to_somebody(model: type[models.Model], seen: tuple[Any, ...] = ()) -> bool:
    """Whether some way leads from the record to a body, or to a record that has such a way."""
    if model._meta.label in SHARED:
        return False
    if model is Organisation or model is User or model._meta.label in BY_NUMBER:
        return True
    fields = model._meta.concrete_fields
    if any(f.name == "organisation_id" for f in fields):
        return True
    ways = [
        f.related_model
        for f in fields
        if f.is_relation and f.name != "created_by" and f.related_model not in (User, *seen, model)
    ]
    return any(belongs_to_somebody(way, (*seen, model)) for way in ways)


def _people(scene: Scene, tenant: Tenant, kind: str, roles: list[Role]) -> None:
    tenant.organisation = Organisation(kind=kind)
    _fill(scene, tenant.organisation, tenant, {"kind": kind, "status": "active"})
    tenant.organisation.name_key = tenant.organisation.name
    tenant.organisation.save()
    tenant.made["organisations.Organisation"] = tenant.organisation
    for role in roles:
        name, email, phone = (
            scene.plant(tenant, "accounts.User", field) for field in ("name", "email", "phone")
        )
        user = User.objects.create(email=f"{email}@example.test", name=name, phone=phone)
        grant = RoleGrant.objects.create(
            user=user, role=role, organisation=tenant.organisation,
            is_admin=role in ADMINISTRATORS, starts_on=date(2026, 1, 1),
            end_reason=scene.plant(tenant, "organisations.RoleGrant", "end_reason"),
        )  # fmt: skip
        tenant.users[role] = user
        tenant.made.setdefault("organisations.RoleGrant", grant)
        tenant.made.setdefault("accounts.User", user)


def _record(scene: Scene, model: type[models.Model], tenant: Tenant) -> Any:
    """The tenant's one record of this kind, made when it is first needed."""
    label = model._meta.label
    home = tenant if belongs_to_somebody(model) else scene.shared
    if label not in home.made:
        thing = model()
        try:
            with transaction.atomic():
                _fill(scene, thing, home, PARTICULAR.get(label, {}))
                thing.save(force_insert=True)
        except Exception as fault:
            raise AssertionError(
                f"{label} cannot be made by itself; give the values it wants in PARTICULAR of"
                f" tests/web/access/scene.py, or name it in SHARED. {fault}"
            ) from fault
        home.made[label] = thing
    return home.made[label]


def _fill(scene: Scene, thing: Any, tenant: Tenant, given: dict[str, Any]) -> None:
    for f in thing._meta.concrete_fields:
        if f.primary_key or getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False):
            continue
        if f.name in given or f.attname in given:
            value = given.get(f.name, given.get(f.attname))
            if isinstance(value, Planted):
                value = value.around(scene.plant(tenant, thing._meta.label, f.name))
            value = value(tenant) if callable(value) else value
        else:
            value = _value(scene, thing, f, tenant)
        if value is not None:
            setattr(thing, f.name, value)


def _value(scene: Scene, thing: Any, f: Any, tenant: Tenant) -> Any:
    whose = {
        "organisation_id": tenant.organisation and tenant.organisation.pk,
        "user_id": next((user.pk for user in tenant.users.values()), None),
    }
    if f.is_relation:
        return _related(scene, thing, f, tenant)
    if f.name in whose:
        return whose[f.name]
    if f.choices:
        return None if f.has_default() else f.choices[0][0]
    if isinstance(f, models.CharField | models.TextField):
        return _text(scene, thing, f, tenant)
    return None if f.has_default() or f.null else _plain(f)


def _related(scene: Scene, thing: Any, f: Any, tenant: Tenant) -> Any:
    model = f.related_model
    if model is type(thing):
        return None
    if model is User:
        return next(iter(tenant.users.values()), None) if tenant.users else None
    if model is Organisation:
        return tenant.organisation if tenant.organisation is not thing else None
    if isinstance(thing, Organisation) and f.null:
        return None
    return _record(scene, model, tenant)


def _text(scene: Scene, thing: Any, f: Any, tenant: Tenant) -> Any:
    longest = f.max_length or 1000
    if longest < 6:
        return None if f.blank or f.null or f.has_default() else "x"
    canary = scene.plant(tenant, thing._meta.label, f.name)
    return f"{canary}@example.test" if isinstance(f, models.EmailField) else canary


def _plain(f: Any) -> Any:
    kinds: list[tuple[type, Any]] = [
        (models.DateTimeField, clock.now()),
        (models.DateField, clock.today()),
        (models.BooleanField, False),
        (models.DecimalField, 1),
        (models.FloatField, 1.0),
        (models.JSONField, {}),
        (models.BinaryField, b""),
    ]
    for kind, value in kinds:
        if isinstance(f, kind):
            return value
    return 2026 if "year" in f.name else next(_serial) + 1
