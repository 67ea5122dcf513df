"""``chanjiao index``: from two tables and a specification to files, or to a refusal."""

import csv

import pytest
from django.core.management import CommandError, call_command

META = """iCode,iName,Level,Weight,Direction,Parent,Type
A1,one,1,1,1,A,Indicator
A2,two,1,3,-1,A,Indicator
B1,three,1,1,1,B,Indicator
A,left,2,1,,I,Aggregate
B,right,2,1,,I,Aggregate
I,all,3,1,,,Aggregate
side,,,,,,Group
people,,,,,,Denominator
"""
DATA = """uCode,uName,side,people,A1,A2,B1
U1,甲,n,2,1,9,5
U2,乙,n,4,2,7,NA
U3,丙,s,4,6,5,8
U4,丁,s,2,9,1,2
"""
SPEC = """denominate: {B1: people}
impute: {f_i: i_mean_grp, use_group: side}
normalise: {f_n: n_minmax, l_u: [1, 100]}
aggregate: {f_ag: [a_amean, a_gmean]}
uncertainty:
  kind: sobol
  reps: 20
  vary:
    method: {at: aggregate.f_ag, values: [a_amean, a_gmean]}
    weights: {noise: 0.3}
"""


@pytest.fixture
def files(tmp_path):
    for name, text in (("data.csv", DATA), ("meta.csv", META), ("spec.yaml", SPEC)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def index(act, files, *more, out="out"):
    call_command(
        "index", act, "--data", str(files / "data.csv"), "--meta", str(files / "meta.csv"),
        "--spec", str(files / "spec.yaml"), "--out", str(files / out), *more,
    )  # fmt: skip
    return files / out


def rows(path):
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_build_writes_scores_of_every_node_and_the_decisions_of_every_step(files):
    out = index("build", files)
    results = rows(out / "results.csv")
    assert list(results[0]) == ["uCode", "Rank", "I", "A", "B", "A1", "A2", "B1"]
    assert [row["uCode"] for row in results] == ["U3", "U2", "U1", "U4"]
    # U4 is the best at both of A and the last at B: √(100·1).
    assert [float(results[3][code]) for code in "AB"] == [100, 1]
    assert float(results[3]["I"]) == pytest.approx(10)
    assert {path.name for path in (out / "steps").glob("*.csv")} == {
        "1_denominate.csv", "2_impute.csv", "3_normalise.csv", "4_weigh.csv", "5_aggregate.csv",
    }  # fmt: skip
    filled = rows(out / "steps" / "2_impute.csv")
    assert filled == [{"uCode": "U2", "iCode": "B1", "rule": "group_mean", "old": "", "new": "2.5"}]


def test_two_builds_of_the_same_files_give_the_same_bytes(files):
    first, second = index("build", files, out="one"), index("build", files, out="two")
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert len(names) > 10
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_uncertainty_gives_rank_intervals_and_shares_and_the_seed_decides(files):
    one = index("uncertainty", files, "--seed", "5", out="one")
    two = index("uncertainty", files, "--seed", "5", out="two")
    other = index("uncertainty", files, "--seed", "6", out="other")
    assert (one / "ranks.csv").read_bytes() == (two / "ranks.csv").read_bytes()
    assert (one / "design.csv").read_bytes() != (other / "design.csv").read_bytes()
    assert [row["input"] for row in rows(one / "sensitivity.csv")] == ["method", "weights"]
    assert float(rows(one / "ranks.csv")[0]["Q5"]) <= float(rows(one / "ranks.csv")[0]["Q95"])


def test_compare_parts_a_change_into_four_that_add_up(files):
    (files / "later.csv").write_text(DATA.replace("U1,甲,n,2,1,9", "U1,甲,n,2,8,9"), "utf-8")
    later = SPEC.replace("[a_amean, a_gmean]}\nunc", "a_amean}\nunc")
    (files / "later.yaml").write_text(later + "weights: equal\n", encoding="utf-8")
    out = index(
        "compare", files, "--data-after", str(files / "later.csv"),
        "--spec-after", str(files / "later.yaml"),
    )  # fmt: skip
    for row in rows(out / "compare.csv"):
        parts = [float(row[name]) for name in ("Data", "Definition", "Weights", "Method")]
        assert sum(parts) == float(row["ScoreAfter"]) - float(row["ScoreBefore"])
    assert float(rows(out / "compare.csv")[0]["Definition"]) == 0


def test_builds_without_a_unit_in_common_are_not_compared(files):
    (files / "later.csv").write_text(DATA.replace("\nU", "\nV"), encoding="utf-8")
    with pytest.raises(CommandError, match="no unit in common"):
        index("compare", files, "--data-after", str(files / "later.csv"))


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("spec.yaml", "normalise:", "normalize:", "line 3.*did you mean normalise"),
        ("spec.yaml", "l_u: [1, 100]", "l_u: [0, 100]", "U1.*on_zero: limit"),
        ("spec.yaml", "B1: people", "B1: folk", "line 1.*folk"),
        ("spec.yaml", "use_group: side", "use_group: slide", "line 2.*did you mean side"),
        ("data.csv", "6,5,8", "6,five,8", "line 4.*A2.*five"),
        ("data.csv", "U4", "U3", "line 5.*line 4"),
        ("meta.csv", "A2,two,1,3,-1", "A2,two,1,3,0", "line 3.*Direction"),
        ("meta.csv", "A2,two,1,3,-1,A", "A2,two,1,3,-1,Z", "A2.*Z"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_remedy(files, name, old, new, told):
    path = files / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError, match=f"(?s){name}.*{told}"):
        index("build", files)
    assert not (files / "out" / "results.csv").exists()


def test_a_column_that_is_nowhere_described_is_refused_rather_than_ignored(files):
    (files / "meta.csv").write_text(META.replace("people,,,,,,Denominator\n", ""), "utf-8")
    with pytest.raises(CommandError, match=r"data\.csv.*line 1.*people.*Other"):
        index("build", files)


def test_a_file_that_is_not_there_or_not_text_is_named(files):
    (files / "data.csv").unlink()
    with pytest.raises(CommandError, match=r"data\.csv"):
        index("build", files)
    (files / "data.csv").write_bytes(b"uCode,\xff\xfe")
    with pytest.raises(CommandError, match="UTF-8"):
        index("build", files)
