"""The registry of metrics: names, parts of a figure, and what is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Q
from hypothesis import given, strategies as st

from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.metrics import (
    Moment,
    Tally,
    Words,
    lineage,
    opened,
    registered,
    tallies,
    tally,
)
from chanjiao.core.models import RuleParameter
from chanjiao.core.reference import _parameters as shipped_parameters
from chanjiao.organisations.choices import Status
from chanjiao.organisations.models import Organisation

THEN = Moment(2026, date(2026, 9, 30))


def test_every_metric_says_what_it_is_in_both_languages():
    for name, metric in registered().items():
        assert name == metric.name
        assert name.isidentifier()
        for words in (metric.title, metric.definition):
            assert words.zh, name
            assert words.en, name
        assert bool(metric.caveat.zh) == bool(metric.caveat.en), name
        assert metric.unit, name
        assert (metric.unit == "%") == metric.is_ratio, name


def test_a_name_is_registered_only_once(settings):
    settings.CHANJIAO_METRICS = ["chanjiao.demand.metrics.METRICS"] * 2
    registered.cache_clear()
    try:
        with pytest.raises(LookupError, match="registered twice"):
            registered()
    finally:
        registered.cache_clear()


@pytest.fixture
def parameters(db):
    RuleParameter.objects.bulk_create(shipped_parameters())


@pytest.mark.usefixtures("parameters")
@pytest.mark.parametrize("name", sorted(registered()))
def test_every_metric_can_be_counted_where_there_is_nothing(name):
    metric = registered()[name]
    assert tally(metric, THEN).value is None
    assert lineage(metric, THEN).counts() == (0, 0, 0)


@pytest.mark.django_db
def test_parts_of_a_figure_never_overlap_and_are_the_population(make_organisation):
    make_organisation("大企业", is_above_designated_size=True)
    make_organisation("小企业")
    make_organisation("关了的大企业", is_above_designated_size=True, status=Status.CLOSED)
    make_organisation("学校", kind="higher", is_above_designated_size=True)
    metric = registered()["companies_above_size"]
    made = tally(metric, THEN)
    assert (made.numerator, made.denominator, made.rows, made.value) == (1, 2, 2, 0.5)
    # The large company that is closed counts in neither, though it fits the numerator's words.
    parts = lineage(metric, THEN)
    assert parts.counts() == (1, 1, 2)
    seen = [row.pk for part in (parts.numerator, parts.denominator_only, parts.outside)
            for row in part]  # fmt: skip
    assert sorted(seen) == sorted(Organisation.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_metrics_on_the_same_rows_are_counted_in_one_query(
    make_organisation, django_assert_num_queries
):
    make_organisation("一家")
    base = [replace(registered()["organisations_active"], base="x", name=str(n)) for n in range(9)]
    with django_assert_num_queries(1):
        found = tallies(base, THEN)
    assert {sum(one.numerator for one in by_body.values()) for by_body in found.values()} == {1}


@pytest.mark.django_db
def test_a_count_of_none_is_zero_only_where_there_was_something_to_count(make_organisation):
    metric = registered()["organisations_active"]
    assert tally(metric, THEN).value is None
    make_organisation("停业的", status=Status.CLOSED)
    assert tally(metric, THEN).value == 0


@pytest.mark.django_db
def test_nobody_opens_rows_that_the_register_keeps_from_them(make_organisation, office):
    metric = registered()["organisations_active"]
    assert opened(office, metric, THEN).count() == 1
    shut = replace(metric, visible_to=None)
    assert opened(office, shut, THEN).count() == 0
    personal = registered()["students_on_roll"]
    assert opened(ANONYMOUS, personal, THEN).count() == 0


@pytest.mark.django_db
def test_compositions_are_compared_after_bodies_are_added_up(make_organisation):
    make_organisation("甲", address="东")
    make_organisation("乙", address="西", status=Status.CLOSED)
    metric = replace(
        registered()["organisations_active"], name="alike", category="address",
        numerator=lambda moment: Q(status=Status.ACTIVE),
        denominator=lambda moment: Q(status=Status.CLOSED),
    )  # fmt: skip
    assert tally(metric, THEN).value == 0  # one side has all in the east, the other in the west
    make_organisation("丙", address="东", status=Status.CLOSED)
    assert tally(metric, THEN).value == 0.5


NUMBERS = st.integers(0, 10**6)
TALLIES = st.builds(Tally, st.none() | NUMBERS, st.none() | NUMBERS, NUMBERS)


@given(TALLIES, TALLIES, TALLIES)
def test_tallies_add_up_in_any_order(one, two, three):
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one


@given(st.dictionaries(st.text(max_size=3), st.tuples(NUMBERS, NUMBERS), min_size=1))
def test_likeness_of_compositions_lies_between_nothing_and_one(shares):
    made = Tally(shares=shares)
    first = sum(a for a, _b in shares.values())
    second = sum(b for _a, b in shares.values())
    if not first or not second:
        assert made.value is None
        return
    distance = sum(abs(a / first - b / second) for a, b in shares.values()) / 2
    assert made.value == pytest.approx(1 - distance)


def test_missing_is_never_taken_for_nothing():
    assert (Tally() + Tally(3, 4, 4)).value == 0.75
    assert Tally().value is None
    assert Tally(Decimal(0), 4, 4).value == 0
    assert Words("甲", "A").zh == "甲"
