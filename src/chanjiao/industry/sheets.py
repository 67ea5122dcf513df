"""The sheet of placements: which company does which step of which chain in a year."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.industry.choices import PlacementRole, PlacementSource
from chanjiao.industry.models import Chain, ChainNode, Placement
from chanjiao.industry.queries import placements_visible_to
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import Organisation

CHUNK = 2000
BATCH = 500
ROLES = {
    PlacementRole.HEAD.value: ("链主", "Chain-leading", "链主企业"),
    PlacementRole.BACKBONE.value: ("骨干", "Backbone", "骨干企业"),
    PlacementRole.SUPPORT.value: ("配套", "Supporting", "配套企业"),
}
FIELDS = ("role", "product", "basis")


class PlacementSheet(SheetHandler):
    """Chains and nodes are named as people name them, or by code."""

    sheet = Sheet(
        "chain_placements", "产业链企业", "Chain placements",
        (
            Column("chain", "产业链", "Chain", "text", required=True, max_length=80,
                   aliases=("产业链名称",)),
            Column("node", "环节", "Step", "text", required=True, max_length=80,
                   aliases=("产业链环节", "环节名称")),
            Column("credit_code", "统一社会信用代码", "Credit code", "uscc", required=True,
                   aliases=("信用代码", "社会信用代码")),
            Column("name", "企业名称", "Company name", "text", max_length=120,
                   note_zh="只供核对，以代码为准。", note_en="For your eyes; the code decides."),
            Column("year", "年度", "Year", "year", required=True, minimum=2000, maximum=2100),
            Column("role", "角色", "Role", "choice", required=True, choices=ROLES),
            Column("product", "核心产品", "Core product", "text", max_length=120),
            Column("basis", "依据", "Basis", "text", max_length=200, aliases=("依据说明",)),
        ),
        key=("chain", "node", "credit_code", "year"),
    )  # fmt: skip
    thing = "chain"

    def completed(self, actor: Actor, rows: Sequence[Values]) -> Sequence[Values]:
        """Codes of chains and nodes become their names, so that one thing has one key."""
        chains, nodes = _chains(), _nodes()
        found = []
        for row in rows:
            chain = chains.get(str(row["chain"]), str(row["chain"]))
            node = nodes.get((chain, str(row["node"])), (None, str(row["node"])))[1]
            found.append({**_unnamed(row), "chain": chain, "node": node})
        return found

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        wanted = set(keys)
        years = {int(key[3]) for key in wanted if key[3].isdecimal()}
        rows = Placement.objects.filter(year__in=years)
        found = ((_key(row), row) for row in _values(rows))
        return {key: row for key, row in found if key in wanted}

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = placements_visible_to(actor).filter(organisation__credit_code__isnull=False)
        if (chain := filters.get("chain", "")).isdecimal():
            rows = rows.filter(node__chain=chain)
        if (year := filters.get("year", "")).isdecimal():
            rows = rows.filter(year=year)
        return _values(rows)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        chains, nodes = _chains(), _nodes()
        bodies = _bodies({str(row["credit_code"]) for row in rows})
        found = []
        for number, row in enumerate(rows):
            body = bodies.get(str(row["credit_code"]))
            found += [(number, one) for one in _problems(row, chains, nodes, body)]
        return [*found, *_twice(rows)]

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        nodes = _nodes()
        bodies = _bodies({change.key[2] for change in changes})
        held = _held(changes, nodes, bodies)
        fresh, stale, gone = [], [], []
        for change in changes:
            place = _place(change.key, nodes, bodies)
            row = held.get(place)
            if change.after is None:
                gone.append(row.pk if row else None)
                continue
            if row is None:
                row = Placement(
                    node_id=place[0], organisation_id=place[1], year=place[2],
                    source=PlacementSource.IMPORT, created_by_id=actor.user_id,
                )  # fmt: skip
                fresh.append(row)
            else:
                row.updated_at = clock.now()
                stale.append(row)
            for name in FIELDS:
                if name in change.after:
                    setattr(row, name, change.after[name] or "")
        Placement.objects.filter(pk__in=gone).delete()
        Placement.objects.bulk_create(fresh, batch_size=BATCH)
        progress(60, 100, "")
        Placement.objects.bulk_update(stale, [*FIELDS, "updated_at"], batch_size=BATCH)
        progress(100, 100, "")


Nodes = Mapping[tuple[str, str], tuple[int, str]]
Bodies = Mapping[str, tuple[int, str, str]]
Place = tuple[int, int, int]


def _twice(rows: Sequence[Values]) -> Iterable[tuple[int, Problem]]:
    """One placement written in two ways, by name and by code."""
    seen: set[Key] = set()
    for number, row in enumerate(rows):
        key = _key(row)
        if key in seen:
            yield (number, Problem(
                "credit_code", "duplicate_key", "这家企业本年度在此环节已在前面的行登记。",
                "The company is placed on this step for this year by an earlier row.",
                "请只保留一行。", "Keep one row.",
            ))  # fmt: skip
        seen.add(key)


def _unnamed(row: Values) -> dict[str, Any]:
    """The name only helps people to check the code; it is compared here and written nowhere."""
    return {**row, "name": None, "name_given": row.get("name")}


def _problems(
    row: Values, chains: Mapping[str, str], nodes: Nodes, body: tuple[int, str, str] | None
) -> Iterable[Problem]:
    chain, node = str(row["chain"]), str(row["node"])
    if chain not in chains:
        yield Problem(
            "chain", "unknown_chain", f"没有产业链“{chain}”。", f"There is no chain “{chain}”.",
            f"现有：{'、'.join(sorted(set(chains.values())))}。",
            f"There are: {', '.join(sorted(set(chains.values())))}.",
        )  # fmt: skip
    elif (chain, node) not in nodes:
        names = sorted({name for (one, _n), (_pk, name) in nodes.items() if one == chain})
        yield Problem(
            "node", "unknown_node", f"“{chain}”上没有环节“{node}”。",
            f"“{chain}” has no step “{node}”.",
            f"现有：{'、'.join(names)}。", f"There are: {', '.join(names)}.",
        )  # fmt: skip
    if body is None:
        yield Problem(
            "credit_code", "unknown_body", f"没有代码为 {row['credit_code']} 的机构。",
            f"No body with code {row['credit_code']} is registered.",
            "请先导入或登记企业。", "Import or record the company first.",
        )  # fmt: skip
        return
    if body[2] != Status.ACTIVE:
        yield Problem(
            "credit_code", "not_in_business", f"“{body[1]}”已停业、注销或迁出。",
            f"“{body[1]}” is closed, deregistered or has moved.",
            "可以导入，但不计入环节强弱。", "It can be imported but does not count for the step.",
            warning=True,
        )  # fmt: skip
    if row.get("name_given") and row["name_given"] != body[1]:
        yield Problem(
            "name", "other_name", f"该代码登记的名称是“{body[1]}”。",
            f"The code is registered as “{body[1]}”.", "请核对代码。", "Check the code.",
            warning=True,
        )  # fmt: skip


def _values(rows: Any) -> Iterable[dict[str, Any]]:
    fields = (
        "node__chain__name", "node__name", "organisation__credit_code", "organisation__name",
        "year", "role", "product", "basis",
    )  # fmt: skip
    found = rows.order_by("node__chain__name", "node__order", "node_id", "year", "pk")
    for row in found.values_list(*fields).iterator(chunk_size=CHUNK):
        chain, node, code, name, year, role, product, basis = row
        yield {
            "chain": chain, "node": node, "credit_code": code, "name": name, "year": year,
            "role": role, "product": product or None, "basis": basis or None,
        }  # fmt: skip


def _key(row: Mapping[str, Any]) -> Key:
    return (str(row["chain"]), str(row["node"]), str(row["credit_code"]), str(row["year"]))


def _chains() -> dict[str, str]:
    """Name and code of each chain, both to its name."""
    found: dict[str, str] = {}
    for code, name in Chain.objects.values_list("code", "name"):
        found[code] = found[name] = name
    return found


def _nodes() -> dict[tuple[str, str], tuple[int, str]]:
    """(Chain's name, node's name or code) to the node's key and name."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for pk, chain, code, name in ChainNode.objects.values_list("pk", "chain__name", "code", "name"):
        found.setdefault((chain, code), (pk, name))
        found[chain, name] = (pk, name)
    return found


def _bodies(codes: set[str]) -> dict[str, tuple[int, str, str]]:
    """Living bodies by code: key, name, state; a merged one is not placed."""
    found: dict[str, tuple[int, str, str]] = {}
    wanted = sorted(codes)
    for start in range(0, len(wanted), CHUNK):
        rows = Organisation.objects.filter(credit_code__in=wanted[start : start + CHUNK])
        living = rows.exclude(status=Status.MERGED)
        for code, pk, name, status in living.values_list("credit_code", "pk", "name", "status"):
            found[str(code)] = (pk, name, status)
    return found


def _place(key: Key, nodes: Nodes, bodies: Bodies) -> Place:
    chain, node, code, year = key
    return (nodes[chain, node][0], bodies[code][0], int(year))


def _held(changes: Sequence[Change], nodes: Nodes, bodies: Bodies) -> dict[Place, Placement]:
    """Placements that stand under the keys of these changes, locked."""
    places = {_place(change.key, nodes, bodies) for change in changes}
    rows = Placement.objects.select_for_update(of=("self",)).filter(
        year__in={place[2] for place in places}
    )
    found = {(row.node_id, row.organisation_id, row.year): row for row in rows}
    return {place: row for place, row in found.items() if place in places}
