"""The page of tests/evidence, on the desk."""

import pytest

from tests.evidence.conftest import about, bring, desk, enrolled, page  # noqa: F401


@pytest.fixture(autouse=True)
def at_the_desk(desk):  # noqa: F811
    """Every page test reads in this process."""
