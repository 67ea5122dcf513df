from collections import Counter

from hypothesis import HealthCheck, given, settings, strategies as st

from chanjiao.publishing.lines import Line
from chanjiao.publishing.pooling import LEVELS, Rule, cells, people

RULE = Rule(3, 10)
SLOW_MACHINE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

line = st.builds(
    Line,
    company=st.sampled_from("甲乙丙丁戊己庚"),
    company_name=st.just("某公司"),
    title=st.just("岗位"),
    headcount=st.integers(1, 9),
    occupation=st.sampled_from(["", "6-18-01-01", "6-18-01-02", "6-18-02-01", "4-01-01-01"]),
    industry=st.sampled_from(["C33", "I65", ""]),
    education=st.sampled_from("012"),
    skill_level=st.sampled_from(["", "3"]),
    is_public=st.booleans(),
)


@SLOW_MACHINE
@given(st.lists(line, max_size=40))
def test_every_cell_hides_every_company_and_nobody_is_lost(lines):
    found = cells(lines, LEVELS, RULE)
    if not found:
        assert not RULE.is_safe(lines)
        return
    for cell in found:
        assert len({x.company for x in cell.lines}) >= 3
        assert people(cell.lines) >= 10
    assert Counter(x for cell in found for x in cell.lines) == Counter(lines)


@SLOW_MACHINE
@given(st.lists(line, max_size=40))
def test_taking_off_the_named_lines_leaves_nobody_bare(lines):
    for cell in cells(lines, LEVELS, RULE):
        unnamed = [x for x in cell.lines if not x.is_public]
        assert not unnamed or (len({x.company for x in unnamed}) >= 3 and people(unnamed) >= 10)


@SLOW_MACHINE
@given(st.lists(line, max_size=30), st.randoms())
def test_the_order_of_the_lines_does_not_matter(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert cells(lines, LEVELS, RULE) == cells(shuffled, LEVELS, RULE)


def test_without_the_rule_a_single_company_would_stand_alone():
    """The control: with thresholds of one the same lines give a company away."""
    lines = [Line(c, c, "车工", 6, occupation="6-18-01-01") for c in "甲乙丙"]
    lines.append(Line("丁", "丁", "铣工", 2, occupation="6-18-01-02"))
    assert any(len(cell.lines) == 1 for cell in cells(lines, LEVELS, Rule(1, 1)))
    assert [len(cell.lines) for cell in cells(lines, LEVELS, RULE)] == [4]


def test_a_company_that_is_named_does_not_bare_the_one_that_is_not():
    named = [Line(c, c, "车工", 5, occupation="6-18-01-01", is_public=True) for c in "甲乙"]
    quiet = Line("丙", "丙", "车工", 4, occupation="6-18-01-01")
    assert cells([*named, quiet], LEVELS, RULE) == []
