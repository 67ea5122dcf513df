"""Asking for names, ids and checked codes, with a database and without one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.engines.tabular import Problem
from chanjiao.standards import codebook
from chanjiao.standards.choices import System
from chanjiao.standards.models import Code


@pytest.fixture
def no_database(monkeypatch):
    monkeypatch.setattr(codebook, "_stamp", lambda system: None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("6-18-01-07", "6-18-01-07"),
        ("6180107", "6-18-01-07"),
        ("焊工", "6-18-02-04"),
        (" 电工 ", "6-31-01-03"),
    ],
)
def test_a_code_is_read_as_people_write_it_or_by_its_name(no_database, written, code):
    assert codebook.code_checker(System.OCCUPATION)(written) == code


def test_an_unknown_code_is_refused_with_what_comes_near(no_database):
    problem = codebook.code_checker(System.OCCUPATION)("数控机床操作")
    assert isinstance(problem, Problem)
    assert problem.code == "unknown_code"
    assert "6-18-01-07" in problem.remedy_zh


def test_a_name_that_means_several_codes_is_refused_with_the_codes(no_database):
    problem = codebook.code_checker(System.MAJOR)("农林牧渔大类")
    assert isinstance(problem, Problem)
    assert problem.code == "ambiguous_code"
    assert all(code in problem.remedy_zh for code in ("61", "41", "21"))


def test_a_group_is_refused_where_an_occupation_is_wanted(no_database):
    check = codebook.code_checker(System.OCCUPATION, levels={4})
    assert check("6-18-01").code == "wrong_level"
    assert check("6-18-01-07") == "6-18-01-07"


def test_an_ended_code_is_taken_with_a_warning(no_database):
    check = codebook.code_checker(System.OCCUPATION, on=date(2025, 1, 1))
    problem = check("2-02-32-00")
    assert (problem.warning, problem.value) == (True, "2-02-32-00")


def test_the_database_list_stands_before_the_packaged_one(occupations):
    Code.objects.create(
        system=System.OCCUPATION, code="9-99", name="自定义职业", valid_from=date(2026, 1, 1)
    )
    assert codebook.code_checker(System.OCCUPATION)("自定义职业") == "9-99"
    assert codebook.name_of(System.OCCUPATION, "9-99") == "自定义职业"


def test_many_names_parents_and_ids_cost_one_small_query_each(occupations):
    codes = list(occupations)
    codebook.names_of(System.OCCUPATION, codes)
    with CaptureQueriesContext(connection) as queries:
        names = codebook.names_of(System.OCCUPATION, codes)
        parents = codebook.parents_of(System.OCCUPATION, codes)
        ids = codebook.ids_of(System.OCCUPATION, codes)
    assert len(queries) == 3
    assert names["6-31-01-03"] == "电工"
    assert parents["6-31-01-03"][0].code == "6-31-01"
    assert ids == {code: row.pk for code, row in occupations.items()}
