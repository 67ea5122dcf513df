"""Placing a body on a node of a chain for a year, with what that rests on."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, files
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.industry.choices import PlacementRole, PlacementSource
from chanjiao.industry.models import ChainNode, Placement
from chanjiao.industry.policies import can_place
from chanjiao.organisations.models import Organisation

FIRST_YEAR = 2000


@transaction.atomic
def place(
    actor: Actor, node_id: int, organisation_id: int, fields: Mapping[str, Any],
    evidence: tuple[str, bytes] | None = None,
) -> Placement:  # fmt: skip
    """Say that a body does this step in a year; it needs a basis in words or a paper."""
    require(can_place(actor))
    node = ChainNode.objects.select_for_update(of=("self",)).get(pk=node_id)
    body = Organisation.objects.get(pk=organisation_id)
    year = int(fields["year"])
    _refuse(node, body, year)
    row = Placement(
        node=node, organisation=body, year=year, source=PlacementSource.OFFICE,
        created_by_id=actor.user_id,
    )  # fmt: skip
    return _save(actor, row, fields, evidence, "placement.made")


@transaction.atomic
def edit_placement(
    actor: Actor, placement_id: int, fields: Mapping[str, Any],
    evidence: tuple[str, bytes] | None = None,
) -> Placement:  # fmt: skip
    require(can_place(actor))
    row = Placement.objects.select_for_update(of=("self",)).get(pk=placement_id)
    return _save(actor, row, fields, evidence, "placement.changed")


@transaction.atomic
def remove_placement(actor: Actor, placement_id: int) -> None:
    require(can_place(actor))
    row = Placement.objects.select_for_update(of=("self",)).get(pk=placement_id)
    audit.record(
        actor, "placement.removed", row, node=row.node_id, organisation=row.organisation_id,
        year=row.year,
    )  # fmt: skip
    row.delete()


@transaction.atomic
def carry_over(actor: Actor, chain_id: int, from_year: int, to_year: int) -> int:
    """Start a year with the placements of an earlier one; those that stand already stay."""
    require(can_place(actor))
    if from_year == to_year:
        raise Refused(_("请选择两个不同的年度。"), code="same_year", field="year")
    rows = Placement.objects.filter(node__chain=chain_id, year=from_year)
    held = set(
        Placement.objects.filter(node__chain=chain_id, year=to_year).values_list(
            "node_id", "organisation_id"
        )
    )
    fresh = [
        Placement(
            node_id=row.node_id, organisation_id=row.organisation_id, year=to_year, role=row.role,
            product=row.product, source=PlacementSource.OFFICE, created_by_id=actor.user_id,
            basis=_("沿用 %(year)s 年登记") % {"year": from_year},
        )
        for row in rows.select_related("organisation")
        if row.organisation.is_open_for_business
        and (row.node_id, row.organisation_id) not in held
    ]  # fmt: skip
    Placement.objects.bulk_create(fresh)
    audit.record(
        actor, "placement.carried_over", chain=chain_id, from_year=from_year, to_year=to_year,
        rows=len(fresh),
    )  # fmt: skip
    return len(fresh)


def _refuse(node: ChainNode, body: Organisation, year: int) -> None:
    if not FIRST_YEAR <= year <= clock.today().year + 1:
        raise Refused(
            _("年度 %(year)s 不对，应在 %(first)s 与 %(last)s 之间。")
            % {"year": year, "first": FIRST_YEAR, "last": clock.today().year + 1},
            code="wrong_year", field="year",
        )  # fmt: skip
    if not body.is_open_for_business:
        raise Refused(
            _("“%(name)s”已停业、注销或停用，不能登记到产业链。") % {"name": body.name},
            code="not_open", field="organisation",
        )  # fmt: skip
    if Placement.objects.filter(node=node, organisation=body, year=year).exists():
        raise Refused(
            _("“%(name)s”%(year)s 年已在“%(node)s”登记，可直接修改那一条。")
            % {"name": body.name, "year": year, "node": node.name},
            code="placed_already", field="organisation",
        )  # fmt: skip


def _save(
    actor: Actor, row: Placement, fields: Mapping[str, Any],
    evidence: tuple[str, bytes] | None, act: str,
) -> Placement:  # fmt: skip
    row.role = PlacementRole(fields["role"])
    row.product = str(fields.get("product") or "").strip()
    row.basis = str(fields.get("basis") or "").strip()
    if evidence is not None:
        row.evidence = files.keep(actor, evidence[1], evidence[0])
    if not row.basis and row.evidence_id is None:
        raise Refused(_("请写明依据，或附上佐证文件。"), code="basis_missing", field="basis")
    row.save()
    audit.record(actor, act, row, role=row.role, year=row.year)
    return row
