"""Reads of codes, crosswalks, memories and parameters; the first argument is who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.models import RuleParameter
from chanjiao.core.roles import Action
from chanjiao.engines.taxonomy import CodeItem
from chanjiao.standards.choices import LinkState, Relation, System
from chanjiao.standards.codebook import code_list
from chanjiao.standards.models import Alignment, Code, CodeLink

# Which lists a relation leads from and to.
ENDS: dict[str, tuple[str, str]] = {
    Relation.MAJOR_OCCUPATION: (System.MAJOR, System.OCCUPATION),
    Relation.OCCUPATION_INDUSTRY: (System.OCCUPATION, System.INDUSTRY),
    Relation.OCCUPATION_SKILL: (System.OCCUPATION, System.SKILL),
    Relation.MAJOR_MAJOR: (System.MAJOR, System.MAJOR),
}


@dataclass(frozen=True, slots=True)
class SystemSummary:
    """One code list with its size in the database."""

    system: System
    codes: int
    levels: int
    changed_at: Any


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many codes at the start of a relation have an accepted link, of how many."""

    relation: Relation
    linked: int
    of: int

    @property
    def share(self) -> float | None:
        return self.linked / self.of if self.of else None


def codes_visible_to(actor: Actor) -> QuerySet[Code]:
    """Code lists are for everybody."""
    return Code.objects.select_related("parent")


def systems_visible_to(actor: Actor) -> list[SystemSummary]:
    rows = {
        row["system"]: row
        for row in Code.objects.order_by()
        .values("system")
        .annotate(codes=Count("pk"), levels=Count("level", distinct=True), at=Max("changed_at"))
    }
    return [
        SystemSummary(System(s), row["codes"], row["levels"], row["at"])
        for s in System.values
        if (row := rows.get(s) or {"codes": 0, "levels": 0, "at": None})
    ]


def versions_of(actor: Actor, system: str, code: str) -> QuerySet[Code]:
    """All versions of one code, the latest first."""
    return codes_visible_to(actor).filter(system=system, code=code).order_by("-valid_from")


def found_codes(
    actor: Actor, system: str, query: str, *, limit: int = 50, on: date | None = None
) -> list[tuple[CodeItem, str, list[CodeItem]]]:
    """Hits of a search with the text that matched and what stands above each."""
    found = code_list(system)
    hits = found.search(query, limit, on=on)
    return [(hit.item, hit.text, found.ancestors(hit.item.code)[::-1]) for hit in hits]


def links_visible_to(actor: Actor) -> QuerySet[CodeLink]:
    """The office sees every link; others the accepted ones."""
    rows = CodeLink.objects.select_related("source", "target", "reviewed_by")
    if actor.may_all("crosswalk", Action.APPROVE):
        return rows
    return rows.filter(state=LinkState.ACCEPTED)


def links_of(actor: Actor, codes: Sequence[int]) -> QuerySet[CodeLink]:
    """Links from or to any version of a code, the strongest first."""
    rows = links_visible_to(actor).filter(Q(source__in=codes) | Q(target__in=codes))
    return rows.order_by("relation", "-strength", "pk")


def coverage_of(relation: str) -> Coverage:
    """Covered are leaves of the list the relation starts from that have an accepted link."""
    start = ENDS[relation][0]
    leaves = Code.objects.filter(system=start, valid_to=None, children__isnull=True)
    linked = leaves.filter(
        links_out__relation=relation, links_out__state=LinkState.ACCEPTED
    ).distinct()
    return Coverage(Relation(relation), linked.count(), leaves.count())


def coverages_visible_to(actor: Actor) -> list[Coverage]:
    """Coverage of the relations that lead between lists this installation has."""
    if not actor.may("crosswalk"):
        return []
    return [coverage_of(relation) for relation in (
        Relation.MAJOR_OCCUPATION, Relation.OCCUPATION_INDUSTRY
    )]  # fmt: skip


def alignments_visible_to(actor: Actor) -> QuerySet[Alignment]:
    """Memories: the office and auditors see all, an organisation its own and everybody's."""
    rows = Alignment.objects.select_related("chosen", "created_by")
    if actor.may_all("alignment"):
        return rows
    return rows.filter(Q(organisation_id=actor.organisation_id) | Q(is_global=True))


def parameters_visible_to(actor: Actor) -> QuerySet[RuleParameter]:
    """Rules are public to those who sign in, with every value they ever had."""
    return RuleParameter.objects.select_related("created_by", "approved_by")
