"""What the database itself refuses, and that an identity number leaves nothing but a keyed hash."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError

from chanjiao.core.identities import identity_hash
from chanjiao.organisations.models import Person
from chanjiao.supply.choices import OfferingState
from chanjiao.supply.models import MajorYear, Student

NUMBER = "11010519491231002X"


def test_a_school_offers_a_major_once_until_it_is_revoked(make_offering):
    make_offering(state=OfferingState.REVOKED)
    make_offering()
    with pytest.raises(IntegrityError, match=r"major_offering_once|UNIQUE"):
        make_offering()


def test_enrolling_needs_a_filing_number(make_offering):
    with pytest.raises(IntegrityError):
        make_offering(filing_number="")


def test_a_planned_major_needs_no_filing_number_yet(make_offering):
    assert make_offering(filing_number="", state=OfferingState.PLANNED).pk


def test_nobody_registers_who_was_not_admitted(offering):
    with pytest.raises(IntegrityError):
        MajorYear.objects.create(
            offering=offering, year=2026, enrolled=90, admitted=30, registered=31
        )


def test_a_person_is_on_one_roll_at_a_time(offering, school):
    person = Person.objects.create(name="甲", kind="student", organisation=school)
    common = {"person": person, "school": school, "offering": offering, "grade": 2024}
    Student.objects.create(number="1", status="graduated", **common)
    Student.objects.create(number="2", **common)
    with pytest.raises(IntegrityError):
        Student.objects.create(number="3", status="suspended", **common)


def test_the_hash_of_an_identity_number_depends_on_the_salt_and_not_on_case(settings):
    first = identity_hash(NUMBER)
    assert first == identity_hash(NUMBER.lower())
    assert NUMBER[6:14] not in first
    settings.IDENTITY_SALT = "another"
    assert identity_hash(NUMBER) != first


def test_without_a_salt_no_number_is_hashed(settings):
    settings.IDENTITY_SALT = ""
    with pytest.raises(ImproperlyConfigured, match="CHANJIAO_IDENTITY_SALT"):
        identity_hash(NUMBER)
