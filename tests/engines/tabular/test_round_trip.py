"""What is written can be read again, value for value."""

import io
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.tabular import read, write_csv, write_xlsx
from chanjiao.engines.tabular.cleaning import clean
from tests.engines.tabular.inside import in_process
from tests.engines.tabular.sheets import POSITIONS, credit_code, positions

SAFE = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])


TEXT = (
    st.text(SAFE, min_size=1, max_size=30)
    .map(clean)
    .filter(lambda text: text and "\ufffd" not in text)
)
FORMULA = st.builds(
    "".join, st.tuples(st.sampled_from(["=", "+", "-", "@", "＝", "'=", "''+"]), TEXT)
)
HOST = st.text(string.ascii_lowercase, min_size=2, max_size=8)

ROW = st.fixed_dictionaries(
    {
        "credit_code": st.integers(0, 999_999).map(credit_code),
        "title": TEXT | FORMULA.filter(lambda text: len(text) <= 60),
        "occupation": st.just("6-18-01-01") | st.none(),
        "openings": st.integers(1, 9999) | st.none(),
        "pay_min": st.integers(0, 4000) | st.none(),
        "pay_max": st.integers(4000, 10**9) | st.none(),
        "deadline": st.dates(date(1900, 3, 1), date(2199, 12, 31)) | st.none(),
        "education": st.sampled_from(["20", "30"]) | st.none(),
        "skills": st.lists(st.sampled_from(["weld", "cnc", "plc"]), min_size=1, unique=True).map(
            tuple
        )
        | st.none(),
        "phone": st.integers(13_000_000_000, 19_999_999_999).map(str) | st.none(),
        "output": st.decimals(-(10**8), 10**8, places=4) | st.none(),
        "share": st.decimals(1, 100, places=2) | st.none(),
        "night": st.booleans() | st.none(),
        "month": st.dates(date(1900, 1, 1), date(2199, 12, 1)).map(lambda d: f"{d:%Y-%m}")
        | st.none(),
        "year": st.integers(1900, 2199) | st.none(),
        "email": HOST.map(lambda host: f"Li.Wei@{host}.example.com") | st.none(),
        "remarks": TEXT | FORMULA | st.none(),
    }
)
ROWS = st.lists(
    ROW, min_size=1, max_size=4, unique_by=lambda row: (row["credit_code"], row["title"])
)


def written(writer, rows, **options):
    buffer = io.BytesIO()
    writer(POSITIONS, rows, buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_a_workbook_gives_back_the_rows_it_was_made_from(language, rows):
    reading = read(
        written(write_xlsx, rows, language=language), "a.xlsx", POSITIONS, runner=in_process
    )
    assert (reading.faults, [row.values for row in reading.rows]) == ([], rows)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_a_csv_file_gives_back_the_rows_it_was_made_from(delimiter, rows):
    data = written(write_csv, rows, delimiter=delimiter)
    reading = read(data, "a.csv", POSITIONS, runner=in_process)
    assert (reading.faults, [row.values for row in reading.rows]) == ([], rows)


def test_the_child_process_reads_what_the_parent_would():
    rows = list(positions(20))
    reading = read(written(write_xlsx, rows), "a.xlsx", POSITIONS)
    assert reading.outcome == "accepted"
    assert [row.values for row in reading.rows] == rows
    assert Decimal("12.5") == reading.rows[0].values["output"]


def test_the_same_rows_give_the_same_bytes():
    rows = list(positions(3))
    assert written(write_xlsx, rows) == written(write_xlsx, rows)
