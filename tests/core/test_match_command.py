"""``chanjiao match run``: files in, an audited matching out, faults with file, line and value."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

PEOPLE = """\
person,majors,education,wage,skills,grade,home,regions,certificates,available_on
1,机电|焊接,高职,4000,PLC|焊接:0.5,0.8,东区,东区|西区,电工证,2026-07-01
2,机电,本科,,PLC,0.9,西区,,,
10,焊接,中职,3500,焊接,0.5,东区,东区,,2026-06-20
"""
POSITIONS = """\
position,vacancies,majors,education,region,wage,skills,certificates,starts_on
a,1,机电,高职,东区,5000,PLC:2|焊接,电工证,2026-07-15
b,2,,,西区,4500,焊接,,2026-07-15
c,1,焊接,,东区,3600,焊接,,2026-07-01
"""
PAIRS = """\
person,position,u,v,w
1,a,0.9,0.5,0.7
2,a,0.8,0.6,0.9
10,c,0.3,0.3,0.3
1,c,0.2,0.1,0.6
"""


@pytest.fixture
def run(tmp_path):
    """Run the command on files with these texts."""

    def run(*words, people=PEOPLE, positions=POSITIONS, pairs=None, encoding="utf-8"):
        files = {"people": people, "positions": positions, "pairs": pairs}
        given = []
        for name, text in files.items():
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_bytes(text.encode(encoding))
                given += [f"--{name}", str(path)]
        out = StringIO()
        call_command("match", "run", *given, *words, stdout=out)
        return json.loads(out.getvalue()) if "--json" in words else out.getvalue()

    return run


def found(answer):
    return [(pair["person"], pair["position"]) for pair in answer["pairs"]]


@pytest.mark.parametrize("mode", ["stable", "optimal", "balanced"])
def test_every_mode_gives_pairs_totals_certificate_blocking_pairs_and_seconds(run, mode):
    answer = run("--mode", mode, "--json")
    assert found(answer) == [("1", "a"), ("2", "b"), ("10", "c")]
    assert answer["mode"] == mode
    assert answer["totals"]["placed"] == 3
    assert answer["totals"]["w"] == pytest.approx(sum(p["w"] for p in answer["pairs"]))
    assert answer["certificate"]["hard_ok"]
    assert answer["certificate"]["capacity_ok"]
    assert answer["blocking_pairs"] == 0
    assert answer["seconds"] >= 0


def test_pairs_decide_what_is_feasible_and_what_it_is_worth(run):
    stable = run("--json", pairs=PAIRS)
    assert found(stable) == [("2", "a"), ("10", "c")]
    assert stable["certificate"]["stable"]
    best = run("--json", "--mode", "optimal", pairs=PAIRS)
    assert found(best) == [("1", "c"), ("2", "a")]
    assert best["certificate"]["primal"] == best["certificate"]["dual"] == pytest.approx(1.5)
    assert best["certificate"]["optimal"]
    assert best["certificate"]["prices"] == {"a": 0.4, "c": 0.3}
    assert best["blocking_pairs"] == 1
    assert best["blocking_examples"] == [{"person": "10", "position": "c"}]


def test_both_answers_stand_side_by_side(run):
    for mode in ("stable", "optimal"):
        both = run("--json", "--mode", mode, "--beside", pairs=PAIRS)["beside"]
        assert (both["stable"]["w"], both["optimal"]["w"]) == pytest.approx((1.2, 1.5))
        assert both["utility_given_up"] == pytest.approx(0.2)
        assert both["blocking_pairs_of_optimal"] == 1


def test_positions_may_propose_and_ties_may_be_used(run):
    ties = "person,position,u,v\n1,a,1,1\n1,b,1,1\n2,a,1,1\n"
    assert found(run("--json", pairs=ties)) == [("1", "a")]
    most = run("--json", "--ties", "most", pairs=ties)
    assert found(most) == [("1", "b"), ("2", "a")]
    assert most["certificate"]["largest"]
    assert run("--json", "--proposer", "positions", pairs=PAIRS)["blocking_pairs"] == 0


def test_cut_lists_are_told_and_never_called_optimal(run):
    answer = run("--json", "--mode", "optimal", "--lists", "1", pairs=PAIRS)
    assert answer["certificate"]["truncated"]
    assert not answer["certificate"]["optimal"]


def test_words_are_read_by_people_too(run):
    assert "placed 已安排 3" in run()


def test_files_from_an_office_programme_are_read(run):
    assert found(run("--json", encoding="gb18030")) == found(run("--json"))
    assert found(run("--json", encoding="utf-8-sig")) == found(run("--json"))


def test_weights_come_from_a_file_with_a_version(run, tmp_path):
    path = tmp_path / "scheme.json"
    scheme = {"version": "2027-1", "person": {"pay": 1}, "position": {"skills": 1}}
    path.write_text(json.dumps(scheme), "utf-8")
    pair = run("--json", "--scheme", str(path))["pairs"][0]
    assert (pair["u"], pair["v"]) == (0.5, pytest.approx(0.8333, abs=1e-4))
    path.write_text(json.dumps({**scheme, "person": {"luck": 1}}), "utf-8")
    with pytest.raises(CommandError, match="luck"):
        run("--scheme", str(path))
    path.write_text("{", "utf-8")
    with pytest.raises(CommandError, match=r"scheme\.json"):
        run("--scheme", str(path))


def test_a_crosswalk_says_how_majors_fit_occupations(run, tmp_path):
    path = tmp_path / "fit.csv"
    path.write_text("major,occupation,value\n机电,电工,0.9\n", "utf-8")
    people, positions = "person,major\n1,机电\n", "position,occupation\na,电工\n"
    answer = run("--json", "--fit", str(path), people=people, positions=positions)
    assert answer["pairs"][0]["u"] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"people": "person,性别\n1,女\n"}, "性别"),
        ({"people": "person,wage\n1,4000\n1,5000\n"}, r"people\.csv, line 3, column person: 1"),
        ({"people": "person,wage\n1,much\n"}, r"people\.csv, line 2, column wage: 'much'"),
        ({"people": "person,grade\n1,7\n"}, r"line 2, column grade: 7"),
        ({"people": "person,education\n1,很高\n"}, r"line 2, column education"),
        ({"people": "person,available_on\n1,soon\n"}, r"line 2, column available_on"),
        ({"people": "person,skills\n1,PLC:x\n"}, r"line 2, column skills"),
        ({"people": "person,wage\n1\n"}, r"line 2, column person: 1 cells"),
        ({"people": "person,wage\n,1\n"}, r"line 2, column person: there is no id"),
        ({"people": "wage\n1\n"}, r"people\.csv has no column person"),
        ({"people": ""}, r"Line 1 of people\.csv"),
        ({"positions": "position,seats\na,-1\n"}, r"line 2, column seats: '-1'"),
        ({"positions": "position,seats\na,\n"}, r"line 2, column seats: ''"),
        ({"pairs": "person,position\n1,a\n"}, "u, v, w"),
        ({"pairs": "person,position,u\n9,a,1\n"}, r"pairs\.csv, line 2, column person"),
        ({"pairs": "person,position,u\n1,z,1\n"}, r"pairs\.csv, line 2, column position"),
        ({"pairs": "person,position,u\n1,a,\n"}, r"line 2, column u: a number"),
        ({"pairs": "person,position,u\n1,a,1\n1,a,2\n"}, r"line 3, column person"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_column(run, change, told):
    with pytest.raises(CommandError, match=told):
        run(**change)


def test_a_missing_file_and_a_strange_encoding_are_told(run, tmp_path):
    with pytest.raises(CommandError, match="no file"):
        call_command("match", "run", "--people", "nowhere.csv", "--positions", "nowhere.csv")
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"person\n\xff\xff\xff\n")
    with pytest.raises(CommandError, match="GB 18030"):
        call_command("match", "run", "--people", str(bad), "--positions", str(bad))


def test_parquet_is_read_where_pyarrow_is_and_refused_plainly_elsewhere(tmp_path):
    path = tmp_path / "people.parquet"
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        path.write_bytes(b"PAR1")
        with pytest.raises(CommandError, match="pyarrow"):
            call_command("match", "run", "--people", str(path), "--positions", str(path))
        return
    parquet.write_table(pa.table({"id": [1, 2], "skills": [["a"], []]}), path)
    out = StringIO()
    call_command(
        "match", "run", "--people", str(path), "--positions", str(path), "--json", stdout=out
    )  # fmt: skip
    assert json.loads(out.getvalue())["pairs"][0]["person"] == 1
