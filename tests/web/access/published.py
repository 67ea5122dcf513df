"""A quarter of the scene closed in six steps: what its list and its five files hold is real.

One position of B is public by B's own word and must stand under B's name; all else of the list
is pooled. B and D object to the list, which is their own and the office's business.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role
from chanjiao.demand.models import JobDemand
from chanjiao.gaps.models import GapStudy
from chanjiao.organisations.actors import actor_for
from chanjiao.publishing.choices import Format
from chanjiao.publishing.models import Publication, Quarter
from chanjiao.publishing.services import preparing, publications, quarters
from tests.web.access.routes import Route
from tests.web.access.scene import Scene

STEPS = ("remind", "review")
FORMATS = tuple(Format.values)


@dataclass(frozen=True, slots=True)
class Published:
    """The list, and the canary of the position that may be read by everybody."""

    publication: Publication
    quarter: Quarter
    open_title: str
    objections: tuple[Any, ...]

    @property
    def doors(self) -> list[str]:
        """Addresses of the list, its files and of the closing behind it."""
        number, closing = self.publication.number, f"/publishing/quarters/{self.quarter.pk}/"
        version = f"/lists/{number}/v1/"
        return [
            f"/lists/{number}/", f"/lists/{number}/posts/", version, f"{version}posts/",
            f"{version}rows/1/", *(f"{version}files/{fmt}/" for fmt in FORMATS),
            f"/publishing/{number}/", closing, f"{closing}preview/", f"/api/v1/lists/{number}",
            f"/api/v1/lists/{number}/rows",
        ]  # fmt: skip

    def words(self, route: Route) -> dict[str, Any] | None:
        """How the addresses of lists are filled; None for all others."""
        known = {
            "number": self.publication.number, "version": 1, "position": 1, "fmt": "csv",
            "key": "headcount", "pk": self.quarter.pk,
        }  # fmt: skip
        if not route.arguments or set(route.arguments) - set(known):
            return None
        if "number" not in route.arguments and not route.pattern.startswith("publishing/"):
            return None
        return {name: known[name] for name in route.arguments}


def published(scene: Scene) -> Published:
    office, head = actor_for(scene.user(Role.OFFICE)), _head(scene)
    title = _open_position(scene)
    number = scene.shared.made["demand.SurveyRound"].quarter
    closing = quarters.open_quarter(office, clock.today().year, number)
    for move in STEPS:
        quarters.make(office, closing.pk, move)
    preparing.order_study(office, closing.pk)
    scene.shared.made["gaps.GapStudy"] = GapStudy.objects.latest("pk")
    quarters.make(office, closing.pk, "compute")
    quarters.make(office, closing.pk, "check", "ok")
    quarters.freeze(office, closing.pk)
    quarters.publish(head, closing.pk)
    made = Publication.objects.get(quarter=closing)
    objections = tuple(_objection(scene, made, name) for name in ("company_b", "school_b"))
    return Published(made, Quarter.objects.get(pk=closing.pk), title, objections)


def _head(scene: Scene) -> Actor:
    """The person who signs: of the office, but not the one who freezes."""
    return replace(actor_for(scene.user(Role.EXPERT)), roles=frozenset({Role.OFFICE}))


def _open_position(scene: Scene) -> str:
    tenant = scene.tenants["company_b"]
    title = f"zqp{len(scene.canaries):03x}"
    held = tenant.made["demand.JobDemand"]
    JobDemand.objects.create(
        company=tenant.organisation, title=title, title_key=title, headcount=5, year=held.year,
        occupation=held.occupation, coding=held.coding, state=held.state, visibility="public",
        confirmed_on=held.confirmed_on, valid_until=clock.today() + timedelta(days=120),
    )  # fmt: skip
    return title


def _objection(scene: Scene, made: Publication, name: str) -> Any:
    tenant = scene.tenants[name]
    member = actor_for(next(iter(tenant.users.values())))
    text = scene.plant(tenant, "publishing.Objection", "text")
    found = publications.object_to(member, made.versions.get().pk, text)
    answer = scene.plant(tenant, "publishing.Objection", "answer")
    publications.answer(actor_for(scene.user(Role.OFFICE)), found.pk, answer)
    return found
