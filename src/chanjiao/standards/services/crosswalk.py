"""Crosswalks between code lists: shipped and computed proposals, and their review by people."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.taxonomy import Link, Suggestion
from chanjiao.standards.aligning import aligner_for
from chanjiao.standards.choices import Basis, LinkState, Relation
from chanjiao.standards.codebook import code_list, ids_of
from chanjiao.standards.models import Code, CodeLink
from chanjiao.standards.packaged import packaged_links
from chanjiao.standards.policies import can_review_link, can_review_links
from chanjiao.standards.queries import ENDS

TOP = 3
LEAST_PROPOSED = 0.25
TAILS = ("技术与应用", "技术应用", "设计与制造", "与管理", "与维护", "工程技术", "技术", "应用")


@transaction.atomic
def load_shipped() -> int:
    """Put the shipped proposals before the reviewers; links that stand stay as they are."""
    return sum(_keep_new(SYSTEM, relation, packaged_links(relation)) for relation in ENDS)


@transaction.atomic
def propose(actor: Actor, relation: str, sources: Iterable[str] | None = None) -> int:
    """Propose links by likeness of names for codes without any link; returns how many."""
    require(can_review_links(actor))
    start, end = ENDS[relation]
    wanted = list(sources) if sources is not None else _unlinked(relation, start)
    names = [code_list(start)[code].name for code in wanted]
    found = aligner_for(end).align_many([_stem(name) for name in names], TOP)
    links = [
        _proposed(code, name, suggestion)
        for code, name, suggestions in zip(wanted, names, found, strict=True)
        for suggestion in suggestions
        if suggestion.score >= LEAST_PROPOSED and suggestion.code != code
    ]
    return _keep_new(actor, relation, links)


@transaction.atomic
def add(actor: Actor, relation: str, source: str, target: str, strength: Decimal,
        reason: str) -> CodeLink:  # fmt: skip
    """Add a link by hand; it is an expert's, and accepted by adding it."""
    require(can_review_links(actor))
    start, end = ENDS[relation]
    ids = ids_of(start, [source]), ids_of(end, [target])
    for found, code in zip(ids, (source, target), strict=True):
        if code not in found:
            raise Refused(_("目录中没有代码 %(code)s。") % {"code": code})
    if CodeLink.objects.filter(
        relation=relation, source=ids[0][source], target=ids[1][target]
    ).exists():
        raise Refused(_("这两个代码已有对照，请直接复核那一条。"))
    link = CodeLink.objects.create(
        relation=relation, source_id=ids[0][source], target_id=ids[1][target],
        strength=strength, basis=Basis.EXPERT, reason=reason[:300], state=LinkState.ACCEPTED,
        reviewed_by_id=actor.user_id, reviewed_at=clock.now(), created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "crosswalk.added", link, strength=strength)
    return link


@transaction.atomic
def review(
    actor: Actor, link_id: int, state: str, *, strength: Decimal | None = None, reason: str = ""
) -> CodeLink:
    """Accept or reject a link and say how strong it is; official links stay as printed."""
    link = CodeLink.objects.select_for_update(of=("self",)).select_related("source", "target")
    row = link.get(pk=link_id)
    if row.is_read_only:
        raise Refused(_("官方目录中的对照只读。"))
    require(can_review_link(actor, row))
    before = {"state": row.state, "strength": row.strength}
    row.state = LinkState(state)
    row.strength = row.strength if strength is None else strength
    if not 0 <= row.strength <= 1:
        raise Refused(_("强度 %(n)s 须在 0 与 1 之间。") % {"n": row.strength}, field="strength")
    row.reason = reason[:300] or row.reason
    row.reviewed_by_id, row.reviewed_at = actor.user_id, clock.now()
    row.save()
    audit.record(
        actor, "crosswalk.reviewed", row,
        before=before, after={"state": row.state, "strength": row.strength},
    )  # fmt: skip
    return row


def _unlinked(relation: str, system: str) -> list[str]:
    """Current leaves of a list without any link of this relation."""
    rows = Code.objects.filter(system=system, valid_to=None, children__isnull=True)
    rows = rows.exclude(links_out__relation=relation)
    return list(rows.order_by("code").values_list("code", flat=True))


def _stem(name: str) -> str:
    """A major's name without its usual endings, which say nothing of an occupation."""
    for tail in TAILS:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail)
    return name


def _proposed(code: str, name: str, suggestion: Suggestion) -> Link:
    reason = suggestion.reasons[-1].zh if suggestion.reasons else ""
    strength = round(suggestion.score * 0.8, 3)  # a likeness of names is never certain
    return Link(code, suggestion.code, strength, Basis.STATISTICAL, f"“{name}”{reason}"[:300])


def _keep_new(actor: Actor, relation: str, links: Sequence[Link]) -> int:
    start, end = ENDS[relation]
    sources = ids_of(start, {link.source for link in links})
    targets = ids_of(end, {link.target for link in links})
    held = set(CodeLink.objects.filter(relation=relation).values_list("source_id", "target_id"))
    fresh = [
        CodeLink(
            relation=relation, source_id=sources[link.source], target_id=targets[link.target],
            strength=Decimal(str(link.strength)), basis=link.basis, reason=link.reason,
            created_by_id=actor.user_id,
        )
        for link in links
        if link.source in sources and link.target in targets
        and (sources[link.source], targets[link.target]) not in held
    ]  # fmt: skip
    CodeLink.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        audit.record(actor, "crosswalk.proposed", relation=str(Relation(relation)), n=len(fresh))
    return len(fresh)
