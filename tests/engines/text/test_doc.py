"""The page about the engine tells the truth: its examples run."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "engines" / "text.md"


def test_every_example_on_the_page_gives_what_it_says():
    outcome = doctest.testfile(
        str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert outcome.attempted >= 20
    assert outcome.failed == 0
