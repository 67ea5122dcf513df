"""What a pair is worth, by hand and against a plain reading of the definitions."""

import math

import numpy as np
import pytest

from chanjiao.engines.matching import (
    AnyOf,
    AtMost,
    Covers,
    Fit,
    Listed,
    Market,
    MarketFault,
    Merit,
    Pairs,
    Rise,
    Scheme,
    Sets,
    Table,
)
from tests.engines.matching.conftest import CONDITIONS, FACTORS, SCHEME, market, sides


def plainly_feasible(p, q):
    def meets(has, asked):
        return asked is None or (has is not None and has >= asked)

    return (
        (not p["groups"] or not q["groups"] or bool(set(p["groups"]) & set(q["groups"])))
        and (not p["regions"] or q["region"] is None or q["region"] in p["regions"])
        and meets(p["education"], q["education"])
        and meets(q["wage"], p["wage"])
        and set(q["certificates"]) <= set(p["certificates"])
    )


def plain_fit(p, q):
    pair = (p["major"], q["job"])
    known = {("m0", "j0"): 0.9, ("m1", "j2"): 0.5}
    return 0.0 if None in pair else known.get(pair, 0.1)


def plain_home(p, q):
    pair = (p["home"], q["region"])
    return 0.0 if None in pair else 1.0 if pair[0] == pair[1] else 0.25


def plain_rise(p, q, span):
    known = p["wage"] is not None and q["wage"] is not None
    return min(1.0, max(0.0, (q["wage"] - p["wage"]) / span)) if known else 0.0


def plain_cover(p, q):
    total = sum(q["skills"].values())
    has = sum(w * min(1.0, p["skills"].get(s, 0)) for s, w in q["skills"].items())
    return has / total if total else 0.0


def plain_likeness(p, q):
    dot = sum(w * q["tools"].get(s, 0) for s, w in p["skills"].items())
    size = math.hypot(*p["skills"].values()) * math.hypot(*q["tools"].values())
    return dot / size if size else 0.0


PLAIN = {
    "major": plain_fit,
    "home": plain_home,
    "skills": plain_cover,
    "tools": plain_likeness,
    "pay": lambda p, q: plain_rise(p, q, 0.5 * (p["wage"] or 1)),
    "pay2": lambda p, q: plain_rise(p, q, 1500),
    "grade": lambda p, q: p["grade"] or 0.0,
    "appeal": lambda p, q: q["appeal"] or 0.0,
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_score_is_what_the_definitions_say(seed):
    one, other = sides(seed)
    found = market(seed)
    people = [{n: c[r] for n, c in one.columns.items()} for r in range(len(one.ids))]
    positions = [{n: c[r] for n, c in other.columns.items()} for r in range(len(other.ids))]
    rows, columns = np.indices((len(people), len(positions)))
    scores = found.scores(rows.ravel(), columns.ravel())
    for n, (r, c) in enumerate(zip(rows.ravel(), columns.ravel(), strict=True)):
        p, q = people[r], positions[c]
        assert scores.ok[n] == plainly_feasible(p, q)
        u = sum(SCHEME.weights(f.name)[0] * PLAIN[f.name](p, q) for f in FACTORS)
        v = sum(SCHEME.weights(f.name)[1] * PLAIN[f.name](p, q) for f in FACTORS)
        assert abs(scores.u[n] / 1e6 - u) < 1e-3
        assert abs(scores.v[n] / 1e6 - v) < 1e-3
        assert scores.w[n] == 2 * scores.u[n] + 3 * scores.v[n]


def test_a_full_mark_is_a_whole_million():
    scheme = Scheme("1", person={"skills": 1, "pay": 2}, position={"skills": 0.3, "grade": 0.7})
    found = Market(
        Table([1], {"skills": [["a", "b", "c"]], "wage": [4000], "grade": [1.0]}),
        Table([1], {"skills": [{"a": 1, "b": 1, "c": 1}], "wage": [6000]}),
        factors=[
            Covers("skills", "skills", "skills"),
            Rise("pay", "wage", "wage", 0.5, relative=True),
            Merit("grade", "grade"),
        ],
        scheme=scheme,
    )
    scores = found.scores(np.array([0]), np.array([0]))
    assert (scores.u[0], scores.v[0]) == (1_000_000, 1_000_000)


@pytest.mark.parametrize("name", ["gender", "性别", "Age", "户籍", "birth date"])
def test_protected_attributes_are_refused_by_name(name):
    one, other = sides(1)
    columns = {**one.columns, name: [1] * len(one.ids)}
    with pytest.raises(MarketFault, match=name):
        market(1, tables=(Table(one.ids, columns), other))


def small(**changes):
    given = {
        "people": Table(["a", "b"], {"wage": [1, 2], "grade": [0.5, 1]}),
        "positions": Table(["x"], {"wage": [2], "seats": [1]}),
        "factors": [Merit("grade", "grade")],
        "conditions": [AtMost("wage", "wage", "wage")],
        "scheme": Scheme("1", person={}, position={"grade": 1}),
        "capacity": "seats",
    } | changes
    return Market(given.pop("people"), given.pop("positions"), **given)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"people": Table(["a", "a"], {"wage": [1, 2], "grade": [0, 1]})}, "a"),
        ({"people": Table(["a", ""], {"wage": [1, 2], "grade": [0, 1]})}, "no id"),
        ({"people": Table(["a"], {"wage": [1, 2], "grade": [0, 1]})}, "wage"),
        ({"people": Table(["a"], {"wage": ["x"], "grade": [0]})}, "wage"),
        ({"people": Table(["a"], {"wage": [1], "grade": [1.2]})}, "1.2"),
        ({"people": Table(["a"], {"grade": [1]})}, "wage"),
        ({"positions": Table(["x"], {"wage": [2], "seats": [-1]})}, "-1"),
        ({"positions": Table(["x"], {"wage": [2], "seats": [1.5]})}, "1.5"),
        ({"scheme": Scheme("1", person={"luck": 1}, position={})}, "luck"),
        ({"scheme": Scheme("1", person={"grade": -1}, position={})}, "-1"),
        ({"scheme": Scheme("1", person={}, position={}, person_share=0, position_share=0)}, "0"),
        ({"conditions": [AtMost("grade", "wage", "wage")]}, "grade"),
        ({"factors": [Rise("grade", "wage", "wage", span=0)]}, "grade"),
        ({"factors": [Fit("grade", "wage", "wage", {("1", "2"): 7})]}, "7"),
    ],
)
def test_what_is_wrong_is_told_with_its_value(changes, told):
    with pytest.raises(MarketFault, match=told):
        small(**changes)


def test_a_value_for_each_row_is_needed_where_there_is_one_code():
    one = Table(["a"], {"home": [["r1", "r2"]]})
    other = Table(["x"], {"region": ["r1"]})
    with pytest.raises(MarketFault, match="home"):
        Market(
            one, other, factors=[Fit("f", "home", "region")], scheme=Scheme("1", {"f": 1}, {})
        )  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (Listed([1, 1], [1, 1], [0.5, 0.5]), "twice"),
        (Listed([3], [1], [0.5]), "3"),
        (Listed([1], [9], [0.5]), "9"),
        (Listed([1], [1], [None]), "u"),
        (Listed([1], [1], [0.5], [0.1, 0.2]), "v"),
        (Listed([1], [1], [1e12]), "1e"),
    ],
)
def test_pairs_are_checked_one_by_one(listed, told):
    with pytest.raises(MarketFault, match=told):
        Pairs([1, 2], [1, 2], listed)


class Column:
    """A column of some data frame: it has a length and gives a list, and no more."""

    def __init__(self, cells):
        self.cells = cells

    def __len__(self):
        return len(self.cells)

    def to_list(self):
        return self.cells


def test_ids_and_columns_come_from_arrays_and_data_frames_too():
    plain = small(people=Table([10, 9], {"wage": [1, 2], "grade": [0.5, 1]}))
    for ids in (np.array([10, 9]), [np.int64(10), np.int64(9)], Column([10, 9])):
        found = small(people=Table(ids, {"wage": np.array([1, 2]), "grade": Column([0.5, 1])}))
        assert found.people.tolist() == plain.people.tolist() == [9, 10]
        assert found.scores(np.array([0]), np.array([0])).v[0] == 1_000_000


def test_large_utilities_keep_their_whole_numbers():
    found = Pairs([1], [1, 2], Listed([1, 1], [1, 2], [123_456_789, 5]))
    assert found.unit == 1
    assert found.scores(np.array([0]), np.array([0])).u[0] == 123_456_789


def test_an_empty_set_asks_for_nothing_and_conditions_keep_apart():
    one = Table(["a", "b"], {"g": [[], ["x"]]})
    other = Table(["q", "r"], {"g": [["y"], []]})
    found = Market(
        one, other, conditions=[AnyOf("g", "g", "g")], scheme=Scheme("1", person={}, position={})
    )
    assert found.feasible() == 3
    assert len(CONDITIONS) == 5


@pytest.mark.parametrize(
    "sets",
    [
        Sets(np.array([0, 1]), np.array([3], np.int32), ("a",)),
        Sets(np.array([0, 2]), np.array([0, 0], np.int32), ("a",)),
        Sets(np.array([0, 2]), np.array([0], np.int32), ("a",)),
        Sets(np.array([0, 1]), np.array([0], np.int32), ("a",), np.array([-1.0])),
    ],
)
def test_sets_that_were_given_as_such_are_looked_at(sets):
    with pytest.raises(MarketFault, match="unsound"):
        Market(
            Table([1], {"s": sets}),
            Table([1], {"s": [["a"]]}),
            conditions=[AnyOf("s", "s", "s")],
            scheme=Scheme("1", {}, {}),
        )


def test_more_skills_factors_than_the_kernel_holds_are_refused():
    factors = [Covers(f"f{n}", "s", "s") for n in range(9)]
    with pytest.raises(MarketFault, match="8"):
        Market(
            Table([1], {"s": ["a"]}),
            Table([1], {"s": ["a"]}),
            factors=factors,
            scheme=Scheme("1", {}, {}),
        )
