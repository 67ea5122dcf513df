"""The places where rules are got wrong: shares, overlaps, birthdays, nights, stale counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.rules import findings
from chanjiao.engines.rules.functions import add_months, age, birthday
from chanjiao.engines.rules.internship import Shift, interns_by_school, read_register
from chanjiao.engines.rules.internship.peaks import peaks
from chanjiao.engines.rules.internship.rosters import night_minutes
from tests.engines.rules.cases import (
    ABSENT,
    ON,
    PLACEMENT,
    all_judged,
    answer,
    crowd,
    judge,
    judged,
    spoilt,
)

P, U, S = "placement.", "unit.", "student."


def unit_answer(data, rule="R-01"):
    return all_judged(data)[0].outcome(rule).answer.value


def staffed(people):
    return {U + "staff": [{"people": people, "on": "2026-01-10"}]}


@pytest.mark.parametrize(
    ("staff", "others", "expected"),
    [
        (100, 9, "pass"),
        (100, 10, "fail"),
        (99, 8, "pass"),
        (99, 9, "fail"),
        (9, 0, "fail"),
        (10, 0, "pass"),
    ],
)
def test_a_tenth_of_staff_is_allowed_and_one_more_is_not(staff, others, expected):
    assert unit_answer(crowd(others, staffed(staff), post=None)) == expected


def test_all_schools_count_together_and_each_school_sees_its_part():
    data = crowd(10, staffed(100))
    assert unit_answer(data) == "fail"
    register, _ = read_register(data, judge().pack)
    assert interns_by_school(register, "U1", date(2026, 3, 2)) == {"丙校": 3, "乙校": 3, "甲校": 5}
    assert all(unit_answer(crowd(n, staffed(100))) == "pass" for n in (3, 5))


@pytest.mark.parametrize(("start", "expected"), [("2026-08-28", "fail"), ("2026-08-29", "pass")])
def test_one_day_of_overlap_counts(start, expected):
    data = crowd(1, staffed(19), start_on=start, end_on="2026-12-01")
    assert unit_answer(data) == expected


def test_the_worst_day_is_named_and_the_number_to_move():
    data = crowd(2, staffed(20), start_on="2026-04-01", end_on="2026-04-30")
    told = all_judged(data)[0].law
    judgement = all_judged(data)[0]
    assert judgement.row[list(told.labels).index("unit_peak_on")] == date(2026, 4, 1)
    first = next(one for one in findings(judgement) if one.rule == "R-01")
    assert first.message.en == (
        "云帆精密: 3 interns on 2026-04-01 exceed 10 % of 20 staff (limit 2)"
    )
    assert first.change.en.startswith("Move at least 1 of them")


def test_a_student_who_changes_the_post_within_the_unit_is_one_intern():
    data = spoilt(staffed(10))
    moved = {**data["placements"][0], "id": "I2", "start_on": "2026-08-28", "end_on": "2026-08-31"}
    data["placements"].append({**moved, "follows": "I1"})
    assert unit_answer(data) == "pass"
    data["students"].append({"id": "S2"})
    data["placements"][1]["student"] = "S2"
    assert unit_answer(data) == "fail"


def test_cancelled_placements_and_visits_are_not_counted():
    assert unit_answer(crowd(5, staffed(10), status="cancelled")) == "pass"
    assert unit_answer(crowd(5, staffed(10), kind="introductory_visit")) == "pass"


@pytest.mark.parametrize("gone", ["kind", "start_on", "end_on"])
def test_somebody_who_may_be_there_leaves_the_count_open(gone):
    data = crowd(1, staffed(19))
    del data["placements"][1][gone]
    assert unit_answer(data) == "cannot_judge"
    data["units"][0]["staff"][0]["people"] = 20
    assert unit_answer(data) == "pass"


def test_a_fifth_of_workers_at_the_post():
    post = {"post.workers": [{"people": 15, "on": "2026-01-10"}]}
    assert unit_answer(crowd(2, post), "R-02") == "pass"
    assert unit_answer(crowd(3, post), "R-02") == "fail"


@pytest.mark.parametrize(
    ("counted", "expected"), [("2025-02-25", "pass"), ("2025-02-24", "cannot_judge")]
)
def test_a_headcount_is_good_for_twelve_months(counted, expected):
    assert answer("R-01", {U + "staff.0.on": counted}) == expected


def test_the_latest_headcount_not_after_the_day_of_judging_is_used():
    counts = [
        {"people": 100, "on": "2026-01-10"},
        {"people": 9, "on": "2026-02-25"},
        {"people": 100, "on": "2026-02-26"},
    ]
    assert answer("R-01", {U + "staff": counts}) == "fail"
    assert answer("R-01", {U + "staff": counts}, on=date(2026, 2, 26)) == "pass"


def test_a_change_of_post_adds_to_the_days():
    data = spoilt({})
    more = {**data["placements"][0], "id": "I2", "start_on": "2026-08-20", "end_on": "2026-09-08"}
    data["placements"].append({**more, "follows": "I1"})
    both = all_judged(data)
    assert [one.outcome("R-21").answer.value for one in both] == ["fail", "fail"]
    data["placements"][1]["end_on"] = "2026-09-07"
    assert [one.outcome("R-21").answer.value for one in all_judged(data)] == ["pass", "pass"]


@pytest.mark.parametrize(("start", "expected"), [("2024-02-28", "fail"), ("2024-02-29", "pass")])
def test_one_born_on_29_february_is_sixteen_on_that_day(start, expected):
    changes = {P + "start_on": start, P + "end_on": "2024-06-01", S + "birth_on": "2008-02-29"}
    assert answer("R-04", changes) == expected


@pytest.mark.parametrize(("start", "expected"), [("2026-02-28", "fail"), ("2026-03-01", "pass")])
def test_one_born_on_29_february_is_protected_until_march_in_a_common_year(start, expected):
    changes = {P + "start_on": start, "post.hazards": ["boiler"], S + "birth_on": "2008-02-29"}
    assert answer("R-05", changes) == expected


@given(st.dates(date(1990, 1, 1), date(2020, 1, 1)), st.integers(0, 40))
def test_one_is_a_year_older_on_the_birthday_and_not_the_day_before(born, years):
    for leap in ("03-01", "02-28"):
        day = birthday(born, years, leap)
        assert age(born, day, leap) == years
        if years:
            assert age(born, day - timedelta(days=1), leap) == years - 1


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(-40, 40))
def test_months_on_is_the_same_day_or_the_last_of_the_month(day, months):
    found = add_months(day, months)
    assert found.day <= day.day
    assert (found.year - day.year) * 12 + found.month - day.month == months
    if found.day < day.day:
        assert (found + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("14:00", "22:00", "pass"),
        ("14:01", "22:01", "fail"),
        ("06:00", "14:00", "pass"),
        ("05:59", "13:59", "fail"),
        ("22:00", "06:00", "fail"),
        ("16:00", "24:00", "fail"),
        ("23:00", "23:30", "fail"),
    ],
)
def test_a_shift_may_end_when_the_night_begins(start, end, expected):
    shift = {"weekdays": [1], "start": start, "end": end}
    assert answer("R-12", {P + "roster.shifts": [shift]}) == expected


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_night_minutes_are_those_counted_one_by_one(start, length):
    shift = Shift(start, start + length)
    counted = sum(not 360 <= minute % 1440 < 1320 for minute in range(start, start + length))
    assert night_minutes(shift, 1320, 360) == counted


def dated(*days, end="16:00"):
    return [{"date": day, "start": "08:00", "end": end, "break_minutes": 0} for day in days]


SPAN = {P + "roster.from": "2026-03-02", P + "roster.to": "2026-08-28"}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-05-08"], "pass"),
        (["2026-05-09"], "pass"),  # a Saturday made a working day
        (["2026-05-10"], "fail"),
        (["2026-05-04"], "fail"),  # a Monday of the holiday
    ],
)
def test_days_off_follow_the_calendar_of_holidays_and_make_up_days(days, expected):
    assert answer("R-11", {P + "roster.shifts": dated(*days), **SPAN}) == expected


def test_a_friday_night_shift_works_on_saturday():
    shift = [{"weekdays": [5], "start": "20:00", "end": "04:00"}]
    assert answer("R-11", {P + "roster.shifts": shift}) == "fail"


def test_a_week_is_monday_to_sunday():
    monday = date(2026, 3, 2)
    six = [str(monday + timedelta(days=n)) for n in (2, 3, 4, 5, 6, 7)]
    assert answer("R-12", {P + "roster.shifts": dated(*six), **SPAN}) == "pass"
    whole = [str(monday + timedelta(days=n)) for n in range(6)]
    assert answer("R-12", {P + "roster.shifts": dated(*whole), **SPAN}) == "fail"
    assert answer("R-12", {P + "roster.shifts": dated(*whole[:5]), **SPAN}) == "pass"
    assert answer("R-12", {P + "roster.shifts": dated(whole[0], end="16:01"), **SPAN}) == "fail"


def test_a_roster_of_some_days_leaves_the_others_open():
    short = {P + "roster.from": "2026-03-02", P + "roster.to": "2026-03-31"}
    assert answer("R-12", {P + "roster.shifts": dated("2026-03-02"), **short}) == "cannot_judge"
    assert answer("R-11", {P + "roster.shifts": dated("2026-03-02"), **short}) == "cannot_judge"
    assert answer("R-11", {P + "roster.shifts": dated("2026-03-07"), **short}) == "fail"


def test_the_law_of_the_day_on_which_it_runs_is_used():
    early = {P + "start_on": "2021-09-01", P + "end_on": "2021-12-30"}
    assert judged(early).outcomes == ()
    assert judged({**early, P + "end_on": "2021-12-31"}).outcomes != ()
    assert (
        judged({P + "start_on": "2023-12-01", P + "end_on": "2023-12-31"}).outcomes[-1].rule.id
        == "R-28"
    )


stays = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 30), st.integers(0, 12)).map(
        lambda one: (one[0], one[1], one[1] + one[2])
    ),
    max_size=12,
)
windows = st.lists(
    st.tuples(st.integers(0, 45), st.integers(0, 20)).map(lambda w: (w[0], w[0] + w[1])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(stays, windows)
def test_peaks_are_those_counted_day_by_day(stays, windows):
    def there(day):
        return len({who for who, first, last in stays if first <= day <= last})

    counts, days = peaks(stays, windows)
    for (first, last), count, day in zip(windows, counts, days, strict=True):
        by_day = [there(one) for one in range(first, last + 1)]
        assert count == max(by_day)
        assert day == first + by_day.index(count)


@settings(max_examples=40)
@given(st.integers(1, 400), st.integers(0, 45))
def test_the_share_is_whole_number_arithmetic(staff, others):
    expected = "fail" if 10 * (others + 1) > staff else "pass"
    assert unit_answer(crowd(others, staffed(staff))) == expected


def test_many_are_judged_together_as_each_alone():
    data = crowd(30, staffed(250))
    for n, one in enumerate(data["placements"]):
        one["pay_cycle"] = ("month", "quarter", None)[n % 3]
        one["agreement"] = (None, "none", PLACEMENT["agreement"])[n % 3]
    together = all_judged(data)
    one_judge = judge()
    for judgement in together:
        alone = one_judge.judge(judgement.case, judgement.row, date(2026, 3, 2))
        assert judgement.outcomes == alone.outcomes


def test_nothing_known_means_nothing_passes_but_what_can_not_be_broken():
    bare = {
        "units": [{"id": "U1"}],
        "students": [{"id": "S1"}],
        "placements": [{"id": "I1", "student": "S1", "unit": "U1"}],
    }
    assert {one.answer.value for one in all_judged(bare, ON)[0].outcomes} == {"cannot_judge"}


@pytest.mark.parametrize("path", [f"{P}{name}" for name in ("pay_yuan", "roster", "insurance")])
def test_null_is_the_same_as_absent(path):
    def told(value):
        return [one.answer for one in judged({path: value}).outcomes]

    assert told(None) == told(ABSENT)
