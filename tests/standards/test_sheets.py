"""Official code tables come in as spreadsheets, and can be taken back while nobody uses them."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import handlers
from chanjiao.exchange.services import exports, imports
from chanjiao.organisations.models import Organisation
from chanjiao.standards import codebook
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code

HEAD = ["代码系统", "专业代码", "专业名称", "上级代码", "别名", "标记"]
GROUP = ["专业目录", "6603", "自动化类", "66", "", "中职"]
MAJOR = ["专业目录", "660302", "机电技术应用", "6603", "机电", "中职"]


@pytest.fixture(autouse=True)
def top(db):
    Code.objects.create(
        system=System.MAJOR, code="66", name="装备制造大类", valid_from=date(2021, 3, 12)
    )


def load(actor, *rows, head=HEAD, update=False):
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    job = imports.receive(
        actor, handlers()["codes"], out.getvalue().encode("utf-8-sig"), "目录.csv"
    )
    job.refresh_from_db()
    if job.state == "previewed":
        imports.confirm(actor, job.pk, updates_existing=update)
        job.refresh_from_db()
    return job


def test_a_table_of_secondary_majors_becomes_part_of_the_list(office):
    job = load(office, MAJOR, GROUP)
    assert job.state == "applied"
    major = Code.objects.get(code="660302")
    assert (major.level, major.parent.code, major.parent.level) == (3, "6603", 2)
    assert codebook.code_checker(System.MAJOR)("机电") == "660302"


def test_the_same_table_twice_changes_nothing(office):
    load(office, GROUP, MAJOR)
    with pytest.raises(Refused, match="没有可写入的变化"):
        load(office, GROUP, MAJOR)


def test_a_row_without_its_parent_is_a_fault_with_its_place(office):
    job = load(office, MAJOR)
    assert (job.state, job.faults[0]["code"], job.faults[0]["row"]) == (
        "refused", "unknown_parent", 2,
    )  # fmt: skip


def test_a_second_current_version_is_refused(office):
    load(office, GROUP)
    job = load(office, ["专业目录", "6603", "新类", "66", "2030-01-01"],
               head=[*HEAD[:4], "生效日期"], update=True)  # fmt: skip
    assert (job.state, job.faults[0]["code"]) == ("refused", "still_valid")


def test_a_code_is_ended_and_followed_by_another_version(office):
    load(office, GROUP)
    head = [*HEAD[:4], "生效日期", "失效日期"]
    load(office, ["专业目录", "6603", "自动化类", "66", "", "2029-12-31"], head=head, update=True)
    load(office, ["专业目录", "6603", "智能类", "66", "2030-01-01", ""], head=head, update=True)
    names = Code.objects.filter(code="6603").order_by("valid_from").values_list("name", flat=True)
    assert list(names) == ["自动化类", "智能类"]


def test_an_import_of_codes_is_undone_while_nobody_uses_them(office):
    job = load(office, GROUP, MAJOR)
    imports.undo(office, job.pk)
    assert not Code.objects.filter(code__startswith="6603").exists()


def test_codes_in_use_are_not_taken_back(office, company):
    job = load(office, GROUP, MAJOR)
    Organisation.objects.filter(pk=company.pk).update(industry=Code.objects.get(code="660302"))
    with pytest.raises(Refused, match="660302"):
        imports.undo(office, job.pk)
    assert Code.objects.filter(code="660302").exists()


def test_companies_may_not_change_code_lists(company_hr):
    with pytest.raises(PermissionDenied):
        load(company_hr, GROUP)


def test_an_export_can_be_imported_again(office):
    load(office, GROUP, MAJOR)
    out = exports.export(office, handlers()["codes"], {"system": "major2021"}, fmt="csv",
                         language="zh")  # fmt: skip
    job = imports.receive(office, handlers()["codes"], out.content, out.name)
    job.refresh_from_db()
    assert (job.state, job.unchanged) == ("previewed", 3)
