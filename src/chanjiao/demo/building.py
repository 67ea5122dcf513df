"""The region from nothing to a running quarter, through the same doors that people use."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import Any

from django.core.management import call_command

from chanjiao.core.actor import Actor
from chanjiao.core.sheets import handlers
from chanjiao.demo import bodies
from chanjiao.demo.region import SEED, Region
from chanjiao.exchange.services.loading import load
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Organisation, RoleGrant
from chanjiao.core.roles import Role

Tell = Callable[[str], None]


class Refusal(Exception):
    """A sheet of the region was refused: a fault of the demo, shown with its first faults."""


def load_sheet(
    actor: Actor, sheet: str, rows: Iterable[Mapping[str, Any]], *, updates_existing: bool = False
) -> dict[str, Any]:
    """Rows keyed by column name, written as the template's csv and loaded as a file would be."""
    handler = handlers()[sheet]
    columns = {column.name: column.zh for column in handler.sheet.columns}
    rows = list(rows)
    used = [name for name in columns if any(name in row for row in rows)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([columns[name] for name in used])
    writer.writerows([[row.get(name, "") for name in used] for row in rows])
    data = text.getvalue().encode("utf-8")
    outcome = load(actor, handler, data, f"{sheet}.csv", updates_existing=updates_existing)
    if outcome["outcome"] == "refused":
        first = "\n".join(fault["message"] for fault in outcome["faults"][:5])
        raise Refusal(f"{sheet}: {first}")
    return outcome


def office_of(region: Region) -> Actor:
    """The office's person, who does everything that the office does in the region."""
    grant = RoleGrant.objects.select_related("user").get(role=Role.OFFICE)
    return actor_for(grant.user)


def build_register(region: Region, tell: Tell) -> dict[str, list[str]]:
    """Codes, places, bodies, companies, members and people; gives company names by chain."""
    call_command("load_reference", verbosity=0)
    tell("标准代码 code lists")
    areas = bodies.build_areas(region)
    made = bodies.build_bodies(region, areas)
    consortium = bodies.build_consortium(region, made)
