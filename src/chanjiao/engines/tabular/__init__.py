"""Spreadsheets in and out: bytes to checked rows, or faults with row, column and remedy.

The public names are those listed here; ``docs/engines/tabular.md`` shows them at work. Everything
imported by this package is in the standard library, so that the reading process starts quickly and
without site-packages; the writer loads xlsxwriter when it is called.
"""

from chanjiao.engines.tabular.cells import Cell, Limits, Marked, column_letter
from chanjiao.engines.tabular.identifiers import (
    identity_check_character,
    phone_number,
    uscc_check_character,
)
from chanjiao.engines.tabular.model import (
    Checked,
    Checker,
    Column,
    Fault,
    Match,
    Problem,
    Reading,
    Row,
    Sheet,
    Skipped,
    Unmatched,
)
from chanjiao.engines.tabular.opening import Grid, Refusal, grid
from chanjiao.engines.tabular.reading import read
from chanjiao.engines.tabular.writing import write_csv, write_xlsx

__all__ = [
    "Cell",
    "Checked",
    "Checker",
    "Column",
    "Fault",
    "Grid",
    "Limits",
    "Marked",
    "Match",
    "Problem",
    "Reading",
    "Refusal",
    "Row",
    "Sheet",
    "Skipped",
    "Unmatched",
    "column_letter",
    "grid",
    "identity_check_character",
    "phone_number",
    "read",
    "uscc_check_character",
    "write_csv",
    "write_xlsx",
]
