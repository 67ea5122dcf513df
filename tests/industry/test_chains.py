"""Chains, nodes and their strength, placements with a basis; each rule with its refusal."""

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.reference import load_parameters
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.industry.choices import NodeStatus
from chanjiao.industry.models import ChainNode, Placement
from chanjiao.industry.queries import chain_map, status_counts
from chanjiao.industry.services import chains, placements
from chanjiao.industry.strength import Placed, rule_in_force
from chanjiao.organisations.actors import actor_for

FIRST = {"name": "整机装配", "position": "mid"}
BASIS = {"year": 2026, "role": "backbone", "basis": "2026 年走访"}


@pytest.fixture
def chain(office):
    return chains.create_chain(office, {"code": "machine", "name": "智能装备"}, FIRST)


@pytest.fixture
def node(chain):
    return chain.nodes.get()


@pytest.fixture
def second_office(sign_up, make_organisation):
    return actor_for(sign_up(Role.OFFICE, make_organisation("二办公室", "government")))


def test_a_chain_is_born_with_a_node(chain):
    assert [(n.code, n.name) for n in chain.nodes.all()] == [("01", "整机装配")]


def test_a_chain_is_named_once(office, chain):
    with pytest.raises(Refused, match="智能装备"):
        chains.create_chain(office, {"code": "other", "name": "智能装备"}, FIRST)


def test_a_company_draws_no_chain(company_hr):
    with pytest.raises(PermissionDenied):
        chains.create_chain(company_hr, {"code": "x", "name": "x"}, FIRST)


def test_nodes_hang_below_nodes_of_their_own_chain_and_never_in_a_ring(office, chain, node):
    part = chains.add_node(
        office, chain.pk, {"name": "主轴", "position": "up", "parent_id": node.pk}
    )
    with pytest.raises(Refused, match="自己下面"):
        chains.edit_node(office, node.pk, {"parent_id": part.pk})
    other = chains.create_chain(office, {"code": "b", "name": "五金"}, {**FIRST, "name": "锻造"})
    with pytest.raises(Refused, match="同一条"):
        chains.edit_node(office, other.nodes.get().pk, {"parent_id": node.pk})


def test_the_last_node_and_a_node_in_use_stay(office, chain, node, company):
    with pytest.raises(Refused, match="至少"):
        chains.remove_node(office, node.pk)
    extra = chains.add_node(office, chain.pk, {"name": "检测", "position": "side"})
    placements.place(office, extra.pk, company.pk, BASIS)
    with pytest.raises(Refused, match="1 条"):
        chains.remove_node(office, extra.pk)
    placements.remove_placement(office, Placement.objects.get().pk)
    chains.remove_node(office, extra.pk)
    assert ChainNode.objects.count() == 1


def test_a_body_is_placed_once_a_year_with_a_basis(office, node, company):
    with pytest.raises(Refused, match="依据"):
        placements.place(office, node.pk, company.pk, {**BASIS, "basis": ""})
    row = placements.place(office, node.pk, company.pk, {**BASIS, "basis": ""}, ("证.pdf", b"x"))
    assert row.evidence.name == "证.pdf"
    with pytest.raises(Refused, match="可直接修改"):
        placements.place(office, node.pk, company.pk, BASIS)


def test_a_deregistered_company_is_not_placed(office, node, make_organisation):
    gone = make_organisation("丁厂", status="deregistered")
    with pytest.raises(Refused, match="不能登记"):
        placements.place(office, node.pk, gone.pk, BASIS)


def test_a_company_does_not_place_itself(company_hr, company, node):
    with pytest.raises(PermissionDenied):
        placements.place(company_hr, node.pk, company.pk, BASIS)


def test_a_year_begins_with_the_placements_of_the_last(office, chain, node, company, other_company):
    placements.place(office, node.pk, company.pk, {**BASIS, "year": 2025})
    placements.place(office, node.pk, other_company.pk, {**BASIS, "year": 2025})
    placements.place(office, node.pk, company.pk, BASIS)
    assert placements.carry_over(office, chain.pk, 2025, 2026) == 1
    assert placements.carry_over(office, chain.pk, 2025, 2026) == 0


@pytest.mark.parametrize(
    ("placed", "status"),
    [
        (Placed(0, 0, 0), NodeStatus.MISSING),
        (Placed(0, 1, 2), NodeStatus.WEAK),
        (Placed(0, 1, 3), NodeStatus.COMPLETE),
        (Placed(1, 2, 3), NodeStatus.COMPLETE),
        (Placed(1, 3, 4), NodeStatus.STRONG),
    ],
)
def test_strength_follows_from_heads_backbones_and_numbers(db, placed, status):
    load_parameters()
    assert rule_in_force().status(placed) == status


def test_without_parameters_nothing_is_judged(chain):
    drawn = chain_map(chain, 2026)
    assert (drawn.rule, drawn.nodes[0].status) == (None, None)


def test_only_bodies_in_business_make_a_node_strong(office, chain, node, company):
    load_parameters()
    placements.place(office, node.pk, company.pk, BASIS)
    assert chain_map(chain, 2026).nodes[0].status == NodeStatus.WEAK
    company.status = "closed"
    company.save()
    assert chain_map(chain, 2026).nodes[0].status == NodeStatus.MISSING
    assert status_counts([chain.pk])[chain.pk][NodeStatus.MISSING] == 1


def test_a_judgement_by_hand_counts_once_another_has_reviewed_it(
    office, second_office, chain, node
):
    load_parameters()
    with pytest.raises(Refused, match="理由"):
        chains.judge_node(office, node.pk, "weak", "")
    chains.judge_node(office, node.pk, "weak", "外地配套可及")
    assert chain_map(chain, 2026).nodes[0].status == NodeStatus.MISSING
    with pytest.raises(Refused, match="他人"):
        chains.review_judgement(office, node.pk, is_right=True)
    chains.review_judgement(second_office, node.pk, is_right=True)
    assert chain_map(chain, 2026).nodes[0].status == NodeStatus.WEAK


def test_a_rejected_judgement_leaves_the_rule_standing(office, second_office, chain, node):
    load_parameters()
    chains.judge_node(office, node.pk, "strong", "看着不错")
    chains.review_judgement(second_office, node.pk, is_right=False)
    assert chain_map(chain, 2026).nodes[0].status == NodeStatus.MISSING
