"""From a page pasted to evidence that leads back to its quote, by keyboard; and on a phone."""

import re

import pytest

pytestmark = pytest.mark.journey

PAGE = """望澜技師學(xué)院與(yǔ)東渡智造園簽(qiān)約
本報訊(xùn)
昨天(tiān),,望瀾技師學院與東渡智造園管理委員會簽約,共建裝(zhuāng)備產業學院。
去年,望瀾技師學院招收訂單班學生280人,畢業生就業率為96.5%。"""


def paste(page, text, title=""):
    page.locator("textarea[name=pasted]").fill(text)
    page.locator("input[name=published_on]").fill("2026-03-18")
    page.locator("input[name=title]").fill(title)
    page.locator("form.form-card button.btn-primary").click()
    page.locator("#cards > .statement").first.wait_for()


def test_a_page_is_pasted_mended_decided_by_keyboard_and_leads_back_to_its_quote(visitor):
    page = visitor.sign_in("联合体办公室")
    visitor.go("/evidence/press/new/")
    visitor.check_page()
    paste(page, PAGE)
    visitor.check_page()

    # The repair: N goes on to the next edit, both texts show it, and it is told in words.
    page.locator(".desk-bar .tabs a").first.click()
    page.wait_for_url("**/repair/")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert re.search(r"2 / \d+　.+ → .+：", page.locator("#edit-said").inner_text())
    assert page.locator("mark.edit.is-current").count() == 2
    visitor.check_page(also="repair")
    page.go_back()

    # The facts: J and K go on, A accepts, and the next one that waits is current at once.
    current = page.locator("#cards > .statement.is-current")
    current.wait_for()
    figure = page.locator("#cards > .statement", has_text="280")
    page.keyboard.press("j")
    for _ in range(30):
        if "280" in current.inner_text():
            break
        page.keyboard.press("j")
    number = figure.get_attribute("data-statement")
    assert page.locator(f'mark.quote.is-current[data-quote~="{number}"]').count() >= 1
    page.keyboard.press("a")
    page.locator(f"#s{number}.is-accepted").wait_for()
    assert current.get_attribute("data-state") == "proposed"
    assert page.locator(f'mark.quote.is-accepted[data-quote~="{number}"]').count() >= 1

    # Another is rejected and taken back, a third corrected in its place.
    other = current.get_attribute("data-statement")
    page.keyboard.press("r")
    page.locator(f"#s{other}.is-rejected").wait_for()
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.locator(f"#s{other}.is-proposed").wait_for()
    visitor.check_page(also="facts")

    # From evidence back to the quote.
    page.locator(f"#s{number} a", has_text="看佐证").click()
    page.wait_for_url(re.compile(r"/evidence/\d+/"))
    visitor.check_page(also="item")
    quote = page.locator(f"#q{number}")
    assert "280" in quote.inner_text()
    quote.get_by_text("回到原句").click()
    page.wait_for_url(re.compile(rf"/evidence/press/\d+/#s{number}"))
    assert current.get_attribute("data-statement") == number
    visitor.check_troubles()


def test_a_statement_is_corrected_in_its_card_and_a_slip_is_told_there(visitor):
    page = visitor.sign_in("学校管理员")
    visitor.go("/evidence/press/new/")
    paste(page, "今年，我校接收实习学生46人，培训企业职工300人次。", "实习情况")
    card = page.locator("#cards > .statement", has_text="46")
    number = card.get_attribute("data-statement")
    card.click(position={"x": 5, "y": 5})
    page.locator(f"#s{number} [data-key=e]").click()
    field = page.locator(f"#s{number} input[name=value]")
    field.fill("许多")
    page.locator(f"#s{number} button.btn-primary").click()
    page.locator(f"#s{number} .invalid-feedback").first.wait_for()
    field.fill("48")
    page.locator(f"#s{number} button.btn-primary").click()
    page.locator(f"#s{number}.is-corrected").wait_for()
    assert "46" in page.locator(f"#s{number}").inner_text()  # what was read stands beside it
    visitor.check_page(also="corrected")


def test_accepting_together_waits_until_the_last_row_was_seen(visitor):
    page = visitor.sign_in("联合体办公室")
    visitor.go("/evidence/press/")
    page.locator(".list-table tbody th a", has_text="储能").first.click()
    page.get_by_role("link", name=re.compile("成批采纳")).click()
    page.locator(".together").wait_for()
    visitor.check_page()
    button = page.locator("[data-after-seen]")
    if page.locator(".together > li").count() > 6:
        assert button.is_disabled()
    page.locator(".together > li").last.scroll_into_view_if_needed()
    page.wait_for_function("() => !document.querySelector('[data-after-seen]').disabled")
    visitor.check_troubles()


def test_on_a_phone_both_texts_are_stacked_and_one_can_be_shown_alone(phone):
    page = phone.sign_in("联合体办公室")
    phone.go("/evidence/press/")
    phone.check_page()
    page.locator(".list-table tbody th a", has_text="季度推进会").first.click()
    page.locator("#cards").wait_for()
    phone.check_page()
    page.locator(".desk-bar .tabs a").first.click()
    page.wait_for_url("**/repair/")
    phone.check_page(also="repair")
    page.locator("[data-pane=second]").click()
    assert page.locator("[data-pane-of=first]").is_hidden()
    assert page.locator("[data-pane-of=second]").is_visible()
    page.locator("[data-pane=both]").click()
    assert page.locator("[data-pane-of=first]").is_visible()
    phone.check_troubles()
