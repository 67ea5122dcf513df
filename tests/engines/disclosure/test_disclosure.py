"""No reader with a linear programme gets behind what is hidden."""

import random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from chanjiao.engines.disclosure import (
    Cell,
    Reason,
    Rule,
    Sum,
    TableFault,
    attack,
    sums_of,
    suppress,
)

AREAS = {"甲园": "东", "乙园": "东", "丙街": "西", "丁街": "西", "东": "市", "西": "市"}
CODES = {"车工": "加工", "铣工": "加工", "电工": "机电", "加工": "全部", "机电": "全部"}
RULE = Rule()


def ancestors(tree, node):
    while node is not None:
        yield node
        node = tree.get(node)


def table(leaves, area_tree=AREAS, code_tree=CODES):
    """All totals over both trees; companies of a cell are those of its leaves."""
    values, firms = {}, {}
    for (area, code), by_firm in leaves.items():
        for a in ancestors(area_tree, area):
            for c in ancestors(code_tree, code):
                values[a, c] = values.get((a, c), 0) + sum(by_firm.values())
                firms.setdefault((a, c), set()).update(f for f, n in by_firm.items() if n)
    cells = {key: Cell(value, len(firms[key])) for key, value in values.items()}
    return cells, sums_of(cells, area_tree, code_tree)


@st.composite
def tables(draw):
    leaves = {}
    for area in ("甲园", "乙园", "丙街", "丁街"):
        for code in ("车工", "铣工", "电工"):
            leaves[area, code] = draw(
                st.dictionaries(st.integers(1, 25), st.integers(0, 40), max_size=5)
            )
    return table(leaves)


def assert_safe(cells, sums, hidden, rule=RULE):
    ranges = attack(cells, sums, hidden)
    for key, why in hidden.items():
        seen, value = ranges[key], cells[key].value
        assert seen.low - 1e-6 <= value <= seen.high + 1e-6
        if why.reason is Reason.GIVES_AWAY:
            assert seen.width > 1e-3, f"{key} is worked out exactly"
        else:
            assert seen.width >= rule.doubt(value) - 1e-4, f"{key}: {seen}"


@settings(max_examples=40, deadline=None)
@given(tables())
def test_no_attack_narrows_a_small_cell_below_its_doubt(made):
    cells, sums = made
    assert_safe(cells, sums, suppress(cells, sums))


def test_control_with_the_small_cells_alone_hidden_the_attacker_succeeds():
    random.seed(7)
    broken = 0
    for _ in range(20):
        leaves = {
            (area, code): {random.randint(1, 25): random.randint(1, 30) for _ in range(4)}
            for area in ("甲园", "乙园", "丙街", "丁街")
            for code in ("车工", "铣工", "电工")
        }
        leaves["甲园", "车工"] = {1: 7}
        cells, sums = table(leaves)
        hidden = suppress(cells, sums)
        primary = {key for key, why in hidden.items() if why.reason is not Reason.GIVES_AWAY}
        ranges = attack(cells, sums, primary)
        broken += any(r.width < RULE.doubt(cells[key].value) for key, r in ranges.items())
        assert_safe(cells, sums, hidden)
    assert broken == 20


def test_the_classical_two_by_two_hides_the_whole_rectangle():
    leaves = {
        ("甲园", "车工"): {1: 5},
        ("甲园", "电工"): dict.fromkeys(range(5), 9),
        ("丙街", "车工"): dict.fromkeys(range(5), 8),
        ("丙街", "电工"): dict.fromkeys(range(5), 7),
    }
    flat_areas, flat_codes = {"甲园": "市", "丙街": "市"}, {"车工": "全部", "电工": "全部"}
    cells, sums = table(leaves, flat_areas, flat_codes)
    hidden = suppress(cells, sums)
    assert set(hidden) == set(leaves)
    assert hidden["甲园", "车工"].reason is Reason.FEW_CONTRIBUTORS
    assert hidden["丙街", "电工"].protects == (("甲园", "车工"),)


def test_few_people_of_many_companies_are_hidden_too():
    cells = {("市",): Cell(100, 30), ("东",): Cell(8, 4), ("西",): Cell(92, 26)}
    hidden = suppress(cells, [Sum(("市",), (("东",), ("西",)))])
    assert hidden["东",].reason is Reason.FEW_PEOPLE
    assert hidden["西",].reason is Reason.GIVES_AWAY


def test_numbers_without_companies_behind_them_are_judged_by_people_alone():
    assert suppress({("市",): Cell(12)}, []) == {}
    assert suppress({("市",): Cell(9)}, [])["市",].reason is Reason.FEW_PEOPLE


def test_nobody_is_shown_as_nobody():
    cells = {("市",): Cell(50, 9), ("东",): Cell(50, 9), ("西",): Cell(0, 0)}
    assert suppress(cells, [Sum(("市",), (("东",), ("西",)))]) == {}


def test_a_table_of_large_cells_is_shown_whole():
    firms = dict.fromkeys(range(5), 20)
    leaves = {(a, c): firms for a in ("甲园", "丙街") for c in ("车工", "电工")}
    cells, sums = table(leaves)
    assert suppress(cells, sums) == {}


def test_a_total_goes_when_nothing_else_can_stand_before_a_lone_small_cell():
    cells = {("市",): Cell(6, 1), ("东",): Cell(6, 1)}
    hidden = suppress(cells, [Sum(("市",), (("东",),))])
    assert set(hidden) == set(cells)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.randoms())
def test_the_order_of_cells_and_sums_does_not_matter(made, rng):
    cells, sums = made
    shuffled_cells, shuffled_sums = list(cells.items()), list(sums)
    rng.shuffle(shuffled_cells)
    rng.shuffle(shuffled_sums)
    assert suppress(dict(shuffled_cells), shuffled_sums) == suppress(cells, sums)


def test_a_stricter_rule_hides_more_small_cells():
    cells = {("市",): Cell(100, 12), ("东",): Cell(40, 4), ("西",): Cell(60, 8)}
    sums = [Sum(("市",), (("东",), ("西",)))]
    assert suppress(cells, sums) == {}
    assert ("东",) in suppress(cells, sums, Rule(min_contributors=5))


def test_sums_that_do_not_add_up_are_refused():
    cells = {("市",): Cell(100, 9), ("东",): Cell(60, 5), ("西",): Cell(30, 5)}
    with pytest.raises(TableFault, match="parts make 90"):
        suppress(cells, [Sum(("市",), (("东",), ("西",)))])


def test_a_sum_over_cells_that_are_not_there_is_refused():
    with pytest.raises(TableFault, match="not in the table"):
        suppress({("市",): Cell(100, 9)}, [Sum(("市",), (("东",),))])


def test_a_negative_count_is_refused():
    with pytest.raises(TableFault, match="must not be below 0"):
        suppress({("市",): Cell(-1, 9)}, [])


def test_a_table_of_a_whole_city_is_hidden_in_a_few_seconds():
    rng = random.Random(3)
    areas = {f"园{n}": f"片{n % 3}" for n in range(12)} | {f"片{n}": "市" for n in range(3)}
    codes = {f"码{n}": f"类{n % 10}" for n in range(60)} | {f"类{n}": "全部" for n in range(10)}
    leaves = {
        (f"园{a}", f"码{c}"): {rng.randrange(240): rng.randrange(1, 60) for _ in range(6)}
        for a in range(12) for c in range(60) if rng.random() < 0.7
    }  # fmt: skip
    for _ in range(60):
        leaves[f"园{rng.randrange(12)}", f"码{rng.randrange(60)}"] = {1: rng.randrange(1, 9)}
    cells, sums = table(leaves, areas, codes)
    hidden = suppress(cells, sums)
    small = [key for key, why in hidden.items() if why.reason is not Reason.GIVES_AWAY]
    ranges = attack(cells, sums, hidden, only=small[:40])
    assert all(ranges[k].width >= RULE.doubt(cells[k].value) - 1e-4 for k in ranges)
    assert len(hidden) < len(cells) / 2


@st.composite
def flows(draw):
    """Graduates by major, and by occupation as known shares of the majors' graduates."""
    majors = {f"m{n}": draw(st.integers(0, 60)) for n in range(5)}
    cells = {("m", "all"): Cell(sum(majors.values()))}
    cells |= {("m", major): Cell(count) for major, count in majors.items()}
    sums = [Sum(("m", "all"), tuple(("m", major) for major in majors))]
    targets, rows = {}, []
    for code in ("a", "b", "c"):
        weights = {major: draw(st.sampled_from([0.0, 0.25, 0.5])) for major in majors}
        weights = {major: share for major, share in weights.items() if share}
        if weights:
            targets[code] = round(sum(share * majors[m] for m, share in weights.items()))
            parts = tuple(("m", m) for m in weights)
            rows.append(Sum(("o", code), parts, tuple(weights.values())))
    cells |= {("o", code): Cell(count, is_estimate=True) for code, count in targets.items()}
    return cells, [*sums, *rows]


@settings(max_examples=60, deadline=None)
@given(flows())
def test_shares_that_everybody_knows_give_no_small_major_away(made):
    cells, sums = made
    hidden = suppress(cells, sums)
    assert_safe(cells, sums, hidden)


def test_control_shares_do_give_a_small_major_away_when_its_occupation_is_shown():
    cells = {("m", "a"): Cell(8), ("m", "b"): Cell(50), ("m", "c"): Cell(50),
             ("m", "all"): Cell(108), ("o", "x"): Cell(8, is_estimate=True)}  # fmt: skip
    parts = (("m", "a"), ("m", "b"), ("m", "c"))
    sums = [Sum(("m", "all"), parts), Sum(("o", "x"), (("m", "a"),), (1.0,))]
    seen = attack(cells, sums, {("m", "a"), ("m", "b")})["m", "a"]
    assert seen.width <= 2
    assert ("o", "x") in suppress(cells, sums)


def test_an_estimate_alone_is_nobodys_secret():
    assert suppress({("o",): Cell(3, is_estimate=True)}, []) == {}


def test_a_weighted_sum_that_is_far_off_is_refused():
    cells = {("o",): Cell(40), ("m",): Cell(50)}
    with pytest.raises(TableFault, match="its parts make 25"):
        suppress(cells, [Sum(("o",), (("m",),), (0.5,))])
