"""Figures by role on the workbench; each opens the rows it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.organisations.queries import members_visible_to, organisations_visible_to


@dataclass(frozen=True, slots=True)
class Figure:
    label: Any
    value: Any
    url: str
    detail: Any = ""


def _organisations(actor: Actor) -> Figure:
    return Figure(
        _("登记机构"),
        organisations_visible_to(actor).count(),
        reverse("directory:organisations"),
    )


def _members(actor: Actor) -> Figure:
    seated = members_visible_to(actor).filter(state="active")
    return Figure(_("联合体成员"), seated.count(), reverse("directory:members") + "?state=active")


# What a role looks at first, in this order: (thing of the permission matrix, builder).
FIGURES: tuple[tuple[str, Callable[[Actor], Figure]], ...] = (
    ("organisation", _organisations),
    ("membership", _members),
)


def figures_for(actor: Actor) -> list[Figure]:
    return [build(actor) for thing, build in FIGURES if actor.may(thing)]
