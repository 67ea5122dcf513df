"""Cohort arithmetic, what counts and what does not, and a score that opens its rows."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from chanjiao.core.reference import load_parameters
from chanjiao.organisations.models import Person
from chanjiao.standards.choices import System
from chanjiao.standards.services import reference
from chanjiao.supply import metrics
from chanjiao.supply.coverage import coverage_by_school, coverage_of, lacking
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear, Student
from chanjiao.supply.queries import offerings_with_figures_for, with_coverage
from chanjiao.supply.rates import HISTORY, Counts, Rate, expected, loss_rate

DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def parameters(db):
    load_parameters()


@pytest.fixture
def coded(offering):
    offering.major = reference.load_codes(System.MAJOR, ["460301"])["460301"]
    offering.save()
    return offering


def line(year=2027):
    return next(iter(metrics.lines_for_gap(year, DAY)), None)


def test_a_class_brings_its_size_less_loss_and_further_study(coded, cohort):
    found = line()
    assert (found.size, found.source, found.major) == (40, "cohort", "460301")
    assert (found.loss.value, found.loss.basis) == (Decimal("0.05"), "parameter")
    assert found.expected == Decimal("30.40")


def test_a_year_without_a_class_and_without_registrations_has_no_line(coded, cohort):
    assert line(2028) is None


def test_registrations_stand_in_where_no_class_is_on_record(coded):
    MajorYear.objects.create(offering=coded, year=2025, enrolled=100, registered=50)
    found = line(2028)
    assert (found.size, found.source) == (50, "intake")


def test_own_history_beats_the_parameter(coded, cohort):
    MajorYear.objects.create(offering=coded, year=2023, enrolled=100, registered=50)
    MajorYear.objects.create(
        offering=coded, year=2026, enrolled=100, graduates=40, further_study=10
    )
    found = line()
    assert (found.loss.value, found.loss.basis) == (Decimal("0.2"), HISTORY)
    assert (found.further.value, found.further.of) == (Decimal("0.25"), 40)
    assert found.expected == Decimal("24.00")


def test_students_on_the_register_beat_a_typed_size(coded, cohort, school):
    for number, status in enumerate(["enrolled", "suspended", "withdrawn"]):
        person = Person.objects.create(name=f"生{number}", kind="student", organisation=school)
        Student.objects.create(
            person=person, school=school, offering=coded, cohort=cohort,
            number=str(number), grade=2024, status=status,
        )  # fmt: skip
    assert line().size == 2


@pytest.mark.parametrize(
    "change", [{"confirmed_on": date(2025, 1, 1)}, {"confirmed_on": None}, {"state": "revoked"}]
)
def test_stale_or_revoked_supply_counts_in_no_number(coded, cohort, change):
    MajorOffering.objects.filter(pk=coded.pk).update(**change)
    assert line() is None


def test_uncoded_supply_is_left_out_and_said_to_be(offering, cohort):
    assert line() is None
    reasons = {row.reason: (row.offerings, row.people) for row in metrics.left_out(2027, DAY)}
    assert reasons == {"uncoded": (1, 40), "stale": (0, 0), "no_cohort": (0, 0)}


def test_a_line_opens_the_classes_behind_it(coded, cohort):
    assert list(metrics.cohorts_behind(line().offering_id, 2027)) == [cohort]


def test_a_hundred_offerings_cost_no_more_queries_than_one(
    coded, cohort, make_offering, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        list(metrics.lines_for_gap(2027, DAY))
    for n in range(20):
        extra = make_offering(direction=str(n), major=coded.major)
        Cohort.objects.create(
            offering=extra, grade=2024, class_name="甲", declared_size=9,
            graduates_on=date(2027, 6, 1),
        )  # fmt: skip
    with django_assert_num_queries(QUERIES):
        assert len(list(metrics.lines_for_gap(2027, DAY))) == 21


QUERIES = 10  # seven parameters, offerings, classes, years


@given(st.integers(0, 10_000), st.decimals(0, 1, places=3), st.decimals(0, 1, places=3))
def test_expectation_is_never_more_than_the_class(size, loss, further):
    found = expected(size, Rate(loss, HISTORY), Rate(further, HISTORY))
    assert 0 <= found <= size


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_loss_is_a_share_even_when_more_graduate_than_registered(registered, graduates):
    years = {2023: Counts(registered, None, None), 2026: Counts(None, graduates, None)}
    assert 0 <= loss_rate(years, 2027, Decimal(3), None).value <= 1


def test_coverage_is_the_mean_of_four_shares_and_opens_its_rows(school_admin, coded, cohort):
    found = coverage_of(school_admin, coded.school_id, "", 2026, DAY)
    assert {part.key: part.have for part in found.parts} == {
        "has_year": 0, "has_cohort": 1, "is_coded": 1, "is_confirmed": 1,
    }  # fmt: skip
    assert found.score == 0.75
    rows = with_coverage(offerings_with_figures_for(school_admin), 2026, DAY)
    assert [step.key for step in found.next_steps] == ["has_year"]
    assert list(lacking(rows, "has_year")) == [coded]
    assert not lacking(rows, "has_cohort")


def test_a_school_without_offerings_has_no_score(school_admin, school):
    assert coverage_of(school_admin, school.pk, "", 2026, DAY).score is None


def test_the_office_sees_the_coverage_of_every_school_and_a_school_its_own(
    office, school_admin, other_school_admin, make_offering, other_school
):
    make_offering()
    make_offering(school=other_school)
    assert len(coverage_by_school(office, 2026, DAY)) == 2
    assert [c.school for c in coverage_by_school(school_admin, 2026, DAY)] == ["甲职业技术学院"]
