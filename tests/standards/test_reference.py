"""Shipped lists in the database: all of them, once, without undoing what the office did."""

from datetime import date

import pytest
from django.core.management import call_command

from chanjiao.core import reference as core_reference
from chanjiao.core.models import AuditEntry, Holiday, RuleParameter
from chanjiao.core.parameters import parameter
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code
from chanjiao.standards.packaged import packaged, streets
from chanjiao.standards.services import reference


def test_everything_that_ships_is_loaded_and_loading_again_changes_nothing(db, capsys):
    call_command("load_reference", verbosity=0)
    sizes = {system: len(packaged(system)) for system in System.values}
    held = {s: Code.objects.filter(system=s).count() for s in System.values}
    assert held == sizes
    again = reference.load()
    assert all((row.new, row.changed) == (0, 0) for row in again)
    assert AuditEntry.objects.filter(act="reference.loaded").count() == 1
    assert parameter("small_cell_companies").whole == 3
    assert Holiday.objects.get(day=date(2026, 2, 14)).is_working


def test_a_code_knows_its_parent_and_can_be_found_by_pinyin_in_the_database(occupations):
    miller = occupations["6-18-01-07"]
    assert miller.parent.code == "6-18-01"
    assert miller.parent.parent.parent.code == "6"
    found = Code.objects.filter(system=System.OCCUPATION, search_text__contains="dgxskjc")
    assert miller in found


def test_an_end_that_the_office_set_is_not_taken_back(occupations):
    Code.objects.filter(code="6-18-01-07").update(valid_to=date(2026, 1, 1), name="旧名")
    reference.load_codes(System.OCCUPATION, ["6-18-01-07"])
    row = Code.objects.get(code="6-18-01-07")
    assert (row.valid_to, row.name) == (date(2026, 1, 1), "多工序数控机床操作调整工")


def test_a_parameter_that_stands_is_never_overwritten(db):
    call_command("load_reference", verbosity=0)
    RuleParameter.objects.filter(name="small_cell_companies").update(value=5)
    call_command("load_reference", verbosity=0)
    assert parameter("small_cell_companies").whole == 5


def test_every_shipped_parameter_names_its_source(db):
    call_command("load_reference", verbosity=0)
    assert not RuleParameter.objects.filter(source="").exists()


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_announced_year_has_its_thirteen_free_days_and_no_more(db, year):
    core_reference.load_holidays()
    days = Holiday.objects.filter(day__year=year)
    free = sum(1 for d in days if not d.is_working and d.day.weekday() < 5)
    worked = [d for d in days if d.is_working]
    assert all(d.day.weekday() >= 5 for d in worked)
    assert free - len(worked) == 13


def test_streets_are_nine_digits_below_their_county():
    rows = list(streets())
    assert len(rows) == 41352
    assert ("330482003", "曹桥街道", "330482") in rows
    assert all(code.startswith(county) for code, _name, county in rows)
