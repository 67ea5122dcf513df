"""``chanjiao text`` on the command line: JSON lines out, clear words for what can't be read."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests.engines.text.damage import CLEAN, spoilt

PAGE = "海城职业学院招生\n2024年5月1日\n去年，海城职业学院招生3200余人，与滨城电子有限公司签约。\n"

PRESS = Path(__file__).parents[2] / "benchmarks" / "press"
TOLD = {"article", "type", "quote", "start", "end", "status"}
KEYS = {
    "fact": TOLD | {"subject", "indicator", "value", "unit", "qualifier", "period"},
    "relation": TOLD | {"predicate", "subjects", "object", "date"},
    "org": {"article", "type", "canonical", "surfaces", "kind", "mentions"},
    "article": {"article", "type", "title", "text"},
}
OPTIONAL = {"upper", "key"}
ENUMS = {
    "qualifier": {
        "exact", "over", "at_least", "about", "nearly", "at_most", "range", "ordinal",
    },
    "status": {"actual", "planned"},
    "kind": {"government", "school", "enterprise", "association", "park", "other"},
    "predicate": {
        "sign", "co_build", "establish", "unveil", "found", "member_of", "award_plaque",
        "order_class", "cooperate", "plan_establish",
    },
}  # fmt: skip


def told(*arguments):
    out = io.StringIO()
    call_command("text", *arguments, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_facts_of_a_file_come_as_lines_of_three_types(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    lines = told("facts", str(path))
    assert {line["type"] for line in lines} == {"fact", "org", "relation"}
    fact = next(line for line in lines if line["type"] == "fact")
    assert (fact["value"], fact["unit"], fact["qualifier"], fact["period"]) == (
        3200, "人", "over", "2023",
    )  # fmt: skip
    assert set(fact) == {
        "article", "type", "subject", "indicator", "value", "unit", "qualifier", "status",
        "period", "quote", "start", "end",
    }  # fmt: skip


def test_offsets_point_into_the_text_of_the_article(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    first, *rest = told("facts", str(path), "--articles")
    assert (first["type"], first["article"], first["title"]) == ("article", "a", "海城职业学院招生")
    quoted = [line for line in rest if "quote" in line]
    assert quoted
    assert all(first["text"][q["start"] : q["end"]] == q["quote"] for q in quoted)


def test_standard_input_and_gbk_are_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PAGE.encode("gbk"))))
    assert any(line.get("value") == 3200 for line in told("facts"))


def test_repair_writes_the_text_and_a_report_of_edits(tmp_path):
    path = tmp_path / "in.txt"
    page = spoilt(3)
    path.write_text(page, "utf-8")
    told("repair", str(path), "--out", str(tmp_path / "out"))
    assert (tmp_path / "out" / "in.txt").read_text("utf-8") == CLEAN
    report = json.loads((tmp_path / "out" / "in.txt.json").read_text("utf-8"))
    assert all(page[e["start"] : e["end"]] == e["before"] for e in report["edits"])


def test_without_a_folder_repair_tells_a_line_for_each_page(tmp_path, monkeypatch):
    page = spoilt(4)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(page.encode())))
    (line,) = told("repair")
    assert (line["file"], line["text"], line["flags"]) == ("stdin.txt", CLEAN, [])
    assert all(page[e["start"] : e["end"]] == e["before"] for e in line["edits"])


def test_standard_input_is_mended_into_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(spoilt(4).encode())))
    told("repair", "--out", str(tmp_path / "out"))
    assert (tmp_path / "out" / "stdin.txt").read_text("utf-8") == CLEAN


def test_articles_of_one_page_are_called_a_b_c(tmp_path):
    newspaper = PRESS / "blind" / "19-newspaper.txt"
    path = tmp_path / "page.txt"
    path.write_text(newspaper.read_text("utf-8").split("== page\n")[1].split("== a\n")[0], "utf-8")
    lines = told("facts", str(path), "--articles")
    texts = {line["article"]: line["text"] for line in lines if line["type"] == "article"}
    assert list(texts) == ["a", "b", "c"]
    for line in lines:
        assert set(line) == KEYS[line["type"]] | set(line) & OPTIONAL
        if "quote" in line:
            assert texts[line["article"]][line["start"] : line["end"]] == line["quote"]
        if line["type"] == "org":
            text = texts[line["article"]]
            assert {text[a:b] for a, b in line["mentions"]} == set(line["surfaces"])
        for key, allowed in ENUMS.items():
            assert line.get(key) is None or line[key] in allowed


def test_names_resolve_to_the_register_given(tmp_path):
    page, register = tmp_path / "page.txt", tmp_path / "register.csv"
    page.write_text("海工贸举行签约仪式，参加者300人。", "utf-8")
    register.write_text("name,kind,aliases,key\n海城工贸职业技术学院,school,海工贸,7\n", "utf-8")
    lines = told("facts", str(page), "--register", str(register))
    assert [(line["canonical"], line["key"]) for line in lines if line["type"] == "org"] == [
        ("海城工贸职业技术学院", "7")
    ]


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "空的"), (b"  \n", "空的"), (b"\x80\x81\x82\xff\xfe\x00\x01" * 9, "不是 UTF-8")],
)
def test_what_is_no_text_is_refused_by_name(tmp_path, content, word):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=word):
        told("facts", str(path))


def test_folders_and_missing_files_are_refused(tmp_path):
    with pytest.raises(CommandError, match="文件夹"):
        told("facts", str(tmp_path))
    with pytest.raises(CommandError, match="没有文件"):
        told("facts", str(tmp_path / "none.txt"))


def test_nothing_of_the_user_is_written_over(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    with pytest.raises(CommandError, match="覆盖原文件"):
        told("repair", str(path), "--out", str(tmp_path))
    assert path.read_text("utf-8") == PAGE


def test_wrong_day_and_wrong_register_are_told(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    with pytest.raises(CommandError, match="published-on"):
        told("facts", str(path), "--published-on", "昨天")
    path.write_text("name,kind\n海城学院,college\n", "utf-8")
    with pytest.raises(CommandError, match=r"第 2 行.*college"):
        told("facts", str(path), "--register", str(path))
