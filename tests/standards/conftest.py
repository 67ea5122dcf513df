import pytest

from chanjiao.standards.choices import System
from chanjiao.standards.services import reference

TRADES = ["6-18-01-01", "6-18-01-02", "6-18-01-07", "6-18-02-04", "6-31-01-03", "4-02-06-01"]


@pytest.fixture
def occupations(db):
    """A handful of occupations with everything above them, by code."""
    return reference.load_codes(System.OCCUPATION, TRADES)


@pytest.fixture
def majors(db):
    return reference.load_codes(System.MAJOR, ["460103", "460104", "510203"])
