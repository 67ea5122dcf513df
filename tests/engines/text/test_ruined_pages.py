"""Eight of our own press pages, ruined the way machines ruin them, come back as they were."""

from pathlib import Path
from random import Random

import pytest
from rapidfuzz.distance import Levenshtein

from chanjiao.engines.text import applied, repair
from tests.engines.text.damage import glossed, late_run, ruined, swallowed_run, to_traditional

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


@pytest.mark.parametrize(
    ("passage", "after"),
    [("域實體", "產業"), ("技術", "學院"), ("來為區", "域企業"), ("字排開", "，學生"),
     ("中心的智能製", "造"), ("招工週", "期"), ("人。由遠", "馳汽車")],
)  # fmt: skip
def test_what_a_gloss_swallowed_is_found_by_its_reading(passage, after):
    shown, length = swallowed_run(passage)
    assert length == len(passage)
    page = f"學(xué)校與企業(yè)共同舉辦會(huì)議，{shown}{after}發展。"
    plain = repair(f"學(xué)校與企業(yè)共同舉辦會(huì)議，{passage}{after}發展。").text
    assert repair(page).text == plain


@pytest.mark.parametrize("page", PAGES[1::3])
def test_page_with_swallowed_glosses_comes_back(page):
    random = Random(11)
    text = to_traditional().convert(page)
    runs = [(i, run) for i in range(len(text) - 8) if (run := swallowed_run(text[i : i + 6]))]
    site, (shown, length) = random.choice(runs)
    spoilt = glossed(text[:site], random) + shown + glossed(text[site + length :], random)
    assert Levenshtein.distance(repair(spoilt).text, page) <= MOST_ERRORS * len(page)


@pytest.mark.parametrize("page", PAGES)
def test_page_as_it_was_written_is_not_touched(page):
    assert repair(page).edits == ()


def test_late_reading_is_really_part_of_the_damage():
    shown, length = late_run("。”企業代表")
    assert (shown, length) == ("?！逼髽I", 4)
