"""Who reads evidence: by its visibility, its body, its area and its state."""

import pytest

from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.roles import Role
from chanjiao.evidence.models import EvidenceItem
from chanjiao.evidence.queries import (
    items_visible_to,
    press_pages_visible_to,
    taken_statements_visible_to,
    values_visible_to,
)
from chanjiao.evidence.services import items, statements
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Area, Consortium, Membership

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def item(office, enrolled):
    return statements.accept(office, enrolled.pk).evidence


@pytest.fixture
def readers(sign_up, make_organisation, school, other_school, company_hr, office, school_admin):
    """One reader of each kind; the member is of another school with a seat."""
    watch = make_organisation("市教育局", "government")
    area = Area.objects.create(code="1", name="城东", kind="county", path="1")
    school.area = area
    school.save()
    consortium = Consortium.objects.create(
        name="联合体", office=watch, lead_school=school, founded_on="2023-01-01"
    )
    Membership.objects.create(
        consortium=consortium, organisation=other_school, state=MembershipState.ACTIVE
    )
    return {
        "public": ANONYMOUS,
        "own": school_admin,
        "member": actor_for(sign_up(Role.SCHOOL_ADMIN, other_school)),
        "outsider": company_hr,
        "government": actor_for(sign_up(Role.GOVERNMENT, watch)),
        "grid": actor_for(sign_up(Role.GRID_OFFICER, watch, area=area), organisation_id=watch.pk),
        "office": office,
        "auditor": actor_for(sign_up(Role.AUDITOR, make_organisation("审计局", "government"))),
        "student": actor_for(sign_up(Role.STUDENT, school)),
    }


WHO = {
    "public": {
        "public", "own", "member", "outsider", "government", "grid", "office", "auditor", "student",
    },
    "members": {"own", "member", "government", "grid", "office", "auditor"},
    "body": {"own", "government", "grid", "office", "auditor"},
    "confidential": {"own", "office", "auditor"},
}  # fmt: skip


def seen(readers, query):
    return {name for name, actor in readers.items() if query(actor).exists()}


@pytest.mark.parametrize("level", WHO)
def test_evidence_is_read_by_those_its_visibility_names(readers, office, item, level):
    items.show_to(office, item.pk, level)
    assert seen(readers, items_visible_to) == WHO[level]
    assert seen(readers, taken_statements_visible_to) == WHO[level]
    assert seen(readers, values_visible_to) == WHO[level]


def test_what_is_withdrawn_proves_nothing_and_is_seen_by_its_body_and_the_office(
    readers, office, item
):
    items.show_to(office, item.pk, "public")
    items.make_move(office, item.pk, "withdraw", "报道有误")
    assert seen(readers, items_visible_to) == {"own", "office", "auditor"}
    assert seen(readers, taken_statements_visible_to) == set()
    assert seen(readers, values_visible_to) == set()


def test_pages_on_the_desk_are_their_bodys_the_offices_and_the_auditors(readers, item):
    assert seen(readers, press_pages_visible_to) == {"own", "office", "auditor"}


def test_a_member_whose_seat_has_ended_reads_what_strangers_read(readers, office, item):
    items.show_to(office, item.pk, "members")
    Membership.objects.update(state=MembershipState.LEFT)
    assert not items_visible_to(readers["member"]).exists()


def test_new_evidence_is_its_own_bodys(item):
    assert EvidenceItem.objects.get().visibility == "body"
    assert item.organisation.name == "甲职业技术学院"
