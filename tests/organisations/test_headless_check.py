"""``chanjiao check`` says the same where no database is."""

import pytest

from chanjiao.core.actor import SYSTEM
from chanjiao.core.sheets import handlers
from chanjiao.exchange.services.checking import read_file
from chanjiao.organisations.sheets import codes
from chanjiao.standards import codebook
from tests.organisations.company_rows import credit_code, row, table


@pytest.fixture
def outcome(monkeypatch):
    """Reading companies with every way to the database shut."""
    monkeypatch.setattr(codebook, "is_database_there", lambda: False)
    monkeypatch.setattr(codes, "is_database_there", lambda: False)
    return lambda *rows: read_file(handlers()["companies"], SYSTEM, table(*rows), "企业.csv", {})


def test_a_good_file_is_accepted(outcome):
    assert outcome(row(1, "甲机械有限公司"), row(2, "乙食品有限公司")).outcome == "accepted"


def test_duplicates_by_code_and_by_name_are_reported(outcome):
    found = outcome(
        row(1, "鼎盛机械有限公司"), row(1, "鼎盛机械有限公司"), row(2, "鼎胜机械有限公司")
    )
    assert found.outcome == "accepted_with_warnings"
    assert [fault.code for fault in found.warnings] == ["duplicate_row", "similar_name"]


def test_codes_that_no_list_knows_are_refused(outcome):
    found = outcome(row(1, "甲机械有限公司", "C9999", "999999"))
    assert {fault.column for fault in found.faults} == {"industry", "region_code"}


def test_a_credit_code_one_letter_off_is_refused(outcome):
    wrong = [*row(1, "甲机械有限公司")]
    wrong[1] = credit_code(2)[:-1] + credit_code(1)[-1]
    assert outcome(wrong).outcome == "refused"
