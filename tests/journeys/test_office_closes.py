"""J3: the office codes titles by keyboard, then closes the quarter and publishes its list.

The queue comes first in this file, because closing the quarter empties it.
"""

import re

import pytest

pytestmark = pytest.mark.journey

MOST_LINES = 200
REMIND, FREEZE = 0, 4
MANY = 40  # of the demo's waiting lines; the others are left to whoever comes next


def waiting(page) -> int:
    """How many lines wait, as the page says."""
    return int(re.search(r"共 (\d+) 条", page.inner_text("#queue"))[1])


def press(page, key: str) -> int:
    """One key, and how many lines fewer wait afterwards.

    More than one, when the worker has meanwhile settled lines by what was just remembered.
    """
    before = waiting(page)
    page.keyboard.press(key)
    wait_for_other_than(page, before)
    return before - waiting(page)


def wait_for_other_than(page, before: int) -> None:
    told = page.locator("#queue .source-note", has_text=re.compile(r"共 \d+ 条"))
    told.filter(has_not_text=f"共 {before} 条").wait_for()


def test_many_titles_are_coded_by_keyboard_and_a_mistake_is_undone(visitor):
    page = visitor.sign_in("联合体办公室")
    visitor.go("/alignment/")
    assert waiting(page) > MANY
    done = pressed = 0
    while done < MANY:
        key = "n" if pressed % 4 == 3 else str(pressed % 3 + 1)
        fewer = press(page, key)
        assert fewer >= 1
        done, pressed = done + fewer, pressed + 1

    last = page.inner_text(".queue-said")
    assert press(page, "u") < 0
    assert "已撤销" in page.inner_text(".queue-said")
    assert page.inner_text("#raw") in last

    page.keyboard.press("/")
    page.keyboard.type("hg")
    page.locator("#hits .offer", has_text="6-18-02-04").wait_for()
    page.keyboard.press("ArrowDown")
    assert "offer" in page.evaluate("document.activeElement.className")
    assert press(page, "Enter") >= 1
    assert "→" in page.inner_text(".queue-said")

    page.keyboard.press("ArrowRight")
    page.wait_for_url("**at=1*")
    visitor.check_page()


def test_the_queue_works_with_a_thumb(phone):
    page = phone.sign_in("联合体办公室")
    phone.go("/alignment/")
    total = waiting(page)
    phone.check_page()
    page.locator("#choose .offer").first.tap()
    wait_for_other_than(page, total)
    left = waiting(page)
    assert left < total
    page.locator("button[data-key=u]").tap()
    wait_for_other_than(page, left)
    assert waiting(page) > left
    phone.check_page(also="after undo")


def open_quarter(visitor):
    page = visitor.go("/publishing/")
    visitor.check_page()
    there = page.locator("a.portal-item[href*='/publishing/quarters/']")
    if not there.count():
        page.locator("form[action$='/quarters/open/'] select[name=number]").select_option("4")
        page.locator("form[action$='/quarters/open/'] button").click()
        page.wait_for_url("**/publishing/quarters/*/")
        return page
    there.first.click()
    return page


def code_the_queue(visitor):
    """By keyboard: the first suggestion where there is one, else "none fits"."""
    page = visitor.go("/alignment/")
    visitor.check_page()
    for _ in range(MOST_LINES):
        if not page.locator("#choose").count():
            break
        before = page.locator("#raw").inner_text() + page.locator("#queue").get_attribute("data-at")
        has_offer = page.locator("#choose ol.offers li").count()
        page.keyboard.press("1" if has_offer else "n")
        page.wait_for_function(
            "was => { const raw = document.querySelector('#raw'); return raw.innerText"
            " + document.querySelector('#queue').dataset.at !== was"
            " || document.querySelector('.queue-said').innerText.trim() !== '' }",
            arg=before,
        )
        page.wait_for_timeout(120)
    assert not page.locator("#choose").count()
    visitor.check_page()


def press_next(page):
    """The one primary button of the step whose turn it is."""
    step = page.locator("li.closing-step.is-next")
    opinion = step.locator("textarea")
    if opinion.count():
        opinion.first.fill("已核对，同意。")
    step.locator("button.btn-primary").first.click()
    page.wait_for_load_state()


def state(page):
    return page.locator("h1 .badge").inner_text()


def is_done(page, step):
    return "is-done" in (page.locator("li.closing-step").nth(step).get_attribute("class") or "")


def remind(page):
    """One click reminds the silent; the next one goes on to the review of uncoded lines."""
    for _ in range(60):
        if is_done(page, REMIND):
            return
        press_next(page)
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text()[:2000])


def review_compute_check_and_freeze(visitor, quarter):
    """Whatever the step whose turn it is offers, until the list is frozen; computing takes time."""
    page = visitor.go(quarter)
    for _ in range(60):
        if is_done(page, FREEZE):
            return
        if page.locator("li.closing-step.is-next button.btn-primary").count():
            press_next(page)
        page.wait_for_timeout(500)
        visitor.go(quarter)
    raise AssertionError(page.locator("main").inner_text()[:3000])


def publish(visitor, quarter):
    """Give the number of what was published."""
    page = visitor.go(quarter)
    page.on("dialog", lambda dialog: dialog.accept())
    press_next(page)
    visitor.check_page()
    page.locator(".head-buttons a[href^='/publishing/']").last.click()
    visitor.check_page()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def verify_as_a_stranger(stranger, number):
    """The list is on the portal, opens, and comes as files."""
    page = stranger.go("/")
    page.locator(f"a[href*='{number}']").first.click()
    stranger.check_page()
    for kind in ("xlsx", "csv", "json"):
        address = page.locator(f"a[href*='{kind}']").first.get_attribute("href")
        answer = page.request.get(stranger.site.address(address))
        assert answer.ok, kind
        assert len(answer.body()) > 200


def test_the_quarter_is_closed_and_published_by_two_people(visitor, another):
    page = visitor.sign_in("联合体办公室", 0)
    page.on("dialog", lambda dialog: dialog.accept())
    open_quarter(visitor)
    quarter = page.url.removeprefix(visitor.site.url)
    visitor.check_page()
    remind(page)
    code_the_queue(visitor)
    review_compute_check_and_freeze(visitor, quarter)
    visitor.check_page()

    second = another()
    second.sign_in("联合体办公室", 1)
    number = publish(second, quarter)
    verify_as_a_stranger(another(), number)


@pytest.mark.parametrize("language", ["中文", "English"])
def test_a_gap_figure_opens_its_rows(visitor, language):
    page = visitor.sign_in("联合体办公室")
    if language != "中文":
        visitor.speak(language)
    visitor.go("/gaps/")
    visitor.check_page()
    figure = page.locator("main a[href*='/figure/']").first
    figure.click()
    page.locator("main table").first.wait_for()
    visitor.check_page()
