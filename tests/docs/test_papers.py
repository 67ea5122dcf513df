"""Papers that can go stale are held against the code they tell of."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = sorted(p for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
VARIABLE = re.compile(r"CHANJIAO_[A-Z_]+[A-Z]")
# Read from the environment by its quoted name; a bare name is a Django setting.
QUOTED = re.compile(rf'"({VARIABLE.pattern})"')
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#:]+)\)")
# Written in two halves, so that this file does not name the hosts itself.
REGISTRIES = [
    "registry.npmjs." + "org",
    "pypi." + "org",
    "files.python" + "hosted.org",
    "npm" + "mirror.",
]


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_every_variable_of_the_settings_is_in_the_operations_paper_and_no_other():
    code = "".join(p.read_text("utf-8") for p in ROOT.glob("src/chanjiao/config/settings/*.py"))
    told = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = "\n".join(line for line in told.splitlines() if line.startswith("| `"))
    assert set(VARIABLE.findall(table)) == set(QUOTED.findall(code))


def test_floors_stand_in_the_paper_in_the_order_that_is_enforced():
    paper = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| \d+ \| (.+?) \|", paper, re.MULTILINE)
    told = [set(re.findall(r"`(\w+)`", row)) for row in rows]
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    contract = next(c for c in tools["importlinter"]["contracts"] if c["id"] == "floors")
    floors = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    remaining = iter(told)
    assert all(any(floor <= row for row in remaining) for floor in floors)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(paper):
    targets = LINK.findall(paper.read_text("utf-8"))
    assert [t for t in targets if not (paper.parent / t).exists()] == []


def test_glossary_has_four_columns_and_each_word_once():
    text = (ROOT / "docs" / "glossary.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()]
    assert {len(row) for row in rows} == {4}
    assert all(zh and en for _, zh, en, _ in rows)
    words = [row[1] for row in rows]
    assert sorted(set(words)) == sorted(words)


def test_no_tracked_file_names_a_package_registry():
    texts = {p: p.read_bytes() for p in tracked() if p.is_file()}
    assert [p for p, t in texts.items() if any(host.encode() in t for host in REGISTRIES)] == []


def test_pins_are_plain_versions():
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)
