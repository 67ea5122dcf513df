"""Indicator books: what ships, dated parameters, versions, and books that are spoiled."""

from dataclasses import replace
from datetime import date
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings

from chanjiao.engines.composite import (
    Refused,
    Table,
    bridge,
    built,
    diff,
    experiment,
    influences,
    read_book,
    run,
)
from chanjiao.measurement.books import packaged, packaged_codes
from tests.engines.composite.test_specification import refusal, spoiled

SMALL = """book: {code: demo, version: 1.0.0, title: {zh: 示例, en: Demo}, effective: 2025-01-01}
parameters:
  posts: {zh: 上下限, values: {2025-01-01: {value: [0, 10], reference: a},
                             2026-01-01: {value: [0, 20], reference: b}}}
missing: {known: 0.5}
tree:
- {code: I, zh: 指数, aggregate: {f_ag: gmean, gate: {A: 10}}}
- {code: A, parent: I, zh: 甲, weight: 2}
- {code: B, parent: I, zh: 乙, aggregate: amean}
indicators:
- {code: A1, parent: A, zh: 一, metric: m1, goalposts: $posts, unit: 人}
- {code: A2, parent: A, zh: 二, metric: m2, goalposts: [0, 10], direction: -1}
- {code: B1, parent: B, zh: 三, metric: m3, goalposts: [0, 10], band: [2, 4],
   alternatives: {wide: m4}}
- {code: B2, parent: B, zh: 四, metric: m5, goalposts: [0, 100], transform: log1p, weight: 3}
uncertainty: {reps: 8, vary: {weights: 0.2, aggregate: [amean, gmean],
  normalise: [goalposts, minmax], definition: [B1.wide]}}
"""
BOOK = read_book(SMALL)
DATA = Table.of("uvw", ["A1", "A2", "B1", "B2"], [[2, 8, 3, 9], [6, 4, None, 50], [9, 1, 6, 0]])


def test_the_default_book_has_three_dimensions_and_22_indicators_each_with_its_metric():
    book = packaged()
    assert packaged_codes() == ["iei22"]
    assert len(book.scheme.leaves) == 22
    assert [book.scheme[c].weight for c in book.scheme.children("IEI")] == [0.30, 0.35, 0.35]
    assert len(set(book.metrics().values())) == 22 + 4
    assert book.recipe().normalise.each["C2"].posts == (0.5, 0.9)
    assert all(one.caveat and one.evidence for one in book.indicators.values())
    assert book.methods["IEI"].gates[0].least == 40
    assert book.methods["A"].known == 0.6


def test_the_default_book_scores_the_ends_of_its_goalposts_1_and_100():
    book = packaged()
    posts = {code: book.recipe().normalise.each[code] for code in book.scheme.leaves}
    best, worst = {}, {}
    for code, scale in posts.items():
        low, high = scale.posts
        good, bad = (high, low) if book.scheme[code].direction > 0 else (low, high)
        best[code] = sum(scale.band) / 2 if scale.band else good
        worst[code] = bad
    data = Table.of(
        ["best", "worst"], book.scheme.leaves,
        [[side[code] for code in book.scheme.leaves] for side in (best, worst)],
    )  # fmt: skip
    assert built(book, data).scores().tolist() == pytest.approx([100, 1])


def test_a_gap_is_shared_out_and_a_dimension_known_for_less_than_its_share_has_none():
    book = packaged()
    middle = [sum(book.recipe().normalise.each[c].posts) / 2 for c in book.scheme.leaves]
    values = np.array([middle, middle, middle])
    values[1, :2] = np.nan  # 4 of 6 of A known
    values[2, :3] = np.nan  # 3 of 6
    made = built(book, Table.of("abc", book.scheme.leaves, values))
    assert np.isnan(made.scores("A")).tolist() == [False, False, True]
    assert np.isnan(made.scores()[2])  # the gate is not measured
    assert made.coverage()[1] == pytest.approx(1 - 2 * 0.3 / 6)


def test_a_parameter_has_the_value_of_its_day_and_none_before():
    assert BOOK.recipe().normalise.each["A1"].posts == (0, 10)
    assert BOOK.recipe(date(2026, 6, 1)).normalise.each["A1"].posts == (0, 20)
    assert BOOK.value("posts", date(2025, 12, 31)) == [0, 10]
    with pytest.raises(Refused, match="2024-12-31"):
        BOOK.recipe(date(2024, 12, 31))


def test_the_digest_is_of_what_is_said_and_not_of_how():
    same = read_book("# a note\n" + SMALL.replace("{code: A, parent: I,", "{parent: I, code: A,"))
    assert same.digest == BOOK.digest
    assert read_book(SMALL.replace("weight: 2", "weight: 3")).digest != BOOK.digest


def test_versions_are_compared_line_by_line_and_a_version_never_changes():
    later = read_book(
        SMALL.replace("1.0.0", "1.1.0").replace("weight: 2", "weight: 3")
        .replace("metric: m2, goalposts: [0, 10]", "metric: m2, goalposts: [0, 12]")
        .replace("- {code: B2", "- {code: B3")
    )  # fmt: skip
    found = {(one.what, one.code): (one.old, one.new) for one in diff(BOOK, later)}
    assert set(found) == {("removed", "B2"), ("added", "B3"), ("weight", "A"), ("goalposts", "A2")}
    assert found["weight", "A"] == (2, 3)
    assert all(one.counts for one in diff(BOOK, later))
    words = read_book(SMALL.replace("1.0.0", "1.0.1").replace("zh: 一", "zh: 壹"))
    assert [(one.what, one.counts) for one in diff(BOOK, words)] == [("words", False)]
    with pytest.raises(Refused, match="number of its own"):
        diff(BOOK, read_book(SMALL.replace("weight: 2", "weight: 3")))


def test_a_bridge_runs_old_data_through_both_books():
    other = SMALL.replace("1.0.0", "2.0.0").replace("weight: 2", "weight: 3")
    later = read_book(other.replace("[0, 10], direction", "[0, 12], direction"))
    for change in bridge(DATA, BOOK, later):
        assert change.parts["data"] == change.parts["method"] == 0
        assert fsum(change.parts.values()) == change.after - change.before
        assert change.parts["definition"] != 0
        assert change.parts["weights"] != 0


def test_what_the_book_doubts_becomes_an_experiment():
    plan = experiment(BOOK, DATA, {"B1.wide": np.array([1.0, 2, 3])})
    assert [one.name for one in plan.inputs] == ["weights", "aggregate", "normalise", "B1"]
    outcome = run(plan)
    assert outcome.scores.shape == (8 * 6, 3)
    assert len(influences(outcome)) == 4
    with pytest.raises(Refused, match=r"B1\.wide"):
        experiment(BOOK, DATA, {})


def test_a_column_that_nobody_has_counted_is_a_gap():
    made = built(BOOK, replace(DATA, codes=("A1", "A2", "B1", "X")))
    assert np.isnan(made.scores("B2")).all()
    assert made.coverage().max() < 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("metric: m1", "metrik: m1", "did you mean metric"),
        ("goalposts: $posts", "goalposts: $post", "did you mean posts"),
        ("goalposts: $posts", "goalposts: [9, 1]", "not below"),
        ("band: [2, 4]", "band: [2, 14]", "inside the goalposts"),
        ("parent: B, zh: 四", "parent: Z, zh: 四", "knows no 'Z'"),
        ("code: A2", "code: A1", "A1 stands already"),
        ("code: B, parent: I", "code: B, parent: C", "knows no 'C'"),
        ("gate: {A: 10}", "gate: {B1: 10}", "knows no 'B1'"),
        ("effective: 2025-01-01", "effective: soon", "YYYY-MM-DD"),
        ("[0, 20], reference: b}", "[0, 20]}", "lacks reference"),
        ("direction: -1", "direction: 0", "1 or -1"),
        ("definition: [B1.wide]", "definition: [B1.tall]", "B1.wide"),
        ("known: 0.5", "known: 5", "0 to 1"),
        ("[0, 100], transform: log1p", "[0, 100], transform: ln", "exceed 0"),
        ("weight: 3", "weight: -3", "0 or more"),
    ],
)
def test_a_book_that_says_something_else_is_refused_with_line_and_reason(old, new, told):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    line = text[: text.rindex(new)].count("\n") + 1
    fault = refusal(lambda: read_book(text))
    assert fault is not None
    assert (fault.line, told in str(fault)) == (line, True), str(fault)


def test_two_roots_are_refused_where_the_tree_begins():
    fault = refusal(lambda: read_book(SMALL.replace("code: B, parent: I", "code: B")))
    assert fault.line == 7
    assert "exactly one node without a parent" in fault.en


@given(text=spoiled(SMALL))
@settings(max_examples=25, deadline=None)
def test_a_spoiled_book_is_read_or_refused_with_line_and_reason(text):
    fault = refusal(lambda: built(read_book(text), DATA))
    assert fault is None or (fault.zh and fault.en)
    words = refusal(lambda: read_book(text))
    assert words is None or 1 <= words.line <= text.count("\n") + 2
