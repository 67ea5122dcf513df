"""Placements by sheet: chains and nodes by name or code, companies by credit code."""

import csv
import io

import pytest

from chanjiao.core.actor import SYSTEM
from chanjiao.core.sheets import handlers
from chanjiao.exchange.services import exports, imports
from chanjiao.exchange.services.loading import load
from chanjiao.industry.models import Chain, ChainNode, Placement
from tests.organisations.company_rows import credit_code

HEAD = ["产业链", "环节", "统一社会信用代码", "企业名称", "年度", "角色", "核心产品", "依据"]
ROW = ["智能装备", "主轴", credit_code(1), "甲机械有限公司", "2026", "链主", "电主轴", "走访"]


@pytest.fixture
def sheet(make_organisation):
    make_organisation("甲机械有限公司", credit_code=credit_code(1))
    chain = Chain.objects.create(code="machine", name="智能装备")
    ChainNode.objects.create(chain=chain, code="01", name="主轴", position="mid")
    return handlers()["chain_placements"]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode()


def loaded(sheet, *rows, update=False):
    return load(SYSTEM, sheet, table(*rows), "链.csv", updates_existing=update)


def test_a_placement_comes_in_by_names_or_codes_and_is_the_same(sheet):
    assert loaded(sheet, ROW)["new"] == 1
    assert loaded(sheet, ["machine", "01", *ROW[2:]], update=True)["unchanged"] == 1
    row = Placement.objects.get()
    assert (row.role, row.product, row.source) == ("head", "电主轴", "import")


def test_what_is_unknown_is_named_with_what_there_is(sheet):
    told = loaded(sheet, ["五金", *ROW[1:]], ["智能装备", "刀库", credit_code(9), *ROW[3:]])
    assert [fault["code"] for fault in told["faults"]] == [
        "unknown_chain", "unknown_node", "unknown_body",
    ]  # fmt: skip
    assert "智能装备" in told["faults"][0]["message"]
    assert not Placement.objects.exists()


def test_one_placement_written_in_two_ways_is_a_fault(sheet):
    told = loaded(sheet, ROW, ["machine", "01", *ROW[2:]])
    assert [fault["code"] for fault in told["faults"]] == ["duplicate_key"]


def test_another_name_under_the_code_is_a_warning_and_changes_nothing(sheet):
    loaded(sheet, ROW)
    told = loaded(sheet, [*ROW[:3], "乙公司", *ROW[4:]], update=True)
    assert [fault["code"] for fault in told["warnings"]] == ["other_name"]
    assert told["unchanged"] == 1


def test_a_change_is_written_and_undone(sheet, office):
    loaded(sheet, ROW)
    job = imports.receive(office, sheet, table([*ROW[:5], "骨干", *ROW[6:]]), "链.csv")
    job.refresh_from_db()
    imports.confirm(office, job.pk, updates_existing=True)
    assert Placement.objects.get().role == "backbone"
    imports.undo(office, job.pk)
    assert Placement.objects.get().role == "head"


def test_an_export_comes_in_again_unchanged(sheet, office):
    loaded(sheet, ROW)
    out = exports.export(office, sheet, {"year": "2026"}, fmt="xlsx", language="zh")
    job = imports.receive(office, sheet, out.content, out.name)
    job.refresh_from_db()
    assert (job.state, job.unchanged) == ("previewed", 1)
