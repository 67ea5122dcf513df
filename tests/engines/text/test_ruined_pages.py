"""Eight of our own press pages, ruined the way machines ruin them, come back as they were."""

from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from chanjiao.engines.text import applied, repair
from tests.engines.text.damage import late_run, ruined

PRESS = Path(__file__).parents[3] / "benchmarks" / "press"
MOST_ERRORS = 0.005


def pages():
    for path in sorted(PRESS.glob("*/*.txt")):
        text = path.read_text("utf-8").split("== a\n")[1].split("== figures")[0].strip()
        yield pytest.param(text, id=path.stem)


PAGES = list(pages())


@pytest.mark.parametrize("page", PAGES[::2] + PAGES[1:2])
def test_ruined_page_comes_back(page):
    spoilt = ruined(page, 7)
    found = repair(spoilt)
    assert Levenshtein.distance(spoilt, page) > 0.5 * len(page)
    assert Levenshtein.distance(found.text, page) <= MOST_ERRORS * len(page)
    assert applied(spoilt, found.edits) == found.text


@pytest.mark.parametrize("page", PAGES)
def test_page_as_it_was_written_is_not_touched(page):
    assert repair(page).edits == ()


def test_late_reading_is_really_part_of_the_damage():
    shown, length = late_run("。”企業代表")
    assert (shown, length) == ("?！逼髽I", 4)
