"""Drawing chains and their nodes, and judging a node by hand with a second pair of eyes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.industry.choices import NodeStatus, Position
from chanjiao.industry.models import Chain, ChainNode
from chanjiao.industry.policies import can_review_override, can_shape
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import ids_of

CHAIN = ("name", "name_en", "summary", "leader_id", "head_company_id", "is_active")
NODE = ("name", "name_en", "order", "parent_id")


@transaction.atomic
def create_chain(actor: Actor, fields: Mapping[str, Any], first_node: Mapping[str, Any]) -> Chain:
    """Add a chain together with its first node: a chain without a node says nothing."""
    require(can_shape(actor))
    code = str(fields["code"]).strip()
    _refuse_taken(code, str(fields["name"]).strip())
    chain = Chain(code=code, created_by_id=actor.user_id)
    _fill(chain, fields, CHAIN)
    chain.save()
    audit.record(actor, "chain.created", chain, code=chain.code)
    add_node(actor, chain.pk, first_node)
    return chain


@transaction.atomic
def edit_chain(actor: Actor, chain_id: int, fields: Mapping[str, Any]) -> Chain:
    require(can_shape(actor))
    chain = Chain.objects.select_for_update(of=("self",)).get(pk=chain_id)
    _refuse_taken("", str(fields.get("name", chain.name)).strip(), but_not=chain.pk)
    _fill(chain, fields, CHAIN)
    chain.save()
    audit.record(actor, "chain.changed", chain)
    return chain


@transaction.atomic
def add_node(actor: Actor, chain_id: int, fields: Mapping[str, Any]) -> ChainNode:
    """Add a step; without a code it gets the next number of the chain."""
    require(can_shape(actor))
    chain = Chain.objects.select_for_update(of=("self",)).get(pk=chain_id)
    node = ChainNode(chain=chain, created_by_id=actor.user_id)
    node.code = str(fields.get("code") or "").strip() or _next_code(chain)
    if ChainNode.objects.filter(chain=chain, code=node.code).exists():
        raise Refused(
            _("本链已有编码为 %(code)s 的环节。") % {"code": node.code},
            code="code_taken", field="code",
        )  # fmt: skip
    return _save_node(actor, node, fields, "chain_node.added")


@transaction.atomic
def edit_node(actor: Actor, node_id: int, fields: Mapping[str, Any]) -> ChainNode:
    require(can_shape(actor))
    node = _locked(node_id)
    return _save_node(actor, node, fields, "chain_node.changed")


@transaction.atomic
def remove_node(actor: Actor, node_id: int) -> None:
    """Take away a step that nobody stands on and nothing hangs below; never the last one."""
    require(can_shape(actor))
    node = _locked(node_id)
    if not ChainNode.objects.filter(chain=node.chain_id).exclude(pk=node.pk).exists():
        raise Refused(_("产业链至少要有一个环节。"), code="last_node")
    if ChainNode.objects.filter(parent=node).exists():
        raise Refused(
            _("“%(name)s”下面还有环节，请先移走。") % {"name": node.name}, code="has_children"
        )
    if node.placements.exists():
        raise Refused(
            _("“%(name)s”上还有 %(n)s 条企业登记，请先移到别的环节。")
            % {"name": node.name, "n": node.placements.count()},
            code="has_placements",
        )  # fmt: skip
    audit.record(actor, "chain_node.removed", node)
    node.delete()


@transaction.atomic
def judge_node(actor: Actor, node_id: int, status: str, reason: str) -> ChainNode:
    """Propose a status other than the rule's; it counts once somebody else has reviewed it."""
    require(can_shape(actor))
    node = _locked(node_id)
    if status and not reason.strip():
        raise Refused(_("人工判定须写明理由。"), code="reason_missing", field="reason")
    node.override = NodeStatus(status) if status else ""
    node.override_reason = reason.strip() if status else ""
    node.override_by_id = actor.user_id if status else None
    node.override_reviewed_by_id, node.override_reviewed_at = None, None
    node.save()
    audit.record(actor, "chain_node.judged", node, status=status, reason=reason.strip())
    return node


@transaction.atomic
def review_judgement(actor: Actor, node_id: int, *, is_right: bool) -> ChainNode:
    """A second person agrees, and the judgement counts; or not, and the rule stands."""
    node = _locked(node_id)
    if node.override and node.override_by_id == actor.user_id and can_shape(actor):
        raise Refused(_("判定人不能复核自己的判定，请由他人办理。"), code="four_eyes")
    require(can_review_override(actor, node))
    if is_right:
        node.override_reviewed_by_id, node.override_reviewed_at = actor.user_id, clock.now()
    else:
        node.override, node.override_reason, node.override_by = "", "", None
    node.save()
    audit.record(actor, "chain_node.judgement_reviewed", node, agreed=is_right)
    return node


def _save_node(
    actor: Actor, node: ChainNode, fields: Mapping[str, Any], act: str
) -> ChainNode:  # fmt: skip
    _fill(node, fields, NODE)
    node.position = Position(fields.get("position", node.position))
    for name in ("products", "techs"):
        if name in fields:
            setattr(node, name, [str(one).strip() for one in fields[name] if str(one).strip()])
    _check_node(node)
    node.save()
    if "industries" in fields:
        node.industries.set(_industries(fields["industries"]))
    audit.record(actor, act, node, chain=node.chain.code, position=node.position)
    return node


def _check_node(node: ChainNode) -> None:
    same = ChainNode.objects.filter(chain=node.chain_id, name=node.name).exclude(pk=node.pk)
    if same.exists():
        raise Refused(
            _("本链已有名为“%(name)s”的环节。") % {"name": node.name},
            code="name_taken", field="name",
        )  # fmt: skip
    above, steps = node.parent, 0
    while above is not None:
        if above.chain_id != node.chain_id:
            raise Refused(_("上级环节须在同一条产业链上。"), code="other_chain", field="parent")
        if above.pk == node.pk or steps > 20:
            raise Refused(_("环节不能挂在自己下面。"), code="ring", field="parent")
        above, steps = above.parent, steps + 1


def _industries(codes: Collection[str]) -> list[int]:
    found = ids_of(System.INDUSTRY, list(codes))
    if missing := sorted(set(codes) - found.keys()):
        raise Refused(
            _("行业分类中没有代码 %(codes)s。") % {"codes": "、".join(missing)},
            code="unknown_code", field="industries",
        )  # fmt: skip
    return list(found.values())


def _fill(row: Chain | ChainNode, fields: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    for name in allowed:
        if name in fields:
            value = fields[name]
            setattr(row, name, value.strip() if isinstance(value, str) else value)


def _refuse_taken(code: str, name: str, *, but_not: int | None = None) -> None:
    rows = Chain.objects.exclude(pk=but_not)
    if code and rows.filter(code=code).exists():
        raise Refused(_("编码 %(code)s 已被使用。") % {"code": code}, code="taken", field="code")
    if rows.filter(name=name).exists():
        raise Refused(
            _("已有名为“%(name)s”的产业链。") % {"name": name}, code="taken", field="name"
        )


def _next_code(chain: Chain) -> str:
    taken = set(chain.nodes.values_list("code", flat=True))
    return next(code for n in range(1, 10_000) if (code := f"{n:02}") not in taken)


def _locked(node_id: int) -> ChainNode:
    rows = ChainNode.objects.select_for_update(of=("self",)).select_related("chain")
    return rows.get(pk=node_id)
