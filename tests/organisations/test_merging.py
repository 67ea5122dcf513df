"""Two records become one with everything that hung on them, and can be parted again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.accounts.models import User
from chanjiao.core.models import StoredFile, Todo
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.industry.models import Chain, ChainNode, Placement
from chanjiao.organisations.actors import grants_in_force
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import (
    Consortium,
    DuplicatePair,
    Membership,
    Organisation,
    OrganisationYear,
    RoleGrant,
)
from chanjiao.organisations.namesakes import note_pairs
from chanjiao.organisations.relations import relations
from chanjiao.organisations.services import duplicates, merging
from tests.organisations.company_rows import credit_code


@pytest.fixture
def kept(make_organisation):
    return make_organisation("甲精密机械股份有限公司")


@pytest.fixture
def gone(make_organisation):
    return make_organisation("甲精密机械有限责任公司", credit_code=credit_code(1), address="滨海路")


@pytest.fixture
def node(db):
    chain = Chain.objects.create(code="c", name="机床")
    return ChainNode.objects.create(chain=chain, code="n", name="主轴", position="mid")


@pytest.fixture
def seat(office_body, school, gone):
    consortium = Consortium.objects.create(
        name="望澜湾", kind="group", level="city", office=office_body, lead_school=school,
        founded_on=date(2023, 6, 28),
    )  # fmt: skip
    return Membership.objects.create(consortium=consortium, organisation=gone, state="active")


def test_rows_of_every_app_change_hands(office, kept, gone, node, seat):
    placement = Placement.objects.create(node=node, organisation=gone, year=2026, role="head")
    paper = StoredFile.objects.create(sha256="0", name="x", size=1, organisation_id=gone.pk)
    merging.merge(office, kept.pk, gone.pk)
    for row in (placement, seat, paper):
        row.refresh_from_db()
        assert row.organisation_id == kept.pk


def test_code_and_blank_fields_are_filled_and_the_name_kept_as_alias(office, kept, gone):
    merging.merge(office, kept.pk, gone.pk)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.credit_code, kept.address) == (credit_code(1), "滨海路")
    assert [alias.name for alias in kept.names.all()] == [gone.name]
    assert (gone.status, gone.merged_into) == (Status.MERGED, kept)


def test_what_the_kept_body_has_already_stays_with_the_old_record(office, kept, gone):
    for body, staff in ((kept, 100), (gone, 90)):
        OrganisationYear.objects.create(organisation=body, year=2025, staff=staff, source="self")
    OrganisationYear.objects.create(organisation=gone, year=2024, staff=80, source="self")
    done = merging.merge(office, kept.pk, gone.pk)
    assert {row.year: row.staff for row in kept.years.all()} == {2025: 100, 2024: 80}
    assert len(done.stayed["organisations.OrganisationYear.organisation_id"]) == 1


def test_a_merge_is_undone_to_the_last_row(office, kept, gone, node, seat):
    placement = Placement.objects.create(node=node, organisation=gone, year=2026, role="head")
    done = merging.merge(office, kept.pk, gone.pk)
    merging.undo(office, done.pk)
    for row in (kept, gone, placement, seat):
        row.refresh_from_db()
    assert (kept.credit_code, kept.address, kept.names.count()) == (None, "", 0)
    assert (gone.status, gone.merged_into, gone.credit_code) == ("active", None, credit_code(1))
    assert placement.organisation_id == seat.organisation_id == gone.pk


def test_what_came_after_the_merge_stays_where_it_is(office, kept, gone, node):
    done = merging.merge(office, kept.pk, gone.pk)
    later = Placement.objects.create(node=node, organisation=kept, year=2026, role="head")
    merging.undo(office, done.pk)
    later.refresh_from_db()
    assert later.organisation_id == kept.pk


def test_a_merge_is_undone_once_and_in_order(office, kept, gone, make_organisation):
    done = merging.merge(office, kept.pk, gone.pk)
    heir = make_organisation("乙机械")
    later = merging.merge(office, heir.pk, kept.pk)
    with pytest.raises(Refused, match="后一次"):
        merging.undo(office, done.pk)
    merging.undo(office, later.pk)
    merging.undo(office, done.pk)
    with pytest.raises(Refused, match="已经撤销"):
        merging.undo(office, done.pk)


def test_a_body_merged_earlier_follows_to_the_new_heir(office, kept, gone, make_organisation):
    merging.merge(office, kept.pk, gone.pk)
    heir = make_organisation("乙机械")
    merging.merge(office, heir.pk, kept.pk)
    gone.refresh_from_db()
    assert gone.merged_into == heir


def test_bodies_of_two_kinds_are_not_merged(office, kept, school):
    with pytest.raises(Refused, match="类别不同"):
        merging.merge(office, kept.pk, school.pk)


def test_a_merged_body_is_not_merged_again(office, kept, gone, other_company):
    merging.merge(office, kept.pk, gone.pk)
    with pytest.raises(Refused, match="已经并入"):
        merging.merge(office, other_company.pk, gone.pk)


def test_only_the_office_merges(company_hr, company, kept):
    with pytest.raises(PermissionDenied):
        merging.merge(company_hr, company.pk, kept.pk)


def test_a_person_with_the_same_role_in_both_acts_for_the_heir_only(office, kept, gone, sign_up):
    user = sign_up(Role.COMPANY_HR, gone)
    RoleGrant.objects.create(
        user=user, role=Role.COMPANY_HR, organisation=kept, starts_on=date(2026, 1, 1)
    )
    merging.merge(office, kept.pk, gone.pk)
    grants = grants_in_force(User.objects.get(pk=user.pk))
    assert [grant.organisation_id for grant in grants] == [kept.pk]


def test_that_two_are_not_the_same_is_remembered(office, kept, gone):
    assert note_pairs() == 1
    pair = DuplicatePair.objects.get()
    duplicates.not_the_same(office, pair.pk, "两家分公司")
    assert duplicates.search_register(office) == 0
    pair.refresh_from_db()
    assert (pair.state, pair.note) == ("different", "两家分公司")
    duplicates.look_again(office, pair.pk)
    pair.refresh_from_db()
    assert pair.state == "open"


def test_merging_closes_the_pair_and_undoing_opens_it(office, kept, gone):
    note_pairs()
    done = merging.merge(office, kept.pk, gone.pk)
    assert DuplicatePair.objects.get().state == "merged"
    merging.undo(office, done.pk)
    assert DuplicatePair.objects.get().state == "open"


def test_the_office_is_asked_to_look_at_pairs_until_all_are_decided(office, seat, kept, gone):
    note_pairs()
    assert Todo.objects.get(done_at=None).url == "/directory/duplicates/"
    duplicates.not_the_same(office, DuplicatePair.objects.get().pk)
    assert not Todo.objects.filter(done_at=None).exists()


def test_a_company_decides_about_no_pair(company_hr, kept, gone):
    note_pairs()
    with pytest.raises(PermissionDenied):
        duplicates.not_the_same(company_hr, DuplicatePair.objects.first().pk)


def test_the_present_name_of_one_that_was_the_former_of_another_is_found(db, make_organisation):
    old = make_organisation("丁机械有限公司")
    old.names.create(name="戊机械有限公司", name_key="戊机械有限公司", kind="former")
    new = make_organisation("戊机械有限公司")
    note_pairs({new.pk})
    pair = DuplicatePair.objects.get()
    assert {pair.first_id, pair.second_id} == {old.pk, new.pk}


def test_every_foreign_key_to_organisations_takes_part_in_merges(db):
    named = {relation.name for relation in relations()}
    for field in Organisation._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.one_to_many:
            model = field.related_model
            if model.__name__ not in ("DuplicatePair", "Merge"):
                assert f"{model._meta.label}.{field.field.attname}" in named
