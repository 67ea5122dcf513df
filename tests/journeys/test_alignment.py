"""The alignment queue: dozens of raw titles coded without a mouse, and one taken back."""

import re

import pytest

pytestmark = pytest.mark.journey

MANY = 40  # of the demo's waiting lines; the others are left to whoever comes next


def waiting(page) -> int:
    """How many lines wait, as the page says."""
    return int(re.search(r"共 (\d+) 条", page.inner_text("#queue"))[1])


def press(page, key: str, then: int) -> None:
    """One key, and the page afterwards, on which so many lines wait."""
    page.keyboard.press(key)
    page.locator("#queue .source-note", has_text=f"共 {then} 条").wait_for()


def test_many_titles_are_coded_by_keyboard_and_a_mistake_is_undone(visitor):
    page = visitor.sign_in("联合体办公室")
    visitor.go("/alignment/")
    total = waiting(page)
    assert total > MANY
    for number in range(MANY):
        key = "n" if number % 4 == 3 else str(number % 3 + 1)
        press(page, key, then=total - number - 1)

    last = page.inner_text(".queue-said")
    press(page, "u", then=total - MANY + 1)
    assert "已撤销" in page.inner_text(".queue-said")
    assert page.inner_text("#raw") in last

    page.keyboard.press("/")
    page.keyboard.type("hg")
    page.locator("#hits .offer", has_text="6-18-02-04").wait_for()
    page.keyboard.press("ArrowDown")
    assert "offer" in page.evaluate("document.activeElement.className")
    press(page, "Enter", then=total - MANY)
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
    page.locator("#queue .source-note", has_text=f"共 {total - 1} 条").wait_for()
    page.locator("button[data-key=u]").tap()
    page.locator("#queue .source-note", has_text=f"共 {total} 条").wait_for()
    phone.check_page(also="after undo")
