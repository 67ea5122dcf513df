"""The way of a file: received, checked, previewed, applied whole or not at all, undone."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock
from chanjiao.core.models import AuditEntry
from chanjiao.core.refusals import Refused
from chanjiao.exchange.models import ImportJob
from chanjiao.exchange.services import exports, imports
from chanjiao.organisations.models import Area

HEAD = ["编码", "名称", "类型", "上级编码"]
CITY = ["330000", "望澜市", "市", ""]
PARK = ["330000-1", "东渡智造园", "园区", "330000"]


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def load(office, sheet, *rows, **options):
    job = imports.receive(office, sheet, table(*rows), "区域.csv")
    job.refresh_from_db()
    if job.state == "previewed":
        imports.confirm(office, job.pk, updates_existing=options.get("update", False))
        job.refresh_from_db()
    return job


def test_a_good_file_is_previewed_before_anything_is_written(office, sheet):
    job = imports.receive(office, sheet, table(CITY, PARK), "区域.csv")
    job.refresh_from_db()
    assert (job.state, job.new, job.changed, job.unchanged) == ("previewed", 2, 0, 0)
    assert not Area.objects.exists()


def test_a_confirmed_file_is_written_whole_and_audited_once(office, sheet):
    job = load(office, sheet, CITY, PARK)
    assert job.state == "applied"
    assert Area.objects.get(code="330000-1").parent.name == "望澜市"
    assert AuditEntry.objects.filter(act="import.applied").count() == 1


def test_the_same_file_twice_changes_nothing(office, sheet):
    load(office, sheet, CITY, PARK)
    again = load_preview(office, sheet, CITY, PARK)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    with pytest.raises(Refused, match="没有可写入的变化"):
        imports.confirm(office, again.pk, updates_existing=True)


def load_preview(office, sheet, *rows):
    job = imports.receive(office, sheet, table(*rows), "区域.csv")
    job.refresh_from_db()
    return job


def test_one_bad_row_of_a_thousand_keeps_all_out(office, sheet):
    rows = [[f"33-{n}", f"网格{n}", "网格", ""] for n in range(999)]
    job = load(office, sheet, *rows, ["33-999", "", "网格", ""])
    assert job.state == "refused"
    fault = job.faults[0]
    assert (fault["row"], fault["column"]) == (1001, "name")
    assert not Area.objects.exists()


def test_what_only_the_database_knows_is_a_fault_with_its_row(office, sheet):
    job = load(office, sheet, CITY, ["330000-9", "某园区", "园区", "999999"])
    assert job.state == "refused"
    assert (job.faults[0]["row"], job.faults[0]["code"]) == (3, "unknown_parent")


def test_changed_rows_are_written_only_when_updating_is_asked_for(office, sheet):
    load(office, sheet, CITY)
    renamed = ["330000", "望澜湾市", "市", ""]
    preview = load_preview(office, sheet, renamed)
    assert preview.changed == 1
    with pytest.raises(Refused):
        imports.confirm(office, preview.pk, updates_existing=False)
    imports.confirm(office, preview.pk, updates_existing=True)
    assert Area.objects.get().name == "望澜湾市"


def test_rows_missing_from_the_file_are_shown_and_kept(office, sheet):
    load(office, sheet, CITY, PARK)
    preview = load_preview(office, sheet, CITY)
    assert preview.gone == 1
    assert Area.objects.count() == 2


def test_a_blank_cell_takes_nothing_away(office, sheet):
    load(office, sheet, CITY, PARK)
    job = load_preview(office, sheet, CITY, ["330000-1", "东渡智造园", "园区", ""])
    assert job.unchanged == 2


def test_undo_within_a_day_puts_everything_back(office, sheet):
    load(office, sheet, CITY)
    job = load(office, sheet, ["330000", "望澜湾市", "市", ""], PARK, update=True)
    imports.undo(office, job.pk)
    assert [(a.code, a.name) for a in Area.objects.all()] == [("330000", "望澜市")]


def test_undo_is_refused_after_a_day(office, sheet):
    job = load(office, sheet, CITY)
    with clock.standing_at(clock.now() + timedelta(hours=25)), pytest.raises(PermissionDenied):
        imports.undo(office, job.pk)
    assert Area.objects.exists()


def test_undo_is_refused_when_somebody_worked_on_since(office, sheet):
    job = load(office, sheet, CITY)
    Area.objects.update(name="别的名字")
    with pytest.raises(Refused, match="330000"):
        imports.undo(office, job.pk)
    assert Area.objects.get().name == "别的名字"


def test_a_preview_that_the_world_overtook_is_not_written(office, sheet):
    preview = load_preview(office, sheet, CITY)
    load(office, sheet, CITY)
    imports.confirm(office, preview.pk, updates_existing=False)
    preview.refresh_from_db()
    assert preview.state == "failed"
    assert "未做任何改动" in preview.note


def test_strange_headings_are_mapped_by_hand(office, sheet):
    data = "代号,区域叫什么,类型\nA1,望澜市,市\n".encode()
    job = imports.receive(office, sheet, data, "区域.csv")
    job.refresh_from_db()
    assert job.state == "unmapped"
    imports.check_again(office, job.pk, {"代号": "code", "区域叫什么": "name"})
    job.refresh_from_db()
    assert (job.state, job.new) == ("previewed", 1)


def test_where_no_heading_is_known_the_widest_row_is_offered_for_naming(office, sheet):
    job = imports.receive(office, sheet, "甲,乙,丙\nA1,望澜市,市\n".encode(), "区域.csv")
    job.refresh_from_db()
    assert job.state == "unmapped"
    assert [one[0] for one in job.layout["unmatched"]] == ["甲", "乙", "丙"]
    imports.check_again(office, job.pk, {"甲": "code", "乙": "name", "丙": "kind"})
    job.refresh_from_db()
    assert (job.state, job.new) == ("previewed", 1)


def test_those_who_may_not_create_areas_may_not_import_them(company_hr, sheet):
    with pytest.raises(PermissionDenied):
        imports.receive(company_hr, sheet, table(CITY), "区域.csv")


def test_another_organisations_import_is_not_found(client_of, office, company_hr, sheet):
    job = load(office, sheet, CITY)
    assert client_of(office).get(f"/exchange/{job.pk}/").status_code == 200
    assert client_of(company_hr).get(f"/exchange/{job.pk}/").status_code == 404


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_every_export_can_be_imported_again(office, sheet, fmt):
    load(office, sheet, CITY, PARK)
    out = exports.export(office, sheet, {}, fmt=fmt, language="zh")
    job = imports.receive(office, sheet, out.content, out.name)
    job.refresh_from_db()
    assert (job.state, job.unchanged) == ("previewed", 2)


def test_the_error_workbook_lists_every_fault(office, sheet):
    job = load(office, sheet, ["x", "", "网格", ""])
    out = exports.error_workbook(office, job, "zh")
    assert out.content[:2] == b"PK"


def test_a_lost_worker_leaves_an_honest_end(office, sheet):
    job = load_preview(office, sheet, CITY)
    ImportJob.objects.filter(pk=job.pk).update(state="applying")
    job.run.__class__.objects.filter(pk=job.run_id).update(state="running")
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        assert imports.reconcile() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert not Area.objects.exists()
