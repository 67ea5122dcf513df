"""The positions sheet: in by preview, coded by memory, whole or not at all, and back out."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core.models import Todo
from chanjiao.core.sheets import handlers
from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.models import JobDemand
from chanjiao.engines.tabular.identifiers import uscc_check_character
from chanjiao.exchange.services import exports, imports
from chanjiao.standards.choices import AlignedBy, System
from chanjiao.standards.models import Alignment
from chanjiao.standards.services.reference import load_codes

HEAD = ["统一社会信用代码", "岗位名称", "职业代码", "招聘人数", "月薪下限", "月薪上限",
        "截止日期", "岗位描述"]  # fmt: skip


def uscc(number):
    body = f"91330000{number:09d}"
    return body + uscc_check_character(body)


MINE, THEIRS = uscc(100000001), uscc(100000002)


@pytest.fixture
def sheet(company, other_company, occupation, settings):
    for body, code in ((company, MINE), (other_company, THEIRS)):
        body.credit_code = code
        body.save()
    return handlers()["positions"]


def table(*rows, head=HEAD):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def row(title="数控车工", code="6-18-01-01", n="5", company=MINE, closes="2026-10-31", **more):
    return [company, title, code, n, "6000", "9000", closes, "三班两运转", *more.values()]


def preview(actor, sheet, *rows, head=HEAD):
    job = imports.receive(actor, sheet, table(*rows, head=head), "岗位.csv")
    job.refresh_from_db()
    return job


def load(actor, sheet, *rows, head=HEAD, update=True):
    job = preview(actor, sheet, *rows, head=head)
    assert job.state == "previewed", job.faults
    imports.confirm(actor, job.pk, updates_existing=update)
    job.refresh_from_db()
    return job


def codes_of(job):
    return {fault["code"] for fault in job.faults}


def test_what_the_office_brings_in_counts_at_once(office, sheet, company):
    assert load(office, sheet, row(), row("铣工", company=THEIRS)).state == "applied"
    demand = JobDemand.objects.get(title="数控车工")
    assert (demand.state, demand.company, demand.occupation.code) == (
        "valid",
        company,
        "6-18-01-01",
    )
    assert (demand.pay_min_yuan, demand.valid_until) == (6000, date(2026, 10, 31))


def test_what_a_company_brings_in_waits_for_the_office(company_hr, sheet, consortium):
    load(company_hr, sheet, row())
    assert JobDemand.objects.get().state == DemandState.SUBMITTED
    assert Todo.objects.filter(about="demand:to-verify", done_at=None).exists()


def test_a_company_brings_in_nobody_elses_positions(company_hr, sheet):
    job = preview(company_hr, sheet, row(), row("铣工", company=THEIRS))
    assert (job.state, codes_of(job)) == ("refused", {"not_yours"})
    assert job.faults[0]["row"] == 3


def test_a_school_brings_in_no_positions(school_admin, sheet):
    with pytest.raises(PermissionDenied):
        imports.receive(school_admin, sheet, table(row()), "岗位.csv")


def test_a_company_nobody_knows_is_a_fault_with_a_remedy(office, sheet):
    job = preview(office, sheet, row(company=uscc(100000003)))
    assert codes_of(job) == {"unknown_company"}
    assert "请先导入企业表" in job.faults[0]["remedy_zh"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"n": "0"}, "too_small"),
        ({"code": "6-99-99-99"}, "unknown_code"),
        ({"company": MINE[:-1] + ("A" if MINE[-1] != "A" else "B")}, "wrong_check_character"),
    ],
)
def test_a_wrong_cell_refuses_the_file_at_its_place(office, sheet, changes, code):
    job = preview(office, sheet, row(**changes))
    assert job.state == "refused"
    assert job.fault_total == 1


def test_pay_out_of_order_is_a_fault(office, sheet):
    bad = row()
    bad[4], bad[5] = "9000", "6000"
    assert codes_of(preview(office, sheet, bad)) == {"pay_out_of_order"}


def test_uncoded_rows_are_taken_with_a_warning_and_wait_in_the_queue(office, sheet):
    job = load(office, sheet, row(code=""))
    assert [warning["code"] for warning in job.warnings] == ["uncoded"]
    assert JobDemand.objects.get().coding == Coding.WAITING


def test_what_was_decided_before_is_applied_own_before_common(office, sheet, company, db):
    codes = load_codes(System.OCCUPATION, ["6-18-01-01", "6-18-01-02"])
    for body, code in ((company.pk, "6-18-01-02"), (None, "6-18-01-01")):
        Alignment.objects.create(
            system=System.OCCUPATION, raw="操机工", normalised="操机工", organisation_id=body,
            is_global=body is None, chosen=codes[code], by=AlignedBy.PERSON,
        )  # fmt: skip
    load(office, sheet, row("操机 工", code=""), row("操机工", code="", company=THEIRS))
    found = dict(JobDemand.objects.values_list("company__credit_code", "occupation__code"))
    assert found == {MINE: "6-18-01-02", THEIRS: "6-18-01-01"}
    assert set(JobDemand.objects.values_list("coding", flat=True)) == {Coding.MEMORY}


def test_the_same_file_twice_changes_nothing_even_after_lines_lapsed(office, sheet):
    load(office, sheet, row(), row("铣工"))
    JobDemand.objects.filter(title="铣工").update(state=DemandState.EXPIRED)
    again = preview(office, sheet, row(), row("铣工"))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_wording_by_width_and_blanks_is_the_same_position(office, sheet):
    load(office, sheet, row("CNC操作工"))
    job = load(office, sheet, row("ＣＮＣ 操作工", n="8"))
    assert (job.new, job.changed) == (0, 1)
    assert JobDemand.objects.get().headcount == 8


def test_a_lapsed_line_with_a_new_deadline_stands_again(office, sheet):
    load(office, sheet, row())
    JobDemand.objects.update(state=DemandState.EXPIRED)
    load(office, sheet, row(closes="2026-11-30"))
    demand = JobDemand.objects.get()
    assert (demand.state, demand.valid_until) == (DemandState.VALID, date(2026, 11, 30))


def test_undo_puts_back_what_stood_and_takes_away_what_came(office, sheet):
    load(office, sheet, row())
    job = load(office, sheet, row(n="9"), row("铣工"))
    assert JobDemand.objects.count() == 2
    imports.undo(office, job.pk)
    demand = JobDemand.objects.get()
    assert (demand.title, demand.headcount) == ("数控车工", 5)


def test_the_same_position_twice_in_a_file_is_a_fault_unless_wholly_alike(office, sheet):
    job = preview(office, sheet, row(), row(n="7"))
    assert codes_of(job) == {"same_position"}
    assert load(office, sheet, row(), row()).state == "applied"
    assert JobDemand.objects.count() == 1


def test_optional_columns_and_lists_come_in_and_go_out_again(office, sheet, db):
    load_codes(System.MAJOR, ["460103"])
    head = [*HEAD, "学历要求", "专业", "技能要求", "工作地点", "到岗月份", "合作意向", "企业名称"]
    extra = ["大专及以上", "数控技术", "数控编程（熟练）、CAD", "二厂", "2026-11", "订单班、实习",
             "随便写的名字"]  # fmt: skip
    load(office, sheet, [*row(), *extra], head=head)
    demand = JobDemand.objects.get()
    assert [(s.name, s.degree) for s in demand.skills.all()] == [
        ("数控编程", "skilled"), ("CAD", "able"),
    ]  # fmt: skip
    assert list(demand.majors.values_list("code", flat=True)) == ["460103"]
    assert (demand.education, demand.place, demand.year) == ("2", "二厂", 2026)
    assert demand.intents == ["order", "intern"]
    out = exports.export(office, sheet, {}, fmt="csv", language="zh")
    job = imports.receive(office, sheet, out.content, "导出.csv")
    job.refresh_from_db()
    assert (job.state, job.new, job.changed, job.unchanged) == ("previewed", 0, 0, 1), job.faults


def test_a_company_exports_its_own_lines_only(company_hr, office, sheet):
    load(office, sheet, row(), row("铣工", company=THEIRS))
    text = exports.export(company_hr, sheet, {}, fmt="csv", language="zh").content.decode(
        "utf-8-sig"
    )
    assert "数控车工" in text
    assert "铣工" not in text


def test_statements_grow_by_batches_and_not_by_rows(office, sheet):
    def asked(n):
        rows = [row(f"岗位{n}-{i}", code="") for i in range(n)]
        with CaptureQueriesContext(connection) as queries:
            load(office, sheet, *rows)
        return len(queries)

    asked(2)
    few, many = asked(20), asked(400)
    assert many - few < 20


@pytest.mark.parametrize(
    ("education", "experience", "level", "span", "words"),
    [("统招大专及以上学历", "3年以上工作经验", "2", "1-3", True),
     ("高中（含）以上", "应届毕业生", "1", "0", True), ("大专", "1-3年", "2", "1-3", False)],
)  # fmt: skip
def test_requirements_in_the_companys_words_are_read(
    office, sheet, education, experience, level, span, words
):
    head = [*HEAD, "学历要求", "经验要求"]
    job = load(office, sheet, row(学历=education, 经验=experience), head=head)
    assert ("read_from_words" in {one["code"] for one in job.warnings}) == words
    demand = JobDemand.objects.get()
    assert (demand.education, demand.experience) == (level, span)


def test_requirements_that_nobody_can_read_are_refused(office, sheet):
    job = preview(office, sheet, row(学历="看情况"), head=[*HEAD, "学历要求"])
    assert codes_of(job) == {"unknown_choice"}
