"""Reads of chains, their nodes and who is placed on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q, QuerySet

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.labels import Entry, Labels
from chanjiao.industry.choices import NodeStatus, PlacementRole, Position
from chanjiao.industry.models import Chain, ChainNode, Placement
from chanjiao.industry.strength import Placed, Rule, rule_in_force
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import Organisation

LIVING = Q(organisation__status=Status.ACTIVE)


@dataclass(frozen=True, slots=True)
class NodeOnMap:
    """A node with its figures and its status: by rule, or by hand once that is reviewed."""

    node: ChainNode
    placed: Placed
    by_rule: NodeStatus | None
    depth: int = 0

    @property
    def status(self) -> NodeStatus | None:
        if self.node.is_override_in_force:
            return NodeStatus(self.node.override)
        return self.by_rule


@dataclass(frozen=True, slots=True)
class ChainMap:
    """A chain as its page draws it: columns by position, each with its nodes in order."""

    year: int
    rule: Rule | None
    columns: Sequence[tuple[Position, Sequence[NodeOnMap]]]
    nodes: Sequence[NodeOnMap] = field(default_factory=tuple)

    @property
    def counts(self) -> list[tuple[NodeStatus, int]]:
        return [(s, sum(1 for one in self.nodes if one.status == s)) for s in NodeStatus]


def chains_visible_to(actor: Actor) -> QuerySet[Chain]:
    """Chains are public; each with the number of its nodes and of bodies placed at any time."""
    rows = Chain.objects.select_related("leader", "head_company")
    return rows.annotate(
        node_count=Count("nodes", distinct=True),
        body_count=Count("nodes__placements__organisation", distinct=True),
    )


def chains_named(actor: Actor, text: str, limit: int = 8) -> list[Chain]:
    found = Q(name__icontains=text) | Q(name_en__icontains=text)
    steps = ChainNode.objects.filter(name__icontains=text).values("chain")
    return list(chains_visible_to(actor).filter(found | Q(pk__in=steps))[:limit])


def nodes_visible_to(actor: Actor) -> QuerySet[ChainNode]:
    return ChainNode.objects.select_related("chain", "parent")


def node_labels() -> Labels:
    """What steps are called: with their chain, or alone where only one chain has such a step."""
    rows = ChainNode.objects.select_related("chain").order_by("chain__name", "order", "pk")
    return Labels(
        Entry(
            node.pk,
            f"{node.chain.name}/{node.name}",
            f"{node.chain.name_en or node.chain.name}/{node.name_en or node.name}",
            f"{node.chain.code}/{node.code}",
            (node.name, node.name_en, node.code),
        )
        for node in rows
        if node.chain.is_active
    )


def placements_visible_to(actor: Actor) -> QuerySet[Placement]:
    """Who is placed where, for whoever may read chains; a merged body's rows are its heir's."""
    rows = Placement.objects.select_related("node__chain", "organisation")
    if not actor.may("chain"):
        return rows.none()
    return rows.exclude(organisation__status=Status.MERGED)


def placements_of(actor: Actor, organisation_id: int) -> QuerySet[Placement]:
    return placements_visible_to(actor).filter(organisation_id=organisation_id)


def placements_on(actor: Actor, chain: Chain, year: int) -> QuerySet[Placement]:
    rows = placements_visible_to(actor).filter(node__chain=chain, year=year)
    return rows.order_by("node__position", "node__order", "node_id", "role", "organisation__name")


def years_of(chain: Chain) -> list[int]:
    """Years with placements, the newest first; the present one where there is none yet."""
    rows = Placement.objects.filter(node__chain=chain).order_by()
    years = sorted(rows.values_list("year", flat=True).distinct(), reverse=True)
    return years or [clock.today().year]


def chain_map(chain: Chain, year: int) -> ChainMap:
    """All nodes of a chain with their figures, in two queries whatever their number."""
    counts = counts_by_node(Placement.objects.filter(node__chain=chain, year=year))
    rule = rule_in_force()
    nodes = list(
        chain.nodes.select_related("override_by", "override_reviewed_by", "parent")
        .prefetch_related("industries")
        .order_by("order", "pk")
    )
    shown = [
        NodeOnMap(node, placed, rule.status(placed) if rule else None, depth)
        for node, depth in _in_tree_order(nodes)
        for placed in [counts.get(node.pk, Placed())]
    ]
    columns = [(p, [one for one in shown if one.node.position == p]) for p in Position]
    return ChainMap(year, rule, [column for column in columns if column[1]], shown)


def counts_by_node(rows: QuerySet[Placement]) -> Mapping[int, Placed]:
    """Only bodies in business count: one that closed makes no node strong."""
    counted = rows.filter(LIVING).order_by().values("node_id").annotate(
        heads=Count("pk", filter=Q(role=PlacementRole.HEAD)),
        backbones=Count("pk", filter=Q(role=PlacementRole.BACKBONE)),
        total=Count("pk"),
    )  # fmt: skip
    return {row["node_id"]: Placed(row["heads"], row["backbones"], row["total"]) for row in counted}


def status_counts(chain_ids: Sequence[int]) -> Mapping[int, Mapping[NodeStatus, int]]:
    """For each chain how many nodes are how strong in its newest year: two queries for all."""
    rule = rule_in_force()
    if rule is None:
        return {}
    latest = dict(
        Placement.objects.filter(node__chain__in=chain_ids).order_by()
        .values_list("node__chain").annotate(Max("year"))
    )  # fmt: skip
    in_year = Q(pk__in=[])
    for chain_id, year in latest.items():
        in_year |= Q(node__chain=chain_id, year=year)
    counts = counts_by_node(Placement.objects.filter(in_year))
    found: dict[int, dict[NodeStatus, int]] = defaultdict(lambda: dict.fromkeys(NodeStatus, 0))
    for node in ChainNode.objects.filter(chain__in=chain_ids):
        placed = counts.get(node.pk, Placed())
        found[node.chain_id][NodeOnMap(node, placed, rule.status(placed)).status] += 1  # type: ignore[index]
    return found


def bodies_to_place(text: str, limit: int = 20) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(status=Status.ACTIVE)
    return rows.filter(Q(name__icontains=text) | Q(credit_code__istartswith=text))[:limit]


def _in_tree_order(nodes: Sequence[ChainNode]) -> list[tuple[ChainNode, int]]:
    """Each node behind its parent, with its depth; a ring would end as roots and not in a loop."""
    children: dict[int | None, list[ChainNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id].append(node)
    found: list[tuple[ChainNode, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for node in children.pop(parent, []):
            found.append((node, depth))
            walk(node.pk, depth + 1)

    walk(None, 0)
    seen = {node.pk for node, _depth in found}
    return found + [(node, 0) for node in nodes if node.pk not in seen]
