"""Workflow tables on a real model: memberships stand in for any record with a state."""

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditEntry
from chanjiao.core.refusals import Refused
from chanjiao.core.workflow import Move, Workflow
from chanjiao.organisations.choices import ConsortiumKind, ConsortiumLevel, MembershipState
from chanjiao.organisations.models import Consortium, Membership


@pytest.fixture
def membership(school, office_body, company):
    consortium = Consortium.objects.create(
        name="湾区联合体", kind=ConsortiumKind.MUNICIPAL, level=ConsortiumLevel.CITY,
        office=office_body, lead_school=school, founded_on="2023-06-28",
    )  # fmt: skip
    return Membership.objects.create(consortium=consortium, organisation=company)


def _workflow(**changes):
    accept = {
        "name": "accept", "label": "通过", "sources": (MembershipState.APPLIED,),
        "target": MembershipState.ACTIVE, "policy": lambda actor, m: actor.has("O"),
    }  # fmt: skip
    accept |= changes
    return Workflow("membership", Membership, MembershipState.APPLIED, [Move(**accept)])


def test_a_move_changes_the_state_and_leaves_a_step_and_an_audit_entry(membership, office):
    flow = _workflow(days=5)
    assert flow.make(office, membership.pk, "accept").state == MembershipState.ACTIVE
    step = flow.steps(membership.pk).get()
    assert (step.from_state, step.to_state, step.number) == ("applied", "active", 1)
    assert step.due_on is not None
    assert AuditEntry.objects.filter(act="membership.accept").count() == 1


def test_a_move_the_policy_forbids_changes_nothing(membership, company_hr):
    with pytest.raises(PermissionDenied):
        _workflow().make(company_hr, membership.pk, "accept")
    membership.refresh_from_db()
    assert membership.state == MembershipState.APPLIED
    assert not AuditEntry.objects.exists()


def test_a_move_from_another_state_is_refused_with_both_names(membership, office):
    flow = _workflow()
    flow.make(office, membership.pk, "accept")
    with pytest.raises(Refused, match=r"active.*通过"):
        flow.make(office, membership.pk, "accept")


def test_a_missing_opinion_is_refused_at_its_field(membership, office):
    with pytest.raises(Refused) as refusal:
        _workflow(needs_opinion=True).make(office, membership.pk, "accept", "  ")
    assert refusal.value.field == "opinion"


def test_a_guard_blocks_with_its_reason_and_the_button_shows_it(membership, office):
    flow = _workflow(guard=lambda m: "缺少承诺书" if not m.pledge else None)
    assert flow.offers(office, membership)[0].blocked == "缺少承诺书"
    with pytest.raises(Refused, match="缺少承诺书"):
        flow.make(office, membership.pk, "accept")
    Membership.objects.filter(pk=membership.pk).update(pledge="每年接收实习生 20 人")
    assert flow.make(office, membership.pk, "accept").state == MembershipState.ACTIVE


def test_nobody_reviews_what_they_submitted(membership, office):
    Membership.objects.filter(pk=membership.pk).update(created_by=office.user_id)
    with pytest.raises(Refused, match="提交人"):
        _workflow(four_eyes=True).make(office, membership.pk, "accept")
    assert _workflow(four_eyes=False).make(office, membership.pk, "accept").state == "active"


def test_the_diagram_names_every_move(membership):
    assert "applied --> active: 通过" in _workflow().diagram()


def test_an_edited_audit_row_is_found(membership, office):
    _workflow().make(office, membership.pk, "accept")
    audit.record(office, "second")
    assert audit.verify_chain().ok
    AuditEntry.objects.filter(sequence=1).update(act="nothing.happened")
    assert not audit.verify_chain().ok


def test_a_cut_tail_is_found_by_the_head(office):
    for n in range(3):
        audit.record(office, f"act.{n}")
    AuditEntry.objects.filter(sequence=3).delete()
    assert not audit.verify_chain().ok


def test_an_actor_without_grants_has_only_what_the_public_has():
    assert not Actor().may("workbench")
    assert Actor().may("portal")
