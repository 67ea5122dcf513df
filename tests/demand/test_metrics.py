"""Which lines of demand a figure counts, and what it says about the rest."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chanjiao.demand import metrics
from chanjiao.demand.choices import Coding, DemandState, Source
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code

DAY = date(2026, 9, 15)


def test_a_line_says_who_wants_how_many_of_what(make_demand, company):
    demand = make_demand(headcount=5, filled=2)
    major = Code.objects.get_or_create(
        system=System.MAJOR, code="460103", valid_to=None,
        defaults={"name": "数控技术", "valid_from": DAY},
    )[0]  # fmt: skip
    demand.majors.add(major)
    line = next(metrics.lines_for_gap(2026, DAY))
    assert (line.company_id, line.occupation, line.headcount) == (company.pk, "6-18-01-01", 3)
    assert (line.major_codes, line.basis) == (("460103",), metrics.DECLARED)


def test_what_a_project_is_expected_to_hire_is_kept_apart(make_demand):
    make_demand(source=Source.PROJECT)
    assert [line.basis for line in metrics.lines_for_gap(2026, DAY)] == [metrics.PROJECTED]


@pytest.mark.parametrize(
    ("reason", "fields"),
    [
        ("uncoded", {"occupation": None, "coding": Coding.WAITING}),
        ("expired", {"valid_until": date(2026, 9, 14)}),
        ("expired", {"state": DemandState.EXPIRED}),
        ("unverified", {"state": DemandState.SUBMITTED}),
        ("withdrawn", {"state": DemandState.WITHDRAWN}),
        ("filled", {"state": DemandState.FILLED, "filled": 5}),
    ],
)
def test_what_is_not_counted_is_named(make_demand, reason, fields):
    make_demand(**fields)
    assert not list(metrics.lines_for_gap(2026, DAY))
    left = {one.reason: one.lines for one in metrics.left_out(2026, DAY)}
    assert left[reason] == 1
    assert sum(left.values()) == 1


def test_drafts_and_other_years_are_no_part_of_it(make_demand):
    make_demand(state=DemandState.DRAFT)
    make_demand("铣工", year=2025)
    assert not list(metrics.lines_for_gap(2026, DAY))
    assert sum(one.lines for one in metrics.left_out(2026, DAY)) == 0


def test_fifty_lines_cost_no_more_queries_than_one(make_demand, django_assert_num_queries):
    for n in range(50):
        make_demand(f"岗位{n}")
    with django_assert_num_queries(3):
        assert len(list(metrics.lines_for_gap(2026, DAY))) == 50


def test_the_same_open_position_cannot_stand_twice(make_demand):
    make_demand()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_demand()
    make_demand(state=DemandState.EXPIRED)
    make_demand(place="二厂")
